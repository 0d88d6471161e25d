"""EPUB books: attributes, labels, prose in <pre>, notes, and marks of the language."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.support import documents
from web.formats.registry import open_document

HEAD = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
ENGLISH = ' lang="en" xml:lang="en"'
CHAPTER = "OEBPS/text/eins.xhtml"


def chapter(body: str, attributes: str = ' lang="de" xml:lang="de"') -> str:
    return f"{HEAD}{attributes}><body>{body}</body></html>"


def lines_of(body: str) -> list[str]:
    """The lines of a chapter with this body, in a book of such chapters."""
    plain = open_document("a.epub", documents.book(chapter(""))).lines
    found = list(open_document("a.epub", documents.book(chapter(body))).lines)
    # After the title.
    return found[1 : len(found) - len(plain) + 1]


def translated(data: bytes, new: dict[str, str], language: str = "en") -> dict[str, str]:
    """The files of the book with these lines translated; all of them must be there."""
    document = open_document("a.epub", data)
    assert set(new) <= set(document.lines)
    made = document.rebuilt([new.get(line, line) for line in document.lines], language)
    return {
        name: content.decode("utf-8", "replace")
        for name, content in documents.unpacked(made).items()
    }


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (
            '<p>Hier <img src="b.png" alt="Das Haus"/> da</p>',
            ["Hier <x1>`Das Haus`</x1> da", "Das Haus"],
        ),
        ('<div title="Ein Titel"><p>Text</p></div>', ["Ein Titel", "Text"]),
        ('<p>Ein <a href="b" title="Der Tipp">Haus</a></p>', ["Ein <x1>Haus</x1>", "Der Tipp"]),
        ('<p><img src="b.png" alt=""/></p>', []),
        ("<img alt='A &quot;B&quot;&nbsp;&amp; C' src='b'/>", ['A "B"\xa0& C']),
        ('<p translate="no" title="nein">Nein <img alt="nein"/></p>', []),
        (
            '<p>Da <span class="notranslate" title="nein">Nein</span> ja</p>',
            ["Da <x1>`Nein`</x1> ja"],
        ),
        ('<table summary="Die Preise"><tr><th abbr="Nr">Nummer</th></tr></table>', None),
        ('<video src="a"><track label="Deutsch" src="b"/></video>', ["Deutsch"]),
        ("<p>Mit <span class='math inline'><em>a</em>+b</span> da</p>", ["Mit <x1>`a+b`</x1> da"]),
        ("<p><span class='math display'>$$\\int x$$</span></p>", []),
        ("<video src='a'>Ihr <b>Gerät</b> spielt es nicht.</video>", None),
        ("<p>Da <audio src='a'>Kein Ton</audio> ja</p>", ["Da <x1/> ja", "Kein Ton"]),
        ("<object data='a'><h2>Das All</h2><ul><li>Gas</li></ul></object>", ["Das All", "Gas"]),
        ('<p>Das<a epub:type="noteref" href="#a">[Anm. a]</a> Haus</p>', ["Das<x1/> Haus"]),
        ('<p>Das<a role="doc-noteref" href="#a">*a</a> Haus</p>', ["Das<x1/> Haus"]),
        ("<p>Das Haus.<sup><a href='#a'>1</a></sup> Ja.</p>", ["Das Haus.<x1/> Ja."]),
        ("<pre>Der Hund ist groß,\n  die Katze <i>klein</i>.</pre>", None),
        ("<pre>Der Hund ist groß,\n  die Katze klein.</pre>Da", None),
        ("<pre class='language-text'>Der Hund ist groß.</pre>", []),
        ("<pre><code>Der Hund ist groß.</code></pre>", []),
        ("<pre>x = hund;\ny = katze;</pre>", []),
        (
            "<p>Die Kin<wbr/>der <i lang='fr'>bon jour</i> da</p>",
            ["Die Kinder <x1>`bon jour`</x1> da"],
        ),
        ("<textarea placeholder='Name'>Text</textarea>", ["Name"]),
    ],
)
def test_the_lines_of_a_chapter(body: str, lines: list[str] | None) -> None:
    found = lines_of(body)
    if lines is not None:
        assert found == lines
    data = documents.book(chapter(body))
    document = open_document("a.epub", data)
    assert documents.unpacked(document.rebuilt(document.lines)) == documents.unpacked(data)


def test_a_poem_keeps_its_lines() -> None:
    body = "<pre>Der Hund ist groß,\n  die <i>Katze</i> klein.\n\n\tEnde gut.</pre>"
    assert lines_of(body) == ["Der Hund ist groß,", "die <x1>Katze</x1> klein.", "Ende gut."]
    new = translated(
        documents.book(chapter(body)),
        {"Der Hund ist groß,": "The dog,", "die <x1>Katze</x1> klein.": "the <x1>cat</x1>."},
    )
    assert "<pre>The dog,\n  the <i>cat</i>.\n\n\tEnde gut.</pre>" in new[CHAPTER]


def test_labels_of_a_drawing_are_lines() -> None:
    body = (
        '<p>Da <svg xmlns="http://www.w3.org/2000/svg"><title>Ein Kreis</title><g><text x="1">Ein '
        '<tspan>rotes</tspan> Haus</text><text><tspan x="1">Zeile eins</tspan><tspan x="1">Zeile '
        "zwei</tspan></text></g><style>text { color: red }</style></svg> dort</p>"
    )
    assert lines_of(body) == [
        *("Da <x1/> dort", "Ein Kreis", "Ein <x1>rotes</x1> Haus", "Zeile eins", "Zeile zwei"),
    ]
    new = translated(documents.book(chapter(body)), {"Zeile zwei": "Line two"})
    assert new[CHAPTER] == chapter(
        body.replace("Zeile zwei", "Line two"), ' lang="en" xml:lang="en"'
    )


def test_a_value_keeps_its_quotes_beside_words_that_change_or_stay() -> None:
    body = "<p>Das <img alt='Wort' src=\"b\"/> Haus</p>"
    value = '<img alt=\'A &amp; "B" &lt; &#39;C&#39;\' src="b"/>'
    new = {"Wort": "A & \"B\" < 'C'"}
    data = documents.book(chapter(body, ""))
    assert translated(data, new)[CHAPTER] == chapter(f"<p>Das {value} Haus</p>", "")
    new["Das <x1>`Wort`</x1> Haus"] = "<x1>`Wort`</x1> house"
    assert translated(data, new)[CHAPTER] == chapter(f"<p>{value} house</p>", "")


def test_the_marks_of_the_book_s_language_become_the_target_s() -> None:
    body = (
        "<p lang='de'>Das Haus</p><p lang=\"fr\" xml:lang='fr'>La maison</p>"
        '<p translate="no" lang="de">Bleibt<br/></p><a hreflang="de" lang="DE-at" href="a">Da</a>'
    )
    files = documents.unpacked(documents.book(chapter(body)))
    more = (
        b'<dc:language>la</dc:language><dc:description xml:lang="de">Ein Buch</dc:description>'
        b"<dc:subject>Haus</dc:subject></metadata>"
    )
    opf = files["OEBPS/c.opf"].replace(b"<package ", b"<package xml:lang='de' ")
    files["OEBPS/c.opf"] = opf.replace(b"</metadata>", more)
    files["OEBPS/toc.ncx"] = files["OEBPS/toc.ncx"].replace(b"<ncx ", b'<ncx xml:lang="de-DE" ')
    new = translated(documents.packed(files), {"Ein Buch": "A book"}, "en")
    assert new[CHAPTER] == chapter(body, ENGLISH).replace("<p lang='de'>", "<p lang='en'>").replace(
        'lang="DE-at"', 'lang="en"'
    )
    assert "<package xml:lang='en' " in new["OEBPS/c.opf"]
    assert re.findall(r"<dc:language>(\w+)", new["OEBPS/c.opf"]) == ["en", "la"]
    assert '<dc:description xml:lang="en">A book<' in new["OEBPS/c.opf"]
    assert "<dc:subject>Haus<" in new["OEBPS/c.opf"]
    assert '<ncx xml:lang="en" ' in new["OEBPS/toc.ncx"]


def test_without_a_language_of_the_book_each_file_s_own_counts() -> None:
    files = documents.unpacked(documents.book(chapter("<p lang='de'>Das Haus</p>")))
    files["OEBPS/c.opf"] = files["OEBPS/c.opf"].replace(b">de<", b">und<")
    new = translated(documents.packed(files), {}, "en")
    assert new[CHAPTER] == chapter("<p lang='en'>Das Haus</p>", ENGLISH)
    assert "<dc:language>und<" in new["OEBPS/c.opf"]


def test_passages_in_the_target_s_language_stay() -> None:
    english = '<div lang="en-US"><p title="Tip">The house</p><p xml:lang="de">Hund</p></div>'
    body = f"<p>Das Haus</p>{english}"
    document = open_document("a.epub", documents.book(chapter(body)))
    targets = [f"{line} §" for line in document.lines]
    new = documents.unpacked(document.rebuilt(targets, "en"))[CHAPTER].decode()
    assert "<p>Das Haus §</p>" in new
    assert '<div lang="en-US"><p title="Tip">The house</p><p xml:lang="en">Hund §</p>' in new
    assert "The house §" in documents.unpacked(document.rebuilt(targets, "fr"))[CHAPTER].decode()


def test_older_readers_guide_is_translated() -> None:
    files = documents.unpacked(documents.book())
    files["OEBPS/c.opf"] = files["OEBPS/c.opf"].replace(
        b"</package>",
        b'<guide><reference type="toc" title="Inhalt" href="nav.xhtml"/></guide></package>',
    )
    new = translated(documents.packed(files), {"Inhalt": "Contents"})
    assert '<reference type="toc" title="Contents" href="nav.xhtml"/>' in new["OEBPS/c.opf"]


PARTS = st.recursive(
    st.sampled_from(["Das Haus ", "&amp;", "\n  ", "<br/>", "<!-- a -->", "1"]),
    lambda inner: st.builds(
        lambda name, attributes, content: f"<{name}{attributes}>{''.join(content)}</{name}>",
        st.sampled_from(["p", "i", "pre", "div", "a", "code", "span"]),
        st.sampled_from(
            [
                "",
                " title='Ein Tipp'",
                ' lang="en"',
                " xml:lang='de' alt=\"Bild\"",
                ' translate="no"',
            ]
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(st.lists(PARTS, max_size=4).map("".join), st.sampled_from(["", "en", "fr"]))
def test_any_chapter_comes_out_with_the_same_parts(body: str, language: str) -> None:
    data = documents.book(chapter(body))
    document = open_document("a.epub", data)
    assert documents.unpacked(document.rebuilt(document.lines)) == documents.unpacked(data)
    new = document.rebuilt([f"{line} §" for line in document.lines], language)
    parser = etree.XMLParser(resolve_entities=False)
    old = etree.fromstring(documents.unpacked(data)[CHAPTER], parser)
    made = etree.fromstring(documents.unpacked(new)[CHAPTER], parser)
    assert [each.tag for each in made.iter("*")] == [each.tag for each in old.iter("*")]
    said = "".join(made.itertext()).replace("§", "")
    assert "".join(said.split()) == "".join("".join(old.itertext()).split())
    if not language:
        assert len(open_document("a.epub", new).lines) == len(document.lines)
