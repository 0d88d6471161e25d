"""Presentations: slides, notes, comments, tables, charts, SmartArt and alt texts of a .pptx.

python-pptx gives no way from a paragraph's text back to its runs, links and fields; so the XML is
read here. Of masters and layouts only what shows on slides is translated: a placeholder's prompt
is seen by who writes a slide, and PowerPoint has it in the writer's language.
"""

from typing import Final

from web.formats.base import Document
from web.formats.bilingual import BilingualPackage
from web.formats.office.chart_data import ChartData
from web.formats.office.drawing import PREFIXES, DrawingReader
from web.formats.office.drawing_bilingual import DRAWING_DOUBLER
from web.formats.office.ooxml import OFFICE, OfficePackage
from web.formats.package import Package, Reader
from web.formats.xml_parts import Node

_POINT: Final = f"{OFFICE}presentationml."
_MAINS: Final = frozenset(
    each
    for kind in ("presentation", "slideshow", "template")
    for each in (
        f"{_POINT}{kind}.main+xml",
        f"application/vnd.ms-powerpoint.{kind}.macroEnabled.main+xml",
    )
)
_BEHIND: Final = frozenset(
    f"{_POINT}{kind}+xml" for kind in ("slideMaster", "slideLayout", "notesMaster", "handoutMaster")
)
_SHAPES: Final = frozenset(("p:sp", "p:pic", "p:graphicFrame"))
_SHAPE_PROPERTIES: Final = frozenset(("p:nvSpPr", "p:nvPicPr", "p:nvGraphicFramePr"))


def open_pptx(data: bytes) -> Document:
    """Read a .pptx, .ppsx or .potx, or one of these with macros, which are copied.

    Raises DocumentError when it is none, is protected or could do harm.
    """
    office = OfficePackage(Package(data), _MAINS)
    slide, behind = DrawingReader(), DrawingReader(is_kept=_is_placeholder, blocks=_SHAPES)
    comment = DrawingReader(texts=("p:text",))
    readers: dict[str, Reader] = {
        **dict.fromkeys(_MAINS, DrawingReader(attributes={"p14:section": {"name": 0}})),
        f"{_POINT}slide+xml": slide,
        f"{_POINT}notesSlide+xml": slide,
        f"{_POINT}comments+xml": comment,
        "application/vnd.ms-powerpoint.comments+xml": slide,
        **dict.fromkeys(_BEHIND, behind),
    }
    slides = office.children(PREFIXES, "p:sldId")
    found = office.in_order(readers, slides, _BEHIND)
    charts = ChartData(office, office.drawings()).finishes
    return BilingualPackage(
        office.package,
        found,
        office.repeating(found),
        {**office.marking(found), **charts},
        dict.fromkeys(found, DRAWING_DOUBLER),
        charts,
    )


def _is_placeholder(node: Node) -> bool:
    """Whether a shape's text is a prompt; that of a head or foot shows on what is printed."""
    return node.name in _SHAPES and any(
        each.name == "p:ph" and each.attributes.get("type") not in {"hdr", "ftr"}
        for properties in node.nodes
        if properties.name in _SHAPE_PROPERTIES
        for more in properties.nodes
        for each in more.nodes
    )
