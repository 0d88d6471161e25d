"""The interface's language, by the header Accept-Language."""

import re
from collections.abc import Collection
from contextvars import ContextVar

from babel import negotiate_locale

from web.i18n.catalogs import LOCALES, languages_of

LANGUAGES = languages_of(LOCALES)
DEFAULT = next(iter(LANGUAGES))

# Longest part of the header that is looked at, in characters.
MOST_HEADER = 1000
_WISH = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*([0-9.]{1,5}))?\s*")

current: ContextVar[str] = ContextVar("language", default=DEFAULT)


def chosen(accept: str, languages: Collection[str] = LANGUAGES) -> str:
    """The interface's language by the header Accept-Language: the first of ours, else English."""
    wishes: list[tuple[float, str]] = []
    for each in accept[:MOST_HEADER].split(","):
        match = _WISH.fullmatch(each)
        if match:
            try:
                wishes.append((-float(match[2] or 1), match[1]))
            except ValueError:
                continue
    wanted = [tag for weight, tag in sorted(wishes, key=lambda wish: wish[0]) if weight < 0]
    # `de-AT` is `de` where there is no Austrian catalog.
    found = negotiate_locale(wanted, languages, sep="-") or DEFAULT
    return next(each for each in languages if each.lower() == found.lower())
