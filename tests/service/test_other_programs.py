"""Other programs take what is written: LibreOffice all office files, epubcheck books, qpdf PDFs.

LibreOffice makes the documents, so they are such as people have.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import documents, needs, open_documents, pdf_files
from tests.support.shouting import shouted
from web.formats.inline import bare
from web.formats.registry import KINDS, open_document

SECONDS = 120
# Texts with marks of their own in the kinds that have them.
TEXT = """<office:text><text:tracked-changes><text:changed-region text:id="c"><text:insertion>
<office:change-info><dc:creator>Anna</dc:creator><dc:date>2024-05-01T00:00:00</dc:date>
</office:change-info></text:insertion></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Das rote Haus</text:h>
<text:p>Es steht am See<text:note text:id="f" text:note-class="footnote"><text:note-citation>1
</text:note-citation><text:note-body><text:p>Der Fuß der Seite</text:p></text:note-body></text:note>
und ist <text:change-start text:change-id="c"/>sehr <text:change-end text:change-id="c"/>alt.
</text:p><text:p>Mehr steht auf <text:a xlink:href="https://example.org/">unserer Seite</text:a>.
<office:annotation><dc:creator>Anna</dc:creator><text:p>Ist das wahr?</text:p>
</office:annotation></text:p><text:list><text:list-item><text:p>Zuerst der Hund</text:p>
</text:list-item></text:list><table:table><table:table-column/><table:table-row><table:table-cell>
<text:p>Ein Apfel</text:p></table:table-cell></table:table-row></table:table>
<text:p>Im Kasten: <draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="2cm">
<draw:text-box><text:p>Der Ofen ist heiß</text:p></draw:text-box></draw:frame></text:p>
</office:text>"""
CELLS = """<office:spreadsheet><table:table table:name="Eins"><table:table-column
 table:style-name="breit"/>{}</table:table></office:spreadsheet>"""
ROW = "<table:table-row>{}</table:table-row>"
SLIDES = """<office:presentation><draw:page draw:name="Eins" draw:master-page-name="M">
<draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="2cm"><draw:text-box>
<text:p>Das rote Haus</text:p></draw:text-box></draw:frame>
<draw:frame svg:x="2cm" svg:y="6cm" svg:width="20cm" svg:height="3cm"><table:table>
<table:table-column/><table:table-row><table:table-cell><text:p>Ein Apfel</text:p>
</table:table-cell></table:table-row></table:table></draw:frame>
<presentation:notes draw:style-name="n"><draw:frame presentation:class="notes" svg:x="2cm"
 svg:y="14cm" svg:width="15cm" svg:height="9cm"><draw:text-box><text:p>Langsam sprechen</text:p>
