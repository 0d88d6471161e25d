"""The interface's language, by the header Accept-Language."""

import re
from contextvars import ContextVar

ENGLISH, GERMAN = "en", "de"

_WISH = re.compile(r"\s*([A-Za-z*]{1,8})[-A-Za-z0-9]*\s*(?:;\s*q\s*=\s*([0-9.]{1,5}))?\s*")


current: ContextVar[str] = ContextVar("language", default=ENGLISH)


def chosen(accept: str) -> str:
    """The interface's language by the header Accept-Language: the first of ours, else English."""
    wishes: list[tuple[float, str]] = []
    for each in accept[:1000].split(","):
        match = _WISH.fullmatch(each)
        if match:
            try:
                wishes.append((-float(match[2] or 1), match[1].lower()))
            except ValueError:
                continue
    ours = [
        language
        for weight, language in sorted(wishes, key=lambda wish: wish[0])
        if weight < 0 and language in {ENGLISH, GERMAN}
    ]
    return ours[0] if ours else ENGLISH
