"""Documents in both languages, for tests."""

from collections.abc import Mapping
from typing import Final

from tests.support import documents
from web.formats.base import BilingualDocument, BilingualLayout
from web.formats.registry import open_document

# The entry of a .docx that has its text.
WORD: Final = "word/document.xml"


def written(
    name: str, data: bytes, words: Mapping[str, str], layout: BilingualLayout = "below"
) -> bytes:
    """The document in both languages."""
    document = open_document(name, data)
    assert isinstance(document, BilingualDocument)
    assert set(words) <= set(document.lines), document.lines
    return document.bilingual([words.get(line, line) for line in document.lines], layout, "en")


def entry(
    name: str,
    data: bytes,
    words: Mapping[str, str],
    layout: BilingualLayout = "below",
    part: str = WORD,
) -> str:
    return documents.unpacked(written(name, data, words, layout))[part].decode()
