"""PDFs of five programs: they are translated, stay valid (qpdf --check), and keep what they had."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.support import needs, pdf_producers
from tests.support.pdf_files import column, linked, pdf_of, shown
from tests.support.pdf_producers import ADDRESS, PRODUCERS, SENTENCES, TITLE
from tests.unit.test_documents_pdf_converted import REPORT, with_picture
from tests.unit.test_documents_pdf_fields import form
from web.formats.inline import bare
from web.formats.pdf.document import PdfDocument

ENGLISH = {
    TITLE: "The report on the garden",
    SENTENCES[0]: "In summer it was hot and dry, and people went to the lake to bathe there.",
    SENTENCES[1]: "The apple tree is in bloom.",
    SENTENCES[2]: "The roses are watered.",
}
OWN = {
    "report": REPORT,
    "form": form(),
    "link": linked(pdf_of(shown(50, 700, "Guten Morgen!")), ADDRESS, (50, 690, 90, 710)),
    "picture": with_picture(pdf_of(column(50, 700, ["Darüber steht etwas."]))),
}


def check(data: bytes, folder: Path) -> None:
    """Have qpdf look at all of a PDF; it says 0 when there is neither an error nor a warning."""
    path = folder / "checked.pdf"
    path.write_bytes(data)
    program = needs.program("qpdf", "qpdf")
    checked = subprocess.run(
        [program, "--check", path], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", OWN)
def test_qpdf_finds_nothing_wrong_with_a_translated_pdf(name: str, tmp_path: Path) -> None:
    document = PdfDocument(OWN[name])
    check(document.rebuilt([f"Word {line}" for line in document.lines], "en"), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("producer", PRODUCERS, ids=lambda each: each.__name__)
def test_a_pdf_of_another_program_is_translated(
    producer: Callable[[Path], bytes], tmp_path: Path
) -> None:
    data = producer(tmp_path)
    document = PdfDocument(data)
    lines = [bare(line) for line in document.lines]
    assert set(ENGLISH) <= set(lines)
    assert any("<x1>auf unserer Seite</x1>" in line for line in document.lines)
    targets = [ENGLISH.get(line, line) for line in document.lines]
    made = document.rebuilt(targets, "en")
    check(made, tmp_path)
    again = PdfDocument(made)
    assert set(ENGLISH.values()) <= set(again.lines)
    assert any("<x1>auf unserer Seite</x1>" in line for line in again.lines)
    text = document.converted(targets, ".md", "en").decode()
    assert f"# {ENGLISH[TITLE]}\n" in text
    assert f"- {ENGLISH[SENTENCES[2]]}\n" in text
    assert "| Juni | 12 |" in text
    assert f"[auf unserer Seite](<{ADDRESS}>)" in text


@pytest.mark.slow
def test_a_pdf_for_archives_keeps_its_marks_and_all_fonts_are_in_it(tmp_path: Path) -> None:
    document = PdfDocument(pdf_producers.libreoffice(tmp_path))
    made = document.rebuilt([ENGLISH.get(line, line) for line in document.lines], "en")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"]) == ENGLISH[TITLE]
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
        for font in pdf.pages[0].Resources.Font.values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = inner.FontDescriptor
            assert any(f"/FontFile{each}" in descriptor for each in ("", "2", "3"))
