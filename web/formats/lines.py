"""The lines of a document as the one text that is translated, and back."""

from collections.abc import Sequence

BETWEEN = "\n\n"


def joined(lines: Sequence[str]) -> str:
    """One text with a paragraph per line; the translator keeps them."""
    return BETWEEN.join(lines)


def parted(target: str, lines: Sequence[str]) -> list[str]:
    """The translations of `lines`. Should there not be one for each, they stand as they are."""
    targets = target.split(BETWEEN)
    return targets if len(targets) == len(lines) else list(lines)
