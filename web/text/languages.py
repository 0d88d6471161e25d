"""Language codes: their names, for the page, and the default pair.

The codes are those of the Opus-MT models.
"""

from babel import Locale

# Source and target; where it is not installed, the page takes the first pair that is.
DEFAULT_PAIR = ("de", "en")

_ENGLISH = Locale("en")


def language_name(code: str, locale: Locale = _ENGLISH) -> str:
    """Name of a language as CLDR has it, in English or another; its code where there is none."""
    return str(locale.languages.get(code, code))


# Variants by language, with their names: the two kinds of English are one to the models.
VARIANTS = {
    "en": {"EN-GB": "English (British)", "EN-US": "English (American)"},
    "pt": {"PT-BR": "Portuguese (Brazilian)", "PT-PT": "Portuguese (European)"},
}
