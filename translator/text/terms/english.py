"""English inflection of a glossary's targets: number, forms of verbs, articles.

A small set of rules in place of a library: a term is one to four words, the model's own word at
its place says which form is wanted, and what the rules do not know stays as the glossary has it.
"""

import re
from functools import lru_cache
from typing import Final

from translator.text.characters import words
from translator.text.terms.term import VerbForm

_VOWELS: Final = frozenset("aeiou")
_IRREGULAR: Final = dict(
    line.split()
    for line in """
    man men
    woman women
    child children
    person people
    foot feet
    tooth teeth
    goose geese
    mouse mice
    ox oxen
    die dice
    half halves
    shelf shelves
    knife knives
    life lives
    leaf leaves
    wife wives
    wolf wolves
    thief thieves
    calf calves
    loaf loaves
    self selves
    datum data
    medium media
    criterion criteria
    phenomenon phenomena
    bacterium bacteria
    stratum strata
    addendum addenda
    erratum errata
    curriculum curricula
    appendix appendices
    index indices
    matrix matrices
    vertex vertices
    nucleus nuclei
    stimulus stimuli
    fungus fungi
    quiz quizzes
    """.strip().splitlines()
)
_SINGULARS: Final = {plural: singular for singular, plural in _IRREGULAR.items()}
# Nouns that have one form for both numbers, or none for the plural.
_INVARIABLE: Final = words("""
    information advice news equipment software hardware furniture money rent staff evidence
    knowledge data research traffic luggage baggage music help work homework progress
    sheep fish deer aircraft series species means headquarters offspring goods
    legislation jurisdiction insurance maintenance electricity machinery feedback health
    weather liability-insurance personnel clothing jewellery jewelry garbage waste
    care law safety security privacy education training marketing accounting housing
""")
# Nouns that end in s and are no plurals.
_SINGULAR_S: Final = re.compile(
    r".*(?:ss|us|is|(?:polit|econom|mathemat|phys|eth|log|electron|statist|graph)ics)\Z"
)
_ES: Final = re.compile(r".*(?:s|x|z|ch|sh)\Z")
_O_ES: Final = words("potato tomato hero echo veto cargo torpedo embargo")
_PREPOSITIONS: Final = words("of in for to on at by with from under against between over per")
# Irregular verbs: base, past, participle.
_VERBS: Final = {
    line[0]: (line[1], line[-1])
    for line in map(
        str.split,
        """
        be was been
        become became become
        begin began begun
        break broke broken
        bring brought
        build built
        buy bought
        choose chose chosen
        come came come
        cost cost
        cut cut
        do did done
        draw drew drawn
        drive drove driven
        eat ate eaten
        fall fell fallen
        find found
        fly flew flown
        forbid forbade forbidden
        forget forgot forgotten
        get got
        give gave given
        go went gone
        grow grew grown
        have had
        hold held
        keep kept
        know knew known
        lay laid
        lead led
        leave left
        lend lent
        let let
        lose lost
        make made
        mean meant
        meet met
        pay paid
        put put
        read read
        rise rose risen
        run ran run
        say said
        see saw seen
        sell sold
        send sent
        set set
        shut shut
        speak spoke spoken
        spend spent
        stand stood
        take took taken
        teach taught
        tell told
        think thought
        understand understood
        withdraw withdrew withdrawn
        write wrote written
        """.strip().splitlines(),
    )
}
_PASTS: Final = {form for forms in _VERBS.values() for form in forms}
_NO_MEN: Final = words("specimen regimen omen abdomen acumen ramen amen lumen hymen stamen")
# Verbs of two syllables whose last one is stressed, so that they double their last letter.
_DOUBLING: Final = re.compile(
    r"(?:[^aeiou]*[aeiou][bdgklmnprt]|.*(?:mit|fer|cur|pel|bel|gin|cel))\Z"
)
_AN: Final = re.compile(
    r"(?:[aeioAEIO]|u(?!ni(?!n|m)|s[aeiu]|t[ei]|rin|biq|ra|k)|hour|honest|honou?r|heir"
    r"|[FHLMNRSX](?![a-z])|8|11(?!\d)|18(?!\d))",
)
_ACRONYM: Final = re.compile(r"[A-Z]{4,}(?![a-z])")
_AN_NOT: Final = re.compile(r"(?:EU|[eE][uw]|[oO]ne(?![a-z])|[oO]nce|[uU]s[ae]|U[A-Z])")


def is_plural_noun(word: str) -> bool:
    """Whether a word looks like a noun in the plural."""
    small = _bare(word)
    if small in _SINGULARS or _is_of_men(small):
        return True
    return (
        len(small) > 3  # noqa: PLR2004 - gas, bus
        and small.endswith("s")
        and small not in _INVARIABLE
        and _SINGULAR_S.fullmatch(small) is None
    )


def plural_of(phrase: str) -> str:
    """Plural of a noun or of the head of a phrase: powers of attorney; itself if it is one."""
    before, head, after = _headed(phrase)
    return before + _plural(head) + after


def singular_of(phrase: str) -> str:
    """Singular of a noun or of the head of a phrase."""
    before, head, after = _headed(phrase)
    return before + _singular(head) + after


def head_of(phrase: str) -> str:
    """Head of a phrase of a noun: its last word, or the one before a preposition."""
    return _headed(phrase)[1]


def form_of_verb(word: str) -> VerbForm | None:
    """Form that a word of a text has, if it is a verb; None where it does not show."""
    small = _bare(word)
    if small in _VERBS:
        return "base"
    if small in _PASTS or (small.endswith("ed") and len(small) > 4):  # noqa: PLR2004 - need
        return "past"
    if small.endswith("ing") and len(small) > 5:  # noqa: PLR2004 - bring
        return "ing"
    if small.endswith("s") and not small.endswith(("ss", "us", "is")):
        return "third"
    return None


