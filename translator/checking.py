"""Checking of figures: those of one source against those of its translations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from translator.text import STAND_IN, Span, spans
from translator.text.figures import Figure, Kind, Match, Text, measure_after, restated

# Sign that SentencePiece writes for a token that it does not know; no user ever sees it.
UNKNOWN: Final = "⁇"
# Signs of figures, and how a source may say them.
_SIGNS: Final = {
    "€": re.compile("€|EUR|[Ee]uro"),
    "$": re.compile(r"\$|USD|[Dd]ollar"),
    "£": re.compile("£|GBP|[Pp]fund|[Pp]ound"),
    "%": re.compile("%|[Pp]rozent|[Pp]er ?cent"),
}
# First of the characters that mark what is copied, and how many runs are marked.
_PRIVATE: Final = 0xE000
_MOST_COPIED: Final = 200
# A figure that stands here would be glued to a word: `advice.2,750`.
_GLUE_BEFORE: Final = re.compile(r"\w[.,:]?\Z")
_STAND_IN: Final = re.compile(STAND_IN)
# A sign beside a stand-in that may be part of a figure.
_TOUCHED: Final = re.compile(
    rf"[^\w\s,;!?()„“”\"'…]\s?{STAND_IN}|{STAND_IN}(?:[^\w\s,;.!?()„“”\"'…]|[.,]\w|\s?[^\w\s,;.!?()„“”\"'…])"
)
# A word in a figure: Euro, Uhr, Dezember.
_DIGITS: Final = re.compile(r"\d(?:[\d.,:/-]*\d)?")
_SAID: Final = re.compile(r"[^\W\d_]{3}")
# A unit of so many letters in a row is a word and no sign.
_WORD: Final = re.compile(r"[^\W\d_]{4}")

# A figure has a digit, or one of the signs that hold one: ½, ², ①.
DIGIT: Final = re.compile(r"[\d¼-¾⅐-⅞²³¹⁰-₉①-⓿]")
# A figure that languages write in more ways than one has a sign beside a digit.
FORMED: Final = re.compile(r"\d[^\w\s]|[^\w\s]\d|\d\s[^\w\s]|[^\w\s]\s\d|\d\s?\w{1,3}\b")

_EASY: Final = re.compile(r"[0-9]{1,2}")
_FEW_WORDS: Final = 3
# A plain number of a table, in the German form.
PLAIN_NUMBER: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){0,2}(?:,[0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Checked:
    """A translation with its figures in the target's form, and those that are wrong in it.

    `missing` are figures of the source, `added` those that only the translation has. `is_right`
    also says that it has no sign too many, and none that nobody knows.
    """

    text: str
    missing: tuple[Figure, ...]
    added: tuple[Figure, ...]
    is_right: bool

    @property
    def wrong(self) -> tuple[str, ...]:
        """The wrong figures as they are written."""
        if self.is_right:
            return ()
        return tuple(each.text for each in (*self.missing, *self.added)) or (UNKNOWN,)


class Figures:
    """The figures of one source, for the comparison with its translations.

    Addresses, code and placeholders are left out on both sides: they are copied to the letter.
    """

    def __init__(self, source: str, pair: tuple[str, str], *, keep: bool = False) -> None:
        """`pair` are the languages; with `keep`, figures keep the source language's form."""
        self._source = source
        self._keep = keep
        self._target_language = pair[1]
        places = spans(source, pair[0])[:_MOST_COPIED]
        self._copied = [source[start:end] for start, end in places]
        masked = list(source)
        # The same marks on both sides, so that the signs beside them mean the same.
        for number, (start, end) in enumerate(places):
            masked[start:end] = chr(_PRIVATE + number) * (end - start)
        self._text = Text("".join(masked), pair[0])

    def check(self, target: str) -> Checked:
        """Check a translation, and put its figures in the target language's form."""
        masked, copied = self._masked(target)
        # With 24 hours, as stand-ins get them: one clock for all of a translation.
        read, found = restated(self._text, Text(masked, self._target_language), clock=24)
        bare = [pair for pair in found.pairs if _says_less(*pair)]
        lost, extra = _without_kept(found) if self._keep else (found.missing, found.added)
        missing = (*lost, *(here for here, _ in bare))
        added = (*extra, *(there for _, there in bare))
        text = read.text
        if target.endswith(".m.") and not text.endswith("."):
            text += "."  # the stop of p.m. ended the sentence, too
        for mark, original in copied.items():
            text = text.replace(mark, original)
        is_right = not (missing or added or UNKNOWN in text or self._has_more_signs(read.text))
        # Where figures keep their form, they are compared as if they had the target's.
        return Checked(target if self._keep else text, missing, added, is_right)

    def are_carried(self, rest: str) -> bool:
        """Whether a translation has right figures for sure: all of them have stand-ins in it.

        `rest` has the sign STAND_IN for each, and must have no other figure, nor anything beside
        them that would make another one of theirs: `-X1`, `X1 million`.
        """
        if self._keep or DIGIT.search(rest) or UNKNOWN in rest or _TOUCHED.search(rest):
            return False
        return not any(
            measure_after(rest, each.end(), self._target_language)[:2] != ("", 0)
            for each in _STAND_IN.finditer(rest)
        )

    def _masked(self, target: str) -> tuple[str, dict[str, str]]:
        """A translation with a mark, as long, for each run that is copied, and the runs by mark.

        Characters of private use: no text that a model is asked for has one.
        """
        copied = {}
        for number, run in enumerate(self._copied):
            mark = chr(_PRIVATE + number) * len(run)
            if run in target:
                target = target.replace(run, mark, 1)
                copied[mark] = run
        return target, copied

    def _has_more_signs(self, target: str) -> bool:
        """Whether a sign stands there once too often, as in `€1,000,000. €`."""
        return any(
            target.count(sign) > len(said.findall(self._source))
            for sign, said in _SIGNS.items()
            if sign in target
        )

    def forms(self) -> dict[Span, str]:
        """Each figure's place in the source, and the form that it gets in the translation.

        Where figures keep their form, the words in them are left to the model: 3. Dezember, Uhr.
        """
        if not self._keep:
            return {(each.start, each.end): self._form(each) for each in self._text.needed}
        found: dict[Span, str] = {}
        for each in self._text.needed:
            runs = [each.text] if not _SAID.search(each.text) else _DIGITS.findall(each.text)
            if len(runs) == 1:
                start = each.start + each.text.find(runs[0])
                found[start, start + len(runs[0])] = runs[0]
        return found

    @property
    def is_easy(self) -> bool:
        """Whether all there is is a small whole number beside a word or two: Kapitel 1.

        Every model copies it, and with a stand-in knows less of what the words mean.
        """
        found = self._text.needed
        return (
            len(found) == 1
            and _EASY.fullmatch(found[0].text) is not None
            and len(self._source.split(None, _FEW_WORDS)) <= _FEW_WORDS
        )

    def _form(self, figure: Figure) -> str:
        return figure.text if self._keep else self._text.written(figure, self._target_language)

    def placed(self, checked: Checked) -> str | None:
        """The translation with each wrong figure replaced by a missing one, if they pair up.

        A figure takes the place of the wrong one of its kind, else of the only one that is left.
        None where it would be glued to a word.
        """
        missing, added = list(checked.missing), list(checked.added)
        # Their places are those of the target's form.
        if self._keep or not missing or len(missing) != len(added):
            return None
        target = checked.text
        changes = []
        for figure in missing:
            alike = [each for each in added if each.shape is figure.shape] or added
            place = alike[0]
            added.remove(place)
            # The model may have left the source's unit behind the number: "1.5 Mio. €".
            unit = figure.text.partition(figure.numeral)[2].strip() if figure.numeral else ""
            left = re.match(rf"\s*{re.escape(unit)}", target[place.end :]) if unit else None
            end = place.end + (left.end() if left else 0)
            if _GLUE_BEFORE.search(target[: place.start]) or target[end : end + 1].isalnum():
                return None
            changes.append((place.start, end, self._form(figure)))
        return _replaced(target, changes)


