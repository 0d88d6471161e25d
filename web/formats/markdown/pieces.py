"""Pieces of inline Markdown: the signs around words, and how both are written as text again.

A copy is written without what may be in a document only once.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from web.formats.places import Content, Element, Item, Place, changed

_EMPHASIS: Final = frozenset("*_~=")
# Code; or a note, an image, an attribute list with a name, a comment, a box to tick.
_ONCE: Final = re.compile(
    r"(`{1,6}[^`]{1,300}`{1,6})|!\[[^\[\]]{0,300}\](?:\([^()]{0,1000}\)|\[[^\[\]]{0,300}\])?"
    r"|\[\^[^\[\]\s]{1,60}\]|\^\[[^\[\]]{0,600}\]|\{[^{}]{0,300}#[^{}]{0,300}\}|!\[\[[^\[\]]{1,300}\]\]"
    r"|<!--.{0,1000}?-->|<img\b[^<>]{0,400}>|\A\[[\0 xX]\][\0 ]"
)

Spelling = dict[int, str]


@dataclass(slots=True, eq=False)
class Aside:
    """Aside: words with a line of their own inside of markup, such as an alternative text."""

    raw: str
    items: Content
    encode: Callable[[str], str]

    def __str__(self) -> str:
        if not changed(self.items):
            return self.raw
        return self.encode("".join(written_items(self.items, {}, cell=False)))


class ImageLabel(NamedTuple):
    """Label of an image that is named by its text: said once more where that is another now."""

    alt: Aside
    target: str

    def __str__(self) -> str:
        return f"[{self.alt.raw}]" if changed(self.alt.items) else self.target


Piece = str | Aside | ImageLabel


class Signs(NamedTuple):
    """Signs around the items of an element; `otherwise` after it, while its text is `same`.

    Of a `frozen` element they are all: its text is asked, for the sake of the sentence, and not
    written.
    """

    before: list[Piece]
    after: Sequence[Piece] = ()
    same: str | None = None
    otherwise: str = ""
    frozen: bool = False


def written_items(items: Content, table: Spelling, *, cell: bool) -> Iterator[str]:
    """Write items; `table` has signs that are written with others; a `cell` has no bar."""
    for item in items:
        if isinstance(item, str):
            text = item.replace("\n", " ").translate(table)
            yield re.sub(r"(?<!\\)\|", r"\\|", text) if cell else text
        elif isinstance(item, Place):
            yield from written_items(item.items, table, cell=cell)
        else:
            yield _element(item, "".join(written_items(item.items or [], table, cell=cell)))


def _element(item: Element, inner: str) -> str:
    signs: Signs = item.what
    before, after = _joined(signs.before), _joined(signs.after)
    if signs.frozen:
        return before
    if signs.same is not None and inner == signs.same.replace("\n", " "):
        after = signs.otherwise
    said = inner.strip(" ")
    if not said and item.items is not None and set(before) <= _EMPHASIS:
        # Emphasis of nothing would be other signs: a rule, or the start of something.
        return inner
    if said and not before.endswith(">"):
        # A blank after the sign, and it would be no emphasis.
        start = inner.index(said)
        return f"{inner[:start]}{before}{said}{after}{inner[start + len(said) :]}"
    return f"{before}{inner}{after}"


def _joined(pieces: Iterable[Piece]) -> str:
    return "".join(map(str, pieces)).replace("\n", " ").replace(" ", "\0")


def copied_pieces(items: Iterable[Item]) -> Iterator[Item]:
    """Items without notes, images, comments, boxes to tick and names."""
    for item in items:
        if isinstance(item, str):
            yield item
        elif isinstance(item, Place):
            yield from copied_pieces(item.items)
        elif item.items is None:
            said = _ONCE.sub(lambda match: match[1] or "", _joined(item.what.before))
            yield Element(Signs([said]), breaks=item.breaks)
        else:
            after = _ONCE.sub(lambda match: match[1] or "", _joined(item.what.after))
            yield Element(item.what._replace(after=[after]), list(copied_pieces(item.items)))
