"""Text encodings: the bytes of a file become text, and text bytes of the same encoding."""

import codecs
from dataclasses import dataclass, field, replace

from web.formats.base import DocumentError
from web.formats.embedded import Embedded
from web.messages import N_


@dataclass(frozen=True, slots=True)
class Encoding:
    """Encoding of a text: the codec's name, and the byte order mark before the text, if any.

    `embedded` is what was set aside while it was decoded.
    """

    codec: str
    mark: bytes = b""
    embedded: Embedded | None = field(default=None, compare=False)


_MARKS = (
    Encoding("utf-8", codecs.BOM_UTF8),
    Encoding("utf-16-le", codecs.BOM_UTF16_LE),
    Encoding("utf-16-be", codecs.BOM_UTF16_BE),
)
# Text without a mark that is no UTF-8 comes from an old Windows; latin-1 has the bytes left over.
_UNMARKED = (Encoding("utf-8"), Encoding("cp1252"), Encoding("latin-1"))


def decoded_file(data: bytes, named: str = "", *, set_aside: bool = False) -> tuple[str, Encoding]:
    """Decode a file, which may have `named` its encoding: its text, and the encoding found.

    With `set_aside` data that are embedded in it are not in the text; `encoded` puts them back.
    Raises DocumentError when it is no text.
    """
    embedded = Embedded(data) if set_aside else None
    if embedded:
        data = embedded.rest
    marked = [each for each in _MARKS if data.startswith(each.mark)]
    likely = [Encoding(named)] if named else []
    for encoding in marked or (*likely, *_UNMARKED):
        try:
            text = data[len(encoding.mark) :].decode(encoding.codec)
        except (UnicodeError, LookupError):
            continue
        if "\0" in text:
            break
        return text, replace(encoding, embedded=embedded)
    raise DocumentError(
        N_(
            "This is no text file, or damaged. Nothing was kept; save it as text in UTF-8 and "
            "send that."
        )
    )


def encoded(text: str, encoding: Encoding, *, references: bool = False) -> bytes:
    """Encode text as it was or, where that has no sign for a character, as UTF-8 with a mark.

    With `references` such a character becomes a reference of HTML instead.
    """
    unicode = encoding.mark or encoding.codec.startswith("utf")
    try:
        errors = "xmlcharrefreplace" if references and not unicode else "strict"
        made = encoding.mark + text.encode(encoding.codec, errors)
    except UnicodeEncodeError:
        made = codecs.BOM_UTF8 + text.encode("utf-8", "replace")
    return encoding.embedded.put_back(made) if encoding.embedded else made
