"""Template tags: where code of ERB, PHP, Jinja, Liquid, Handlebars, Vue or Svelte stands in a page.

It is no language: it stays to the letter, and what stands between its signs means nothing to a
parser of HTML (`<a href="<%= page("a") %>">`).
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_SVELTE: Final = r"\{(?:[#:@/][a-z]+\b[^{}#\n]{0,400}+|/[a-z]+)\}"
_OPENER: Final = re.compile(
    rf"(?P<whole>{_SVELTE})|(?P<open><%|<\?=|<\?php\b|\{{\{{\{{|\{{\{{|\{{%|\{{#)", re.IGNORECASE
)
_CLOSERS: Final = {"<%": "%>", "<?": "?>", "{{{": "}}}", "{{": "}}", "{%": "%}", "{#": "#}"}
# Characters of a tag in braces: pairs of braces further apart are a script's or a formula's.
_LONGEST: Final = 1000


class Span(NamedTuple):
    """Stretch of a text: its characters `start` to `end`."""

    start: int
    end: int


def template_tags(text: str) -> list[Span]:
    """Find the template tags in a text, in order."""
    found: list[Span] = []
    ends: dict[str, int] = {}
    position = 0
    while opener := _OPENER.search(text, position):
        end = opener.end() if opener["whole"] else _end(text, opener, ends)
        if end:
            found.append(Span(opener.start(), end))
        position = end or opener.start() + 1
    return found


def _end(text: str, opener: re.Match[str], ends: dict[str, int]) -> int:
    """Where the tag of an opener ends; 0 if it is none. `ends` are the next places of closers."""
    sign = opener["open"]
    closer = _CLOSERS.get(sign) or _CLOSERS["<?"]
    start = opener.end()
    if ends.get(closer, 0) >= 0 and ends.get(closer, 0) < start:
        ends[closer] = text.find(closer, start)
    place = ends[closer]
    if place < 0:
        # PHP at the end of a file needs no end.
        return len(text) if sign.lower() == "<?php" else 0
    if sign.startswith("{") and (place - start > _LONGEST or "</" in text[start:place]):
        return 0
    return place + len(closer)


def hidden(text: str, spans: Sequence[Span]) -> str:
    """A text of the same length and lines in which these spans are words."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += (text[position:start], re.sub(r"[^\n]", "x", text[start:end]))
        position = end
    return "".join([*parts, text[position:]])
