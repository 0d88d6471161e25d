"""Stand-ins: the text with which something that stays what it is is asked in its line.

A field, a date, code or a picture in a sentence is asked as its figure between two tags, so that
the sentence is whole. In the translation it is one tag again, where its figure stands.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from web.formats.inline import Part, Tag

_BREAKS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ROMAN = re.compile(
    "m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})", re.IGNORECASE | re.ASCII
)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Most words with which something that stays what it is can be asked.
_MOST_WORDS = 6
# Signs around code, and most characters of it.
_TICK = "`"
_MOST_IN_CODE = 100
_NUMBER = re.compile(r"\d+")
_NUMBERS_OF_A_DATE = 3
# Signs after a figure that are none of it.
_PAUSES = ".,;:!?"
# Signs after which a sentence has ended.
_ENDS = frozenset(".!?:;…")
# Most figures of a line that are looked for where they lost their tags.
_MOST_LOST = 50


def one_line(text: str) -> str:
    """A text without line breaks, as `str.splitlines` has them."""
    return _BREAKS.sub(" ", text)


def figure_of(text: str) -> str:
    """The text of something that stays what it is, as its line is asked with it: a few words."""
    words = text.split()
    return " ".join(words) if len(words) <= _MOST_WORDS else ""


def asked_as_code(text: str) -> str:
    """A text that stays what it is, as its line is asked with it: as code; "" where it cannot be.

    A translator takes code for one thing that has no meaning, so the words in it do no harm.
    """
    said = " ".join(text.split())
    if _TICK in said or len(said) > _MOST_IN_CODE or not any(map(str.isalnum, said)):
        return ""
    return f"{_TICK}{said}{_TICK}"


def is_sentence(text: str) -> bool:
    """Whether a text that stays what it is would be a sentence of its own in its line."""
    return len(text.split()) > 1 and ends_sentence(text)


def says_words(text: str) -> bool:
    """Whether a text has words to translate: more than numbers, also Roman ones, and letters."""
    return any(not _ROMAN.fullmatch(word) for word in _WORD.findall(text))


def is_code(figure: str) -> bool:
    """Whether a figure is one that `asked_as_code` gave."""
    return figure.startswith(_TICK)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip()[-1:] in _ENDS


def with_figures(parts: Sequence[Part], figures: Mapping[int, str]) -> list[Part]:
    """Parts in which each element with a figure is one tag; the words beside it stay.

    `figures` are those of elements, by the numbers of their tags.
    """
    done: list[Part] = []
    starts: dict[int, int] = {}
    lost: list[int] = []
    for part in parts:
        figure = figures.get(part.number) if isinstance(part, Tag) else None
        if not figure or not isinstance(part, Tag):
            done.append(part)
        elif part.kind == "open":
            starts[part.number] = len(done)
        else:
            inner = done[starts[part.number] :]
            found = _parted(inner, part.number, figure)
            if found is None:
                lost.append(part.number)
                found = [Tag(part.number, "alone"), *inner, part]
            done[starts[part.number] :] = found
    for number in lost[:_MOST_LOST]:
        # The figure may stand elsewhere, without its tags: these are around other words then.
        own = {Tag(number, "alone"), Tag(number, "close")}
        rest = _joined_texts(each for each in done if each not in own)
        done = _parted(rest, number, figures[number]) or done
    return _without_ends(done, figures)


def _without_ends(parts: Iterable[Part], figures: Mapping[int, str]) -> list[Part]:
    """Parts without the ends of figures that are written in another way, and without these."""
    result: list[Part] = []
    starts: dict[int, int] = {}
    for part in parts:
        figure = figures.get(part.number) if isinstance(part, Tag) else None
        if not figure or not isinstance(part, Tag):
            result.append(part)
        elif part.kind == "close":
            start = starts[part.number] + 1
            result[start:] = _beside(result[start:], figure)
        else:
            starts[part.number] = len(result)
            result.append(part)
    return result


def _parted(parts: Sequence[Part], number: int, figure: str) -> list[Part] | None:
    """Parts with the tag of this number in the place of the figure; None where it is not."""
    figure = one_line(figure).strip()
    before = r"(?<!\w)" if figure[:1].isalnum() else ""
    after = r"(?!\w)" if figure[-1:].isalnum() else ""
    said = re.compile(f"{before}{re.escape(figure)}{after}")
    for index, part in enumerate(parts):
        if isinstance(part, str) and (match := said.search(part)):
            around: list[Part] = [part[: match.start()], Tag(number, "alone"), part[match.end() :]]
            kept = [each for each in around if each]
            return [*parts[:index], *kept, *parts[index + 1 :]]
    return None


def _joined_texts(parts: Iterable[Part]) -> list[Part]:
    result: list[Part] = []
    for part in parts:
        if isinstance(part, str) and result and isinstance(last := result[-1], str):
            result[-1] = last + part
        else:
            result.append(part)
    return result


def _beside(parts: Sequence[Part], figure: str) -> list[Part]:
    """The parts between a figure's tags that stay, where it was written in another way."""
    # "28.11.2026" becomes "28 November 2026".
    more = len(_NUMBER.findall(figure)) >= _NUMBERS_OF_A_DATE
    if _count_of_words(parts) > _count_of_words([figure]) + more:
        return list(parts)
    last = parts[-1] if parts and isinstance(parts[-1], str) else ""
    end = last[len(last.rstrip(_PAUSES)) :]
    tags: list[Part] = [each for each in parts if isinstance(each, Tag)]
    return [*tags, end] if end and not figure.endswith(end) else tags


def _count_of_words(parts: Iterable[Part]) -> int:
    return sum(len(_WORD.findall(part)) for part in parts if isinstance(part, str))
