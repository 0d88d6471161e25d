"""Document interface: the lines of a file to translate, and the file with their translations."""

from collections.abc import Sequence
from typing import Protocol

from web.errors import UserError


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
