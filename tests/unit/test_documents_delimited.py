"""Delimited tables come out byte for byte, but for the words of their cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.formats.base import DocumentError
from web.formats.delimited import DelimitedTable
from web.formats.options import ReadingOptions
from web.formats.registry import check_options, open_document

CSV = (
    "Name;Größe;Preis;Nr\r\n"
    '"Ein ""großes"" Haus";12,50;EUR;AB-12\r\n'
    '"Guten Morgen!\r\nWie geht es dir?";2024-05-01;;"7"\r\n'
    ' Das Boot ; "a; b" ;x@example.org;\r\n'
)


def lines(text: str) -> list[str]:
    return list(open_document("a.csv", text.encode()).lines)


def test_cells_of_text_are_lines_and_all_else_stays_byte_for_byte() -> None:
    document = open_document("a.csv", CSV.encode())
    assert document.lines == [
        "Name", "Größe", "Preis", "Nr", 'Ein "großes" Haus', "Guten Morgen!", "Wie geht es dir?",
        "Das Boot", "a; b",
    ]  # fmt: skip
    assert document.rebuilt(document.lines) == CSV.encode()
    targets = [f"x {line}" for line in document.lines]
    assert document.rebuilt(targets).decode() == (
        "x Name;x Größe;x Preis;x Nr\r\n"
        '"x Ein ""großes"" Haus";12,50;EUR;AB-12\r\n'
        '"x Guten Morgen!\r\nx Wie geht es dir?";2024-05-01;;"7"\r\n'
        ' x Das Boot ; "x a; b" ;x@example.org;\r\n'
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_are_kept(encoding: str, end: str) -> None:
    data = f"Größe,Farbe{end}hoch,rot{end}".encode(encoding)
    document = open_document("a.csv", data)
    assert document.lines == ["Größe", "Farbe", "hoch", "rot"]
    assert document.rebuilt(document.lines) == data
    new = document.rebuilt(["Größe", "Colour", "high", "red"])
    assert new == f"Größe,Colour{end}high,red{end}".encode(encoding)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name,Farbe\nHaus,rot\n", ["Name", "Farbe", "Haus", "rot"]),
        ("Name;Wert\nHaus;1,5\nBoot;2,5\n", ["Name", "Wert", "Haus", "Boot"]),
        ("Name\tFarbe\nHaus\trot, gelb\n", ["Name", "Farbe", "Haus", "rot, gelb"]),
        ("Name|Farbe\nHaus|rot", ["Name", "Farbe", "Haus", "rot"]),
        ("Satz\nGuten Morgen, Anna\nJa; nein\n", ["Satz", "Guten Morgen, Anna", "Ja; nein"]),
        ("sep=|\r\nName|Ja, nein\r\n", ["Name", "Ja, nein"]),
        ("", []),
        ("\n\n", []),
        ("Ein Wort", ["Ein Wort"]),
    ],
)
def test_the_delimiter_is_found(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_a_cell_that_needs_quotes_gets_them() -> None:
    document = open_document("a.csv", b"Haus,rot\nBoot,blau\n")
    new = document.rebuilt(["a, b", '"c"', "d", 'e "f"']).decode()
    assert new == '"a, b","""c"""\nd,e "f"\n'
    assert list(csv.reader(io.StringIO(new))) == [["a, b", '"c"'], ["d", 'e "f"']]


def test_a_tsv_without_quotes_stays_without() -> None:
    document = open_document("a.tsv", b'Haus\trot\nEr sagt "ja"\tblau, gelb\n')
    assert document.lines == ["Haus", "rot", 'Er sagt "ja"', "blau, gelb"]
    new = document.rebuilt(["a\tb", '"c" d', "e, f", "g"])
    assert new == b'a b\t"c" d\ne, f\tg\n'


def test_equal_cells_become_equal() -> None:
    document = open_document("a.csv", b"Farbe,Haus\nrot,rot\n")
    assert document.rebuilt(["Colour", "House", "red", "ruby"]) == b"Colour,House\nred,red\n"


def test_columns_are_chosen_by_number_or_name() -> None:
    data = b"Nr,Name,Farbe\n1,Haus,rot\n"
    assert DelimitedTable(data, columns=[2]).lines == ["Name", "Haus"]
    assert DelimitedTable(data, columns=["farbe", 1]).lines == ["Nr", "Farbe", "rot"]
    for wrong in (0, 4, "Preis"):
        with pytest.raises(DocumentError, match=f"no column {wrong}"):
            DelimitedTable(data, columns=[wrong])


def test_columns_are_chosen_by_an_option() -> None:
    data = b"2024;Name;2;Name;\n7;Haus;rot;Boot;gut\n"

    def chosen(*columns: str) -> list[str]:
        return list(open_document("a.csv", data, ReadingOptions(columns=columns)).lines)

    assert chosen("2") == ["Name", "Haus"]
    # The first of two names; the other by its number, as one without a name.
    assert chosen(" name ") == ["Name", "Haus"]
    assert chosen("4", "5") == ["Name", "Boot", "gut"]
    # A number that is no column's may be a name, as any other text.
    assert chosen("2024") == []
    for wrong in ("6", "0", "-1", "Preis", "9" * 5000):
        with pytest.raises(DocumentError, match=f"no column {wrong}"):
            chosen(wrong)
    tsv = open_document("a.tsv", b"Haus\tBoot\n", ReadingOptions(columns=("2",)))
    assert tsv.lines == ["Boot"]
    assert tsv.rebuilt(["boat"]) == b"Haus\tboat\n"


def test_a_kind_without_an_option_refuses_it() -> None:
    for name in ("a.txt", "a.md", "a.docx", "a.xlsx"):
        with pytest.raises(DocumentError, match=r"\.csv \.tsv") as refused:
            open_document(name, b"Haus", ReadingOptions(columns=("1",)))
        with pytest.raises(DocumentError, match=str(refused.value).split("(", maxsplit=1)[0]):
            check_options(name, ReadingOptions(columns=("1",)))
    check_options("a.md", ReadingOptions())


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(DocumentError):
        open_document("a.csv", b"PK\x03\x04\0\0")


CELL = st.text(st.sampled_from("aÄ1 ,;\t\"'\n\r|=") | st.characters(codec="utf-8"), max_size=9)


@given(
    st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_comes_out_as_it_went_in(
    rows: list[list[str]], delimiter: str, quoting: int, end: str
) -> None:
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=delimiter, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerows(rows)
    text = made.getvalue().replace("\0", "")
    document = DelimitedTable(text.encode(), delimiter)
    assert document.rebuilt(document.lines) == text.encode()
    for line in document.lines:
        assert line == line.strip()
        assert line.splitlines() == [line]
    new = document.rebuilt([f'x "{line}{delimiter}' for line in document.lines]).decode()
    assert shape(new, delimiter) == shape(text, delimiter)


def shape(text: str, delimiter: str) -> list[int]:
    """How many cells the standard library finds in each row."""
    return [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


@given(st.text(st.sampled_from('a",;\n\r\t '), max_size=60))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    document = open_document("a.csv", text.encode())
    assert document.rebuilt(document.lines) == text.encode()
    document.rebuilt([f'x "{line}' for line in document.lines])
