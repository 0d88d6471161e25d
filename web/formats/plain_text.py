"""Text encodings: the bytes of a file become text, and text bytes of the same encoding."""

import codecs
from dataclasses import dataclass

from web.formats.base import DocumentError
from web.messages import N_


@dataclass(frozen=True, slots=True)
class Encoding:
    """Encoding of a text: the codec's name, and the byte order mark before the text, if any."""

    codec: str
    mark: bytes = b""


_MARKS = (
    Encoding("utf-8", codecs.BOM_UTF8),
    Encoding("utf-16-le", codecs.BOM_UTF16_LE),
    Encoding("utf-16-be", codecs.BOM_UTF16_BE),
)
# Text without a mark that is no UTF-8 comes from an old Windows; latin-1 has the bytes left over.
_UNMARKED = (Encoding("utf-8"), Encoding("cp1252"), Encoding("latin-1"))


def decoded_file(data: bytes, named: str = "") -> tuple[str, Encoding]:
    """Decode a file, which may have `named` its encoding: its text, and the encoding found.

    Raises DocumentError when it is no text.
    """
    marked = [each for each in _MARKS if data.startswith(each.mark)]
    likely = [Encoding(named)] if named else []
    for encoding in marked or (*likely, *_UNMARKED):
        try:
            text = data[len(encoding.mark) :].decode(encoding.codec)
        except (UnicodeError, LookupError):
            continue
        if "\0" in text:
            break
        return text, encoding
    raise DocumentError(
        N_(
            "This is no text file, or damaged. Nothing was kept; save it as text in UTF-8 and "
            "send that."
        )
    )


def encoded(text: str, encoding: Encoding) -> bytes:
    """Encode text as it was or, where that has no sign for a character, as UTF-8 with a mark."""
    try:
        return encoding.mark + text.encode(encoding.codec)
    except UnicodeEncodeError:
        return codecs.BOM_UTF8 + text.encode("utf-8", "replace")