def inflected_verb(phrase: str, form: VerbForm, *, participle: bool = False) -> str:
    """A verb, the first word of a phrase, in a form: enter into, entered into."""
    first, space, rest = phrase.removeprefix("to ").partition(" ")
    return _verb(first, form, participle=participle) + space + rest


def adverb_of(adjective: str) -> str:
    """Adverb of an adjective: rapidly."""
    if adjective.endswith("ic"):
        return f"{adjective}ally"
    if adjective.endswith("le"):
        return f"{adjective[:-1]}y"
    return f"{adjective[:-1]}ily" if adjective.endswith("y") else f"{adjective}ly"


def plain_verb(third: str) -> str:
    """Base form of a verb in the third person: begins, goes, carries."""
    if third.endswith("ies"):
        return f"{third[:-3]}y"
    if third.endswith(("sses", "xes", "ches", "shes", "zes", "goes", "does")):
        return third[:-2]
    return third[:-1]


@lru_cache(maxsize=8192)
def forms_of(word: str) -> frozenset[str]:
    """Forms that a word of a target may have in a text, in small letters."""
    small = _bare(word)
    return frozenset(
        (
            small,
            _plural(small),
            _singular(small),
            f"{small}'s",
            f"{_plural(small)}'",
            *(_verb(small, form) for form in ("third", "past", "ing")),
            _verb(small, "past", participle=True),
            adverb_of(small),
        )
    )


def article_before(phrase: str) -> str:
    """Indefinite article that a phrase takes: a or an, by the sound that it begins with."""
    first = phrase.lstrip("\"'“‘(")
    if _AN_NOT.match(first):
        return "a"
    if first[:2].isupper() and first[:1] in "BCDGJKPQTUVWYZ":
        return "a"
    name = _ACRONYM.match(first)
    if name and not _VOWELS.isdisjoint(name.group().lower()):
        first = first.lower()  # it is said as a word: a NASA engineer, but an FBI agent
    elif first[1:2].islower():
        first = first[:1].lower() + first[1:]
    return "an" if _AN.match(first) else "a"


def _bare(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")


def _headed(phrase: str) -> tuple[str, str, str]:
    found = phrase.split(" ")
    at = next(
        (number for number, each in enumerate(found) if number and each in _PREPOSITIONS),
        len(found),
    )
    before = "".join(f"{each} " for each in found[: at - 1])
    after = "".join(f" {each}" for each in found[at:])
    return before, found[at - 1], after


def _plural(noun: str) -> str:  # noqa: PLR0911 - a rule a line
    small = noun.lower()
    if small in _INVARIABLE or is_plural_noun(noun) or not small[-1:].isalpha():
        return noun
    if small in _IRREGULAR:
        return _as_written(noun, _IRREGULAR[small])
    if small.endswith(("woman", "man")) and small not in words("human german roman talisman"):
        return f"{noun[:-2]}en"
    if noun.isupper() and len(noun) > 1:
        return f"{noun}s"
    if small.endswith("y") and small[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    if small.endswith("sis"):
        return f"{noun[:-2]}es"
    if _ES.fullmatch(small) or small in _O_ES:
        return f"{noun}es"
    return f"{noun}s"


def _is_of_men(small: str) -> bool:
    return small.endswith("men") and small not in _NO_MEN


def _singular(noun: str) -> str:  # noqa: PLR0911 - a rule a line
    small = noun.lower()
    if small in _SINGULARS:
        return _as_written(noun, _SINGULARS[small])
    if not is_plural_noun(noun):
        return noun
    if _is_of_men(small):
        return f"{noun[:-2]}an"
    if small.endswith("yses"):
        return f"{noun[:-2]}is"
    if small.endswith("ies") and len(small) > 4:  # noqa: PLR2004 - ties
        return f"{noun[:-3]}y"
    if small.endswith(("sses", "xes", "ches", "shes", "zes")):
        return noun[:-2]
    return noun[:-1]


def _verb(  # noqa: PLR0911 - a rule a line
    base: str, form: VerbForm, *, participle: bool = False
) -> str:
    small = base.lower()
    if form == "base" or not small[-1:].isalpha():
        return base
    silent = small.endswith("e") and not small.endswith(("ee", "oe", "ye"))
    if form == "third":
        if small in {"have", "be"}:
            return {"have": "has", "be": "is"}[small]
        return _plural_like(base)
    if form == "past" and small in _VERBS:
        return _VERBS[small][participle]
    doubled = base + base[-1] if _DOUBLING.fullmatch(small) else base
    if form == "ing":
        if small.endswith("ie"):
            return f"{base[:-2]}ying"
        return f"{base[:-1]}ing" if silent and len(small) > 2 else f"{doubled}ing"  # noqa: PLR2004
    if small.endswith("e"):
        return f"{base}d"
    if small.endswith("y") and small[-2:-1] not in _VOWELS:
        return f"{base[:-1]}ied"
    return f"{doubled}ed"


def _plural_like(base: str) -> str:
    """Third person: it is written as a plural is."""
    small = base.lower()
    if small.endswith("y") and small[-2:-1] not in _VOWELS:
        return f"{base[:-1]}ies"
    return f"{base}es" if _ES.fullmatch(small) or small.endswith("o") else f"{base}s"


def _as_written(word: str, other: str) -> str:
    return other[:1].upper() + other[1:] if word[:1].isupper() else other