def _without_kept(found: Match) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The figures that are missing and added, but for those whose digits were kept: 14.30 Uhr."""
    missing, added = list(found.missing), list(found.added)
    for figure in found.missing:
        digits = _DIGITS.findall(figure.text)
        if same := next((each for each in added if _DIGITS.findall(each.text) == digits), None):
            missing.remove(figure)
            added.remove(same)
    return tuple(missing), tuple(added)


def _says_less(here: Figure, there: Figure) -> bool:
    """Whether a figure's unit is gone that the source writes as a sign: 125 g, 78 m², 40 km/h.

    A unit that is a word may become another one: 2 Stunden, a two-hour walk. Nor is a range (5–10)
    the same as a time or a score (5:10), as which it is read.
    """
    if here.kind is Kind.RANGE and here.unit != "h" and ":" in there.text and ":" not in here.text:
        return True
    sign = here.text.replace(here.numeral, " ", 1) if here.numeral else here.text
    if not here.unit or here.unit == there.unit or _WORD.search(sign):
        return False
    return not (_says_in_words(there, here.unit) or _says_in_words(here, there.unit))


def _says_in_words(figure: Figure, unit: str) -> bool:
    """Whether words divide a figure's unit: €3.20 per kilo has euros, and EUR/kg as well."""
    is_divided = bool(figure.unit) and unit.startswith(f"{figure.unit}/")
    return is_divided and any(each.unit == unit for each in figure.also)


def _replaced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(changes):
        parts += [text[position:start], new]
        position = end
    return "".join([*parts, text[position:]])


def has_figures(target: str) -> bool:
    """Whether a translation has a figure to check, or a sign that no user may see."""
    return DIGIT.search(target) is not None or UNKNOWN in target
