"""Chunks of a Word document: files of other kinds that it takes in when it is opened.

A program that joins documents leaves the pieces as they are, pages of HTML, texts or documents of
their own, and says where each belongs (w:altChunk); Word makes paragraphs of them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Final

from web.formats.base import BilingualDocument, BilingualLayout, DocumentError
from web.formats.html.document import HtmlFile
from web.formats.package import MAX_UNPACKED, Entries, declared_size
from web.formats.patches import Patch, Patches
from web.formats.places import check_count, check_length
from web.formats.plain_text import decoded_file, encoded

_HTML: Final = re.compile(r"(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)
_TEXT: Final = re.compile(r"text/plain\b", re.IGNORECASE)
_LINE: Final = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_ZIP: Final = b"PK"


class _Texts:
    """Plain text in which each row is a paragraph, as Word takes it."""

    def __init__(self, data: bytes) -> None:
        self._text, self._encoding = decoded_file(data)
        check_length(len(self._text))
        self._spans = [
            (match.start() + match[0].index(said), said)
            for match in _LINE.finditer(self._text)
            if any(map(str.isalpha, said := match[0].strip()))
        ]
        self.lines: Sequence[str] = [said for _, said in self._spans]

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:  # noqa: ARG002 - it says none
        return self._with(targets, lambda _, target: target)

    def bilingual(
        self,
        targets: Sequence[str],
        layout: BilingualLayout,  # noqa: ARG002 - a text has no tables
        language: str = "",  # noqa: ARG002 - it says none
    ) -> bytes:
        line_break = "\r\n" if "\r\n" in self._text else "\n"

        def both(source: str, target: str) -> str:
            return source if source == target else f"{source}{line_break}{target}"

        return self._with(targets, both)

    def _with(self, targets: Sequence[str], new: Callable[[str, str], str]) -> bytes:
        check_count(targets, self.lines)
        patches = [
            Patch(start, start + len(said), new(said, target))
            for (start, said), target in zip(self._spans, targets, strict=True)
            if said != target
        ]
        text = Patches(self._text, patches).slice(0, len(self._text) + 1)
        return encoded(text, self._encoding)


class Chunks:
    """Chunks of a package by their names, and the package with others in their place.

    `kinds` has the media type of each. `read_word` reads one that is a Word document, of which all
    together have `most` bytes when unpacked; one that cannot be read stays as it is, and so does
    what is of another kind. `Entries` in `web.formats.package` describes the methods.
    """

    def __init__(
        self,
        package: Entries,
        kinds: Mapping[str, str],
        read_word: Callable[[bytes], BilingualDocument],
        most: int = MAX_UNPACKED,
    ) -> None:
        self._package = package
        self._kinds = kinds
        self._read_word = read_word
        self._left = most
        self._new: dict[str, bytes] = {}
        self.documents: dict[str, BilingualDocument] = {}
        for name in kinds:
            with suppress(DocumentError):
                if document := self._opened(name):
                    self.documents[name] = document

    def _opened(self, name: str) -> BilingualDocument | None:
        kind = self._kinds[name]
        data = self._package.read(name)
        if data.startswith(_ZIP):
            size = declared_size(data)
            if size > self._left:
                return None
            self._left -= size
            return self._read_word(data)
        if _HTML.match(kind) or name.lower().endswith((".html", ".htm", ".xhtml")):
            return HtmlFile(data)
        if _TEXT.match(kind) or name.lower().endswith(".txt"):
            return _Texts(data)
        return None

    def put(self, new: Mapping[str, bytes]) -> None:
        """Take these files for the chunks of their names from now on."""
        self._new = dict(new)

    def read(self, name: str) -> bytes:
        """Read an entry, as it was. Raises DocumentError."""
        return self._package.read(name)

    def copied(self, replaced: Callable[[str], bytes | None]) -> bytes:
        """Copy the whole, with the content that `replaced` gives for a name, and new chunks."""

        def content(name: str) -> bytes | None:
            new = self._new.get(name)
            return replaced(name) if new is None else new

        return self._package.copied(content)


class ChunkedDocument:
    """Document with chunks; `web.formats.base.BilingualDocument` describes its methods.

    Their lines come after those of the document, which is one of the entries `chunks`.
    """

    def __init__(self, document: BilingualDocument, chunks: Chunks) -> None:
        self._document = document
        self._chunks = chunks
        self.lines: Sequence[str] = [
            *document.lines,
            *(line for each in chunks.documents.values() for line in each.lines),
        ]

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        mine = self._parted(targets, lambda each, some: each.rebuilt(some, language))
        return self._document.rebuilt(mine, language)

    def bilingual(
        self, targets: Sequence[str], layout: BilingualLayout, language: str = ""
    ) -> bytes:
        """Write both languages: see `web.formats.base.BilingualDocument`; raises as there."""
        mine = self._parted(targets, lambda each, some: each.bilingual(some, layout, language))
        return self._document.bilingual(mine, layout, language)

    def _parted(
        self,
        targets: Sequence[str],
        write: Callable[[BilingualDocument, Sequence[str]], bytes],
    ) -> Sequence[str]:
        """The document's own targets; chunks get theirs, as `write` writes them."""
        check_count(targets, self.lines)
        waiting = iter(targets)
        mine = list(islice(waiting, len(self._document.lines)))
        new: dict[str, bytes] = {}
        for name, each in self._chunks.documents.items():
            some = list(islice(waiting, len(each.lines)))
            if some != list(each.lines):
                new[name] = write(each, some)
        self._chunks.put(new)
        return mine
