"""HTML files: attributes that people read, prose in <pre>, template tags and language marks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.formats.html.document import HtmlFile, open_html

WORDS = ("Haus", "Das Haus", "„So“ &amp; so", "&quot;Ja&quot;", "a &lt; b", "Über")


def lines_of(text: str) -> list[str]:
    return list(HtmlFile(text.encode()).lines)


def translated(text: str, new: dict[str, str], language: str = "en") -> str:
    """The file with these lines translated; all of them must be there."""
    document = HtmlFile(text.encode())
    assert set(new) <= set(document.lines)
    targets = [new.get(line, line) for line in document.lines]
    return document.rebuilt(targets, language).decode()


SPOKEN = [
    ('<img alt="Das Haus">', ["Das Haus"]),
    ("<img alt='Das \"Haus\"'>", ['Das "Haus"']),
    ("<img alt=Haus src=haus.png>", ["Haus"]),
    ('<IMG ALT="Das Haus" title="Es ist rot">', ["Das Haus", "Es ist rot"]),
    ('<img alt="A &amp; B">', ["A & B"]),
    ('<img alt=" Zwei\n  Zeilen ">', ["Zwei Zeilen"]),
    ('<img alt="">', []),
    ('<img alt="12,5">', []),
    ("<img alt>", []),
    ('<a title="Zum Hund">Hund</a> da', ["<x1>Hund</x1> da", "Zum Hund"]),
    ('<p title="Der Titel">Text</p>', ["Der Titel", "Text"]),
    ('<input placeholder="Name eingeben" value="Hans">', ["Name eingeben"]),
    ('<input type=SUBMIT value="Absenden">', ["Absenden"]),
    ('<input type="button" value="Los"><input type=reset value=Zurück>', ["Los", "Zurück"]),
    ('<input type="text" value="Hans"><button value="ja">Los</button>', ["Los"]),
    ('<textarea placeholder="Nachricht">Lieber Hans</textarea>', ["Nachricht"]),
    ('<p aria-label="Hinweis" aria-description="Wichtig" aria-labelledby="hinweis">', None),
    ('<video><track label="Deutsch" src=a></video>', ["Deutsch"]),
    ("<p>Mit <span class='math inline'><em>a</em>+b</span> da", ["Mit <x1>`a+b`</x1> da"]),
    ("<p><span class='math display'>$$\\int x$$</span></p>", []),
    ("<video src=a>Ihr <b>Gerät</b> spielt es nicht.</video>", None),
    ("<p>Da <audio src=a>Kein <i>Ton</i></audio> ja", ["Da <x1/> ja", "Kein <x1>Ton</x1>"]),
    (
        "<object>Das <img alt=Haus> am See<p>Ja<code>x</code><div translate=no>Nein</div></object>",
        ["Das", "Haus", "am See", "Ja"],
    ),
    ("<video><a href=a title=Hier>Laden</a> Sie<br>es</video>", ["Hier", "Laden<x1/> Sie", "es"]),
    ("<canvas><script>var haus</script><style>haus {}</style></canvas>", []),
    ('<select><optgroup label="Tiere"><option label="Hund" value=h></select>', ["Tiere", "Hund"]),
    ('<table summary="Die Preise"><th abbr="Nr">Nummer</th></table>', None),
    ('<p label="kein" summary="kein" content="kein" data-title="kein">', []),
    ('<meta name="description" content="Die Seite">', ["Die Seite"]),
    ("<META content='Die Seite' property=og:title>", ["Die Seite"]),
    ('<meta name="twitter:description" content="Die Seite">', ["Die Seite"]),
    ('<meta name="twitter:card" content="summary"><meta name=author content="Hans">', []),
    ('<meta name="viewport" content="width"><meta property="og:url" content="https://a.de">', []),
    ('<link rel=stylesheet title="Haupt" href=a><style title="Haupt"></style>', []),
    ('<picture><source srcset=a><img alt="Das Bild"></picture>', ["Das Bild"]),
    ('<p translate="no" title="bleibt"><img alt="auch"></p>', []),
    ('<p class="a notranslate" title="bleibt">Text</p>', []),
    ('<div translate=no><p translate=yes title="Doch">Text</p></div>', ["Doch", "Text"]),
    ('<code title="bleibt"><img alt="auch"></code>', ["bleibt"]),
    ("<svg aria-label='Ein Kreis'><title>Kreis</title><path title='x'/></svg>", None),
    (
        (
            "Da <svg><text x=1>Ein <tspan>rotes</tspan> Haus</text><text>"
            "<tspan x=1>Zeile eins</tspan><tspan x=1>Zeile zwei</tspan></text></svg> dort"
        ),
        ["Da <x1/> dort", "Ein <x1>rotes</x1> Haus", "Zeile eins", "Zeile zwei"],
    ),
    ("<svg translate=no><text>bleibt</text></svg>", []),
]


@pytest.mark.parametrize(("text", "lines"), SPOKEN)
def test_attributes_that_people_read_are_lines(text: str, lines: list[str] | None) -> None:
    found = lines_of(text)
    if lines is not None:
        assert found == lines
    assert HtmlFile(text.encode()).rebuilt(found, "en") == text.encode()


def test_the_rest_of_a_list_of_attributes() -> None:
    assert lines_of('<p aria-label="Hinweis" aria-description="Wichtig">') == ["Hinweis", "Wichtig"]
    assert lines_of('<table summary="Die Preise"><th abbr="Nr">Nummer</th></table>') == [
        "Die Preise",
        "Nr",
        "Nummer",
    ]
    text = "<svg aria-label='Ein Kreis'><title>Kreis</title><desc>Rot</desc><path/></svg>"
    assert lines_of(text) == ["Ein Kreis", "Kreis", "Rot"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<img alt="Wort">', "<img alt=\"A &amp; &quot;B&quot; &lt; 'C'\">"),
        ("<img alt='Wort'>", "<img alt='A &amp; \"B\" &lt; &#x27;C&#x27;'>"),
        ("<img alt=Wort src=a>", "<img alt=\"A &amp; &quot;B&quot; &lt; 'C'\" src=a>"),
        ('<img alt = " Wort " />', "<img alt = \" A &amp; &quot;B&quot; &lt; 'C' \" />"),
    ],
)
def test_a_value_keeps_its_quotes(before: str, after: str) -> None:
    assert translated(before, {"Wort": "A & \"B\" < 'C'"}) == after


def test_attributes_in_a_line_change_beside_it_and_without_it() -> None:
    text = '<p>Ein <a title="Der Tipp" href=a>Haus</a> <img alt="Das Bild"> da</p>'
    line = "Ein <x1>Haus</x1> <x2>`Das Bild`</x2> da"
    assert translated(text, {"Der Tipp": "The tip", "Das Bild": "The picture"}) == text.replace(
        "Der Tipp", "The tip"
    ).replace("Das Bild", "The picture")
    assert translated(
        text, {line: "<x2>`Das Bild`</x2> a <x1>house</x1>", "Der Tipp": "The tip"}
    ) == ('<p><img alt="Das Bild"> a <a title="The tip" href=a>house</a></p>')


def test_the_text_of_an_interface_keeps_its_attributes_and_marks() -> None:
    text = '<p lang="de" title="Tipp">Ein <img alt="Bild"> Haus <svg><text>da</text></svg></p>'
    markup = open_html(text)
    assert list(markup.lines) == ["Ein <x1>`Bild`</x1> Haus"]
    assert markup.rebuilt(["A <x1>`Bild`</x1> house"]) == text.replace("Ein", "A").replace(
        "Haus", "house"
    )


def test_a_part_of_another_document_may_have_its_attributes_translated() -> None:
    markup = open_html('<img alt="Bild">', attributes=True)
    assert list(markup.lines) == ["Bild"]
    assert markup.rebuilt(["Picture"]) == '<img alt="Picture">'


PRE = [
    ("Der Hund ist groß,\n  die Katze klein.", ["Der Hund ist groß,", "die Katze klein."]),
    ("\nLiebe Anna,\n\n\tich bin da.\n\nDein Hans\n", ["Liebe Anna,", "ich bin da.", "Dein Hans"]),
    ("O <i>holde</i> Kunst,\r\nin Stunden", ["O <x1>holde</x1> Kunst,", "in Stunden"]),
    ("Der Hund,<br>die Katze.", ["Der Hund,<xbr1/>die Katze."]),
    ("Name des Hauses    Preis\nAltes Haus         12,50", ["Name des Hauses", "Preis", None]),
    ("Sie sagte: „Ja; nein;“\nEr ging;", ["Sie sagte: „Ja; nein;“", "Er ging;"]),
    ("Betreff: Einladung\nVon: Hans Meier", ["Betreff: Einladung", "Von: Hans Meier"]),
    ("<code>Das Haus ist rot.</code>", []),
    ("x = haus\ny = Hund", []),
    ("$ ls Haus\nDas Haus", []),
    ("npm install haus\ncd haus", []),
    ("import haus\nimport hund", []),
    ("SELECT Name FROM Haus", []),
    ("Das Haus\n  drucke(haus);", []),
    ("/etc/haus\nDas Haus ist da.", []),
    ("name: Hans\nalter: 3", []),
    ("for each in Haus:\n    Haus", []),
    ("+-----+\n| Der Hund |\n+-----+", []),
    ("-rw-r--r-- 1 root root 5163 Nov 28 10:36 Haus", []),
    ("> Das Haus", []),
]


@pytest.mark.parametrize(("content", "lines"), PRE)
def test_prose_in_pre_is_translated_line_by_line_and_code_is_not(
    content: str, lines: list[str | None]
) -> None:
    text = f"<pre>{content}</pre>"
    document = HtmlFile(text.encode())
    known = [line for line in lines if line]
    assert document.lines[: len(known)] == known
    assert known or document.lines == []
    assert document.rebuilt(document.lines, "en") == text.encode()
    # Whatever the words, the white space before and between them stays.
    shape = re.sub(r"\S+( \S+)*", "w", re.sub(r"<[^>]*>", "w", text))
    new = document.rebuilt(["Eins und zwei"] * len(document.lines)).decode()
    if "<i>" not in text:
        assert re.sub(r"\S+( \S+)*", "w", re.sub(r"<[^>]*>", "w", new)) == shape


@pytest.mark.parametrize(
    "start",
    [
        *('<pre class="language-text">', '<pre class="sourceCode">', '<pre translate="no">'),
        *('<div class="highlight"><pre>', '<figure class="highlight"><div><pre>'),
    ],
)
def test_a_block_that_calls_itself_code_is_code(start: str) -> None:
    assert lines_of(f"{start}Der Hund ist da.</pre>") == []


def test_what_comes_after_pre_is_ordinary_text() -> None:
    assert lines_of("<pre>Der Hund\nist da.</pre>Die\nKatze") == [
        "Der Hund",
        "ist da.",
        "Die Katze",
    ]


TEMPLATE_TAGS = [
    *("<%= haus %>", '<%= page("a > b") %>', "<% if a < b %>", "<%# kein Wort %>", "<%- x -%>"),
    *("<?= $haus ?>", "<?php echo $a->b; ?>", "<?PHP if ($a > 'Haus'): ?>"),
    *("{{ haus | upper }}", "{{{ haus }}}", "{% if a < b %}", "{# nur ein Wort #}", "{{#if a}}"),
    *("{#if haus}", "{:else}", "{/if}", "{@html haus}", "{%- for a in b -%}"),
]


@pytest.mark.parametrize("tag", TEMPLATE_TAGS)
def test_template_tags_stay_to_the_letter(tag: str) -> None:
    text = f"<p>Das {tag} Haus</p><p>{tag} ist gut.</p><p>{tag}</p>"
    document = HtmlFile(text.encode())
    assert list(document.lines) == ["Das <x1/> Haus", "ist gut."]
    new = document.rebuilt(["The <x1/> house & so", "is good."], "en").decode()
    assert new == f"<p>The {tag} house &amp; so</p><p>{tag} is good.</p><p>{tag}</p>"


@pytest.mark.parametrize("tag", TEMPLATE_TAGS)
def test_template_tags_in_tags_and_values(tag: str) -> None:
    text = f'<p class="{tag}" title="Zu {tag} gehen" {tag}>Das <a href={tag}>Haus</a> da</p>'
    document = HtmlFile(text.encode())
    assert list(document.lines) == ["Zu <x1/> gehen", "Das <x1>Haus</x1> da"]
    new = document.rebuilt(["Go to <x1/>", "<x1>House</x1> there"], "en").decode()
    assert new == f'<p class="{tag}" title="Go to {tag}" {tag}><a href={tag}>House</a> there</p>'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<p>Ende</p><?php\nfunction haus() { return 'Das Haus'; }", ["Ende"]),
        ("50 <% der Leute", ["50 <% der Leute"]),
        ("Menge {{ ohne Ende <p>Text</p>", ["Menge {{ ohne Ende", "Text"]),
        ("<{{ tag }} class=a>Text</{{ tag }}>", ["Text"]),
        ("<script>x = {{</script>Text }} da", ["Text }} da"]),
        ("{b} und {} und {# kein Ende", None),
    ],
)
def test_what_only_looks_like_a_template_tag(text: str, lines: list[str] | None) -> None:
    document = HtmlFile(text.encode())
    if lines is not None:
        assert list(document.lines) == lines
    assert document.rebuilt(document.lines) == text.encode()


PAGE = """<!DOCTYPE html><html lang="de-DE" xml:lang='de'><head><meta charset=utf-8>
<meta http-equiv="Content-Language" content=de><meta name="language" content="German">
<link rel=alternate hreflang="de" href=a></head>
<body><p lang=DE>Das Haus</p><p lang="fr">La maison</p><p lang="gsw">Das Huus</p>
<p lang="de" translate="no">Bleibt</p><a hreflang="de" lang="de-AT">Der Link</a></body></html>"""


def test_marks_of_the_file_s_language_become_the_target_s() -> None:
    new = (
        PAGE.replace('lang="de-DE"', 'lang="en-GB"')
        .replace("xml:lang='de'", "xml:lang='en-GB'")
        .replace("content=de", "content=en-GB")
        .replace("lang=DE", "lang=en-GB")
        .replace('lang="de-AT"', 'lang="en-GB"')
    )
    assert translated(PAGE, {}, "en-GB") == new
    assert translated(PAGE, {}, "de") == PAGE
    assert translated(PAGE, {}, "") == PAGE


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ('<body lang="de"><p lang="de">Haus</p>', '<body lang="en"><p lang="en">Haus</p>'),
        ('<div lang="de">Haus</div>', '<div lang="en">Haus</div>'),
        ('<p>Haus</p><p lang="de">Haus</p>', None),
        ('<html lang="{{ lang }}"><p lang="de">Haus</p>', None),
        ('<html lang="und"><p>Haus</p>', None),
        (
            '<meta http-equiv="content-language" content="de"><p lang="de">Haus</p>',
            '<meta http-equiv="content-language" content="en"><p lang="en">Haus</p>',
        ),
    ],
)
def test_the_language_of_a_file_is_what_it_says_itself(text: str, new: str | None) -> None:
    assert translated(text, {}) == (new or text)


def test_passages_in_the_target_s_language_stay() -> None:
    text = (
        '<html lang="de"><p>Das Haus</p><div lang="en-US" title="Tip"><p>The house</p>'
        '<p lang="de">Der Hund</p></div><p>Das <i lang="en">house</i> ist rot.</p>'
    )
    document = HtmlFile(text.encode())
    assert list(document.lines) == [
        *("Das Haus", "Tip", "The house", "Der Hund", "Das <x1>`house`</x1> ist rot."),
    ]
    targets = [f"{line} §" for line in document.lines]
    assert document.rebuilt(targets, "en").decode() == (
        '<html lang="en"><p>Das Haus §</p><div lang="en-US" title="Tip"><p>The house</p>'
        '<p lang="en">Der Hund §</p></div><p>Das <i lang="en">house</i> ist rot. §</p>'
    )
    assert "The house §" in document.rebuilt(targets, "fr").decode()


def test_a_page_whose_mark_is_wrong_is_translated() -> None:
    text = '<html lang="en"><p lang="en">Das Haus</p>'
    assert translated(text, {"Das Haus": "The house"}) == text.replace("Das Haus", "The house")


def test_an_xhtml_file_names_its_encoding_first() -> None:
    data = '<?xml version="1.0" encoding="iso-8859-2"?><p>Große Łódź</p>'.encode("iso-8859-2")
    document = HtmlFile(data)
    assert list(document.lines) == ["Große Łódź"]
    assert document.rebuilt(["Łódź"]) == data.replace("Große ".encode("iso-8859-2"), b"")


ATTRIBUTES = st.lists(
    st.tuples(
        st.sampled_from(["alt", "title", "class", "href", "lang", "xml:lang", "x", "aria-label"]),
        st.sampled_from(["{}='{}'", '{}="{}"', " {} = '{}'", "{}"]),
        st.sampled_from([*WORDS, "de", "en", "{{ a }}", "<%= 'b' %>", ""]),
    ),
    max_size=4,
).map(lambda parts: " ".join(form.format(name, value) for name, form, value in parts))
FILES = st.lists(
    st.one_of(
        st.sampled_from(
            [*WORDS, *TEMPLATE_TAGS, "\n", "   ", "<br>", "<!-- a -->", "<", "{{", "<%"]
        ),
        st.tuples(
            st.sampled_from(["<{} {}>", "<{} {}/>", "</{}>"]),
            st.sampled_from(
                ["p", "i", "img", "pre", "svg", "text", "html", "code", "div", "title"]
            ),
            ATTRIBUTES,
        ).map(lambda parts: parts[0].format(parts[1], parts[2])),
    ),
    max_size=12,
).map("".join)


@given(FILES)
def test_any_file_comes_out_as_it_went_in(text: str) -> None:
    document = HtmlFile(text.encode())
    assert document.rebuilt(document.lines) == text.encode()
    for line in document.lines:
        assert line == line.strip()
        assert line.splitlines() == [line]


@given(FILES, st.sampled_from(["", "en", "fr"]))
def test_new_words_are_all_there_and_are_found_again(text: str, language: str) -> None:
    document = HtmlFile(text.encode())
    kept = set(HtmlFile(document.rebuilt(document.lines, language)).lines)
    targets = [f"{line} wort{number}" for number, line in enumerate(document.lines)]
    new = document.rebuilt(targets, language)
    for number, line in enumerate(document.lines):
        # A passage in the target's language stays.
        assert f" wort{number}".encode() in new or (language and line in kept)
    if not language:
        assert len(HtmlFile(new).lines) == len(targets)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Without an end no tag begins there: the sign is what it was, "&lt;" where that stood.
        ("<p>1 &lt; 2</p> a <b Haus", "<p>1 &lt; 2</p> a <b House"),
        ('<p>Ja</p>\n<div title="Haus', '<p>Ja</p>\n<div title="House'),
        ("<p>Ja</p> 1 < 2, <<Haus", "<p>Ja</p> 1 < 2, <<House"),
        ("<p>Haus -> b</p>c &gt; d Haus", "<p>House -> b</p>c &gt; d House"),
        ("<p>Ja</p> 1 &lt; 2 <Haus", "<p>Ja</p> 1 &lt; 2 <House"),
    ],
)
def test_signs_that_are_no_tags_are_written_as_they_were(before: str, after: str) -> None:
    document = HtmlFile(before.encode())
    new = [line.replace("Haus", "House") for line in document.lines]
    assert document.rebuilt(new, "en").decode() == after
