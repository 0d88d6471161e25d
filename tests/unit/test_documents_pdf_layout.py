"""PDF: rows of tables, captions, addresses and words from right to left, as programs draw them."""

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from tests.support.pdf_files import column, pdf_of, shown
from web.formats.pdf.atoms import AtomReader
from web.formats.pdf.document import PdfDocument
from web.formats.pdf.drawing import Style, TypePiece
from web.formats.pdf.fonts import Font
from web.formats.pdf.reading_direction import in_reading_direction
from web.formats.pdf.text_lines import TextLine
from web.formats.pdf.typefaces import Look

SENTENCE = "Hier stehen die Preise der Woche."


def lines_of(*pages: str) -> list[str]:
    return list(PdfDocument(pdf_of(*pages)).lines)


def rows(y: float, step: float, columns: tuple[float, ...], *texts: tuple[str, ...]) -> str:
    """Operators that show a table, cell by cell."""
    return "\n".join(
        shown(x, y - step * index, text)
        for index, row in enumerate(texts)
        for x, text in zip(columns, row, strict=True)
    )


def one_by_one(y: float, words: list[str]) -> str:
    """Operators that show the words of a line, each at its place."""
    font = Font(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        ),
        (1, 0),
    )  # fmt: skip
    left, shows = 50.0, []
    for word in words:
        shows.append(shown(left, y, word))
        left += sum(font.width_of(each) for each in word) * 10 + 3
    return "\n".join(shows)


def pieces_of(*texts: str) -> list[tuple[TypePiece, bool]]:
    """Pieces of a line, from the left."""
    font = Font(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica), (1, 0))
    style = Style(font, Look("sans", bold=False, italic=False), b"0 g")
    return [
        (TypePiece(0, 0, 1, text, 20.0 * n, 20.0 * n + 18, 700.0, 10.0, style, n > 0), n > 0)
        for n, text in enumerate(texts)
    ]


def said(*texts: str) -> str:
    """The words of such a line in their order of reading."""
    pieces = in_reading_direction(pieces_of(*texts))
    return "".join(f"{' ' * spaced}{piece.text}" for piece, spaced in pieces)


def test_cells_that_are_near_are_cells_where_spaces_are_letters() -> None:
    table = rows(660, 14, (50, 87), ("Apfel", "rot"), ("Birne", "gelb"), ("Kirsche", "rot"))
    found = lines_of("\n".join((shown(50, 700, SENTENCE), table, shown(50, 600, "Ein Satz."))))
    assert found == [SENTENCE, "Apfel", "rot", "Birne", "gelb", "Kirsche", "Ein Satz."]


def test_words_of_a_sentence_without_a_space_between_are_no_cells() -> None:
    texts = ["Obst", "wurde", "gestern", "neben", "einem", "Garten", "gefunden", "worden."]
    page = "\n".join((shown(50, 700, SENTENCE), one_by_one(660, texts), one_by_one(648, texts)))
    assert lines_of(page) == [SENTENCE, " ".join(texts * 2)]


def test_words_that_are_shown_one_by_one_with_a_space_between_are_one_line() -> None:
    words = "BT /F 10 Tf 50 640 Td (Der ) Tj (Garten) Tj ( ) Tj (ist ) Tj /B 10 Tf (sehr) Tj ET"
    page = "\n".join((shown(50, 700, SENTENCE), words))
    assert lines_of(page) == [SENTENCE, "Der Garten ist <x1>sehr</x1>"]


def test_words_without_any_space_between_are_one_line() -> None:
    words = ["Das", "ist", "ein", "Satz", "in", "dem", "kein", "Leerraum", "steht"]
    assert lines_of(one_by_one(700, words)) == [" ".join(words)]


def test_rows_of_words_in_two_columns_are_rows() -> None:
    table = rows(660, 12, (50, 110), ("Obst", "Farbe"), ("Apfel", "rot"), ("Birne", "gelb"))
    assert lines_of(table) == ["Obst", "Farbe", "Apfel", "rot", "Birne", "gelb"]


