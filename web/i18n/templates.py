"""Templates in the reader's language: one Jinja environment for each language (jinja2.ext.i18n)."""

from collections.abc import Callable, Mapping
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
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


class _Environment(jinja2.Environment):
    """An environment that puts messages without values into templates when these are compiled."""

    def __init__(self, translations: NullTranslations, **options: Any) -> None:
        super().__init__(**options)
        self._constants = _Constants(translations)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template: nodes.Template = self._constants.visit(super()._parse(source, name, filename))
        return template


class _Constants(NodeTransformer):
    """Replaces `_("…")` and `{% trans %}` without values by the message in the language."""

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name for it
        """A call of gettext with one text as that text's translation; any other call as it is."""
        call = self.generic_visit(call)  # type: ignore[assignment] # a call stays one
        match call:
            case nodes.Call(
                node=nodes.Name(name="_" | "gettext"),
                args=[nodes.Const(value=str(text))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ):
                message = Markup(self._translations.gettext(text)) % {}  # noqa: S704 - the catalog's
                return nodes.MarkSafe(nodes.Const(str(message)), lineno=call.lineno)
        return call


def _environment(folder: Path, language: Language) -> jinja2.Environment:
    """An environment with `{% trans %}`, `_`, `ngettext`, `pgettext` and the language's filters."""
    environment = _Environment(
        language.translations,
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

    def gettext(text: str, /, **values: object) -> Markup:
        return Markup(translations.gettext(text)) % values  # noqa: S704 - the catalog's

    def ngettext(singular: str, plural: str, num: int, /, **values: object) -> Markup:
        text = translations.ngettext(singular, plural, num)
        return Markup(text) % {"num": num, **values}  # noqa: S704 - the catalog's

    def pgettext(context: str, text: str, /, **values: object) -> Markup:
        return Markup(translations.pgettext(context, text)) % values  # noqa: S704 - the catalog's

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}
