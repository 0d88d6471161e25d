"""Bring links, placeholders, tags and emoji through a translation unharmed.

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
from translator.text.spans import Span, is_language, spans

# More than this in one sentence, and a model confuses them.
_MOST: Final = 9
_LETTERS: Final = "XZQKVJ"

_CURLY: Final = re.compile("[„“”»«]")
# A straight quote opens here; anywhere else it closes.
_OPENING: Final = re.compile(r'(?<![^\s(\[–—-])"(?=\S)')

# Signs in a form that more models know.
_PLAINER: Final = {
    **dict.fromkeys("‚‘’›‹", "'"),
    **dict.fromkeys("„“”»«", '"'),
    **dict.fromkeys("–—−‐‑", "-"),
    "…": "...",
}
# A letter or a measure that is not known makes its word unknown; other signs stand for themselves.
_WITH_ITS_WORD: Final = frozenset("°%‰€$£¥§²³¹½¼¾№")


class Piece(NamedTuple):
    """A run of a source: to be translated, or copied."""

    text: str
    translate: bool


class _StandIn(NamedTuple):
    original: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Protected:
    """How to translate a source that holds more than language.

    Ask for `text` first and hand the answer to `restore`. If `text` is None, or `restore` says
    None, translate `pieces` one by one instead; their texts joined are the source.
    """

    text: str | None
    pieces: tuple[Piece, ...]
    _before: str
    _after: str
    _letter: str
    _standing: tuple[_StandIn, ...]
    _curly: bool

    def restore(self, translated: str) -> str | None:
        """The translation with everything in its place; None if a stand-in did not survive."""
        target = translated.strip()
        if not target or len(_codes(self._letter, target)) != len(self._standing):
            return None
        if self._curly:
            target = _OPENING.sub("“", target).replace('"', "”")
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
) -> Protected | None:
    """Plan how to translate `source` from `language` to `target`; None if nothing is special.

    `known` tells of a character whether the model's vocabulary has it. What is not known comes
    out as it went in, a letter with its word.
    """
    english = target == "en"
    unknown = _unknown(source, known)
    found = _merged(source, [*spans(source, language), *_unknown_spans(source, unknown)])
    edges = find_edges(source, found, english=english)
    curly = english and _CURLY.search(source) is not None
    if not (found or edges.before or edges.after or curly or unknown):
        return None
    inner = [span for span in found if edges.start <= span[0] and span[1] <= edges.end]
    letter = next((each for each in _LETTERS if not _codes(each, source)), "")
    core, standing = _stand_in(source, edges.start, edges.end, inner, letter)
    text: str | None = core.translate(str.maketrans(dict(unknown)))
    if not letter or len(inner) > _MOST or not is_language(core, language):
        text = None
    return Protected(
        text, tuple(_pieces(source, found)), edges.before, edges.after, letter, standing, curly
    )


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
        left = " " if first > start and source[first - 1].isalnum() else ""
        right = " " if last < end and source[last].isalnum() else ""
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


def _unknown(source: str, known: Callable[[str], bool] | None) -> dict[str, str | None]:
    """Each character that the model does not know, with a plainer form of it, or None."""
    if known is None:
        return {}
    strange = {
        each
        for each in set(source)
        if not (each.isspace() or (each.isascii() and each.isalnum()) or known(each))
    }
    unknown: dict[str, str | None] = {}
    for each in strange:
        plain = _PLAINER.get(each)
        unknown[each] = plain if plain and all(map(known, plain)) else None
    return unknown


def _unknown_spans(source: str, unknown: dict[str, str | None]) -> Iterator[Span]:
    signs = re.escape("".join(each for each, plain in unknown.items() if plain is None))
    end = 0
    for match in re.finditer(f"[{signs}]+", source) if signs else ():
        start = max(end, match.start())
        if match.end() <= end:
            continue
        end = match.end()
        if any(each.isalpha() or each in _WITH_ITS_WORD for each in match.group()):
            while start > 0 and source[start - 1].isalnum():
                start -= 1
            while end < len(source) and source[end].isalnum():
                end += 1
        yield start, end
