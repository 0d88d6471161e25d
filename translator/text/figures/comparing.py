"""Comparing: whether a translation has each figure of its source, in a form that means the same.

Figures are matched as multisets, in passes from strict to lenient: the plain readings, all
readings, the parts that figures may be taken apart into, number words, and at last words that
say a number. Each pass takes linear time, since figures meet in a table of readings.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from functools import cached_property, partial
from typing import Final, NamedTuple

from translator.text.figures.figure import Figure, Reading, Shape, Value
from translator.text.figures.moments import Clock
from translator.text.figures.reading import digit_figures
from translator.text.figures.units import compatible, is_strict
from translator.text.figures.words import hints, outside, word_figures
from translator.text.figures.writing import written

# Languages whose words for units and numbers are known well enough to judge by them.
_KNOWN_WELL: Final = frozenset({"de", "en"})
# Numbers that are often words.
_SMALL: Final = frozenset(map(str, range(13)))


class Difference(NamedTuple):
    """The figures that only one of two texts has, in order."""

    missing: tuple[Figure, ...]
    added: tuple[Figure, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.added)


class Match(NamedTuple):
    """The figures of two texts: those that mean the same, and those that only one has."""

    pairs: tuple[tuple[Figure, Figure], ...]
    missing: tuple[Figure, ...]
    added: tuple[Figure, ...]


class Text:
    """A text whose figures are read when they are first asked for, and only once.

    A source is compared with several translations, and a translation restated and compared.
    """

    def __init__(self, text: str, language: str) -> None:
        """`language` is the code of the text's language."""
        self.text = text
        self.language = language
        self._written: dict[tuple[Figure, str, Clock], str] = {}

    @cached_property
    def needed(self) -> list[Figure]:
        """The figures that a translation must have."""
        return [each for each in digit_figures(self.text, self.language) if not each.optional]

    @cached_property
    def words(self) -> list[Figure]:
        """The figures that number words are."""
        return outside(word_figures(self.text, self.language), self.needed)

    @cached_property
    def hints(self) -> list[Figure]:
        """The words that say a number without being one."""
        return outside(hints(self.text, self.language), self.needed)

    def written(self, figure: Figure, language: str, clock: Clock = 24) -> str:
        """One of the figures in the form of another language, as `writing.written` gives it."""
        key = (figure, language, clock)
        if key not in self._written:
            self._written[key] = written(figure, self.language, language, clock=clock)
        return self._written[key]


def compare(source: str, target: str, source_language: str, target_language: str) -> Difference:
    """Compare the figures of a text with those of its translation.

    Gives the source's figures that the translation lacks, and those that only the translation
    has. A figure that appears twice has to be there twice; where figures stand does not matter.
    Number words and the like can stand for a figure, and are neither missing nor added.
    """
    found = match(Text(source, source_language), Text(target, target_language))
    return Difference(found.missing, found.added)


def match(source: Text, target: Text) -> Match:
    """Match the figures of a text with those of its translation, as `compare` does."""
    wanted, given = source.needed, target.needed
    pairs = _same(wanted, given)
    if len(pairs) == len(wanted) == len(given):
        return Match(tuple((wanted[first], given[second]) for first, second in pairs), (), ())
    known = {each.language.partition("-")[0] for each in (source, target)}
    lenient = not known <= _KNOWN_WELL
    one = _Side(wanted, {first for first, _ in pairs})
    other = _Side(given, {second for _, second in pairs})
    pairs += _match_wholes(one, other, lenient=lenient)
    if one.tokens or other.tokens:
        one_words, other_words = _words(source.words), _words(target.words)
        _match_words(one, other, one_words, other_words)
        one.take_apart()
        other.take_apart()
        _match_parts(one, other, lenient=lenient)
        _match_words(one, other, one_words, other_words)
    if one.tokens or other.tokens:
        _match_words(one, other, _words(source.hints), _words(target.hints))
    for side, language in ((one, target.language), (other, source.language)):
        if language.partition("-")[0] not in _KNOWN_WELL:
            side.forgive()
    paired = tuple((wanted[first], given[second]) for first, second in sorted(pairs))
    return Match(paired, one.left(), other.left())


