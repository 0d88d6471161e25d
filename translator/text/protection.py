"""Masking: stand-ins bring links, placeholders, code and emoji through a translation unharmed.

They are asked for under stand-ins: X1, X2 and so on, codes that a model copies since they mean
nothing in any language (of 20 German sentences the demonstration model kept X1 in 18, names of
persons in 13, bracketed numbers in none). Where one gets lost, the text between them is
translated in pieces, which is always faithful.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from translator.text.edges import find_edges
from translator.text.spans import Span, is_language, spans
from translator.text.vocabulary import outside_vocabulary

# Sign for whatever a stand-in stands for: the object replacement character.
STAND_IN: Final = "\ufffc"
# Most stand-ins in one sentence: a model confuses more.
_MOST: Final = 9
_LETTERS: Final = "XZQKVJ"
# An ending behind a placeholder that stands for a word or a number.
_ENDING: Final = re.compile(r"(?<=[\w}%\]*_])(?:s|e[nrs]?|fach|mal|te[nrs]?|ste[nrs]?)(?![\w{<])")
_BLANKS: Final = re.compile(" {2,}")
_IN_WORD: Final = re.compile(r"\w")

# Signs that part what stands before them from what follows.
_JOINING: Final = frozenset(",;:.!?)…–—-/")

# A model's own quotes are straight. They get the form of the source's: opening, closing, and both
# for quotes inside of quotes.
_CURLY: Final = ("“", "”", "‘", "’")
_TYPED: Final = ("``", "''", "`", "'")
_HAS_CURLY: Final = re.compile("[„“”»«‚‘›‹]")
# A straight quote opens here; anywhere else it closes.
_OPENING: Final = re.compile(r'(?<![^\s(\[–—-])"(?=\S)')


class Piece(NamedTuple):
    """Piece: a run of a source that is to be translated, or copied."""

    text: str
    translate: bool


class _StandIn(NamedTuple):
    original: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Protected:
    """Masked source: how to translate a source that holds more than language.

    Ask for `text` first and hand the answer to `restore`. If `text` is None, or `restore` says
    None, translate `pieces` one by one instead; their texts joined are the source, with the figures
    in the forms that they get.
    """

    text: str | None
    pieces: tuple[Piece, ...]
    _before: str
    _after: str
    _letter: str
    _standing: tuple[_StandIn, ...]
    _marks: tuple[str, ...]

    def restore(self, translated: str) -> str | None:
        """Unmask a translation: everything in its place; None if a stand-in did not survive."""
        # No tokenizer lets a model see two blanks in a row, so two are its own slip.
        target = _BLANKS.sub(" ", translated.strip())
        if not target or len(_codes(self._letter, target)) != len(self._standing):
            return None
        target = self._told_apart(target)
        if self._marks:
            target = _OPENING.sub(self._marks[0], target).replace('"', self._marks[1])
        places: list[tuple[int, int, str]] = []
        for each in self._standing:
            match = each.pattern.search(target)
            if match is None:
                return None
            places.append((match.start(), match.end(), each.original))
        parts = [self._before]
        position = 0
        for start, end, original in sorted(places):
            parts += [target[position:start], original]
            position = end
        return "".join([*parts, target[position:], self._after])

    def _told_apart(self, target: str) -> str:
        """A translation that says one stand-in twice and lacks another: X1 bis X2, X1 to X1.

        The second one is the other: what a model confuses stands in the source's order.
        """
        names = _codes(self._letter, target)
        wanted = [f"{self._letter}{number}" for number in range(1, len(self._standing) + 1)]
        lacking = [name for name in wanted if name not in names]
        if len(lacking) != 1 or not set(names) <= set(wanted):
            return target
        (twice,) = (name for name in wanted if names.count(name) == 2)  # noqa: PLR2004
        first, second = re.finditer(rf"(?<!\w){twice}(?!\w)", target)
        place = second if wanted.index(lacking[0]) > wanted.index(twice) else first
        return target[: place.start()] + lacking[0] + target[place.end() :]

    def own(self, restored: str) -> str:
        """Own words of a translation, with the sign STAND_IN for what stand-ins stood for."""
        for each in sorted(self._standing, key=lambda each: -len(each.original)):
            restored = restored.replace(each.original, STAND_IN, 1)
        return restored

    def rest(self, translated: str) -> str:
        """A translation with the sign STAND_IN for each stand-in: the model's own words."""
        if not self._letter:
            return translated
        return re.sub(rf"(?<!\w){self._letter}\d+(?!\w)", STAND_IN, translated)


