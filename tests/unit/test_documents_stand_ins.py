"""Code, keys, pictures and the like are asked in their sentence, and stay at their place in it."""

from collections.abc import Callable

import pytest

from tests.support import documents
from web.formats.html.document import HtmlFile
from web.formats.registry import open_document

Translate = Callable[[str, str | None], tuple[str, str]]


def of_html(body: str, target: str | None = None) -> tuple[str, str]:
    """The first line of a page, and the page with this translation of it."""
    document = HtmlFile(body.encode())
    line = document.lines[0] if document.lines else ""
    targets = [line if target is None else target, *document.lines[1:]][: len(document.lines)]
    return line, document.rebuilt(targets, "en").decode()


def of_epub(body: str, target: str | None = None) -> tuple[str, str]:
    """The same of a chapter."""
    root = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
    document = open_document("a.epub", documents.book(root))
    lines = [each for each in document.lines if each in own_lines(root)]
    line = lines[0] if lines else ""
    targets = [target if target and each == line else each for each in document.lines]
    chapter = documents.unpacked(document.rebuilt(targets))["OEBPS/text/eins.xhtml"].decode()
    return line, chapter.partition("<body>")[2].removesuffix("</body></html>")


def own_lines(chapter: str) -> set[str]:
    """The lines of a book that its other chapters do not have."""
    empty = documents.book('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>')
    rest = list(open_document("a.epub", empty).lines)
    return set(open_document("a.epub", documents.book(chapter)).lines) - set(rest)


def of_markdown(body: str, target: str | None = None) -> tuple[str, str]:
    """The same of Markdown with the elements of HTML."""
    document = open_document("a.md", body.removeprefix("<p>").removesuffix("</p>").encode())
    line = document.lines[0]
    targets = [line if target is None else target, *document.lines[1:]]
    return line, f"<p>{document.rebuilt(targets).decode()}</p>"


KINDS = [of_html, of_epub]
LINES = [
    (
        "<p>Das ist <code>a</code> und <code>b</code>.</p>",
        "Das ist <x1>`a`</x1> und <x2>`b`</x2>.",
    ),
    ("<p><code>start()</code> öffnet es.</p>", "<x1>`start()`</x1> öffnet es."),
    ("<p>Drücke <kbd>Strg</kbd>+<kbd>C</kbd>.</p>", "Drücke <x1>`Strg`</x1>+<x2>`C`</x2>."),
    ("<p>Der <samp>a &lt;\n b</samp> da</p>", "Der <x1>`a < b`</x1> da"),
    ("<p>In <i translate='no'>Bad Ems</i> ist es</p>", "In <x1>`Bad Ems`</x1> ist es"),
    ("<p>Auf <img alt='Los' src='a'/> klicken</p>", "Auf <x1>`Los`</x1> klicken"),
    ("<p><img alt='Los' src='a'/> ist rot</p>", "<x1>`Los`</x1> ist rot"),
    # Pictures that are no part of a sentence, or say nothing.
    ("<p>Das ist gut. <img alt='Los' src='a'/> Es ist rot.</p>", "Das ist gut. <x1/> Es ist rot."),
    ("<p><img alt='Los' src='a'/> Das Haus</p>", "Das Haus"),
    ("<p>Das Haus <img alt='Los' src='a'/></p>", "Das Haus"),
    ("<p>Das <img alt='' src='a'/> Haus</p>", "Das <x1/> Haus"),
    ("<p>Das <img alt='☺' src='a'/> Haus</p>", "Das <x1/> Haus"),
    # Code in which the signs around it are, or that is none in a sentence.
    ("<p>Das <code>a`b</code> Haus</p>", "Das <x1/> Haus"),
    ("<p>Das <code>.</code> Haus</p>", "Das <x1/> Haus"),
    ("<p>Das <code>" + "x" * 101 + "</code> Haus</p>", "Das <x1/> Haus"),
    ("<p>Haus<br/><code>a</code><br/>Boot</p>", "Haus"),
    ("<p><code>a</code>, <code>b</code></p>", ""),
]


