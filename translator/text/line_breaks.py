r"""Line breaks inside of a line, `<br>` and `\N`: whether what is said ends at one, or goes on.

In a subtitle a break may stand in the middle of a sentence, and the sentence is asked whole; where
another speaks, and between the lines of an address or a poem, each line is a segment of its own.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from translator.text.characters import OPENERS
from translator.text.function_words import kind_of
from translator.text.german_words import STARTERS
from translator.text.inline_tags import is_line_break, tags_in
from translator.text.lines import read_lines
from translator.text.names import speaker_end
from translator.text.spans import Span

_SIGNAL: Final = re.compile(r"[bB][rR][\s/>\d]|\\[Nn]")
_BLANK: Final = "&nbsp;"
_DASHES: Final = "-–—‐"
_MUSIC: Final = ("♪", "♫", "#")
_ELLIPSES: Final = ("...", "…")
_ENDED: Final = re.compile(r"[.!?…:;)\]][\"“”»«'’]*\Z")
_STOPPED: Final = re.compile(r"[.!?…][\"“”»«'’)\]]*\Z")
# Most lines of a sentence whose lines may begin with a noun: lines of a poem begin in capitals.
_MOST: Final = 3
# Least words of a line in capitals that goes on: „KAPITEL 1“ is a heading.
_LONG: Final = 3
# A noun follows them, or a clause; „Über“ and „Und“ may be headings.
_CARRYING: Final = frozenset(("preposition", "conjunction"))


class _Run(NamedTuple):
    """Run of breaks with nothing said between them: its place, and how many there are."""

    start: int
    end: int
    breaks: int


def parting_breaks(text: str, language: str) -> list[Span]:
    """Runs of line breaks in a line of a text at which what is said ends, in order."""
    if ("<" not in text and "\\" not in text) or not _SIGNAL.search(text):
        return []
    runs, said = _runs(text, language)
    return [
        (run.start, run.end)
        for index, run in enumerate(runs)
        if run.breaks > 1 or not _goes_on(said, index, language)
    ]


def _runs(text: str, language: str) -> tuple[list[_Run], list[str]]:
    """Runs of breaks, and what is said before, between and after them, without tags."""
    runs: list[_Run] = []
    said: list[str] = []
    parts: list[str] = []
    position = 0
    for tag in tags_in(text, language):
        parts.append(text[position : tag.start()])
        position = tag.end()
        if not is_line_break(tag):
            continue
        count = tag.group().count("\\") or 1
        between = _bare(parts)
        if runs and not between:
            runs[-1] = _Run(runs[-1].start, tag.end(), runs[-1].breaks + count)
        else:
            runs.append(_Run(tag.start(), tag.end(), count))
            said.append(between)
        parts = []
    return runs, [*said, _bare([*parts, text[position:]])]


def _bare(parts: Sequence[str]) -> str:
    return "".join(parts).replace(_BLANK, " ").strip()


def _goes_on(said: Sequence[str], index: int, language: str) -> bool:
    """Whether a sentence goes on from line `index` of what is said to the next one."""
    before, after = said[index], said[index + 1]
    if not (_has_letter(before) and _has_letter(after)) or _is_apart(before, after):
        return False
    first = next(character for character in after if character.isalnum())
    if first.islower():
        return len(before.split()) + len(after.split()) > len(("one", "each"))
    if _ENDED.search(before):
        return False
    last = before.split()[-1]
    kind = kind_of(last, language)
    if kind == "determiner" or (last.islower() and kind in _CARRYING):
        return True
    return language == "de" and _may_be_noun(said, index)


def _is_apart(before: str, after: str) -> bool:
    """Whether a line is another speaker's, a song's, an item of a list, or begins after a pause."""
    if after[0] in _DASHES:
        aside = after.lstrip(_DASHES + " ")[:1].islower()  # „– wie immer –“
        return not aside or before[0] in _DASHES or _STOPPED.search(before) is not None
    if after.startswith((*_MUSIC, *_ELLIPSES)) or before.endswith(_MUSIC):
        return True
    return speaker_end(after) > 0 or read_lines(after)[0].marked


def _may_be_noun(said: Sequence[str], index: int) -> bool:
    """Whether a line may begin with a noun, or a number, in the middle of a sentence.

    It begins with no word that nouns do not begin with, the line before ends in lower case, and
    the sentence ends within a few lines.
    """
    before, after = said[index], said[index + 1]
    lines = _sentence(said, index)
    if len(lines) > _MOST or not _STOPPED.search(lines[-1]):
        return False
    if before.isupper() and after.isupper():
        return len(before.split()) >= _LONG
    word = after.lstrip(OPENERS).split()[0]
    if word.strip(",") in STARTERS:
        return False
    *others, last = before.split()
    return last.islower() or (last.isdecimal() and any(map(str.islower, others)))


def _sentence(said: Sequence[str], index: int) -> list[str]:
    """The lines around a break up to the nearest stops, one more than a sentence has at most."""
    first, last = index, index + 1
    while first > 0 and index - first < _MOST and not _STOPPED.search(said[first - 1]):
        first -= 1
    while last + 1 < len(said) and last - index <= _MOST and not _STOPPED.search(said[last]):
        last += 1
    return list(said[first : last + 1])


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))
