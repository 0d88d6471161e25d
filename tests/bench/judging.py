"""A judgement over a translation: which annotated figures it lacks, and which it has invented.

It knows nothing of the product: only the forms of tests/bench/notation.py, and that no two
figures share a place.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.notation import Figure, fold, plain_blanks

Span = tuple[int, int]

# The most figures whose places are searched for the best distribution; of more, the longest
# forms choose first.
_SEARCHED: Final = 8
_JOINED: Final = re.compile(r"[.,:/'-]")
_RUN_ENDS: Final = ".,:/'-–—−’"
_NUMERIC: Final = re.compile(r"[\d.€$£]")
_DIGITS_BEFORE: Final = re.compile(r"\d[.,:/'-]$")
_DIGITS_BEHIND: Final = re.compile(r"[.,:/'-]\d")
# Signs that make another figure of a number that they follow or precede.
_GROWN: Final = re.compile(
    # A currency's sign that a digit follows belongs to the next number: 2027 €980.
    r" ?(?:%|‰|°)| ?[€$£](?! ?\d)| ?(?:bn\b|mrd\b|mio\b)"
    r"| (?:hundred|thousand|million|billion|trillion|dozen)\b"
    r"| (?:percents?|per cent)\b| and (?:a half|three quarters)\b| ?[ap]\.?m\b"
)
_BEFORE: Final = re.compile(
    r"(?:\bminus |(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])$"
)
# An amount has its currency in the form; before a bare number one would make it an amount.
_CURRENCY_BEFORE: Final = re.compile(r"(?:[€$£] ?|\b(?:eur|usd|chf|gbp) )$")
_CURRENCY: Final = re.compile(r"[€$£¥¢]|eur|usd|dollar|chf|franc|fr\.|gbp|pound|jpy|yen|\bct|cent")
_TENS: Final = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)$")
_ONES: Final = re.compile(r"[ -](?:one|two|three|four|five|six|seven|eight|nine)\b")
# m², cm3
_UNIT_POWER: Final = re.compile(r"m[23²³](?!\w)")
_MINUS: Final = re.compile(r"(?:^|[\s(:=])-$")


@dataclass(frozen=True)
class Verdict:
    """The figures that are not there, and the numbers that no figure accounts for.

    `unconverted` are those that stand as in German still, in a form that says the same to an
    English reader (12,5 but not 1.250).
    """

    missing: tuple[Figure, ...]
    extra: tuple[str, ...]
    unconverted: tuple[Figure, ...] = ()

    @property
    def right(self) -> bool:
        """Whether every figure is there in an English form, and no other number."""
        return not self.missing and not self.extra and not self.unconverted

    @property
    def kinds_wrong(self) -> list[str]:
        """One kind for each figure lost, changed or invented.

        A changed figure is missing and extra, and counts once.
        """
        invented = max(0, len(self.extra) - len(self.missing))
        return [figure.kind for figure in self.missing] + ["invented"] * invented

    @property
    def wrong(self) -> int:
        """Figures lost, changed or invented."""
        return len(self.kinds_wrong)


def judge(figures: Sequence[Figure], translation: str) -> Verdict:
    """Compare a translation with the figures that its source has."""
    folded, letters = fold(translation), plain_blanks(translation)
    places = {number: _places(figure, folded, letters) for number, figure in enumerate(figures)}
    required = [number for number, figure in enumerate(figures) if figure.required]
    taken = _distributed({number: places[number] for number in required})
    used = list(taken.values())
    missing: list[Figure] = []
    unconverted: list[Figure] = []
    for number in required:
        if number in taken:
            continue
        german = [
            place
            for place in _found(figures[number].german, folded, folded)
            if not _overlaps(place, used)
        ]
        used += german[:1]
        (unconverted if german else missing).append(figures[number])
    for number, figure in enumerate(figures):
        if not figure.required:
            used += [place for place in places[number] if not _overlaps(place, used)][:1]
    return Verdict(tuple(missing), tuple(_numbers(translation, used)), tuple(unconverted))


def broken_rules(source: str, target: str, rules: str) -> list[str]:
    """Which rules of a line do not hold (head of fidelity_kept.tsv). Raises ValueError.

    A word that is there, but glued to another, comes back as `glued …`.
    """
    broken = []
    for rule in rules.split(" ; "):
        match = re.fullmatch(r"(\w+)(?:\((.*)\))?", rule)
        name, what = (match[1], match[2] or "") if match else ("", "")
        if name == "once":
            if source.count(what) != target.count(what):
                broken.append(rule)
            elif _neighbours(target, what) - _neighbours(source, what):
                broken.append(f"glued {what}")
        elif name not in _RULES:
            raise ValueError(f"no such rule: {rule}")
        elif not _RULES[name](source, target, what):
            broken.append(rule)
    return broken


def _neighbours(text: str, what: str) -> set[str]:
    """On which sides a part of a text touches words."""
    sides = set()
    for start, end in _occurrences(what, text):
        if start and text[start - 1].isalnum():
            sides.add("left")
        if end < len(text) and text[end].isalnum():
            sides.add("right")
    return sides


def _has_capital(_: str, target: str, _what: str) -> bool:
    return next(filter(str.isalpha, target), "A").isupper()


_RULES: Final[dict[str, Callable[[str, str, str], bool]]] = {
    "same": lambda source, target, _: target == source,
    "has": lambda _, target, what: what in target,
    "starts": lambda _, target, what: target.startswith(what),
    "ends": lambda _, target, what: target.replace("...", "…").endswith(what),
    "capital": _has_capital,
}


def _places(figure: Figure, folded: str, letters: str) -> list[Span]:
    return _found(figure.loose, folded, folded) + _found(figure.exact, letters, folded)


def _found(forms: Iterable[str], text: str, folded: str) -> list[Span]:
    """Where a form stands for itself, the longest place first."""
    found = {
        place for form in forms for place in _occurrences(form, text) if _alone(folded, *place)
    }
    return sorted(found, key=lambda place: (place[0] - place[1], place))


def _occurrences(form: str, text: str) -> Iterable[Span]:
    start = text.find(form)
    while start >= 0:
        yield start, start + len(form)
        start = text.find(form, start + 1)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a form stands for itself, and is no part of another word or number."""
    before, form, behind = text[:start], text[start:end], text[end:]
    return not (
        (_is_word(form[0]) and before and _is_word(before[-1]))
        or (form[0] in "+-" and before and _is_word(before[-1]))
        or (_is_word(form[-1]) and behind and _is_word(behind[0]))
        or (_NUMERIC.match(form) and (_DIGITS_BEFORE.search(before) or _MINUS.search(before)))
        or (form[-1].isdigit() and _DIGITS_BEHIND.match(behind))
        or (form[-1].isalnum() and _GROWN.match(behind))
        or (form[0].isalnum() and _BEFORE.search(before))
        or (_CURRENCY_BEFORE.search(before) and not _CURRENCY.search(form))
        or (_TENS.search(form) and _ONES.match(behind))
    )


