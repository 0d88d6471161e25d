"""Messages of the program in the reader's language."""

import re

from markupsafe import Markup

from web.i18n.german.messages import MESSAGES, WORDS


def german_of(message: str) -> str | None:
    """A message in German with its numbers and names; None where web/german has none.

    Numbers are written as in German, names stay as they are.
    """
    if exact := _SAYINGS.get(message):
        return exact
    for pattern, holes, german in _PATTERNS:
        if match := pattern.fullmatch(message):
            values = map(_filled, holes, match.groups())
            return "".join(next(values) if part in _MATCHING else part for part in _parts(german))
    return None


def said_in_german(message: str) -> str:
    """A message as a German page shows it; one that has no German is marked as English."""
    german = german_of(message)
    return Markup('<span lang="en">{}</span>').format(message) if german is None else german


def _filled(hole: str, value: str) -> str:
    if hole == "#":
        return value.replace(",", ".")
    return (german_of(value) or value) if hole == "{said}" else value


def _pattern(english: str) -> re.Pattern[str]:
    parts = (_MATCHING.get(part, re.escape(part)) for part in _parts(english))
    return re.compile("".join(parts), re.DOTALL)


def _parts(message: str) -> list[str]:
    return re.split(f"({_HOLE.pattern})", message)


_SAYINGS = WORDS | MESSAGES

_HOLE = re.compile(r"#|\{name\}|\{said\}")


_MATCHING = {"#": r"(\d+(?:,\d{3})*)", "{name}": "(.{1,300}?)", "{said}": "(.{1,300}?)"}

_PATTERNS = [
    (_pattern(english), _HOLE.findall(english), german)
    for english, german in _SAYINGS.items()
    if _HOLE.search(english)
]
