"""Cues of subtitle files: where their words stand in the text, when they are shown, who says them.

srt, pysubs2 and webvtt-py write files anew: numbers, settings, styles or notes get lost. So the
words of the cues are found here, and everything else is not touched.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_TIME: Final = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[,.:]\d{1,3})?"
_TIMING: Final = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})?")
_NUMBER: Final = re.compile(r"\s*\d{1,9}\s*\Z")
# The fields of a line of dialogue, unless a line `Format:` names them.
_FIELDS: Final = (
    *("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"),
)
# Seconds of the parts of a time, from its end.
_UNITS: Final = (1, 60, 3600)


class Cue(NamedTuple):
    """Cue: its words are characters `start` to `end` of the text, without the last line break.

    It is shown from `begins` to `ends`, in seconds; None where the file does not say it. `time` is
    the beginning as it is written there; `voice` tells apart who speaks, where fields name them.
    """

    start: int
    end: int
    time: str
    begins: float | None
    ends: float | None
    voice: str = ""

    @property
    def seconds(self) -> float:
        """Seconds for which it is shown; 0 where they are unknown."""
        return max(0.0, (self.ends or 0) - self.begins) if self.begins is not None else 0.0


def timed_cues(text: str, *, vtt: bool) -> Iterator[Cue]:
    """Cues of an .srt or .vtt: the lines between a timing and the next blank line.

    In an .srt the lines behind a blank one are another piece of the same cue.
    """
    lines = [(match.start(), match.end(1), match[1]) for match in _LINE.finditer(text)]
    now: re.Match[str] | None = None
    start = end = -1
    for index, (first, last, line) in enumerate(lines):
        timing = _TIMING.match(line)
        if timing or not line.strip() or (not vtt and _is_number(lines, index)):
            if start >= 0 and now:
                yield _timed(start, end, now[1], now[2] or "")
            start = -1
            now = timing or (None if vtt else now)
        elif now:
            start = first if start < 0 else start
            end = last
    if start >= 0 and now:
        yield _timed(start, end, now[1], now[2] or "")


def has_timing(text: str) -> bool:
    """Whether a text has a line that times a cue of an .srt or .vtt."""
    return any(_TIMING.match(line[1]) for line in _LINE.finditer(text))


def dialogue_cues(text: str) -> Iterator[Cue]:
    """Cues of an .ass or .ssa: the last field of each line of dialogue among its events."""
    fields: Sequence[str] = _FIELDS
    events = False
    for match in _LINE.finditer(text):
        key, _, rest = match[1].partition(":")
        kind = key.strip().lower()
        if kind.startswith("["):
            events = kind == "[events]"
        elif events and kind == "format":
            named = [each.strip().lower() for each in rest.split(",")]
            fields = named if named[-1] == "text" else _FIELDS
        elif events and kind == "dialogue":
            values = rest.split(",", len(fields) - 1)
            if len(values) == len(fields):
                of = dict(zip(fields, values, strict=True))
                voice = f"{of.get('style', '').strip()}\n{of.get('name', '').strip()}"
                start, end = match.end(1) - len(values[-1]), match.end(1)
                yield _timed(start, end, of.get("start", ""), of.get("end", ""), voice)


def _timed(start: int, end: int, begins: str, ends: str, voice: str = "") -> Cue:
    return Cue(start, end, begins.strip(), _seconds(begins), _seconds(ends), voice)


def _seconds(time: str) -> float | None:
    if not re.fullmatch(rf"\s*{_TIME}\s*", time):
        return None
    whole, sign, fraction = re.fullmatch(r"(.*?)([,.]?)(\d*)", time.strip()).groups()  # type: ignore[union-attr] # it matches any text
    parts = (whole if sign else whole + fraction).split(":")
    seconds = sum(int(part) * unit for part, unit in zip(reversed(parts), _UNITS, strict=False))
    return seconds + (float(f"0.{fraction}") if sign else 0.0)


def _is_number(lines: Sequence[tuple[int, int, str]], index: int) -> bool:
    """Whether a line is the number of the cue whose timing follows."""
    following = lines[index + 1][2] if index + 1 < len(lines) else ""
    return _NUMBER.match(lines[index][2]) is not None and _TIMING.match(following) is not None
