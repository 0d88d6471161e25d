"""Both languages in pages, books, Markdown, subtitles and plain text."""

import re
import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.support import documents
from web.formats.base import BilingualDocument, BilingualLayout, DocumentError
from web.formats.bilingual_text import bilingual_text
from web.formats.html.bilingual import copy_of
from web.formats.registry import KINDS, open_document

WORDS = st.text("abcäöüß", min_size=1, max_size=12).map(lambda text: f"A{text}")
CHAPTER = "OEBPS/text/eins.xhtml"
ROW = re.compile(r"<tr><td style[^>]*>(.*?)</td><td style[^>]*>(.*?)</td></tr>", re.DOTALL)
TABLE = re.compile(rf"<table style[^>]*>((?:{ROW.pattern})+)</table>", re.DOTALL)


def written(
    name: str, data: str | bytes, words: Mapping[str, str], layout: BilingualLayout = "below"
) -> str:
    """The file in both languages; of a book, its first chapter."""
    raw = data if isinstance(data, bytes) else data.encode()
    document = open_document(name, raw)
    assert isinstance(document, BilingualDocument)
    assert set(words) <= set(document.lines), document.lines
    targets = [words.get(line, line) for line in document.lines]
    made = document.bilingual(targets, layout, "en")
    return (documents.unpacked(made)[CHAPTER] if made[:2] == b"PK" else made).decode()


def test_the_kinds_that_are_written_bilingual_have_documents_that_can_be() -> None:
    kinds = {ending for ending, kind in KINDS.items() if kind.layouts}
    assert kinds == {
        *(".txt", ".text", ".md", ".markdown", ".mdx", ".html", ".htm", ".xhtml"),
        *(".srt", ".vtt", ".ass", ".ssa", ".docx", ".docm", ".dotx", ".dotm"),
        *(".odt", ".ott", ".fodt", ".epub", ".pdf"),
        *(".pptx", ".ppsx", ".potx", ".pptm", ".ppsm", ".potm"),
    }
    assert {kind.layouts for kind in KINDS.values()} == {
        (),
        ("below",),
        ("below", "beside"),
    }


HTML_BLOCKS = st.sampled_from(
    [
        "<p>{}</p>",
        "<p class='a' id='{}x'>{}</p>",
        "<h2>{} <b>{}</b></h2>",
        "<ul><li>{}<ul><li>{}</li></ul></li><li><p>{}</p></li></ul>",
        "<table><tr><td>{}</td><th>{}</th></tr></table>",
        "<div>{}<p>{}</p>{}</div>",
        "<blockquote>{}</blockquote>",
        "<dl><dt>{}</dt><dd>{}</dd></dl>",
        "<p>12</p>",
    ]
)


@pytest.mark.parametrize("layout", ["below", "beside"])
@given(blocks=st.lists(HTML_BLOCKS, min_size=1, max_size=5), data=st.data())
def test_a_page_without_its_copies_is_the_page(
    blocks: list[str], data: st.DataObject, layout: BilingualLayout
) -> None:
    page = "".join(re.sub(r"\{\}", lambda _: data.draw(WORDS), block) for block in blocks)
    document = open_document("a.html", page.encode())
    targets = [f"E {line}" for line in document.lines]
    assert isinstance(document, BilingualDocument)
    made = document.bilingual(targets, layout, "en").decode()
    assert made.count('lang="en"') == len(targets)
    without = TABLE.sub(lambda table: ROW.sub(r"\1\2", table[1]), made)
    without = re.sub(r"<p( class='a')? lang=\"en\"( class='a')?>.*?</p>", "", without)
    without = re.sub(r"(<br>)?<span lang=\"en\"[^>]*>.*?</span>", "", without)
    without = re.sub(r"<span style[^>]*>(.*?)</span>", r"\1", without)
    assert without == page


def test_a_paragraph_of_a_page_is_followed_by_its_copy_and_ids_are_there_once() -> None:
    page = (
        '<p class="x" id="p"><a name="n"></a>Das <b id="b">Haus</b><img src="a.png">'
        '<sup><a href="#1" id="r">1</a></sup>.</p>'
    )
    line = "Das <x2>Haus</x2><x3/><x4/>."
    found = [each for each in open_document("a.html", page.encode()).lines if "Haus" in each]
    new = written("a.html", page, {found[0]: found[0].replace("Das", "The").replace("Haus", "h")})
    assert line.startswith("Das")
    assert new == f'{page}<p lang="en" class="x">The <b>h</b>.</p>'


