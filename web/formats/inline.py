"""Inline markup: numbered tags in a line, which the translator carries to their words.

`Ein <b>rotes</b> Haus<img>` is asked for as `Ein <x1>rotes</x1> Haus<x2/>`: short, the same for
every kind of document, and none of its attributes is near a model. The letter is one that no text
of the document uses so. A line break is `<xbr3/>`: the translator puts it between words.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

# Between the two languages of what is one thing.
BETWEEN_LANGUAGES = " / "

_LETTERS = "xyzqkvjw"
_BREAK = "br"
_TAG = re.compile(r"<(/?)([a-z]+)([0-9]+)(/?)>")


@dataclass(frozen=True, slots=True)
class Tag:
    """Inline tag: the start or the end of an element, or an empty one, by its number."""

    number: int
    kind: Literal["open", "close", "alone", "break"]


Part = str | Tag


def letters_for(texts: Iterable[str]) -> str:
    """Letters for a document's tags that no tag in one of its texts has."""
    used = {match[2] for text in texts if "<" in text for match in _TAG.finditer(text)}
    names = iter(_LETTERS)
    name = next(names)
    while name in used or name + _BREAK in used:
        name = next(names, name + "x")
    return name


def written(parts: Iterable[Part], letters: str) -> str:
    """Line with its tags, as the translator gets it."""
    forms = {
        "open": "<{}{}>",
        "close": "</{}{}>",
        "alone": "<{}{}/>",
        "break": f"<{{}}{_BREAK}{{}}/>",
    }
    return "".join(
        part if isinstance(part, str) else forms[part.kind].format(letters, part.number)
        for part in parts
    )


def read(target: str, source: Sequence[Part], letters: str) -> list[Part]:
    """Parse a translated line: its parts, text and tags.

    Whatever the translation did, every tag of `source` is there once and they nest well: what was
    lost, doubled or crossed is put right, at the cost of its place alone, never of a word.
    """
    parts: list[Part] = []
    wanted = [part for part in source if isinstance(part, Tag)]
    elements = {tag.number for tag in wanted if tag.kind == "open"}
    waiting = {tag.number: tag for tag in wanted if tag.kind != "close"}
    still_open: list[int] = []
    position = 0
    for match in _TAG.finditer(target):
        if match[2] not in {letters, letters + _BREAK}:
            continue
        _text(parts, target[position : match.start()])
        position = match.end()
        number = int(match[3])
        if match[1]:
            if number in still_open:
                # Elements that were opened inside of it end with it.
                while still_open[-1] != number:
                    parts.append(Tag(still_open.pop(), "close"))
                parts.append(Tag(still_open.pop(), "close"))
        elif number in waiting:
            parts.append(waiting.pop(number))
            if number in elements:
                still_open.append(number)
    _text(parts, target[position:])
    parts += [Tag(number, "close") for number in reversed(still_open)]
    for tag in waiting.values():
        parts.append(tag)
        if tag.kind == "open":
            parts.append(Tag(tag.number, "close"))
    return parts


def tags_in(line: str) -> list[str]:
    """The tags of a line as they are written, in their order, and whatever else looks like one."""
    return [match[0] for match in _TAG.finditer(line)]


def bare(line: str) -> str:
    """Plain line, for people: without its tags, and whatever else looks like one."""
    return _TAG.sub("", line)


def both(line: str, target: str) -> str:
    """Line of what is one thing, in both languages; once, where they say the same."""
    other = bare(target)
    return line if other == bare(line) else f"{line}{BETWEEN_LANGUAGES}{other}"


def _text(parts: list[Part], text: str) -> None:
    if text:
        parts.append(text)