def protect(
    source: str,
    language: str = "de",
    target: str = "en",
    *,
    known: Callable[[str], bool] | None = None,
    figures: Mapping[Span, str] | None = None,
) -> Protected | None:
    """Mask `source` for translation from `language` to `target`; None if nothing is special.

    `known` tells of a word or sign whether the model's vocabulary can write it; one that it cannot
    is copied. The spans in `figures` get stand-ins, too, and come back in the forms given there.
    """
    plain, marks = _plain_quotes(source, english=target == "en")
    plainer, strange = outside_vocabulary(plain, known)
    copied = spans(plain, language)
    counted = {span: form for span, form in (figures or {}).items() if not _touches(span, copied)}
    # A figure takes the signs in it along: the € of 5 € is no stand-in of its own.
    signs = [span for span in strange if not _touches(span, counted)]
    found = sorted([*_merged(plain, [*copied, *signs]), *counted])
    edges = find_edges(plain, found, marks)
    if not (found or edges.before or edges.after or marks or plainer):
        return None
    inner = [span for span in found if edges.start <= span[0] and span[1] <= edges.end]
    letter = next((each for each in _LETTERS if not re.search(rf"{each}\d", plain)), "")
    core, standing = _stand_in(plain, edges.start, edges.end, inner, letter)
    standing = tuple(
        each._replace(original=counted.get(span, each.original))
        for span, each in zip(inner, standing, strict=True)
    )
    text: str | None = core.translate(str.maketrans(plainer))
    if not letter or len(inner) > _MOST or not is_language(core, language):
        text = None
    own = found if plain is source else _merged(source, [*spans(source, language), *counted])
    pieces = tuple(_pieces(source, own, counted))
    return Protected(text, pieces, edges.before, edges.after, letter, standing, marks)


def _plain_quotes(source: str, *, english: bool) -> tuple[str, tuple[str, ...]]:
    """The source with quotes a model knows, and the marks for the translation; () if any do."""
    if "``" in source:
        return source.replace("``", "„").replace("''", "“"), _TYPED
    return source, _CURLY if english and _HAS_CURLY.search(source) else ()


def _stand_in(
    source: str, start: int, end: int, inner: Sequence[Span], letter: str
) -> tuple[str, tuple[_StandIn, ...]]:
    """The source from `start` to `end` with stand-ins for the spans `inner`."""
    parts: list[str] = []
    standing: list[_StandIn] = []
    position = start
    for number, (first, last) in enumerate(inner, 1):
        name = f"{letter}{number}"
        # „<b>sehr</b>“ is asked for as „X1 sehr X2“, and the spaces go again.
        left = " " if first > start and _IN_WORD.match(source[first - 1]) else ""
        right = " " if last < end and _IN_WORD.match(source[last]) else ""
        parts += [source[position:first], left, name, right]
        # „{name}s Haus“ becomes “the house of {name}”: what follows is no ending any more.
        behind = r"(?: (?=s\b))?" if _ENDING.match(source, last) else " ?"
        pattern = rf"{left and ' ?'}(?<!\w){name}(?!\w){right and behind}"
        standing.append(_StandIn(source[first:last], re.compile(pattern)))
        position = last
    parts.append(source[position:end])
    return "".join(parts), tuple(standing)


def _codes(letter: str, text: str) -> list[str]:
    """Everything that looks like a stand-in."""
    return re.findall(rf"(?<!\w){letter}\d+(?!\w)", text) if letter else []


def _pieces(source: str, found: Sequence[Span], counted: Mapping[Span, str]) -> Iterator[Piece]:
    position = 0
    for start, end in [*found, (len(source), len(source))]:
        if position < start:
            yield from _between(source, position, start)
        if start < end:
            yield Piece(counted.get((start, end), source[start:end]), translate=False)
        position = end


def _between(source: str, start: int, end: int) -> Iterator[Piece]:
    """The text between two spans: a comma or stop right behind the first stays."""
    first = start
    while start > 0 and first < end and (source[first].isspace() or source[first] in _JOINING):
        first += 1
    if _JOINING.isdisjoint(source[start:first]):
        first = start
    for text in (source[start:first], source[first:end]):
        if text:
            yield Piece(text, any(map(str.isalpha, text)))


def _merged(source: str, found: Iterable[Span]) -> list[Span]:
    """The spans in order; those that touch, or have only white space between them, as one."""
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and (start < merged[-1][1] or not source[merged[-1][1] : start].strip()):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span has a character in common with one of others."""
    return any(span[0] < end and start < span[1] for start, end in others)
