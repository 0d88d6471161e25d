"""Languages: their names, for the page, and what is translated when nobody says.

The codes are those of the Opus-MT models.
"""

from babel import Locale

# Where it is not installed, the page takes the first pair that is.
DEFAULT_PAIR = ("de", "en")

_ENGLISH = Locale("en")


def language_name(code: str, locale: Locale = _ENGLISH) -> str:
    """The name of a language as CLDR has it, or its code where no name is known."""
    return str(locale.languages.get(code, code))


# The two kinds of English (and of others) are one to the models.
VARIANTS = {
    "en": {"EN-GB": "English (British)", "EN-US": "English (American)"},
    "pt": {"PT-BR": "Portuguese (Brazilian)", "PT-PT": "Portuguese (European)"},
}
