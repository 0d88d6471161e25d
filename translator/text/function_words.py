"""Function words of a language by their part of speech.

A model's attention is unsure of them: while it writes „the“ it looks at the noun that comes next.
"""

from typing import Final, Literal

from translator.text.characters import words

Kind = Literal["determiner", "preposition", "pronoun", "verb", "conjunction"]

_KINDS: Final[dict[str, dict[Kind, frozenset[str]]]] = {
    "de": {
        "determiner": words("""
            der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner
            meines dein deine deinen deinem deiner deines sein seine seinen seinem seiner seines
            ihr ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer unseres euer eure
            euren eurem eurer eures dieser diese dieses diesen diesem
        """),
        "preposition": words("""
            in an auf aus bei mit nach von zu für durch über unter vor hinter neben zwischen um ohne
            seit bis gegen im am zum zur vom beim ins ans
        """),
        "pronoun": words("""
            ich du er sie es wir mich dich ihn uns euch mir dir ihm ihnen sich man
        """),
        "verb": words("""
            bin bist ist sind seid war waren wird werden wurde wurden habe hast hat haben hatte
            hatten
        """),
        "conjunction": words("und oder dass daß ob zu als wie"),
    },
    "en": {
        "determiner": words("""
            the a an my your his her its our their this these that those
        """),
        "preposition": words("""
            in on at of to from by with for about into onto over under behind near between
            through after before during without since until against as
        """),
        "pronoun": words("""
            i you he she it we they me him us them there who which
        """),
        "verb": words("""
            am is are was were be been being has have had will would do does did
        """),
        "conjunction": words("and or that if so than"),
    },
}
# „im“ is „in dem“.
_TWO: Final = words("im am zum zur vom beim ins ans")
_TABLE: Final = {
    language: {word: kind for kind, listed in kinds.items() for word in listed}
    for language, kinds in _KINDS.items()
}


def kind_of(word: str, language: str) -> Kind | None:
    """Part of speech of a function word; None for other words and languages without a list."""
    table = _TABLE.get(language)
    if table is None:
        return None
    small = word.casefold().replace("’", "'")
    # „we'll“, „that's“; but „don't“ says something.
    return table.get(small) or table.get(small.partition("'")[0])


def kinds_of(word: str, language: str) -> frozenset[Kind]:
    """Parts of speech that a word has: none, one, or two for a contraction like „im“."""
    kind = kind_of(word, language)
    if kind is None:
        return frozenset()
    if language == "de" and word.casefold() in _TWO:
        return frozenset(("preposition", "determiner"))
    return frozenset((kind,))
