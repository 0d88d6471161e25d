"""Titles of a PDF: that of the document, its bookmarks, and the marks of its language."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

_MOST_BOOKMARKS: Final = 20_000
# Ends of names that programs put where a title should be.
_FILE_NAME: Final = re.compile(
    r"\.\w{2,5}$|^Microsoft \w+ - |^untitled|^\(?anonymous\)?$", re.IGNORECASE
)


def document_title(pdf: pikepdf.Pdf) -> str:
    """Title of the document, if it is one; a file's name is none."""
    try:
        title = str(pdf.docinfo.get("/Title", ""))
    except (ValueError, TypeError, AttributeError):
        return ""
    title = " ".join(title.split())
    return title if any(map(str.isalpha, title)) and not _FILE_NAME.search(title) else ""


def bookmarks_of(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Bookmarks in their order, each with its title and its object."""
    outlines = pdf.Root.get("/Outlines")
    met: set[tuple[int, int]] = set()
    waiting = [outlines.get("/First")] if isinstance(outlines, pikepdf.Dictionary) else []
    while waiting and len(met) < _MOST_BOOKMARKS:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in met:
            continue
        met.add(item.objgen)
        waiting += [item.get("/Next"), item.get("/First")]
        title = item.get("/Title")
        text = " ".join(str(title).split()) if isinstance(title, pikepdf.String) else ""
        if any(map(str.isalpha, text)):
            yield text, item


def name_language(pdf: pikepdf.Pdf, title: str, language: str) -> None:
    """Write the title and the language into the document's marks, those that are not empty."""
    if title:
        pdf.docinfo["/Title"] = pikepdf.String(title)
    if language:
        pdf.Root["/Lang"] = pikepdf.String(language)
    if "/Metadata" not in pdf.Root:
        return
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            if title and "dc:title" in metadata:
                metadata["dc:title"] = title
            if language and "dc:language" in metadata:
                metadata["dc:language"] = [language]
    except (ValueError, KeyError, TypeError, AttributeError):  # it is no XMP
        return
