"""HTML and XML: the text is found, and everything else stays as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.formats.base import DocumentError
from web.formats.html.document import HtmlFile, open_html
from web.formats.html.markup import Markup
from web.formats.xml import open_xml

HTML_LINES = [
    ("Hallo Welt", ["Hallo Welt"]),
    ("<p>Eins.</p><p>Zwei.</p>", ["Eins.", "Zwei."]),
    ("<p>Eins.<p>Zwei.", ["Eins.", "Zwei."]),
    ("<td>a</td><td> b </td>", ["a", "b"]),
    ("Eins<br>Zwei<br/>Drei", ["Eins", "Zwei", "Drei"]),
    ("Aus Pappe<br>ein Boot", ["Aus Pappe<xbr1/>ein Boot"]),
    ("<i>Aus Pappe</i><br /><i>ein Boot</i>", ["Aus Pappe<xbr1/>ein Boot"]),
    ("Ein <i>Boot</i><br /><i>aus</i> Holz", ["Ein <x1>Boot<xbr2/>aus</x1> Holz"]),
    ("Ein <i>Boot</i> <br> <b>aus</b> Holz", ["Ein <x1>Boot</x1><xbr2/><x3>aus</x3> Holz"]),
    ("Aus Pappe<br><br>ein Boot", ["Aus Pappe", "ein Boot"]),
    ("<p>Aus Pappe<br></p>ein Boot", ["Aus Pappe", "ein Boot"]),
    ("Ja.<br>- nein", ["Ja.", "- nein"]),
    ("Ja.</br>Nein</br>nicht", ["Ja.", "Nein<xbr1/>nicht"]),
    ("Meier<br>Am Weg 5<br>12345 Berlin", ["Meier", "Am Weg 5", "12345 Berlin"]),
    ("Wir sehen<br>Peter und <br> 5 Boote", ["Wir sehen<xbr1/>Peter und<xbr2/>5 Boote"]),
    ("<p>Ein <b>rotes</b> Haus</p>", ["Ein <x1>rotes</x1> Haus"]),
    ("<p><b>Ganzer Satz.</b></p>", ["Ganzer Satz."]),
    ("<b>Gestern</b> ging ich", ["<x1>Gestern</x1> ging ich"]),
    ("Text <code>x = 1</code> hier", ["Text <x1>`x = 1`</x1> hier"]),
    ("<pre>nicht\n  hier</pre>Doch", ["Doch"]),
    ('Ein <span class="notranslate">Golf</span> fährt', ["Ein <x1>`Golf`</x1> fährt"]),
    ('<div translate="no">a <p>b</p> <p translate="yes">Doch</p></div>c', ["Doch", "c"]),
    ("<script>if (a < b) { x('<p>') }</script>Text<style>p { color: red }</style>", ["Text"]),
    ("<!-- <p>nein</p> --><p>ja</p>", ["ja"]),
    ("Müller &amp; Söhne &lt;hier&gt;", ["Müller & Söhne <hier>"]),
    ("<a><div>innen</div></a>", ["innen"]),
    ("viel   Platz\n\n hier", ["viel Platz hier"]),
    ("<title>Titel</title><h1>Kopf</h1>", ["Titel", "Kopf"]),
    ('<img alt="Bild" src=x>Bild', ["Bild"]),
    ("3 < 4 und 5 > 4, sagt <i>er</i>", ["3 < 4 und 5 > 4, sagt <x1>er</x1>"]),
    ("Literal <x1> &lt;x2&gt; hier <b>da</b>", None),
    ("123 <p>456</p> &nbsp; <hr>", []),
    ("```\nText", []),
    ("<a href='<b>Nie zu", ["Nie zu"]),
    ("Hallo <i>Welt</i> <a href='x>Link</a> Ende.", ["Hallo <x1>Welt</x1> <x2/> Ende."]),
    ("<script>nie('<b>zu</b>')", []),
    ("<title>Nie zu", ["Nie zu"]),
]


@pytest.mark.parametrize(("text", "lines"), HTML_LINES)
def test_the_lines_of_html(text: str, lines: list[str] | None) -> None:
    markup = open_html(text)
    if lines is not None:
        assert list(markup.lines) == lines
    assert markup.rebuilt(markup.lines) == text


def translated(markup: Markup) -> str:
    """The text with every line in capitals, its tags where they were."""
    tag = re.compile(r"(</?\w+/?>)")
    return markup.rebuilt(
        [
            "".join(each if tag.match(each) else each.upper() for each in tag.split(line))
            for line in markup.lines
        ]
    )


REBUILT = [
    (
        "<p class='a'  id=b>Ein <b>rotes</b> Haus</P>",
        "<p class='a'  id=b>EIN <b>ROTES</b> HAUS</P>",
    ),
    ("  <li>\n    Eins &amp; zwei\n  </li>", "  <li>\n    EINS &amp; ZWEI\n  </li>"),
    ("Aus Pappe<br />\n  ein Boot", "AUS PAPPE<br />\n  EIN BOOT"),
    ("<i>Aus Pappe</i>\n<BR><i>ein</i> Boot", "<i>AUS PAPPE</i>\n<BR><i>EIN</i> BOOT"),
    ("<p>a &lt; b&nbsp;c</p>", "<p>A &lt; B&nbsp;C</p>"),
    ("Text <code>a &amp; b</code> ende", "TEXT <code>a &amp; b</code> ENDE"),
    ("<a href='?a=1&b=2'>hier</a> da", "<a href='?a=1&b=2'>HIER</a> DA"),
]


@pytest.mark.parametrize(("text", "result"), REBUILT)
def test_only_the_text_changes(text: str, result: str) -> None:
    assert translated(open_html(text)) == result


PIECES = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<b>", "</b>", "<i class='x'>", "</i>", "<br>", "<div>", "</div>"),
            *("<code>", "</code>", "<pre>", "</pre>", "<script>", "</script>", "<!-- ", " -->"),
            *('<span translate="no">', "</span>", '<p translate="yes">', "<", ">", "&", "&amp;"),
            *(
                "&nbsp;",
                "\xa0",
                "\n",
                " ",
                "Wort",
                "Satz. ",
                "<x1>",
                "</x1>",
                "<img src=a>",
                "\r\n",
            ),
            *("<![CDATA[", "]]>", "<!DOCTYPE html>", "<?php ?>", "\u2028", "\x0b", "'", '"', "="),
            *("<td>", "<li>", "<a href='", "</a>", "<custom-tag>", "<svg/>", "&#", "&#228;", "```"),
        ]
    )
    | st.text(max_size=4)
).map("".join)


@given(PIECES)
def test_what_is_not_changed_stays(text: str) -> None:
    markup = open_html(text)
    assert markup.rebuilt(markup.lines) == text
    for line in markup.lines:
        assert line == line.strip()
        assert len(line.splitlines()) == 1
        assert not line.startswith(("```", "~~~"))


@given(PIECES, st.data())
def test_no_tag_and_no_word_is_lost(text: str, data: st.DataObject) -> None:
    markup = open_html(text)
    targets = [
        f"{data.draw(st.sampled_from(['Neu', line, line + ' mehr']))} wort{n}"
        for n, line in enumerate(markup.lines)
    ]
    result = markup.rebuilt(targets)
    for number in range(len(targets)):
        assert f"wort{number}" in result
    for tag in ("<b>", "</b>", "<img src=a>", "<i class='x'>", "</i>", "<custom-tag>"):
        assert result.count(tag) == text.count(tag)


XML_LINES = [
    ("<a>Hallo <b>Welt</b>!</a>", {}, ["Hallo <x1>Welt</x1>!"]),
    ("<a><b>Eins</b><c>Zwei</c></a>", {}, ["Eins", "Zwei"]),
    ("<a><b>Eins</b><c>Zwei</c></a>", {"outline_detection": False}, ["<x1>Eins</x1><x2>Zwei</x2>"]),
    ("<a>Eins<par/>Zwei</a>", {"splitting_tags": ["par"]}, ["Eins", "Zwei"]),
    ("<a>Eins <no>nicht <b>das</b></no> hier</a>", {"ignore_tags": ["no"]}, ["Eins <x1/> hier"]),
    ("<a><![CDATA[<b>roh</b>]]> Text &unknown; da</a>", {}, None),
    ("Text ohne Element", {}, ["Text ohne Element"]),
    ("<i>Ja.</i><br/>- Nein!", {}, ["Ja.", "- Nein!"]),
    ("Ja, <i>Tom.<br/>Nein</i>!", {}, ["Ja, <x1/>Tom.", "Nein<x1/>!"]),
    ("<i>Aus Pappe<br />ein Boot</i>", {}, ["Aus Pappe<xbr1/>ein Boot"]),
    ("<i>Aus Pappe</i><br /><i>ein Boot</i>", {}, ["Aus Pappe<xbr1/>ein Boot"]),
    ("<i>Ja.</i><br /><b>Nein.</b>", {}, ["Ja.", "Nein."]),
    ("<p>Pappe</p><p>ein</p><br/><p>neu</p>", {}, ["Pappe", "ein", "neu"]),
    ("<a>Eins<br/>zwei</a>", {"splitting_tags": ["br"]}, ["Eins", "zwei"]),
    ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>Text</a>', {}, ["Text"]),
]


@pytest.mark.parametrize(("text", "options", "lines"), XML_LINES)
def test_the_lines_of_xml(text: str, options: dict[str, object], lines: list[str] | None) -> None:
    markup = open_xml(text, **options)  # type: ignore[arg-type] # as the case has them
    if lines is not None:
        assert list(markup.lines) == lines
    assert markup.rebuilt(markup.lines) == text


@pytest.mark.parametrize(
    "text", ["<a>", "<a></b>", "a < b", "<a b=c/>", "&", "<a b='<'/>", "\ud800"]
)
def test_what_is_no_xml_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="Tag handling parsing failed"):
        open_xml(text)


def test_entities_are_not_put_in() -> None:
    bomb = (
        "<!DOCTYPE a ["
        + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
        + "]><a>Text &a9; hier</a>"
    )
    markup = open_xml(bomb)
    assert list(markup.lines) == ["Text <x1/> hier"]
    assert markup.rebuilt(["Text <x1/> here"]).endswith("<a>Text &a9; here</a>")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("<p>Grüße</p>".encode(), "Grüße"),
        ("<meta charset=iso-8859-1><p>Grüße</p>".encode("latin-1"), "Grüße"),
        (b"<meta charset=nonsense><p>Gr\xfc\xdfe</p>", "Grüße"),
        ("\ufeff<p>Grüße</p>".encode("utf-16-le"), "Grüße"),
    ],
)
def test_files_keep_their_encoding(data: bytes, line: str) -> None:
    document = HtmlFile(data)
    assert list(document.lines) == [line]
    assert document.rebuilt([line]) == data
    assert len(document.rebuilt(["„Neu“ 🙂"])) > 0


def test_a_word_that_may_be_broken_is_asked_whole() -> None:
    markup = open_html("<p>Die Kin<wbr>der und <b>Spiel<wbr/>sachen</b>.</p>")
    assert [re.sub(r"</?\w+/?>", "", line) for line in markup.lines] == [
        "Die Kinder und Spielsachen."
    ]
    assert "wbr" not in markup.rebuilt(["The children and <x1>toys</x1>."])
    # A line that does not change stays to the letter.
    assert markup.rebuilt(markup.lines) == "<p>Die Kin<wbr>der und <b>Spiel<wbr/>sachen</b>.</p>"
