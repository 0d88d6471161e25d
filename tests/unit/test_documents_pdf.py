"""PDF: its paragraphs are found, and stand in their places with other words."""

import io
import re
import time

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.pdf_files import column, linked, pdf_of, shown
from web.formats.base import DocumentError
from web.formats.pdf import document
from web.formats.pdf.document import PdfDocument
from web.formats.pdf.scanning import operations
from web.formats.registry import open_document

SECONDS = 30
FIRST = (
    "Im Sommer war es heiß und trocken, und die Men-",
    "schen gingen an den See, um dort zu baden.",
)
SECOND = (
    "Am Abend wurde gegrillt, und alle Nachbarn ka-",
    "men zu Besuch und sprachen über das Wetter.",
)


def lines_of(*pages: str) -> list[str]:
    return list(PdfDocument(pdf_of(*pages)).lines)


def test_a_paragraph_is_one_line_and_hyphens_at_line_ends_are_joined() -> None:
    text = (
        "Die Vor- und Nachteile der Bewässerung sind be-",
        "kannt, aber nicht jeder weiß von den E-Mail-",
        "Adressen und von den Wasser-",
        "und Stromkosten.",
    )
    assert " ".join(lines_of(column(50, 700, text))) == (
        "Die Vor- und Nachteile der Bewässerung sind bekannt, aber nicht jeder weiß von den "
        "E-Mail-Adressen und von den Wasser- und Stromkosten."
    )


def test_columns_are_read_one_after_the_other_and_under_their_title() -> None:
    page = [shown(50, 760, "Der Bericht über den Sommer", "B", 20)]
    for index in range(2):  # drawn line by line, as some programs do
        page.append(shown(50, 700 - 12 * index, FIRST[index]))
        page.append(shown(310, 700 - 12 * index, SECOND[index]))
    assert lines_of("\n".join(page)) == [
        "Der Bericht über den Sommer",
        "Im Sommer war es heiß und trocken, und die Menschen gingen an den See, um dort zu baden.",
        "Am Abend wurde gegrillt, und alle Nachbarn kamen zu Besuch und sprachen über das Wetter.",
    ]


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    first = column(
        50,
        700,
        [
            "Die Kinder spielten am Ufer und bauten Burgen",
            "aus Sand, bis am Abend die Eltern kamen und sie",
        ],
    )
    second = column(50, 760, ["mit nach Hause nahmen, obwohl sie noch bleiben", "wollten."])
    (line,) = lines_of(first, second)
    assert "kamen und sie mit nach Hause" in line


def test_cells_headings_lists_and_addresses_are_lines_of_their_own() -> None:
    page = "\n".join((
        column(50, 800, ["Erika Meier", "Gartenweg 12", "12345 Berlin"]),
        shown(50, 740, "Einleitung", "B"),
        column(50, 728, ["Im Sommer war es heiß."]),
        shown(50, 700, "•"), shown(62, 700, "Äpfel und Birnen"),
        shown(50, 688, "•"), shown(62, 688, "Kirschen aus dem Garten"),
        "40 650 m 300 650 l S",
        shown(50, 640, "Rosen"), shown(200, 640, "12,50"),
        shown(50, 628, "Gemüse"), shown(200, 628, "8,00"),
    ))  # fmt: skip
    assert lines_of(page) == [
        "Erika Meier", "Gartenweg 12", "12345 Berlin", "Einleitung", "Im Sommer war es heiß.",
        "Äpfel und Birnen", "Kirschen aus dem Garten", "Rosen", "Gemüse",
    ]  # fmt: skip


def test_bold_words_are_tags_and_formulas_one_stand_in() -> None:
    page = (
        "BT /F 10 Tf 50 700 Td (Das ist ein ) Tj /B 10 Tf (rotes) Tj /F 10 Tf ( Haus, und ) Tj "
        "/S 10 Tf (a) Tj /F 10 Tf ( ist ein Winkel.) Tj ET"
    )
    assert lines_of(page) == ["Das ist ein <x1>rotes</x1> Haus, und <x2/> ist ein Winkel."]


def test_with_its_own_lines_it_is_the_same_to_the_byte() -> None:
    data = pdf_of(column(50, 700, FIRST), title="Der Sommer", bookmarks=["Anfang"])
    document = PdfDocument(data)
    assert document.rebuilt(document.lines) == data


