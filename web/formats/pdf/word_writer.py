"""Word document of a structure: a small .docx, with the styles that any word processor knows."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from web.formats.pdf.structure import (
    Grid,
    GridCell,
    Heading,
    Item,
    ListEntry,
    Picture,
    Run,
    Runs,
    Structure,
    TextPassage,
    linked_groups,
)

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES: Final = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:a="{_DRAWING}/main" '
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:pic="{_DRAWING}/picture"'
)
# The text between the margins of A4, in twentieths of a point and in points.
_WIDTH: Final = 9_070
_POINTS: Final = _WIDTH / 20
_TALLEST: Final = 650.0
_OUTSIDE: Final = ' TargetMode="External"'
# Units of a drawing in a point.
_EMU: Final = 12_700
# Size of each heading's type, in half points.
_SIZES: Final = (36, 30, 26, 24, 22, 22)
# The time that all files of the package have, so that the same text is the same file.
_TIME: Final = (1980, 1, 1, 0, 0, 0)


def word_document(structure: Structure) -> bytes:
    """Write a structure as a .docx."""
    return _Package(structure).made()


class _Package:
    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._relations: list[tuple[str, str, bool]] = []
        self._media: list[tuple[str, bytes]] = []
        self._addresses: dict[str, str] = {}
        # A numbered list that begins anew has a numbering of its own; the first is for bullets.
        self._starts: list[tuple[int, int]] = []
        self._pictures = 0

    def made(self) -> bytes:
        body = "".join(self._items(self._structure.items))
        for name in ("styles", "numbering"):
            self._relation(name, f"{name}.xml")
        files: dict[str, str] = {}
        references = ""
        for name, passages in (("header", self._structure.head), ("footer", self._structure.foot)):
            if passages:
                number = self._relation(name, f"{name}1.xml")
                references += f'<w:{name}Reference w:type="default" r:id="{number}"/>'
                inner = "".join(_paragraph(_plain(runs), style=name.title()) for runs in passages)
                tag = "hdr" if name == "header" else "ftr"
                files[f"word/{name}1.xml"] = f"<w:{tag} {_NAMES}>{inner}</w:{tag}>"
        section = (
            f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" '
            'w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" '
            'w:gutter="0"/></w:sectPr>'
        )
        files["word/document.xml"] = (
            f"<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>"
        )
        files["word/styles.xml"] = _styles(self._structure.language)
        files["word/numbering.xml"] = self._numbering()
        files["word/_rels/document.xml.rels"] = _relations(self._relations)
        files["docProps/core.xml"] = _core(self._structure)
        files["_rels/.rels"] = _relations([
            (f"{_OFFICE}/officeDocument", "word/document.xml", False),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False),
        ])  # fmt: skip
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in {"[Content_Types].xml": _types(files), **files}.items():
                _put(package, name, (_HEAD + text).encode())
            for name, data in self._media:
                _put(package, name, data)
        return made.getvalue()

    def _relation(self, kind: str, target: str, *, outside: bool = False) -> str:
        self._relations.append((f"{_OFFICE}/{kind}", target, outside))
        return f"rId{len(self._relations)}"

    def _items(self, items: Sequence[Item]) -> Iterator[str]:
        numbering: dict[int, tuple[int, int]] = {}
        for item in items:
            if isinstance(item, ListEntry):
                yield self._entry(item, numbering)
                continue
            if isinstance(item, Heading):
                style = f"Heading{item.level}"
                yield _paragraph(self._inline(item.runs), style=style)
                numbering.clear()
            elif isinstance(item, TextPassage):
                yield _paragraph(self._inline(item.runs))
            elif isinstance(item, Grid):
                yield from self._table(item)
            else:
                yield _paragraph(self._picture(item))

    def _entry(self, entry: ListEntry, numbering: dict[int, tuple[int, int]]) -> str:
        """A list entry; `numbering` has the list and the last number of each level."""
        which = 1
        for level in [level for level in numbering if level > entry.level]:
            del numbering[level]
        if entry.number is not None:
            which, last = numbering.get(entry.level, (0, 0))
            if not which or entry.number != last + 1:
                self._starts.append((entry.level, entry.number))
                which = len(self._starts) + 1
            numbering[entry.level] = (which, entry.number)
        listed = f'<w:numPr><w:ilvl w:val="{entry.level}"/><w:numId w:val="{which}"/></w:numPr>'
        return _paragraph(self._inline(entry.runs), style="ListParagraph", more=listed)

    def _table(self, grid: Grid) -> Iterator[str]:
        scale = _WIDTH / sum(grid.widths)
        widths = [round(width * scale) for width in grid.widths]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        yield (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        )
        for row in grid.rows:
            yield "<w:tr>"
            column = 0
            for cell in row:
                yield self._cell(cell, sum(widths[column : column + cell.columns]))
                column += cell.columns
            yield "</w:tr>"
        # Two tables without a paragraph in between would be one.
        yield "</w:tbl>" + _paragraph("")

    def _cell(self, cell: GridCell, width: int) -> str:
        inner = "".join(_paragraph(self._inline(runs), style="Cell") for runs in cell.passages)
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        return f"<w:tc><w:tcPr>{size}{span}</w:tcPr>{inner or _paragraph('', style='Cell')}</w:tc>"

    def _inline(self, runs: Runs) -> str:
        parts = []
        for address, inner in linked_groups(runs):
            if not address:
                parts.append(_plain(inner))
                continue
            if address not in self._addresses:
                self._addresses[address] = self._relation("hyperlink", address, outside=True)
            text = "".join(_run(run, linked=True) for run in inner)
            parts.append(f'<w:hyperlink r:id="{self._addresses[address]}">{text}</w:hyperlink>')
        return "".join(parts)

    def _picture(self, picture: Picture) -> str:
        self._pictures += 1
        number = self._pictures
        name = f"picture{number}.{picture.kind}"
        self._media.append((f"word/media/{name}", picture.data))
        related = self._relation("image", f"media/{name}")
        scale = min(1.0, _POINTS / picture.width, _TALLEST / picture.height)
        width, height = (round(each * scale * _EMU) for each in (picture.width, picture.height))
        frame = f'cx="{width}" cy="{height}"'
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent {frame}/><wp:docPr id="{number}" '
            f'name="{name}"/><a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{related}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {frame}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _numbering(self) -> str:
        levels = "".join(_level(level, "bullet", "•◦▪"[level % 3]) for level in range(9))
        numbers = "".join(_level(level, "decimal", f"%{level + 1}.") for level in range(9))
        lists = "".join(
            f'<w:num w:numId="{index}"><w:abstractNumId w:val="1"/><w:lvlOverride '
            f'w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for index, (level, start) in enumerate(self._starts, 2)
        )
        return (
            f'<w:numbering {_NAMES}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="1">{numbers}</w:abstractNum>'
            f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{lists}</w:numbering>'
        )


def _put(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    package.writestr(zipfile.ZipInfo(name, _TIME), data, zipfile.ZIP_DEFLATED)


def _paragraph(inner: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{inner}</w:p>"


def _plain(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run, *, linked: bool = False) -> str:
    marks = '<w:rStyle w:val="Hyperlink"/>' * linked + "<w:b/>" * run.bold + "<w:i/>" * run.italic
    if run.raised:
        where = "superscript" if run.raised > 0 else "subscript"
        marks += f'<w:vertAlign w:val="{where}"/>'
    text = "".join(letter for letter in run.text if letter.isprintable())
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _level(level: int, kind: str, text: str) -> str:
    indent = 360 * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" '
        'w:hanging="360"/></w:pPr></w:lvl>'
    )


def _styles(language: str) -> str:
    said = f"<w:lang w:val={quoteattr(language)}/>" if language else ""
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>'
        f'<w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, size in enumerate(_SIZES, 1)
    )
    others = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/><w:basedOn '
        f'w:val="Normal"/><w:pPr><w:spacing w:after="{after}"/></w:pPr></w:style>'
        for name, title, after in (
            ("ListParagraph", "List Paragraph", 60),
            ("Header", "header", 0),
            ("Footer", "footer", 0),
            ("Cell", "Table Contents", 0),
        )
    )
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f"<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts "
        'w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" w:cs="Liberation Serif"/>'
        f'<w:sz w:val="22"/>{said}</w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:spacing w:after="120"/></w:pPr></w:style>'
        f"{headings}{others}"
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>'
        '<w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
        'w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn '
        f'w:val="TableNormal"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>'
        "</w:styles>"
    )


def _relations(relations: Sequence[tuple[str, str, bool]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target={quoteattr(target)}'
        f"{_OUTSIDE * outside}/>"
        for number, (kind, target, outside) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _core(structure: Structure) -> str:
    language = structure.language
    said = f"<dc:language>{escape(language)}</dc:language>" if language else ""
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(structure.title)}</dc:title>{said}</cp:coreProperties>"
    )


def _types(files: dict[str, str]) -> str:
    kinds = {"document": "document.main", "header1": "header", "footer1": "footer"}
    parts = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPES}.{kinds.get(base, base)}+xml"/>'
        for name in files
        if name.startswith("word/") and (base := name[5:-4]) in {*kinds, "styles", "numbering"}
    )
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>'
        for ending, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
            ("jpeg", "image/jpeg"),
        )
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{parts}'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )
