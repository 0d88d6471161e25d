"""Output of a benchmark: one line per figure, with its target and whether it was met."""

from dataclasses import dataclass, field


@dataclass
class Figures:
    """The figures so far. `missed` holds the names of those that missed their target."""

    missed: list[str] = field(default_factory=list)

    def at_least(self, name: str, value: float, target: float, note: str = "") -> None:
        """Print a figure that should not be under `target`."""
        self._judged(name, value, f"≥ {target:g}", ok=value >= target, note=note)

    def at_most(self, name: str, value: float, target: float, note: str = "") -> None:
        """Print a figure that should not be over `target`."""
        self._judged(name, value, f"≤ {target:g}", ok=value <= target, note=note)

    def reported(self, name: str, value: float, note: str = "") -> None:
        """Print a figure without a target."""
        self._line(name, f"{value:.2f}", "", note)

    def impossible(self, name: str, why: str) -> None:
        """Print that a figure with a target could not be measured, which counts as missed."""
        self.missed.append(name)
        self._line(name, "-", "MISSED", why)

    def noted(self, name: str, what: str) -> None:
        """Print words in place of a figure that has no target and could not be measured."""
        self._line(name, "-", "", what)

    def _judged(self, name: str, value: float, target: str, *, ok: bool, note: str) -> None:
        if not ok:
            self.missed.append(name)
        self._line(name, f"{value:.2f}", f"{target:8} {'OK' if ok else 'MISSED'}", note)

    def _line(self, name: str, value: str, verdict: str, note: str) -> None:
        print(f"{name:58} {value:>9}  {verdict:16}{note}".rstrip(), flush=True)