def test_tables_one_below_the_other_have_rows_of_their_own() -> None:
    first = rows(660, 15, (50, 110), ("Apfel", "rot"), ("Birne", "gelb"))
    second = rows(630, 15, (50, 90, 130), ("Name", "Ort", "Jahr"), ("Eva", "Köln", "alt"))
    assert lines_of(first + "\n" + second) == [
        "Apfel", "rot", "Birne", "gelb", "Name", "Ort", "Jahr", "Eva", "Köln", "alt",
    ]  # fmt: skip


@pytest.mark.parametrize("place", [0, -1])
def test_a_caption_is_no_part_of_a_cell(place: int) -> None:
    table = rows(660, 12, (80, 130), ("Obst", "Preis"), ("Apfel", "1,50"), ("Birne", "2,00"))
    caption = shown(60, 624 if place else 672, "Tabelle 1: Preise der Woche")
    lines = lines_of(table + "\n" + caption)
    assert lines[place] == "Tabelle 1: Preise der Woche"
    assert set(lines) == {"Tabelle 1: Preise der Woche", "Obst", "Preis", "Apfel", "Birne"}


def test_two_columns_of_text_are_no_table() -> None:
    first = ["Im Sommer war es heiß und trocken, und", "Menschen gingen an den See, um dort zu"]
    second = ["Am Abend wurde gegrillt, und alle Leute", "Kamen zu Besuch und sprachen über das"]
    page = column(50, 700, first) + "\n" + column(310, 700, second)
    assert lines_of(page) == [" ".join(first), " ".join(second)]


@pytest.mark.parametrize(
    "address", ["file:///home/tisch.html", "https://example.org/a", "www.example.org/b"]
)
def test_an_address_that_stands_alone_is_no_line(address: str) -> None:
    data = pdf_of(shown(50, 700, SENTENCE) + "\n" + shown(50, 20, address))
    document = PdfDocument(data)
    assert list(document.lines) == [SENTENCE]
    made = document.rebuilt(["Here are the prices of the week."], "en")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert address.encode() in pdf.pages[0].Contents.read_bytes()


def test_an_address_in_a_sentence_is_part_of_it() -> None:
    sentence = "Mehr steht auf https://example.org/a im Netz."
    assert lines_of(shown(50, 700, sentence)) == [sentence]


@pytest.mark.parametrize(
    ("shown_words", "read"),
    [
        (("Das", "Wort", "םולש"), "Das Wort שלום"),
        (("Wort", "םלוע", "םולש", "heißt"), "Wort שלום עולם heißt"),
        (("Jahr", "2024,5-םולש", "gut"), "Jahr שלום-2024,5 gut"),
        (
            ("Das Wort", "םגו", "(", "םלוע", ")", "םולש", "heißt"),
            "Das Wort שלום ( עולם ) וגם heißt",
        ),
        (("genannt", "(םלוע)", "(םולש)", "und"), "genannt (שלום) (עולם) und"),
        (("Word", "םע", "ןחבמ", "הז"), "זה מבחן עם Word"),
        (("Auf", "ﺎﺒﺣﺮﻣ", "dafür"), "Auf مرحبا dafür"),
    ],
)
def test_words_from_right_to_left_are_read_as_people_do(
    shown_words: tuple[str, ...], read: str
) -> None:
    assert said(*shown_words) == read


def test_a_line_with_accents_can_be_read_twice() -> None:
    pieces = [piece for piece, _ in pieces_of("¨", "offnen")]
    pieces[1].left = pieces[0].left + 1
    line = TextLine(pieces, 700.0, 10.0, pieces[0].left, pieces[1].right)
    reader = AtomReader([], [])
    for _ in range(2):
        assert [atom.what for atom in reader.atoms(line)] == ["öffnen"]
