"""Lines of a document, joined to the one text that is translated, and split again."""

from collections.abc import Sequence

BETWEEN = "\n\n"


def joined(lines: Sequence[str]) -> str:
    """Join lines: one text with a paragraph per line; the translator keeps paragraphs."""
    return BETWEEN.join(lines)


def parted(target: str, lines: Sequence[str]) -> list[str]:
    """Split a translation into those of `lines`; without one for each, `lines` themselves."""
    targets = target.split(BETWEEN)
    return targets if len(targets) == len(lines) else list(lines)
