"""The page in the reader's language: English as the templates have it, or German.

A German template is the English one with the passages of web/german in the place of its own, so
there is one set of templates, which can be read, and a test finds what has no German.
"""

import re
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path

import jinja2
from jinja2.filters import do_filesizeformat
from markupsafe import Markup
from starlette.templating import Jinja2Templates

from web.i18n.german.languages import LANGUAGES
from web.i18n.german.messages import MESSAGES, WORDS
from web.i18n.german.templates import TEMPLATES
from web.text.languages import language_name

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


def in_german(name: str, source: str) -> str:
    """A template's source with its German passages; white space between words is one.

    Raises LookupError for a passage that is not in the template.
    """
    for english, german in TEMPLATES.get(name, ()):
        words = r"\s+".join(map(re.escape, english.split()))
        before, source = source, german.join(re.split(words, source))
        if before == source:
            raise LookupError(f"{name} has no {english!r}")
    return source


class _German(jinja2.BaseLoader):
    def __init__(self, inner: jinja2.BaseLoader) -> None:
        self._inner = inner

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, file, fresh = self._inner.get_source(environment, template)
        return in_german(template, source), file, fresh


class Pages:
    """The templates in the language of the request that is being answered."""

    def __init__(self, folder: Path) -> None:
        """Templates of a folder."""
        english = Jinja2Templates(folder)
        loader = jinja2.FileSystemLoader(folder)
        german = Jinja2Templates(env=jinja2.Environment(loader=_German(loader), autoescape=True))
        german.env.globals["url_for"] = english.env.globals["url_for"]
        self._by_language = {ENGLISH: english, GERMAN: german}
        english.env.filters |= {
            "number": "{:,}".format,
            "language_name": language_name,
            "said": str,
        }
        german.env.filters |= {
            "number": lambda number: f"{number:,}".replace(",", "."),
            "language_name": lambda code: LANGUAGES.get(code, language_name(code)),
            "said": said_in_german,
            "filesizeformat": lambda size: do_filesizeformat(size).replace(".", ","),
        }
        for each in (english, german):
            each.env.trim_blocks = each.env.lstrip_blocks = True

    @property
    def environments(self) -> list[jinja2.Environment]:
        """Those of all languages, to add to."""
        return [each.env for each in self._by_language.values()]

    @property
    def now(self) -> Jinja2Templates:
        """Those of the language of this request."""
        return self._by_language[current.get()]


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
