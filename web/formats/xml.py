"""XML of any kind: its text is translated, all of its markup stays as it is.

Expat, of the standard library, says whether it is well-formed; where tags stand is then simple.
Nothing is fetched, and entities that it declares are never put in: they are text.
"""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from xml.parsers import expat

from web.formats.base import DocumentError
from web.formats.html.markup import Markup, Stretch, Token, TokenKind
from web.formats.line_breaks import LINE_BREAK

_TOKEN: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<!DOCTYPE[^>\[]*+(?:\[.*?\]\s*)?>"
    r"|<(?P<end>/?)(?P<name>[^\s/>!?]++)(?>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*)>"
    r"|[^<&]++|&[^;]*+;",
    re.DOTALL,
)
_PROLOG: Final = re.compile(r"\s*(?:<\?xml.*?\?>|<!DOCTYPE[^>\[]*+(?:\[.*?\]\s*)?>)", re.DOTALL)


class _Part(NamedTuple):
    kind: str
    start: int
    end: int
    name: str = ""


def open_xml(
    text: str,
    *,
    ignore_tags: Sequence[str] = (),
    splitting_tags: Sequence[str] = (),
    non_splitting_tags: Sequence[str] = (),
    outline_detection: bool = True,
) -> Markup:
    """Read XML, a document or any part of one. Raises DocumentError when it is not well-formed.

    An element whose parent holds text beside it, or line breaks between all elements, stands in
    that text's line, and so does one of `non_splitting_tags`; others, and `splitting_tags`, have
    lines of their own. Without `outline_detection` only the latter have. Elements of `ignore_tags`
    are not translated.
    """
    _check(text)
    parts = list(_parts(text))
    own = (
        _own_lines(parts, text, set(non_splitting_tags))
        if outline_detection
        else [False] * len(parts)
    )
    split = set(splitting_tags)
    ends = [each or part.name in split for each, part in zip(own, parts, strict=True)]
    return Markup(text, _stretches(parts, ends, set(ignore_tags)))


def _check(text: str) -> None:
    prolog = 0
    while match := _PROLOG.match(text, prolog):
        prolog = match.end()
    parser = expat.ParserCreate("utf-8")
    parser.UseForeignDTD(True)  # noqa: FBT003 - entities that nobody declared are no error
    try:
        parser.Parse(f"<x>{text[prolog:]}</x>".encode(), True)  # noqa: FBT003 - all of it
    except (expat.ExpatError, UnicodeEncodeError):
        raise DocumentError("Tag handling parsing failed, please check input.") from None


def _parts(text: str) -> Iterator[_Part]:
    for match in _TOKEN.finditer(text):
        said, name = match.group(), match["name"]
        if name is None:
            # An entity that nobody knows stays as it is, wherever the words go.
            known = not said.startswith("<") and (said[0] != "&" or html.unescape(said) != said)
            kind = "text" if known else "aside"
            yield _Part(kind, *match.span())
        elif match["end"]:
            yield _Part("close", *match.span(), name)
        else:
            yield _Part("alone" if said.endswith("/>") else "open", *match.span(), name)


def _own_lines(parts: Sequence[_Part], text: str, never: set[str]) -> list[bool]:
    """Of each part, whether it is a tag of an element whose parent holds no text."""
    result = [False] * len(parts)
    # For each open element: the tags of its children, and whether text is beside them.
    stack: list[tuple[list[int], list[bool]]] = [([], [False])]

    def closed() -> None:
        children, texts = stack.pop()
        held = texts[0] or _are_lines([parts[child] for child in children])
        for child in children:
            result[child] = not held and parts[child].name not in never

    for index, part in enumerate(parts):
        if part.kind == "text" and not text[part.start : part.end].isspace():
            stack[-1][1][0] = True
        elif part.kind == "open":
            stack[-1][0].append(index)
            stack.append(([], [False]))
        elif part.kind == "close":
            closed()
            stack[-1][0].append(index)
        elif part.kind == "alone":
            stack[-1][0].append(index)
    closed()
    return result


def _are_lines(tags: Sequence[_Part]) -> bool:
    """Whether line breaks part all elements of a parent, as in `<i>Eins</i><br/><i>zwei</i>`."""
    breaks = [tag.name.lower() == LINE_BREAK for tag in tags if tag.kind != "close"]
    return any(breaks) and all(map(any, pairwise(breaks)))


def _stretches(
    parts: Sequence[_Part], ends: Sequence[bool], ignored: set[str]
) -> Iterator[Stretch]:
    line: list[Token] = []
    index = 0
    while index < len(parts):
        part, end = parts[index], ends[index]
        index += 1
        if end:
            yield Stretch(line)
            line = []
        if part.kind == "open" and part.name in ignored:
            depth = 1
            while depth:
                depth += {"open": 1, "close": -1}.get(parts[index].kind, 0)
                index += 1
            line.append(Token(TokenKind.ALONE, part.start, parts[index - 1].end))
        elif part.kind == "text":
            line.append(Token(TokenKind.TEXT, part.start, part.end))
        elif not end:
            kind = {"open": TokenKind.OPEN, "close": TokenKind.CLOSE}.get(
                part.kind, TokenKind.ALONE
            )
            line.append(Token(kind, part.start, part.end, part.name))
    yield Stretch(line)