@pytest.mark.parametrize("of", KINDS)
@pytest.mark.parametrize(("body", "line"), LINES)
def test_a_sentence_is_asked_whole(of: Translate, body: str, line: str) -> None:
    found, same = of(body, None)
    assert found == line
    assert same == body


@pytest.mark.parametrize("of", KINDS)
@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("This is <x1>`a`</x1> and <x2>`b`</x2>.", "This is [a] and [b]."),
        # Tags that hold more, other words or nothing: the code itself says where it stands.
        ("This is <x1>`a` and</x1> <x2>`b`.</x2>", "This is [a] and [b]."),
        ("<x1>This</x1> is `a` and <x2>`b`.</x2>", "This is [a] and [b]."),
        ("This is <x1>`a` and `b`</x1><x2>.</x2>", "This is [a] and [b]."),
        ("<x1>`a`+`</x1><x2>b`.</x2>", "[a]+[b]."),
        ("<x2>`b`</x2> is <x1>`a`</x1>s", "[b] is [a]s"),
        ("`b` is `a`", "[b] is [a]"),
        # Code that is lost stands where its tags are, or at the end.
        ("This is <x1>an A</x1> and <x2>bees</x2>.", "This is [a]an A and [b]bees."),
        ("This is all.", "This is all.[a][b]"),
    ],
)
def test_code_stays_where_the_translation_says_it(of: Translate, target: str, body: str) -> None:
    _, new = of("<p>Das ist <code>a</code> und <code>b</code>.</p>", target)
    assert new == f"<p>{body}</p>".replace("[", "<code>").replace("]", "</code>")


@pytest.mark.parametrize("of", [*KINDS, of_markdown])
def test_a_link_around_code_is_one_thing_with_it(of: Translate) -> None:
    body = '<p>Siehe (<a href="a"><b><code>x</code></b></a>).</p>'
    line, same = of(body, None)
    assert line == "Siehe (<x1>`x`</x1>)."
    assert same == body
    _, new = of(body, "See <x1>(`x`).</x1>")
    assert new == body.replace("Siehe", "See")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Das ist `a` und ``b ` c``.", "Das ist <x1>`a`</x1> und <x2/>."),
        ("`start()` öffnet es.", "<x1>`start()`</x1> öffnet es."),
        ("Die [`API`](a) ist `neu`{.b} und `{=c}`.", "Die <x1>`API`</x1> ist <x2>`neu`</x2> und"),
        ("Da <kbd><b>Strg</b></kbd> &amp; <script>x</script> hier", "Da <x1>`Strg`</x1> & <x2/>"),
        ("Da `a` `b` hier", "Da <x1/> hier"),
    ],
)
def test_code_in_markdown_is_asked_in_its_sentence(text: str, line: str) -> None:
    document = open_document("a.md", text.encode())
    assert document.lines[0].startswith(line)
    assert document.rebuilt(document.lines) == text.encode()
    new = document.rebuilt([document.lines[0].replace("Da ", "There ")]).decode()
    assert new == text.replace("Da ", "There ")


def test_an_element_that_comes_first_is_no_word() -> None:
    _, new = of_markdown("<p>Drücke <kbd>C</kbd> hier</p>", "<x1>`C`</x1> here")
    assert new == "<p><kbd>C</kbd> here</p>"


def test_a_field_of_a_form_is_asked_in_its_sentence() -> None:
    body = "<p>Ich bin <input type=number value=3> Jahre alt.</p>"
    assert of_html(body) == ("Ich bin <x1>`input`</x1> Jahre alt.", body)
    assert of_html("<p>Da <input type=checkbox> ist es</p>")[0] == "Da <x1/> ist es"


def test_a_passage_in_another_language_is_asked_unless_it_is_a_sentence() -> None:
    french = "<p lang=de>Er sagt <i lang=fr>{}</i> und geht</p>"
    assert of_html(french.format("bon jour"))[0] == "Er sagt <x1>`bon jour`</x1> und geht"
    assert of_html(french.format("Il est là."))[0] == "Er sagt <x1/> und geht"


def test_a_formula_is_asked_in_its_sentence() -> None:
    line, _ = of_html("<p>Die Zahl <math><mi>x</mi></math> ist groß.</p>")
    assert line == "Die Zahl <x1>`x`</x1> ist groß."
