"""PDF: it is read page by page, so that memory is that of its lines, and limits act early."""

import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

import pytest

from tests.support.pdf_files import column, pdf_of, shown
from tests.unit.test_documents_pdf import FIRST, SECOND
from web.formats.base import DocumentError
from web.formats.pdf import canvases, document, file
from web.formats.pdf.canvases import Canvas, Canvases
from web.formats.pdf.document import PdfDocument
from web.formats.pdf.drawing import Drawing
from web.formats.pdf.geometry import Rectangle

# Most bytes of memory for each further character: of its line, and of the translation.
MOST_TO_READ, MOST_TO_WRITE = 6.0, 10.0
# Pages, lines and words of a document of dense text, and megabytes that it may take.
PAGES, LINES, WORDS, MOST_MEGABYTES = 1000, 55, 12, 250
# Of 1000 pages of text; it is a program of its own, so that nothing else is measured.
PROGRAM = """
import resource
from tests.unit.test_documents_pdf_memory import dense, dense_target, peak
from web.documents.options import NO_OPTIONS, NO_FORM
from web.documents.service import _open
data = dense({pages})
idle = peak()
opened = _open("a.pdf", data, NO_OPTIONS)
made = opened.rebuilt(dense_target(opened.text), "en", NO_FORM)
print(len(opened.text), len(made), peak() - idle)
"""


def dense(pages: int, lines: int = LINES) -> bytes:
    """A PDF of pages that are full of text, none of which is there twice."""
    number = count()

    def line(index: int) -> str:
        words = " ".join(f"Wort{next(number):05x}" for _ in range(WORDS - 6 * (index % 7 == 6)))
        return f"{words}." if index % 7 == 6 else words

    return pdf_of(
        *(
            "\n".join(shown(50, 790 - 13 * index, line(index), size=8) for index in range(lines))
            for _ in range(pages)
        )
    )


def dense_target(text: str) -> str:
    """A translation of it, with no other letters."""
    return text.replace("Wort", "trow")


def peak() -> float:
    """Most memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def traced(action: Callable[[], object]) -> int:
    """Most bytes that an action takes at once."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_further_page_takes_the_memory_of_its_lines() -> None:
    few, many = dense(5), dense(11)
    documents = PdfDocument(few), PdfDocument(many)
    characters = [sum(map(len, each.lines)) for each in documents]
    further = characters[1] - characters[0]
    reading = [traced(partial(PdfDocument, data)) for data in (few, many)]
    assert reading[1] - reading[0] < MOST_TO_READ * further
    targets = [[dense_target(line) for line in each.lines] for each in documents]
    writing = [
        traced(partial(each.rebuilt, target, "en"))
        for each, target in zip(documents, targets, strict=True)
    ]
    assert writing[1] - writing[0] < MOST_TO_WRITE * further


@pytest.mark.slow
def test_a_thousand_pages_of_text_take_less_than_the_services_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(pages=PAGES)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    characters, size, megabytes = map(float, done.stdout.split())
    assert characters > 6 * PAGES * LINES * WORDS
    assert size > characters / 5
    assert megabytes < MOST_MEGABYTES


def test_a_text_over_the_limit_is_refused_before_all_pages_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []
    of_page = Canvases.of_page

    def noted(self: Canvases, page: int) -> Iterator[tuple[Canvas, Drawing, Rectangle]]:
        read.append(page)
        return of_page(self, page)

    monkeypatch.setattr(Canvases, "of_page", noted)
    data = dense(9, 14)
    characters = sum(map(len, PdfDocument(data).lines))
    assert len(read) == 9
    monkeypatch.setattr(document, "MOST_CHARACTERS", characters // 2)
    read.clear()
    with pytest.raises(DocumentError, match=f"more than {characters // 2:,} characters") as raised:
        PdfDocument(data)
    assert "divide it" in str(raised.value)
    assert 4 <= len(read) <= 6


def test_too_many_pages_are_refused_before_one_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "_MOST_PAGES", 3)
    monkeypatch.delattr(Canvases, "of_page")
    with pytest.raises(DocumentError, match="more than 3 pages"):
        PdfDocument(dense(4, 1))


def test_a_kind_that_holds_all_parts_has_a_limit_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(document, "_MOST_PARTS", 20)
    page = "\n".join(shown(50, 790 - 40 * index, f"Satz {index}.") for index in range(19))
    made = PdfDocument(pdf_of(page, shown(50, 700, "Guten Tag.")))
    assert b"Guten Tag" in made.converted(made.lines, ".md")
    made = PdfDocument(pdf_of(page, shown(50, 700, "12")))
    more = PdfDocument(pdf_of(page, shown(50, 700, "Guten Tag.") + shown(50, 500, "12")))
    assert made.converted(made.lines, ".md")
    with pytest.raises(DocumentError, match="another kind"):
        more.converted(more.lines, ".md")
    assert more.rebuilt([line.upper() for line in more.lines], "en")


def test_fonts_that_were_forgotten_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf_of(column(50, 700, FIRST), column(50, 700, SECOND), shown(50, 700, "Ein Tag", "B"))
    kept = PdfDocument(data)
    targets = [line.replace("und", "and") for line in kept.lines]
    made = kept.rebuilt(targets, "en")
    monkeypatch.setattr(canvases, "_MOST_CODES", 0)
    forgetful = PdfDocument(data)
    assert list(forgetful.lines) == list(kept.lines)
    assert forgetful.rebuilt(targets, "en") == made


def test_too_many_fonts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canvases, "_MOST_LETTERS", 5)
    with pytest.raises(DocumentError, match="divide it"):
        PdfDocument(pdf_of(shown(50, 700, "Guten Morgen!")))


def test_a_text_without_a_full_stop_is_no_line_without_end() -> None:
    words = [f"{'wort ' * 18}und", f"{'wort ' * 18}oder"]
    lines = PdfDocument(pdf_of(*[column(50, 700, words)] * 40)).lines
    # Those of twelve pages each, of which equal ones are one, and of the rest.
    text = " ".join(words)
    assert list(lines) == [" ".join([text] * 12), " ".join([text] * 4)]