def test_other_words_stand_in_their_place_and_nothing_else_changes() -> None:
    drawing = "0.5 g 40 600 100 50 re f 40 500 m 99 520 l S"
    page = "\n".join((drawing, column(50, 700, FIRST), shown(50, 20, "17")))
    data = linked(
        pdf_of(page, title="Der Sommer", bookmarks=["Der Sommer"]),
        "https://example.org/",
        (50, 10, 200, 30),
    )
    document = PdfDocument(data)
    assert document.lines[0] == "Der Sommer"
    made = document.rebuilt(["The summer", "It was hot, and people went to the lake."], "en")
    again = PdfDocument(made)
    assert list(again.lines) == ["The summer", "It was hot, and people went to the lake."]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert not pdf.check_pdf_syntax()
        content = pdf.pages[0].Contents.read_bytes().decode("cp1252")
        assert content.startswith(drawing)
        assert "(17) Tj" in content
        assert "Sommer war" not in content
        assert str(pdf.docinfo["/Title"]) == "The summer"
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.pages[0].Annots[0].A.URI) == "https://example.org/"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["The summer"]


def test_words_stand_where_the_paragraph_stood() -> None:
    data = pdf_of(column(50, 700, FIRST))
    made = PdfDocument(data).rebuilt(["It was hot."], "en")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = operations(pdf.pages[0].Contents.read_bytes())
        places = [each.operands[-2:] for each in found if each.operator == b"Tm"]
    assert [50.0, 700.0] in places


def test_letters_that_the_font_lacks_come_from_a_free_one() -> None:
    document = PdfDocument(pdf_of(shown(50, 700, "Guten Morgen!")))
    made = document.rebuilt(["Dzień dobry, Čeština!"], "pl")
    assert list(PdfDocument(made).lines) == ["Dzień dobry, Čeština!"]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        names = [str(font.BaseFont) for font in fonts.values()]
    assert any("Liberation" in name or "DejaVu" in name for name in names)


def test_a_translated_pdf_can_be_translated_once_more() -> None:
    data = pdf_of(shown(50, 700, "Guten Morgen!") + shown(50, 600, "Guten Tag!"))
    once = PdfDocument(data).rebuilt(["Dzień dobry!", "Miłego dnia!"], "pl")
    again = PdfDocument(once).rebuilt(["Dobré ráno, přátelé!", "Miłego dnia!"], "cs")
    assert list(PdfDocument(again).lines) == ["Dobré ráno, přátelé!", "Miłego dnia!"]


def test_a_longer_text_takes_the_white_below_then_smaller_type_then_a_note() -> None:
    page = column(50, 700, FIRST) + "\n" + shown(50, 640, "Das Ende steht hier unten.")
    document = PdfDocument(pdf_of(page))
    end = "The end."
    for times, fits in ((1, True), (3, True), (40, False)):
        targets = ["It was a hot and dry summer, and people went to the lake. " * times, end]
        notes = [(note.target, note.place, note.code) for note in document.notes(targets)]
        assert notes == ([] if fits else [(targets[0], "1", "overflow")])
        words = " ".join(PdfDocument(document.rebuilt(targets, "en")).lines)
        assert words.count("hot") == times


def test_a_longer_text_stays_above_a_picture_that_begins_at_its_feet() -> None:
    page = column(50, 700, FIRST) + "\n50 580 230 106 re f\n" + shown(50, 500, "Das Ende.")
    document = PdfDocument(pdf_of(page))
    made = document.rebuilt(
        ["It was a hot and dry summer, and people went to the lake. " * 2, "End"]
    )
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = operations(pdf.pages[0].Contents.read_bytes())
        bases = [float(str(each.operands[-1])) for each in found if each.operator == b"Tm"]
    assert all(base > 686 for base in bases if base != 500)


def test_text_from_right_to_left_stays_and_is_noted() -> None:
    document = PdfDocument(pdf_of(shown(50, 700, "Guten Morgen!")))
    targets = ["בוקר טוב"]
    assert [note.code for note in document.notes(targets)] == ["letters"]
    assert list(PdfDocument(document.rebuilt(targets, "he")).lines) == ["Guten Morgen!"]


def test_a_line_whose_letters_no_font_has_stays_and_is_noted() -> None:
    document = PdfDocument(pdf_of(shown(50, 700, "Guten Morgen!") + shown(50, 600, "Guten Tag!")))
    targets = ["早上好", "Good day!"]
    assert [note.code for note in document.notes(targets)] == ["letters"]
    assert list(PdfDocument(document.rebuilt(targets)).lines) == ["Guten Morgen!", "Good day!"]


