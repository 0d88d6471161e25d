"""Language codes: their names, for the page, and the default pair.

The codes are those of the Opus-MT models.
"""

from collections.abc import Mapping, Sequence

from babel import Locale

# Source and target; where it is not installed, the page takes the first pair that is.
DEFAULT_PAIR = ("de", "en")

_ENGLISH = Locale("en")


def language_name(code: str, locale: Locale = _ENGLISH) -> str:
    """Name of a language as CLDR has it, in English or another; its code where there is none."""
    return str(locale.languages.get(code, code))


# Languages by what they can be translated to, themselves the first.
Known = Mapping[str, Sequence[str]]


def sources_of(known: Known) -> list[str]:
    """Languages that can be translated."""
    return [source for source, targets in known.items() if targets[1:]]


def targets_of(known: Known) -> list[str]:
    """Languages that can be translated to, each once."""
    return list(dict.fromkeys(each for targets in known.values() for each in targets[1:]))


# Variants by language, with their names: the two kinds of English are one to the models.
VARIANTS = {
    "en": {"EN-GB": "English (British)", "EN-US": "English (American)"},
    "pt": {"PT-BR": "Portuguese (Brazilian)", "PT-PT": "Portuguese (European)"},
}