def _same(wanted: Sequence[Figure], given: Sequence[Figure]) -> list[tuple[int, int]]:
    """Pairs of figures that are plainly the same, by their places in the two lists.

    Most translations have nothing but these, so that the tables below are seldom needed.
    """
    if not wanted or not given:
        return []
    places: dict[Reading, list[int]] = {}
    for index in range(len(given) - 1, -1, -1):
        places.setdefault(given[index].readings[0], []).append(index)
    return [
        (index, found.pop())
        for index, figure in enumerate(wanted)
        if (found := places.get(figure.readings[0]))
    ]


class _Token(NamedTuple):
    """A figure that is looked for, or a part of one: `owner` is the figure's index.

    `copied` is a figure of the source as it is written, without its sign and with it, and
    `part_of` the shape of the figure that was taken apart.
    """

    owner: int
    readings: tuple[Reading, ...]
    copied: tuple[str, ...] = ()
    part_of: Shape | None = None


_Readings = Callable[[_Token], Iterable[Reading]]


class _Side:
    """The figures of one text that are still to be found in the other."""

    def __init__(self, figures: Sequence[Figure], found: Container[int]) -> None:
        self.figures = figures
        self.tokens = [each for each in _words(figures) if each.owner not in found]

    def left(self) -> tuple[Figure, ...]:
        """The figures that were not found, or not all of their parts, in order."""
        return tuple(self.figures[index] for index in sorted({each.owner for each in self.tokens}))

    def take_apart(self) -> None:
        """Look for the parts of figures from now on, where they have parts."""
        self.tokens = sorted(
            (part for token in self.tokens for part in self._parts(token)), key=_order
        )

    def parts(self, *shapes: Shape) -> list[_Token]:
        """The parts of figures of some shapes."""
        return [each for each in self.tokens if each.part_of in shapes]

    def wholes(self) -> list[_Token]:
        """The figures that are not taken apart."""
        return [each for each in self.tokens if each.part_of is None]

    def remove(self, found: Iterable[_Token]) -> None:
        """Look no longer for these."""
        gone = set(map(id, found))
        self.tokens = [each for each in self.tokens if id(each) not in gone]

    def forgive(self) -> None:
        """Miss no small number: it may be a word, and the words of the language are not known."""
        self.tokens = [each for each in self.tokens if not _is_small(each)]

    def _parts(self, token: _Token) -> Iterable[_Token]:
        figure = self.figures[token.owner]
        if not figure.parts:
            return (token,)
        return (_Token(token.owner, (each,), part_of=figure.shape) for each in figure.parts)


def _words(figures: Iterable[Figure]) -> list[_Token]:
    tokens = [
        _Token(index, figure.readings, (figure.numeral or figure.text, figure.text))
        for index, figure in enumerate(figures)
    ]
    return sorted(tokens, key=_order)


def _is_small(token: _Token) -> bool:
    shape, value, unit = token.readings[0]
    return shape is Shape.NUMBER and value in _SMALL and not is_strict(unit)


def _order(token: _Token) -> tuple[int, Shape, str, str, str]:
    """The order of matching, which does not depend on the order in the text."""
    (shape, value, unit), *others = token.readings
    return len(others), shape, str(value), unit, repr(others) if others else ""


def _plain(token: _Token) -> Iterable[Reading]:
    return token.readings[:1]


def _others(token: _Token) -> Iterable[Reading]:
    return token.readings[1:]


def _inherited(token: _Token) -> Iterable[Reading]:
    """The other readings, but of a time: 6 o'clock is a bare 6, and not that of 6:4."""
    return () if token.readings[0].shape is Shape.TIME else token.readings[1:]


def _copied(token: _Token) -> Iterable[Reading]:
    """A figure of the translation as the source may have it: malformed, and copied."""
    return (Reading(Shape.LETTERS, each, token.readings[0].unit) for each in token.copied)


