"""Messages for readers: English sentences with named fields, put into a language when shown.

A message is written where it is raised, marked for translation: `N_("There is no text.")`. The
values of its fields are kept beside it, so that every language has its own order, quotation marks,
numbers and dates.
"""

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Union

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

ENGLISH = Locale("en")


def N_(text: str) -> str:  # noqa: N802 - gettext's name for it, which extraction looks for
    """Mark a text for translation: it is itself until it is shown (gettext's no-op)."""
    return text


# Translators: how a name is quoted within a sentence.
QUOTED = N_("'{quoted}'")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in English, with the values of its fields.

    Fields are those of `str.format`. An `int` is written with its thousands grouped (`{id!s}`: as
    it is), a `date` as its field's CLDR pattern says (`{begins:d MMMM}`), a name that is quoted
    (`{name!r}`) in the language's own marks, and a message in the same language. Without values a
    text is taken as it is, whatever braces it holds.
    """

    text: str
    values: Mapping[str, Union[str, int, date, "Message"]] = field(default_factory=dict)

    def __str__(self) -> str:
        """The message in English."""
        return self.translated(ENGLISH, str)

    def translated(self, locale: Locale, translate: Callable[[str], str]) -> str:
        """The message in a language, whose `translate` gives its sentence for an English one."""
        # Gettext has its header under the empty text.
        text = translate(self.text) if self.text else ""
        if self.values:
            # A note at the end may be empty.
            text = _Formatter(locale, translate).vformat(text, (), self.values).rstrip()
        # A value may quote what was sent, and half of a surrogate pair is in no answer's encoding.
        return text.encode("utf-8", "replace").decode()


class _Formatter(string.Formatter):
    """`str.format` in a language."""

    def __init__(self, locale: Locale, translate: Callable[[str], str]) -> None:
        self._locale = locale
        self._translate = translate

    def convert_field(self, value: Any, conversion: Any) -> Any:
        quoted = self._translate(QUOTED)
        if conversion == "r" and quoted != QUOTED:
            return quoted.format(quoted=repr(value)[1:-1])
        return super().convert_field(value, conversion)

    def format_field(self, value: Any, format_spec: str) -> str:
        match value:
            case Message():
                return value.translated(self._locale, self._translate)
            case date():
                return format_date(value, format_spec, self._locale)
            case int():
                return format_decimal(value, locale=self._locale)
            case _:
                return str(super().format_field(value, format_spec))
