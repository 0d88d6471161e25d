"""Templates in the reader's language: one Jinja environment for each language (jinja2.ext.i18n)."""

from collections.abc import Callable, Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path

import jinja2
from markupsafe import Markup
from starlette.templating import Jinja2Templates

from web.i18n.catalogs import Language
from web.i18n.language import LANGUAGES, current


class Pages:
    """The templates in the language of the request that is being answered."""

    def __init__(self, folder: Path, languages: Mapping[str, Language] = LANGUAGES) -> None:
        """Templates of a folder."""
        self._by_language = {
            code: Jinja2Templates(env=_environment(folder, language))
            for code, language in languages.items()
        }

    @property
    def environments(self) -> list[jinja2.Environment]:
        """Those of all languages, to add to."""
        return [each.env for each in self._by_language.values()]

    @property
    def now(self) -> Jinja2Templates:
        """Those of the language of this request."""
        return self._by_language[current.get()]


def _environment(folder: Path, language: Language) -> jinja2.Environment:
    """An environment with `{% trans %}`, `_`, `ngettext`, `pgettext` and the language's filters."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        auto_reload=False,  # else a page with 50 translations asks for the times of 160 files
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= _gettext_functions(language.translations)
    environment.globals["page_language"] = language.code
    environment.filters |= language.filters
    return environment


def _gettext_functions(translations: NullTranslations) -> dict[str, Callable[..., Markup]]:
    """Gettext for templates, in Jinja's newstyle: values are inserted by their names, escaped.

    Messages of the catalog are markup, as the templates are. Jinja's own functions go through a
    template's context three times for each call, which made a page with 50 translations three
    times as slow.
    """

    @cache
    def alone(text: str) -> Markup:
        return Markup(translations.gettext(text)) % {}  # noqa: S704 - the catalog's

    def gettext(text: str, /, **values: object) -> Markup:
        return Markup(translations.gettext(text)) % values if values else alone(text)  # noqa: S704

    def ngettext(singular: str, plural: str, num: int, /, **values: object) -> Markup:
        text = translations.ngettext(singular, plural, num)
        return Markup(text) % {"num": num, **values}  # noqa: S704 - the catalog's

    def pgettext(context: str, text: str, /, **values: object) -> Markup:
        return Markup(translations.pgettext(context, text)) % values  # noqa: S704 - the catalog's

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}
