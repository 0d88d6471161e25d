"""Word documents: paragraphs, cells, text boxes, notes, comments, headers, footers of a .docx.

python-docx gives no way from a paragraph's text back to its runs, links and fields; so the XML is
read here. Macros are never run: a .docm is refused, and other programs in a package are copied.
"""

from typing import Final

from web.formats.base import Document, DocumentError
from web.formats.docx_runs import PREFIXES, RunReader
from web.formats.package import Package, PackageDocument, Reader, corrupt
from web.formats.xml_parts import elements
from web.messages import N_

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_TYPES: Final = "[Content_Types].xml"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MACROS: Final = "application/vnd.ms-word.document.macroEnabled.main+xml"
# In reading order.
_PARTS: Final = ("header", "document.main", "footnotes", "endnotes", "comments", "footer")


def open_docx(data: bytes) -> Document:
    """Read a .docx. Raises DocumentError when it is none, is protected or could do harm."""
    package = Package(data)
    if _TYPES not in package:
        raise corrupt()
    kinds = {
        node.get("PartName").removeprefix("/"): node.get("ContentType")
        for node in elements(package.read(_TYPES), PREFIXES, "types:Override")
    }
    if _MACROS in kinds.values():
        raise DocumentError(
            N_(
                "Documents with macros (.docm) are not taken. Nothing was kept; save it as .docx "
                "and send that."
            )
        )
    if f"{_WORD}document.main+xml" not in kinds.values():
        raise corrupt()
    readers: dict[str, Reader] = {}
    for part in _PARTS:
        names = sorted(name for name, kind in kinds.items() if kind == f"{_WORD}{part}+xml")
        readers |= {name: RunReader() for name in names if name in package}
    if not readers:
        raise corrupt()
    return PackageDocument(package, readers)
