"""The page in the reader's language: English as the templates have it, or German.

A German template is the English one with the passages of web/german in the place of its own, so
there is one set of templates, which can be read, and a test finds what has no German.
"""

import re
from collections.abc import Callable
from pathlib import Path

import jinja2
from jinja2.filters import do_filesizeformat
from starlette.templating import Jinja2Templates

from web.i18n.german.languages import LANGUAGES
from web.i18n.german.templates import TEMPLATES
from web.i18n.language import ENGLISH, GERMAN, current
from web.i18n.messages import said_in_german
from web.text.languages import language_name


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
