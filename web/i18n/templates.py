"""Templates in the reader's language: one Jinja environment for each language (jinja2.ext.i18n)."""

from collections.abc import Mapping
from pathlib import Path

import jinja2
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
    """An environment with `_`, `ngettext`, `{% trans %}`, and the language's filters.

    Messages of the catalog are markup, as the templates are; the values in them are escaped.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    install = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(language.translations, newstyle=True)
    environment.globals["page_language"] = language.code
    environment.filters |= language.filters
    return environment
