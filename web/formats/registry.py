"""File types that are translated: by the ending of a name, with the function that opens them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from web.formats.base import Document, DocumentError
from web.formats.docx import open_docx
from web.formats.epub import open_epub
from web.formats.html import HtmlFile
from web.formats.markdown import Markdown
from web.formats.odt import open_odt
from web.formats.pdf.document import MEDIA_TYPE as PDF
from web.formats.pdf.document import PdfDocument
from web.formats.subtitles import Subtitles
from web.messages import N_

# Bytes of a document. A plain text has no limit: it is streamed, as a text and no document.
MAX_BYTES: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class FileFormat:
    """File type; a plain text is translated as it is, so `open` is None."""

    name: str
    media_type: str
    open: Callable[[bytes], Document] | None


KINDS: Final = {
    ".txt": FileFormat("Plain text", "text/plain", None),
    ".md": FileFormat("Markdown", "text/markdown", Markdown),
    ".html": FileFormat("Web page", "text/html", HtmlFile),
    ".htm": FileFormat("Web page", "text/html", HtmlFile),
    ".srt": FileFormat("Subtitles", "application/x-subrip", partial(Subtitles, vtt=False)),
    ".vtt": FileFormat("Subtitles of the web", "text/vtt", partial(Subtitles, vtt=True)),
    ".docx": FileFormat(
        "Word document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        open_docx,
    ),
    ".odt": FileFormat("OpenDocument text", "application/vnd.oasis.opendocument.text", open_odt),
    ".epub": FileFormat("Book", "application/epub+zip", open_epub),
    ".pdf": FileFormat("PDF", PDF, PdfDocument),
}


def kind_of(name: str) -> FileFormat:
    """File type of a file by its name. Raises DocumentError, which lists them, when it has none."""
    dot = name.rfind(".")
    kind = KINDS.get(name[dot:].lower()) if dot >= 0 else None
    if kind is None:
        raise DocumentError(
            N_("Files of this kind are not translated. Nothing was kept. These are: {kinds}"),
            kinds=" ".join(KINDS),
        )
    return kind


def is_document(name: str) -> bool:
    """Whether a file of this name is a document, which is more than the text in it."""
    _, dot, ending = name.rpartition(".")
    kind = KINDS.get(f".{ending.lower()}") if dot else None
    return kind is not None and kind.open is not None


def open_document(name: str, data: bytes) -> Document:
    """Read the document of this file name; it takes time, so call it in a thread.

    Raises DocumentError when it is of no known kind, over MAX_BYTES, protected, damaged or harmful.
    A .txt is no document: its text is translated as it is.
    """
    kind = kind_of(name)
    if kind.open is None:
        raise DocumentError(N_("A plain text is translated as a text, not as a document."))
    if len(data) > MAX_BYTES:
        raise DocumentError(
            N_(
                "The document is larger than {most} MB and was not read. Nothing was kept; divide "
                "it."
            ),
            most=MAX_BYTES // 1_000_000,
        )
    return kind.open(data)
