"""Inline Markdown: emphasis, links, code and images of a line become items, and text again."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from markdown_it.common.utils import normalizeReference

from web.formats.pairs import Around, Pairs
from web.formats.places import Content, Element, Place

_TITLE: Final = r"(?:\s+(?:\"[^\"]{0,300}\"|'[^']{0,300}'|\([^()]{0,300}\)))?"
_ADDRESS: Final = (
    r"(?:<[^<>\n]{0,1000}>|[^()\s<][^()\s]{0,1000}(?:\([^()\s]{0,300}\)[^()\s]{0,300}){0,3}|)"
)
_TAIL: Final = rf"\(\s*{_ADDRESS}{_TITLE}\s*\)|\[[^\[\]]{{1,300}}\]"
_SIGN: Final = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?<!`)(?P<ticks>`{1,6})(?!`).{1,300}?(?<!`)(?P=ticks)(?!`))"
    rf"|(?P<image>!\[[^\[\]]{{0,300}}\](?:{_TAIL}))"
    r"|(?P<note>\[\^[^\[\]\s]{1,60}\])"
    r"|(?P<address><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,1000}|[^\s<>@]{1,100}@[^\s<>]{1,200})>)"
    r"|(?P<comment><!--.{0,1000}?-->)"
    r"|<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9-]{0,30})(?:\s[^<>]{0,400})?(?P<empty>/?)>"
    r"|(?P<formula>\$(?=\S)[^$\n]{1,300}(?<=\S)\$(?!\d))"
    rf"|(?P<open>\[)|(?P<close>\](?P<tail>{_TAIL})?(?:\[\])?)"
    r"|(?P<emphasis>\*{1,3}|_{1,3}|~~)",
    re.DOTALL,
)
_ALONE: Final = ("code", "image", "note", "address", "comment", "formula")
_TASK: Final = re.compile(r"\[[ xX]\]\s")


def inline_items(text: str, references: Collection[str]) -> Content:
    """Parse a block's words into items; `references` are the labels of links that it may name."""
    pairs = Pairs()
    position = 0
    task = _TASK.match(text)
    if task:
        pairs.add(Element(Around(task.group(), "")))
        position = task.end()
    opened = 0
    for match in _SIGN.finditer(text, position):
        pairs.add(text[position : match.start()])
        position = match.end()
        sign = match.group()
        if any(match[name] for name in _ALONE):
            pairs.add(Element(Around(sign, "")))
        elif match["tag"]:
            _add_tag(match, pairs)
        elif match["open"]:
            opened = match.end()
            pairs.open("[", sign, sign)
        elif match["close"] and pairs.is_open("["):
            label = normalizeReference(text[opened : match.start()])
            if not match["tail"] and label in references:
                # Its words are its name, too.
                _, start = pairs.drop("[")
                pairs.items[start:] = [Element(Around(text[opened - 1 : position], ""))]
            elif match["tail"]:
                pairs.close("[", sign)
            else:
                pairs.drop("[")
                pairs.add(sign)
        elif match["emphasis"]:
            _add_emphasis(text, match, pairs)
        else:
            pairs.add(sign)
    pairs.add(text[position:])
    return pairs.items


def _add_tag(match: re.Match[str], pairs: Pairs) -> None:
    name, sign = f"<{match['tag']}", match.group()
    alone = Element(Around(sign, ""))
    if match["end"] and pairs.is_open(name):
        pairs.close(name, sign)
    elif match["end"] or match["empty"]:
        pairs.add(alone)
    else:
        pairs.open(name, sign, alone)


def _add_emphasis(text: str, match: re.Match[str], pairs: Pairs) -> None:
    sign = match.group()
    before = text[match.start() - 1 : match.start()] or " "
    after = text[match.end() : match.end() + 1] or " "
    # Inside of a word, _ is a sign like others.
    inside = sign[0] == "_" and before.isalnum() and after.isalnum()
    if not before.isspace() and not inside and pairs.is_open(sign):
        pairs.close(sign, sign)
    elif not after.isspace() and not inside:
        pairs.open(sign, sign, sign)
    else:
        pairs.add(sign)


def inline_text(items: Content, *, cell: bool) -> str:
    """Write items as Markdown; a space that may not break is NUL, which no text has."""
    return "".join(_written(items, cell=cell))


def _written(items: Content, *, cell: bool) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            text = item.replace("\n", " ")
            yield re.sub(r"(?<!\\)\|", r"\\|", text) if cell else text
        elif isinstance(item, Place):
            yield from _written(item.items, cell=cell)
        else:
            before, after = (each.replace("\n", " ").replace(" ", "\0") for each in item.what)
            inner = "".join(_written(item.items or [], cell=cell))
            said = inner.strip(" ")
            if said and not before.startswith("<"):
                # A blank after the sign, and it would be no emphasis.
                start = inner.index(said)
                yield f"{inner[:start]}{before}{said}{after}{inner[start + len(said) :]}"
            else:
                yield f"{before}{inner}{after}"
