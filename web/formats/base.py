"""Document interface: the lines of a file to translate, and the file with their translations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from web.errors import UserError

# Where a bilingual document has the translation of a paragraph.
BilingualLayout = Literal["below", "beside"]


class DocumentError(UserError):
    """Document that cannot be read; the message says why, and what was kept."""

    code = "document_refused"


class Document(Protocol):
    """Document: a file that has been read.

    `lines` are its paragraphs, headings, cells, captions, in reading order: none is blank, none
    has white space at its ends or a line break (as `str.splitlines` has them) inside. Markup in
    them is as `web.formats.inline` writes it. They are translated as one text, with a blank line
    between two, which keeps each of them one line.
    """

    lines: Sequence[str]

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """The file with `targets` in the place of `lines`, one for one; the rest as it was.

        `language` is the code of the language that they are in; marks of the file's language name
        it then, where the file has any. Raises DocumentError when there are not as many targets as
        lines.
        """


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """Note: what is to be looked at in a translated document, by a code as warnings have.

    `place` says where it is as the file does, with a time or a page; `source` and `target` are the
    texts there, `figure` is what is too much, if it is a number.
    """

    code: str
    place: str
    source: str
    target: str
    figure: int | None = None


@runtime_checkable
class NotedDocument(Document, Protocol):
    """Document that has notes: what does not fit where it is, for one."""

    def notes(self, targets: Sequence[str], language: str = "") -> Iterable[DocumentNote]:
        """Notes of the document that `rebuilt` would give, in order; raises as that does."""


@runtime_checkable
class BilingualDocument(Document, Protocol):
    """Bilingual document: one that can be written with its own text and the translation."""

    def bilingual(
        self, targets: Sequence[str], layout: BilingualLayout, language: str = ""
    ) -> bytes:
        """The file with each paragraph and its translation; the rest as it was.

        `layout` says where the translation is: below its paragraph, or beside it in a table of two
        columns. The translated parts name `language`, the others keep the file's. Raises
        DocumentError when there are not as many targets as lines.
        """


@runtime_checkable
class ConvertibleDocument(Document, Protocol):
    """Convertible document: one that can be written as another kind of file, too."""

    def converted(self, targets: Sequence[str], ending: str, language: str = "") -> bytes:
        """The translated document as the kind of file that `ending` (".docx") names.

        Raises DocumentError when there are not as many targets as lines.
        """