def test_a_page_keeps_its_outline_its_lists_and_its_tables() -> None:
    page = (
        "<html lang='de'><title>Haus</title><h1>Eins</h1><ul><li>Zwei<li>Drei</ul>"
        "<table><tr><td>Vier</table><p>Fünf<p>Sechs"
    )
    words = {"Haus": "House", "Eins": "1a", "Zwei": "2a", "Drei": "3a", "Vier": "4a"}
    words |= {"Fünf": "5a", "Sechs": "6a"}
    span = '<br><span lang="en">{}</span>'.format
    assert written("a.html", page, words) == (
        "<html lang='de'><title>Haus / House</title>"
        f"<h1>Eins{span('1a')}</h1><ul><li>Zwei{span('2a')}<li>Drei{span('3a')}</ul>"
        f"<table><tr><td>Vier{span('4a')}</table>"
        '<p>Fünf<p lang="en">5a</p><p>Sechs<p lang="en">6a</p>'
    )
    beside = written("a.html", page, words, "beside")
    assert ROW.findall(beside) == [
        ("<p>Fünf", '<p lang="en">5a</p>'),
        ("<p>Sechs", '<p lang="en">6a</p>'),
    ]
    assert beside.count("<h1>") == 1
    assert f"<li>Zwei{span('2a')}<li>" in beside


def test_what_people_hear_is_in_both_languages_and_code_of_a_template_stays() -> None:
    page = '<p title="Haus"><img alt="Ein Hund">Text <%= name %></p><p translate="no">Bleib</p>'
    words = {"Haus": "House", "Ein Hund": "A dog"}
    line = next(each for each in open_document("a.html", page.encode()).lines if "Text" in each)
    new = written("a.html", page, {**words, line: line.replace("Text", "Words")})
    assert new.startswith(
        '<p title="Haus / House"><img alt="Ein Hund / A dog">Text <%= name %></p>'
    )
    assert new.endswith('Words <%= name %></p><p translate="no">Bleib</p>')


@pytest.mark.parametrize("layout", ["below", "beside"])
def test_a_book_is_written_in_both_languages_and_stays_well_formed(
    layout: BilingualLayout,
) -> None:
    data = documents.book()
    document = open_document("a.epub", data)
    assert isinstance(document, BilingualDocument)
    made = documents.unpacked(
        document.bilingual([f"E {line}" for line in document.lines], layout, "en")
    )
    chapter = made[CHAPTER].decode()
    root = etree.fromstring(chapter.replace("&nbsp;", " ").encode())
    assert len(root.findall(".//{*}h1")) == 1
    assert chapter.count('href="#n1"') == 1
    assert '<p translate="no">Bleib auch so.</p><img' in chapter
    assert '<br/><span xml:lang="en">E Mir geht es gut.</span></li>' in chapter
    assert "<title>Das erste Kapitel / E Das erste Kapitel</title>" in chapter
    rows = ROW.findall(chapter)
    assert len(rows) == (3 if layout == "beside" else 0)
    assert '<p xml:lang="en"><i>E Guten Morgen!<br/>E Wie geht es dir?</i></p>' in chapter
    contents = made["OEBPS/nav.xhtml"].decode()
    assert ">Das erste Kapitel / E Das erste Kapitel</a></li>" in contents
    opf = made["OEBPS/c.opf"].decode()
    assert "<dc:language>de</dc:language><dc:language>en</dc:language>" in opf
    assert "<dc:title>Das Buch der Häuser / E Das Buch der Häuser</dc:title>" in opf
    again = open_document(
        "a.epub", document.bilingual([f"E {line}" for line in document.lines], layout, "en")
    )
    assert {line for line in document.lines if "gut." in line} <= {
        part for line in again.lines for part in re.split(r"<xbr\d+/>", line)
    }


def test_words_around_blocks_in_a_book_have_their_copies_where_they_end() -> None:
    chapter = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><div>Eins<p>Zwei</p>'
        "Drei</div><ul><li>Vier<ol><li>Fünf</li></ol></li></ul></body></html>"
    )
    words = {"Eins": "1a", "Zwei": "2a", "Drei": "3a", "Vier": "4a", "Fünf": "5a"}
    span = '<br/><span xml:lang="en">{}</span>'.format
    assert (
        f'<div>Eins{span("1a")}<p>Zwei</p><p xml:lang="en">2a</p>Drei{span("3a")}</div>'
        f"<ul><li>Vier{span('4a')}<ol><li>Fünf{span('5a')}</li></ol></li></ul>"
    ) in written("a.epub", documents.book(chapter), words)


