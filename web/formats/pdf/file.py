"""File of a PDF: opened within limits, its streams decoded_codes within limits."""

import io
import logging
import re
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf.exceptions import PageCopyWarning
from pikepdf.settings import set_qpdf_limits

from web.formats.base import DocumentError
from web.formats.package import PROTECTED, corrupt
from web.messages import N_

log = logging.getLogger(__name__)

# Bytes of one stream when decoded_codes, of those that are read.
_MOST_DECODED: Final = 60_000_000
_MOST_PAGES: Final = 5_000
# Bytes of a stream in LZW, which is read: it can grow by a thousand.
_MOST_LZW: Final = 100_000
_LZW: Final = re.compile(rb"/(?:L|#4[Cc])(?:Z|#5[Aa])(?:W|#57)")
# Bytes of a file with LZW in it: that is of the nineties.
_MOST_LZW_FILE: Final = 5_000_000
_READABLE: Final = frozenset(
    (
        "/FlateDecode",
        "/Fl",
        "/ASCII85Decode",
        "/A85",
        "/ASCIIHexDecode",
        "/AHx",
        "/LZWDecode",
        "/LZW",
        "/RunLengthDecode",
        "/RL",
    )
)

# They are of the whole process, which uses qpdf nowhere else.
set_qpdf_limits(
    flate_max_memory=_MOST_DECODED,
    run_length_max_memory=_MOST_DECODED,
    png_max_memory=_MOST_DECODED,
    tiff_max_memory=_MOST_DECODED,
    max_stream_filters=3,
    parser_max_nesting=100,
    parser_max_container_size=2_000_000,
    doc_max_warnings=1_000,
)


@contextmanager
def opened_pdf(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF. Raises DocumentError when it is none, is damaged, encrypted or could do harm.

    So is any other exception answered that comes while it is open, and logged without its message.
    """
    if b"%PDF-" not in data[:1024]:
        raise corrupt()
    if len(data) > _MOST_LZW_FILE and _LZW.search(data):
        raise corrupt()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _check(pdf)
            yield pdf
    except pikepdf.PasswordError:
        raise DocumentError(PROTECTED) from None
    except DocumentError:
        raise
    except (pikepdf.PdfError, pikepdf.PikepdfError, ValueError, ArithmeticError) as error:
        raise corrupt() from error
    except Exception as error:  # noqa: BLE001 - no file may lead to anything but an answer
        # Of a strange object, pikepdf raises anything; of ours it is a bug, to be found by its
        # place: the message of an exception may have the document's text in it.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        log.error("a PDF was refused after %s in %s", type(error).__name__, where)  # noqa: TRY400
        raise corrupt() from None


def _check(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise DocumentError(PROTECTED)
    if len(pdf.pages) > _MOST_PAGES:
        raise DocumentError(
            N_("The document has more than {most} pages. Nothing was kept; divide it."),
            most=_MOST_PAGES,
        )


def saved_pdf(pdf: pikepdf.Pdf) -> bytes:
    """The file of a PDF, in which streams are as they were; the same each time."""
    made = io.BytesIO()
    with warnings.catch_warnings():
        # Fields that are in no form are so in the file that came.
        warnings.simplefilter("ignore", PageCopyWarning)
        pdf.save(made, stream_decode_level=pikepdf.StreamDecodeLevel.none, deterministic_id=True)
    return made.getvalue()


def decoded_codes(stream: Any, most: int = _MOST_DECODED) -> bytes | None:
    """The bytes of a stream; None when they are damaged, more than `most`, or an image's."""
    if not isinstance(stream, pikepdf.Stream):
        return None
    filters: Any = stream.get("/Filter", [])
    listed = [filters] if isinstance(filters, pikepdf.Name) else filters
    names = {str(each) for each in listed}
    if not names <= _READABLE:
        return None
    try:
        if names & {"/LZWDecode", "/LZW"} and len(stream.read_raw_bytes()) > _MOST_LZW:
            return None
        data = bytes(stream.read_bytes())
    except (pikepdf.PdfError, pikepdf.PikepdfError, RuntimeError):
        return None
    return data if len(data) <= most else None
