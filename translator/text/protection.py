"""Masking: stand-ins bring links, placeholders, code and emoji through a translation unharmed.

They are asked for under stand-ins: X1, X2 and so on, codes that a model copies since they mean
nothing in any language (of 20 German sentences the demonstration model kept X1 in 18, names of
persons in 13, bracketed numbers in none). Where one gets lost, the text between them is
translated in pieces, which is always faithful.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from translator.text.edges import find_edges
from translator.text.numbers import numbers, restated
from translator.text.spans import Span, is_language, spans

# Most stand-ins in one sentence: a model confuses more.
_MOST: Final = 9
_LETTERS: Final = "XZQKVJ"
_IN_WORD: Final = re.compile(r"\w")

# A model's own quotes are straight. They get the form of the source's: opening, closing, and both
# for quotes inside of quotes.
_CURLY: Final = ("“", "”", "‘", "’")
_TYPED: Final = ("``", "''", "`", "'")
_HAS_CURLY: Final = re.compile("[„“”»«‚‘›‹]")
# A straight quote opens here; anywhere else it closes.
_OPENING: Final = re.compile(r'(?<![^\s(\[–—-])"(?=\S)')

# Signs in a form that more models know.
_PLAINER: Final = {
    **dict.fromkeys("‚‘’›‹", "'"),
    **dict.fromkeys("„“”»«", '"'),
    **dict.fromkeys("–—−‐‑", "-"),
    "…": "...",
}
# Tokens to look up in a vocabulary: words, with the signs of measures (20€, °C), and other signs.
_TOKEN: Final = re.compile(r"(?:[^\W_]|[°%‰€$£¥§№])+|[^\w\s]|_")


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
    None, translate `pieces` one by one instead; their texts joined are the source.
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
        target = translated.strip()
        if not target or len(_codes(self._letter, target)) != len(self._standing):
            return None
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


def protect(
    source: str,
    language: str = "de",
    target: str = "en",
    *,
    known: Callable[[str], bool] | None = None,
    figures: bool = False,
) -> Protected | None:
    """Mask `source` for translation from `language` to `target`; None if nothing is special.

    `known` tells of a word or sign whether the model's vocabulary can write it; one that it cannot
    is copied. With `figures`, numbers get stand-ins, too.
    """
    plain, marks = _plain_quotes(source, english=target == "en")
    plainer, strange = _unknown(plain, known)
    counted = set(numbers(plain)) if figures else set()
    found = _merged(plain, [*spans(plain, language), *strange, *counted])
    edges = find_edges(plain, found, marks)
    if not (found or edges.before or edges.after or marks or plainer):
        return None
    inner = [span for span in found if edges.start <= span[0] and span[1] <= edges.end]
    letter = next((each for each in _LETTERS if not re.search(rf"{each}\d", plain)), "")
    core, standing = _stand_in(plain, edges.start, edges.end, inner, letter)
    standing = tuple(
        each._replace(original=restated(each.original, target)) if span in counted else each
        for span, each in zip(inner, standing, strict=True)
    )
    text: str | None = core.translate(str.maketrans(plainer))
    if not letter or len(inner) > _MOST or not is_language(core, language):
        text = None
    own = found if plain is source else _merged(source, spans(source, language))
    pieces = tuple(_pieces(source, own))
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
        pattern = rf"{left and ' ?'}(?<!\w){name}(?!\w){right and ' ?'}"
        standing.append(_StandIn(source[first:last], re.compile(pattern)))
        position = last
    parts.append(source[position:end])
    return "".join(parts), tuple(standing)


def _codes(letter: str, text: str) -> list[str]:
    """Everything that looks like a stand-in."""
    return re.findall(rf"(?<!\w){letter}\d+(?!\w)", text) if letter else []


def _pieces(source: str, found: Sequence[Span]) -> Iterator[Piece]:
    position = 0
    for start, end in [*found, (len(source), len(source))]:
        if position < start:
            between = source[position:start]
            yield Piece(between, any(map(str.isalpha, between)))
        if start < end:
            yield Piece(source[start:end], translate=False)
        position = end


def _merged(source: str, found: Iterable[Span]) -> list[Span]:
    """The spans in order; those that touch, or have only white space between them, as one."""
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and (start < merged[-1][1] or not source[merged[-1][1] : start].strip()):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _unknown(
    text: str, known: Callable[[str], bool] | None
) -> tuple[dict[str, str | int | None], list[Span]]:
    """Words and signs outside the vocabulary: those that have a plainer form, and spans to copy."""
    plainer: dict[str, str | int | None] = {}
    strange: list[Span] = []
    if known is None or known(text):
        return plainer, strange
    for match in _TOKEN.finditer(text):
        token = match.group()
        if (token.isascii() and token.isalnum()) or known(token):
            continue
        if token.isupper() and known(token.lower()):
            continue  # it may be asked for in lower case
        plain = _PLAINER.get(token)
        if plain and known(plain):
            plainer[token] = plain
        else:
            strange.append(match.span())
    return plainer, strange