MARKDOWN_BLOCKS = st.sampled_from(
    [
        "{}\n",
        "# {}\n",
        "- {}\n- {}\n",
        "1. {}\n2. {}\n",
        "> {}\n",
        "{}\n---\n",
        "| {} |\n|--|\n| {} |\n",
    ]
)


@given(blocks=st.lists(MARKDOWN_BLOCKS, min_size=1, max_size=6), data=st.data())
def test_each_line_of_markdown_is_followed_by_its_copy(
    blocks: list[str], data: st.DataObject
) -> None:
    text = "\n".join(re.sub(r"\{\}", lambda _: data.draw(WORDS), block) for block in blocks)
    document = open_document("a.md", text.encode())
    assert isinstance(document, BilingualDocument)
    targets = [f"E{line}" for line in document.lines]
    made = document.bilingual(targets, "below", "en").decode()
    again = open_document("a.md", made.encode())
    found = [part for line in again.lines for part in re.split(r"<xbr\d+/>", line)]
    assert found == [each for pair in zip(document.lines, targets, strict=True) for each in pair]
    for row in text.splitlines():
        if "|" not in row:
            assert row in made.splitlines()


@pytest.mark.parametrize(
    ("source", "words", "made"),
    [
        ("# Haus {#h}\nText\n", {}, "# Haus {#h}\n\nE Haus\n\nText\n\nE Text\n"),
        ("Haus\n====\n", {}, "Haus\n====\n\nE Haus\n"),
        ("- Haus\n  - Hof\n", {}, "- Haus\n\n  E Haus\n\n  - Hof\n\n    E Hof\n"),
        ("1. Haus\n2. Hof", {}, "1. Haus\n\n   E Haus\n\n2. Hof\n\n   E Hof"),
        ("> Haus\n> Hof\n", {}, "> Haus\n> Hof\n>\n> E Haus Hof\n"),
        ("Haus[^1]\n\n[^1]: Hof\n", {}, "Haus[^1]\n\nE Haus\n\n[^1]: Hof\n\n      E Hof\n"),
        ("Haus ![Hof](a.png)\n", {}, "Haus ![Hof / E Hof](a.png)\n\nE Haus\n"),
        ("| Haus |\n|------|\n", {}, "| Haus<br>E Haus |\n|------|\n"),
        ("Haus\n: Hof\n", {}, "Haus / E Haus\n: Hof\n\n    E Hof\n"),
        ("---\ntitle: Haus\n---\n", {}, "---\ntitle: Haus / E Haus\n---\n"),
        ("Haus  \nHof\n", {}, "Haus  \nHof\n\nE Haus  \nE Hof\n"),
        ("- [ ] Haus\n", {}, "- [ ] Haus\n\n  E Haus\n"),
        ("Haus\r\n\r\nHof", {}, "Haus\r\n\r\nE Haus\r\n\r\nHof\r\n\r\nE Hof"),
        ("| Haus\n| Hof\n", {}, "| Haus\n| E Haus\n| Hof\n| E Hof\n"),
        ("<p>Haus</p>\n", {}, '<p>Haus</p><p lang="en">E Haus</p>\n'),
        ("Haus\n\nHof\n", {"Haus": "Haus"}, "Haus\n\nHof\n\nE Hof\n"),
    ],
)
def test_markdown_stays_what_it_is_in_both_languages(
    source: str, words: Mapping[str, str], made: str
) -> None:
    lines = open_document("a.md", source.encode()).lines
    assert written("a.md", source, {line: words.get(line, f"E {line}") for line in lines}) == made


def test_a_copy_of_markdown_begins_no_list() -> None:
    assert written("a.md", "Haus\n", {"Haus": "1. House"}) == "Haus\n\n1\\. House\n"


def test_a_cue_has_its_own_lines_first_and_its_position_once() -> None:
    source = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}Das <i>Haus</i>.\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,000\r\n- Hallo!\r\n- Ja."
    )
    lines = open_document("a.srt", source.encode()).lines
    new = written(
        "a.srt", source, dict(zip(lines, ["The <x1>house</x1>.", "- Hi!", "- Yes."], strict=True))
    )
    assert new == (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}Das <i>Haus</i>.\r\nThe <i>house</i>.\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,000\r\n- Hallo!\r\n- Ja.\r\n- Hi!\r\n- Yes."
    )


