"""Presentations of OpenDocument: slides, notes, tables, charts and alt texts of an .odp.

Text on masters shows on slides and is translated, but for the prompts of placeholders.
"""

from collections.abc import Sequence
from typing import Final

from web.formats.base import Document
from web.formats.open_document.spreadsheet import TableReader, chart_range
from web.formats.open_document.text import (
    CONTENT,
    PROPERTIES,
    STYLES,
    marked_document,
    opened_flat,
    opened_package,
    text_reader,
)
from web.formats.package import Entries
from web.formats.xml_parts import Node
from web.messages import N_

_KINDS: Final = frozenset(
    f"application/vnd.oasis.opendocument.presentation{kind}" for kind in ("", "-template")
)
_OTHER: Final = N_("The document is no presentation of OpenDocument (.odp). Nothing was kept.")
# Texts that slides show at their head and foot.
_HEADS: Final = ("presentation:header-decl", "presentation:footer-decl")
# Classes of frames that on a master hold what is to be put there.
_PROMPTS: Final = frozenset(
    ("title", "subtitle", "outline", "text", "notes", "object", "chart", "table", "graphic", "page")
)


def open_odp(data: bytes) -> Document:
    """Read an .odp or .otp. Raises DocumentError when it is none, is protected or could do harm."""
    package, names = opened_package(data, _KINDS, _OTHER)
    return _presentation(package, names)


def open_fodp(data: bytes) -> Document:
    """Read an .fodp, one XML with all of an .odp in it. Raises DocumentError when it is none."""
    return _presentation(opened_flat(data, _KINDS, _OTHER), [CONTENT])


def _presentation(store: Entries, names: Sequence[str]) -> Document:
    readers = {
        name: TableReader(
            text_reader(store.read(name), blocks=_HEADS),
            is_kept=_is_prompt if name == STYLES else chart_range if "/" in name else _is_empty,
        )
        for name in names
    }
    objects = [name for name in names if "/" in name]
    return marked_document(store, readers, [PROPERTIES, *objects])


def _is_prompt(node: Node) -> bool:
    return node.name == "draw:frame" and node.get("class") in _PROMPTS


def _is_empty(node: Node) -> bool:
    return node.name == "draw:frame" and node.get("placeholder") == "true"
