"""Rows of the comparison: a figure of both versions, their ratio, and the target."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.support.instance import Instance


@dataclass(frozen=True, slots=True)
class Builds:
    """The two versions, each running with a database of its own."""

    old: Instance
    new: Instance

    def __iter__(self) -> Iterator[Instance]:
        """First the old one, then the new one."""
        return iter((self.old, self.new))


@dataclass(frozen=True, slots=True)
class Row:
    """Row: `old` and `new` are the figure of each version.

    The new version's figure ÷ the old one's must be at most `target`; with `by_itself` the new
    version's figure must. Without a target the row is reported alone.
    """

    figure: str
    old: float
    new: float
    target: float | None = None
    by_itself: bool = False

    @property
    def ratio(self) -> float:
        """The new version's figure ÷ the old one's."""
        return self.new / self.old if self.old else float("inf")

    @property
    def missed(self) -> bool:
        """Whether the target was missed."""
        return (
            self.target is not None and (self.new if self.by_itself else self.ratio) > self.target
        )

    def __str__(self) -> str:
        """The row as it is printed."""
        verdict = ""
        if self.target is not None:
            of = "" if self.by_itself else " ×"
            verdict = f"≤ {self.target:g}{of}  {'MISSED' if self.missed else 'OK'}"
        cells = f"{self.old:10.2f} | {self.new:10.2f} | {self.ratio:6.2f}"
        return f"{self.figure:66} | {cells} | {verdict}".rstrip()


HEAD = f"{'figure':66} | {'old':>10} | {'new':>10} | {'ratio':>6} | target"

# Measures some figures of both versions, in turns, so that a busy machine is so for both.
Measure = Callable[[Builds], Iterator[Row]]
