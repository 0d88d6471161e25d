"""What every kind of document is to the rest of `web`."""

from collections.abc import Sequence
from typing import Protocol

from web.errors import UserError


class DocumentError(UserError):
    """A document cannot be read; the message says why, and what was kept."""

    code = "document_refused"


class Document(Protocol):
    """A document that has been read.

    `lines` are its paragraphs, headings, cells, captions, in reading order: none is blank, none
    has white space at its ends or a line break (as `str.splitlines` has them) inside. Markup in
    them is as `web.formats.inline` writes it. They are translated as one text, with a blank line
    between two, which keeps each of them one line.
    """

    lines: Sequence[str]

    def rebuilt(self, targets: Sequence[str]) -> bytes:
        """The document with `targets` in the place of `lines`, one for one; the rest as it was."""