def _is_word(sign: str) -> bool:
    """Letters, digits and _, but no raised figure, which may stand behind any word."""
    return (sign.isalnum() and unicodedata.category(sign) != "No") or sign == "_"


def _overlaps(place: Span, others: Iterable[Span]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)


def _distributed(places: dict[int, list[Span]]) -> dict[int, Span]:
    """Places for as many figures as possible, none of which overlap."""
    chosen: dict[int, Span] = {}
    wanted = [number for number, found in places.items() if found]
    # A figure whose places no other one wants needs no search.
    contested = []
    for number in wanted:
        others = [each for other in wanted if other != number for each in places[other]]
        free = [place for place in places[number] if not _overlaps(place, others)]
        if free:
            chosen[number] = free[0]
        else:
            contested.append(number)
    contested.sort(
        key=lambda number: (len(places[number]), places[number][0][0] - places[number][0][1])
    )
    best = _searched(contested[:_SEARCHED], places)
    for number in contested[_SEARCHED:]:
        left = [place for place in places[number] if not _overlaps(place, best.values())]
        if left:
            best[number] = left[0]
    return chosen | best


def _searched(numbers: Sequence[int], places: dict[int, list[Span]]) -> dict[int, Span]:
    best: dict[int, Span] = {}

    def search(position: int, chosen: dict[int, Span]) -> None:
        nonlocal best
        if len(chosen) > len(best):
            best = dict(chosen)
        if len(best) == len(numbers) or len(chosen) + len(numbers) - position <= len(best):
            return
        number = numbers[position]
        for place in places[number]:
            if not _overlaps(place, chosen.values()):
                search(position + 1, chosen | {number: place})
        search(position + 1, chosen)

    search(0, {})
    return best


def _numbers(text: str, used: Sequence[Span]) -> Iterable[str]:
    """Runs of numeric signs outside the places that are used."""
    run = ""
    for position, sign in enumerate(text):
        free = not any(start <= position < end for start, end in used)
        if free and not run and _UNIT_POWER.match(text, max(position - 1, 0)):
            continue  # it belongs to a unit, whose number tells of it
        if free and unicodedata.category(sign) in {"Nd", "Nl", "No"}:
            run += sign
        elif not (run and free and _JOINED.match(fold(sign))):
            if run:
                yield run.rstrip(_RUN_ENDS)
            run = ""
        else:
            run += sign
    if run:
        yield run.rstrip(_RUN_ENDS)