def test_another_number_of_lines_is_refused() -> None:
    document = PdfDocument(pdf_of(shown(50, 700, "Guten Morgen!")))
    with pytest.raises(DocumentError, match="number of lines"):
        document.rebuilt([])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nnothing", "damaged"),
        (b"PK", "damaged"),
        (pdf_of("q 100 0 0 100 0 0 cm /Im Do Q"), "no text layer"),
        (pdf_of(shown(50, 700, "Hallo").replace("BT", "BT 3 Tr")), "lies unseen behind"),
        (pdf_of(shown(50, 700, "Hallo"), password="geheim"), "password"),  # noqa: S106 - for tests
    ],
)
def test_what_cannot_be_translated_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        open_document("a.pdf", data)


def test_a_bug_is_answered_as_damage_and_logged_without_the_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise IndexError("Guten Morgen!")

    monkeypatch.setattr(document, "document_title", broken)
    with pytest.raises(DocumentError, match="damaged"):
        PdfDocument(pdf_of(shown(50, 700, "Guten Morgen!")))
    assert re.search(r"refused after IndexError in test_documents_pdf\.py:\d+", caplog.text)
    assert "Guten" not in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        "[" * 500_000,
        "(" * 500_000,
        "q " * 500_000,
        "BI ID " + "x EIx" * 200_000,
        "BT /F 1 Tf " + "".join(f"1 0 0 1 {x * 3} 9 Tm (ab)Tj " for x in range(10_000)) + "ET",
        "".join(f"{x % 590} {x % 830} 9 9 re S " for x in range(0, 90_000, 7)),
        "BT /F 1 Tf "
        + "".join(f"1 0 0 1 {x % 590} {x % 830} Tm (1.)Tj (ab)Tj " for x in range(0, 90_000, 7))
        + "ET",
        "0 0 10 842 re f " * 50_000 + shown(50, 700, "Guten Morgen!"),
        "BT /F 12 Tf 50 700 Td (" + "ab " * 50_000 + ") Tj ET",
        "BT /F 12 Tf 50 700 Td (" + "a" * 500_000 + ") Tj ET",
    ],
)
def test_a_page_that_is_made_to_do_harm_takes_no_long_time(content: str) -> None:
    begun = time.thread_time()
    try:
        document = PdfDocument(pdf_of(content))
        document.rebuilt(["word" for _ in document.lines], "en")
        document.converted(document.lines, ".docx", "en")
    except DocumentError:
        pass
    assert time.thread_time() - begun < SECONDS


def test_a_stream_that_unpacks_without_end_is_not_read() -> None:
    data = pdf_of(shown(50, 700, "Guten Morgen!"), "% " + " " * 70_000_000)
    assert list(PdfDocument(data).lines) == ["Guten Morgen!"]


SAMPLE = pdf_of(column(50, 700, FIRST), column(50, 700, SECOND), title="Der Sommer")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.binary(max_size=4)), max_size=8))
def test_damage_is_refused_or_read_and_never_another_exception(
    changes: list[tuple[int, bytes]],
) -> None:
    data = bytearray(SAMPLE)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        document = PdfDocument(bytes(data))
        document.rebuilt([line.upper() for line in document.lines], "en")
        document.converted(document.lines, ".html", "en")
    except DocumentError:
        pass


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcxyzÄÖÜß (),\\", min_size=3, max_size=30), min_size=1, max_size=5))
def test_each_line_is_set_and_found_again(texts: list[str]) -> None:
    texts = [f"Ein {' '.join(text.split())}." for text in texts]
    page = "\n".join(shown(50, 700 - 40 * index, f"Satz {index}.") for index in range(len(texts)))
    document = PdfDocument(pdf_of(page))
    assert list(PdfDocument(document.rebuilt(texts, "en")).lines) == list(dict.fromkeys(texts))


def test_a_row_of_nothing_but_dots_is_no_damage() -> None:
    page = "\n".join(
        (shown(50, 700, "Das Haus"), shown(50, 688, "." * 60), shown(50, 676, "Ja, so"))
    )
    assert open_document("a.pdf", pdf_of(page)).lines == ["Das Haus", "Ja, so"]
