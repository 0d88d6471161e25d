"""Catalogs: the languages of the interface, each with its messages, numbers, dates and names.

A language is a folder of `locales` with a gettext catalog (`de/LC_MESSAGES/messages.po`), which
scripts/extract-messages makes and keeps; nothing else has to know of it. Catalogs are read from
their source at start, so none can be older than its source.
"""

import gettext
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.units import format_unit
from markupsafe import Markup

from web.messages import ENGLISH, Message
from web.text.languages import language_name

LOCALES = Path(__file__).parent / "locales"
# Units of a size, each a thousand times the one before.
_UNITS = ("byte", "kilobyte", "megabyte", "gigabyte", "terabyte")
_THOUSAND = 1000
# Most numbers, moments and names whose forms a language remembers, each.
REMEMBERED = 4096


class Language:
    """A language of the interface. Without a catalog it is English, as messages are written."""

    def __init__(self, locale: Locale, catalog: Path | None = None) -> None:
        """Read the catalog, a .po file. Raises OSError, babel's PoFileError."""
        self.locale = locale
        self.code = str(locale).replace("_", "-")
        self.translations = gettext.NullTranslations()
        self._known: frozenset[str] | None = None
        # A page has many of them, and the same again when it is asked for again.
        self._numbers = lru_cache(REMEMBERED)(partial(format_decimal, locale=locale))
        self._moments = lru_cache(REMEMBERED)(partial(format_datetime, locale=locale))
        self._names = lru_cache(REMEMBERED)(partial(language_name, locale=locale))
        if catalog:
            with catalog.open("rb") as file:
                messages = read_po(file, locale, abort_invalid=True)
            compiled = BytesIO()
            write_mo(compiled, messages)
            compiled.seek(0)
            self.translations = gettext.GNUTranslations(compiled)
            self._known = frozenset(
                each.id for each in messages if each.string and isinstance(each.id, str)
            )

    def has(self, text: str) -> bool:
        """Whether a message of this English text can be said in the language."""
        return self._known is None or text in self._known

    def said(self, message: Message) -> str:
        """A message as a page shows it; one that the catalog lacks is marked as English."""
        if self.has(message.text):
            return message.translated(self.locale, self.translations.gettext)
        return Markup('<span lang="en">{}</span>').format(str(message))

    def number(self, number: int) -> str:
        """A number with its thousands grouped."""
        return self._numbers(number)

    def date(self, moment: date | datetime, pattern: str) -> str:
        """A moment in UTC by a pattern of CLDR such as `d MMM yyyy, HH:mm`."""
        return self._moments(moment, str(pattern))

    def size(self, size: int) -> str:
        """A number of bytes, to a tenth of the largest unit that it fills."""
        value, unit = float(size), 0
        while value >= _THOUSAND and unit < len(_UNITS) - 1:
            value, unit = value / _THOUSAND, unit + 1
        name = f"digital-{_UNITS[unit]}"
        if not unit:
            return format_unit(size, name, locale=self.locale)
        return format_unit(value, name, "short", "#,##0.0", locale=self.locale)

    def language_name(self, code: str) -> str:
        """The name of a language, or its code where no name is known."""
        return self._names(code)

    @property
    def filters(self) -> dict[str, Callable[..., str]]:
        """Filters of templates, by their names."""
        return {
            "said": self.said,
            "number": self.number,
            "date": self.date,
            "size": self.size,
            "language_name": self.language_name,
        }


def languages_of(folder: Path) -> dict[str, Language]:
    """English and the languages of a folder, by their codes. Raises what `Language` raises."""
    catalogs = sorted(folder.glob("*/LC_MESSAGES/messages.po"))
    others = [Language(Locale.parse(each.parents[1].name), each) for each in catalogs]
    return {each.code: each for each in (Language(ENGLISH), *others)}
