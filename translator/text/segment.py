"""Segment: the unit that the model sees, and the layout of its paragraph."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    r"""Layout of a hard-wrapped paragraph: at most `width` columns in a line.

    `turn` is what stands between two of its lines: the line break with the white space before
    it, and the next line's indentation and quote marks (`"\n> "`).
    """

    width: int
    turn: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Segment: one sentence or line of a text, and the white space after it.

    `copied` segments hold no language: their translation is their source, `verbatim` ones to the
    letter (code, list markers), others with their figures in the target's form. In a hard-wrapped
    paragraph `layout` is set, `source` may hold line breaks, and the source of each sentence but
    the first starts with the white space before it: where lines end is decided again.
    """

    source: str
    separator: str
    copied: bool = False
    layout: Layout | None = None
    verbatim: bool = False
