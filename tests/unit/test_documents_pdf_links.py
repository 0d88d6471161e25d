"""Links of a PDF: their areas go with their words."""

import io
from collections.abc import Sequence

import pikepdf
import pytest

from tests.support.pdf_files import column, linked, pdf_of, shown
from web.formats.pdf.document import PdfDocument
from web.formats.pdf.typefaces import Look, typeface

ADDRESS = "https://example.org/"
Place = tuple[float, float, float, float]
# Points by which a place may be away.
NEAR = 2


def places_of(data: bytes, page: int = 0) -> list[Place]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        listed = pdf.pages[page].obj.get("/Annots")
        found = [] if listed is None else [link.Rect for link in listed]
        return [(float(x), float(y), float(z), float(w)) for x, y, z, w in found]


def over(text: str, words: str, base: float = 700) -> Place:
    """The area of words in a text that begins at 50."""
    before = text.partition(words)[0]
    left = 50 + width_of(before)
    return (left, base - 3, left + width_of(words), base + 9)


def width_of(text: str) -> float:
    widths = typeface(Look("sans", bold=False, italic=False)).widths
    return 10 * sum(widths[ord(letter)] for letter in text)


def is_near(place: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) < NEAR for a, b in zip(place, other, strict=True))


def test_linked_words_are_a_tag_and_their_area_goes_with_them() -> None:
    text = "Lesen Sie die Anleitung im Netz."
    data = linked(pdf_of(shown(50, 700, text)), ADDRESS, over(text, "Anleitung"))
    document = PdfDocument(data)
    assert list(document.lines) == ["Lesen Sie die <x1>Anleitung</x1> im Netz."]
    made = document.rebuilt(["<x1>Instructions</x1> are on the web."], "en")
    (place,) = places_of(made)
    assert is_near(place, (50, 698, 50 + width_of("Instructions"), 708))
    assert list(PdfDocument(made).lines) == ["<x1>Instructions</x1> are on the web."]


def test_a_link_begins_and_ends_within_a_word_and_its_signs() -> None:
    text = "Das Haus (hier)."
    data = linked(pdf_of(shown(50, 700, text)), ADDRESS, over(text, "hier"))
    assert list(PdfDocument(data).lines) == ["Das Haus (<x1>hier</x1>)."]


def test_links_that_lead_to_one_place_are_one_over_the_end_of_a_line() -> None:
    lines = ("Hier steht etwas über den Garten und die alten", "Bäume am See, die alle kennen.")
    places = (over(lines[0], "die alten"), over(lines[1], "Bäume am See", 688))
    document = PdfDocument(linked(pdf_of(column(50, 700, lines)), ADDRESS, *places))
    assert list(document.lines) == [
        "Hier steht etwas über den Garten und <x1>die alten Bäume am See</x1>, die alle kennen."
    ]
    (place,) = places_of(document.rebuilt(["Here are <x1>old trees</x1>, well known."], "en"))
    assert is_near(
        place, (50 + width_of("Here are "), 698, 50 + width_of("Here are old trees"), 708)
    )
    long = "This is a text about gardens in which <x1>very old trees at the shores of a lake</x1>."
    first, second = places_of(document.rebuilt([long], "en"))
    assert first[1] > second[1]
    assert second[0] == 50


def test_an_address_over_two_lines_is_joined() -> None:
    lines = ("Alles steht auf https://example.org/rosen-", "und-garten/ im Netz.")
    places = (over(lines[0], "https://example.org/rosen-"), over(lines[1], "und-garten/", 688))
    document = PdfDocument(linked(pdf_of(column(50, 700, lines)), ADDRESS, *places))
    assert list(document.lines) == [
        "Alles steht auf <x1>https://example.org/rosen-und-garten/</x1> im Netz."
    ]


def test_a_link_over_two_lines_with_one_annotation_becomes_two() -> None:
    page = column(50, 700, ["Hier steht etwas über den", "Garten und den See."])
    document = PdfDocument(linked(pdf_of(page), ADDRESS, (50, 684, 180, 710)))
    assert list(document.lines) == ["Hier steht etwas über den Garten und den See."]
    made = document.rebuilt(["Here is something about the garden and the lake."], "en")
    first, second = places_of(made)
    assert first[1] > second[1]
    assert document.lines == PdfDocument(linked(pdf_of(page), ADDRESS)).lines


def test_a_link_whose_words_the_translation_lost_is_over_all_of_it() -> None:
    text = "Lesen Sie die Anleitung im Netz."
    place = over(text, "Anleitung")
    document = PdfDocument(linked(pdf_of(shown(50, 700, text)), ADDRESS, place))
    (place,) = places_of(document.rebuilt(["Read it."], "en"))
    assert is_near(place, (50, 698, 50 + width_of("Read it."), 708))


def test_a_link_over_the_page_number_too_keeps_it() -> None:
    page = shown(50, 700, "Einleitung") + shown(500, 700, "17")
    document = PdfDocument(linked(pdf_of(page), ADDRESS, (50, 697, 512, 709)))
    assert list(document.lines) == ["Einleitung"]
    (place,) = places_of(document.rebuilt(["Introduction"], "en"))
    assert is_near(place, (50, 697, 512, 709))


def test_a_link_goes_to_the_page_to_which_its_words_go() -> None:
    first = [
        "Die Kinder spielten am Ufer und bauten Burgen",
        "aus Sand, bis am Abend die Eltern kamen und sie",
    ]
    second = ["mit nach Hause nahmen, obwohl sie noch bleiben", "wollten."]
    data = pdf_of(column(50, 700, first), column(50, 760, second))
    data = linked(data, ADDRESS, over(second[0], "mit nach Hause nahmen,", 760), page=1)
    document = PdfDocument(data)
    (line,) = document.lines
    assert "<x1>mit nach Hause nahmen,</x1>" in line
    made = document.rebuilt(["They were <x1>taken home</x1>."], "en")
    assert len(places_of(made)) == 1
    assert places_of(made, 1) == []


@pytest.mark.parametrize(
    "place",
    [(0, 0, 0, 0), (1e9, 1e9, -1e9, -1e9), (50, 697, 200, 709, 4), ("x", 1, 2, 3)],
)
def test_a_link_without_a_place_stays_what_it_is(place: tuple[object, ...]) -> None:
    data = linked(pdf_of(shown(50, 700, "Guten Morgen!")), ADDRESS, (1, 1, 2, 2))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        listed = pikepdf.Array([pikepdf.String(x) if isinstance(x, str) else x for x in place])
        pdf.pages[0].Annots[0].Rect = listed
        made = io.BytesIO()
        pdf.save(made)
    document = PdfDocument(made.getvalue())
    rebuilt = document.rebuilt(["Good morning!"], "en")
    with pikepdf.open(io.BytesIO(rebuilt)) as pdf:
        assert len(pdf.pages[0].Annots) == 1