</draw:text-box></draw:frame></presentation:notes></draw:page></office:presentation>"""
# What a kind's programs write, by the kind that it is made of, with the marks of its package.
MADE = {"text": ("odt", "docx"), "spreadsheet": ("ods", "xlsx"), "presentation": ("odp", "pptx")}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_WORD = f"{_OFFICE}wordprocessingml.document.main+xml"
_POINT = f"{_OFFICE}presentationml.presentation.main+xml"
_SHEET = f"{_OFFICE}spreadsheetml.sheet.main+xml"
_MACROS = "application/vnd.ms-{}.macroEnabled.main+xml"
SIBLINGS = {
    "docx": (
        ("docm", _WORD, _MACROS.format("word.document")),
        ("dotx", _WORD, f"{_OFFICE}wordprocessingml.template.main+xml"),
        ("dotm", _WORD, "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ),
    "pptx": (
        ("ppsx", _POINT, f"{_OFFICE}presentationml.slideshow.main+xml"),
        ("potx", _POINT, f"{_OFFICE}presentationml.template.main+xml"),
        ("pptm", _POINT, _MACROS.format("powerpoint.presentation")),
        ("ppsm", _POINT, _MACROS.format("powerpoint.slideshow")),
        ("potm", _POINT, _MACROS.format("powerpoint.template")),
    ),
    "xlsx": (
        ("xltx", _SHEET, f"{_OFFICE}spreadsheetml.template.main+xml"),
        ("xlsm", _SHEET, _MACROS.format("excel.sheet")),
        ("xltm", _SHEET, _MACROS.format("excel.template")),
    ),
}


def flat(kind: str) -> bytes:
    """A document of this kind as one XML."""
    if kind == "text":
        return open_documents.flat(kind, TEXT)
    if kind == "presentation":
        return open_documents.flat(kind, SLIDES)
    cells = map(open_documents.cell, ("Das rote Haus", "Ein Apfel", "Zuerst der Hund"))
    formula = open_documents.cell(
        "Ein Apfel", 'table:formula="of:=[.A2]" office:value-type="string"', open_documents.NOTE
    )
    return open_documents.flat(kind, CELLS.format("".join(map(ROW.format, (*cells, formula)))))


def converted(program: str, folder: Path, ending: str, files: Sequence[Path]) -> Path:
    """The folder of what LibreOffice makes of files, each as this kind."""
    made = folder / f"as_{ending}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", ending, "--outdir", str(made)]
    subprocess.run([*command, *map(str, files)], check=True, timeout=SECONDS, capture_output=True)
    return made


def templates(kind: str, data: bytes) -> dict[str, bytes]:
    """The same document as its templates and its kinds with macros, by their endings."""
    if kind.startswith("od"):
        entries = documents.unpacked(data)
        old = entries.pop("mimetype").decode()
        manifest = "META-INF/manifest.xml"
        entries[manifest] = entries[manifest].replace(old.encode(), f"{old}-template".encode())
        packed = documents.packed(entries, mimetype=f"{old}-template")
        return {kind.replace("od", "ot"): packed}
    return {
        ending: documents.replaced(data, "[Content_Types].xml", old, new)
        for ending, old, new in SIBLINGS[kind]
    }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """An office document of each kind, by the ending of its name."""
    program, folder = needs.soffice(), tmp_path_factory.mktemp("office")
    made: dict[str, bytes] = {}
    for kind, endings in MADE.items():
        source = f"fod{endings[0][-1]}"
        made[source] = flat(kind)
        file = folder / f"{kind}.{source}"
        file.write_bytes(made[source])
        for ending in endings:
            data = (converted(program, folder, ending, [file]) / f"{kind}.{ending}").read_bytes()
            made |= {ending: data, **templates(ending, data)}
    return made


@pytest.fixture(scope="module")
def shown(office: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Words that LibreOffice shows of each translation, in capitals, without white space."""
    folder = tmp_path_factory.mktemp("shown")
    files: list[Path] = []
    for ending, data in office.items():
        document = open_document(f"a.{ending}", data)
        files.append(folder / f"a_{ending}.{ending}")
        files[-1].write_bytes(document.rebuilt(shouted(document.lines), "en"))
    pdfs = converted(needs.soffice(), folder, "pdf", files)
    return {
        ending: "".join(" ".join(open_document("a.pdf", file.read_bytes()).lines).split())
        for ending in office
        if (file := pdfs / f"a_{ending}.pdf").exists()
    }


def test_each_kind_of_office_document_is_made(office: dict[str, bytes]) -> None:
    text = {"docx", "docm", "dotx", "dotm", "odt", "ott", "fodt"}
    slides = {"pptx", "ppsx", "potx", "pptm", "ppsm", "potm", "odp", "otp", "fodp"}
    sheets = {"xlsx", "xltx", "xlsm", "xltm", "ods", "ots", "fods"}
    assert office.keys() == text | slides | sheets
    assert {f".{ending}" for ending in office} <= KINDS.keys()


@pytest.mark.slow
def test_libreoffice_opens_each_translation_and_shows_its_words(
    office: dict[str, bytes], shown: dict[str, str]
) -> None:
    assert shown.keys() == office.keys()
    for ending, data in office.items():
        lines = [bare(line) for line in open_document(f"a.{ending}", data).lines]
        seen = shown[ending]
        assert "DASROTEHAUS" in seen, ending
        for line in lines:
            # No word of German is left, nor in what a formula shows.
            assert "".join(line.split()) not in seen, (ending, line)


@pytest.mark.slow
def test_epubcheck_says_nothing_new(tmp_path: Path) -> None:
    command = needs.epubcheck()

    def said(name: str, data: bytes) -> list[str]:
        file = tmp_path / name
        file.write_bytes(data)
        found = subprocess.run(
            [*command, str(file)], capture_output=True, text=True, check=False, timeout=SECONDS
        )
        kinds = ("ERROR", "WARNING", "FATAL")
        rows = (found.stdout + found.stderr).splitlines()
        return sorted(row.split("(")[1].split(")")[0] for row in rows if row.startswith(kinds))

    data = documents.book()
    document = open_document("a.epub", data)
    before = said("before.epub", data)
    assert said("after.epub", document.rebuilt(shouted(document.lines), "en")) == before


def test_qpdf_finds_no_fault_in_a_translated_pdf(tmp_path: Path) -> None:
    page = pdf_files.column(50, 700, ["Das rote Haus steht am See", "und ist sehr alt."])
    document = open_document("a.pdf", pdf_files.pdf_of(page, title="Das Haus"))
    file = tmp_path / "a.pdf"
    file.write_bytes(document.rebuilt(shouted(document.lines), "en"))
    checked = subprocess.run(
        [needs.qpdf(), "--check", str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