def test_a_sentence_over_cues_is_shared_out_below_them() -> None:
    source = (
        "WEBVTT\nLanguage: de\n\n00:01.000 --> 00:03.000\n<v Anna>Wir können aus Pappe\n\n"
        "00:03.000 --> 00:05.000\n<v Anna>ein kleines Boot bauen.\n\n"
        "00:06.000 --> 00:07.000\n<00:06.100><c>Sing</c>\n"
    )
    words = {
        "Wir können aus Pappe ein kleines Boot bauen.": "We can build a boat out of cardboard.",
        "Sing": "Sing it",
    }
    new = written("a.vtt", source, words)
    assert new.startswith("WEBVTT\nLanguage: de\n")
    parts = re.findall(r"<lang en>(.*?)</lang>", new)
    assert " ".join(parts[:2]) == "We can build a boat out of cardboard."
    assert new.count("<v Anna>") == 2
    assert new.count("<00:06.100>") == 1


def test_styled_subtitles_keep_places_and_drawings_once() -> None:
    source = (
        "[Events]\nFormat: Start, End, Text\n"
        r"Dialogue: 0:00:01.00,0:00:02.00,{\an8\fs30}Das {\i1}Haus{\i0}\Nhier"
        "\n"
        r"Dialogue: 0:00:03.00,0:00:04.00,{\p1}m 0 0 l 1 1{\p0}Schild"
        "\n"
    )
    lines = open_document("a.ass", source.encode()).lines
    new = written("a.ass", source, {line: line.replace("Das", "The") + " E" for line in lines})
    assert new.count(r"\an8") == 1
    assert new.count("m 0 0") == 1
    assert r"Das {\i1}Haus{\i0}\Nhier\N{\fs30}The " in new
    assert r"{\p0}Schild\N" in new


@given(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from(["\n\n", "\r\n\r\n", "\n \n\n"]))
def test_a_text_has_the_translation_of_each_paragraph_below_it(
    paragraphs: list[str], gap: str
) -> None:
    source = f"  {gap.join(paragraphs)}\n"
    new = bilingual_text(source, "\n\n".join(f"E{each}" for each in paragraphs))
    line_break = "\r\n" if "\r" in source else "\n"
    assert re.sub(rf"(?:{line_break}){{2}}EA\w+", "", new) == source
    assert re.findall(r"\w+", new) == [
        each for paragraph in paragraphs for each in (paragraph, f"E{paragraph}")
    ]


def test_a_text_with_other_paragraphs_than_its_translation_is_one() -> None:
    assert bilingual_text("Eins\n\nZwei\n", "One and two") == "Eins\n\nZwei\n\nOne and two\n"
    assert bilingual_text("Eins\n\n12", "One\n\n12") == "Eins\n\nOne\n\n12"
    assert bilingual_text("", "") == ""


def test_another_number_of_targets_is_refused() -> None:
    files = {
        "a.md": "Haus\n",
        "a.html": "<p>Haus",
        "a.srt": "1\n00:00:01,000 --> 00:00:02,000\nHaus\n",
    }
    for name, text in files.items():
        document = open_document(name, text.encode())
        assert isinstance(document, BilingualDocument)
        with pytest.raises(DocumentError):
            document.bilingual([], "below", "en")


def test_a_long_paragraph_of_links_is_copied_in_time_that_grows_with_it() -> None:
    def seconds(links: int) -> float:
        text = "".join(f"Satz {number} <a href=x>geht</a> weiter. " for number in range(links))
        return min(timed(text) for _ in range(3))

    def timed(text: str) -> float:
        start = time.process_time()
        assert copy_of(text) == text.strip()
        return time.process_time() - start

    # Eight times as many; a square of them would be 64 times as long.
    assert seconds(16_000) < 32 * seconds(2_000)


def test_a_row_of_markdown_in_the_middle_of_a_paragraph_of_html_stays_there() -> None:
    text = "<div>\n<p>Der Hund\n::: note\nschläft.</p>\n</div>\n"
    assert written("a.md", text, {"Der Hund": "The dog", "schläft.": "sleeps."}) == (
        '<div>\n<p>Der Hund<br><span lang="en">The dog</span>\n::: note\n'
        'schläft.<br><span lang="en">sleeps.</span></p>\n</div>\n'
    )