def _match_wholes(one: _Side, other: _Side, *, lenient: bool) -> list[tuple[int, int]]:
    """Match figures as wholes: their plain readings, copies, and what else they may mean."""
    passes: tuple[tuple[_Readings, _Readings], ...] = (
        (_plain, _plain),
        (_plain, _copied),
        (_others, _copied),
        (_plain, _others),
        (_others, _plain),
    )
    pairs: list[tuple[int, int]] = []
    for first, second in passes:
        if one.tokens and other.tokens:
            found = _joined(one.tokens, other.tokens, first, second, lenient=lenient)
            _remove(one, other, found)
            pairs += ((left.owner, right.owner) for left, right in found)
    return pairs


def _match_words(
    one: _Side, other: _Side, one_words: list[_Token], other_words: list[_Token]
) -> None:
    """Match what is left with the words of the other text, each of which serves once."""
    for first, second in ((_plain, _plain), (_plain, _others), (_others, _plain)):
        found = _joined(one.tokens, other_words, first, second, lenient=True)
        one.remove(left for left, _ in found)
        _drop(other_words, (right for _, right in found))
        found = _joined(other.tokens, one_words, second, first, lenient=True)
        other.remove(left for left, _ in found)
        _drop(one_words, (right for _, right in found))


def _match_parts(one: _Side, other: _Side, *, lenient: bool) -> None:
    """Match the parts of figures: those of a range with numbers, and with a date's year.

    The parts of two scores or of two dates are never matched: 3:1 is not 1:3.
    """
    pairs, date, time = (Shape.PAIR, Shape.LETTERS), Shape.DATE, Shape.TIME
    everything = (*pairs, date, time, Shape.SERIES, Shape.NUMBER)
    for first, second in ((_plain, _plain), (_plain, _inherited), (_inherited, _plain)):
        for left, right in (
            (one.wholes(), other.parts(*everything)),
            (one.parts(*everything), other.wholes()),
            (one.parts(*pairs), other.parts(date, time)),
            (one.parts(date, time), other.parts(*pairs)),
        ):
            _remove(one, other, _joined(left, right, first, second, lenient=lenient))


def _remove(one: _Side, other: _Side, found: list[tuple[_Token, _Token]]) -> None:
    one.remove(left for left, _ in found)
    other.remove(right for _, right in found)


def _drop(tokens: list[_Token], found: Iterable[_Token]) -> None:
    gone = set(map(id, found))
    tokens[:] = [each for each in tokens if id(each) not in gone]


def _joined(
    left: Sequence[_Token],
    right: Sequence[_Token],
    left_readings: _Readings,
    right_readings: _Readings,
    *,
    lenient: bool,
) -> list[tuple[_Token, _Token]]:
    """Tokens of two sides that share a reading, each of them once."""
    if not left or not right:
        return []
    table = _Table(right, right_readings)
    found: list[tuple[_Token, _Token]] = []
    for fits in (str.__eq__, partial(compatible, lenient=lenient)):
        rest: list[_Token] = []
        for token in left:
            partner = table.take(left_readings(token), fits)
            if partner is None:
                rest.append(token)
            else:
                found.append((token, partner))
        left = rest
    return found


class _Table:
    """Tokens by their readings, from which each is taken once."""

    def __init__(self, tokens: Sequence[_Token], readings: _Readings) -> None:
        self._tokens: dict[tuple[Shape, Value], dict[str, list[_Token]]] = {}
        self._taken: set[int] = set()
        for token in reversed(tokens):
            for shape, value, unit in readings(token):
                units = self._tokens.setdefault((shape, value), {})
                units.setdefault(unit, []).append(token)

    def take(self, readings: Iterable[Reading], fits: Callable[[str, str], bool]) -> _Token | None:
        """A token with one of these readings, and a unit that fits; None if none is left."""
        for shape, value, unit in readings:
            for other, tokens in self._tokens.get((shape, value), {}).items():
                while tokens and id(tokens[-1]) in self._taken:
                    tokens.pop()
                if tokens and fits(unit, other):
                    self._taken.add(id(tokens[-1]))
                    return tokens.pop()
        return None
