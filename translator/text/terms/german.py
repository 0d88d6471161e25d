"""German inflection: whether one word is a form of another, and what the form says.

A stemmer finds what may be a form; it takes endings off that make other words, too (Miete and
Mieter, verbindlich and verbinden, Kauf and Käufer have one stem each). Here the endings decide.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from translator.text.characters import words
from translator.text.function_words import kind_of
from translator.text.terms.term import Number, VerbForm

_NOUN_ENDINGS: Final = words("s es e en n ens ns er ern nen se ses sen") | {""}
# Endings that follow certain letters alone.
_BEFORE_ENDING: Final = {
    "n": ("e", "r", "l"),
    "nen": ("in",),
    "se": ("s",),
    "ses": ("s",),
    "sen": ("s",),
}
# Endings of nouns that are adjectives.
_NOMINAL_ENDINGS: Final = words("m n r s") | {""}
_ADJECTIVE_ENDINGS: Final = words("e en em er es") | {""}
# Nouns, alone or as heads of compounds, whose plural ends in -er; elsewhere that makes a person of
# a deed: Kauf, Käufer.
_ER_PLURAL: Final = re.compile(
    "(?:amt|bad|bild|blatt|brett|buch|dach|dorf|ei|fach|fass|feld|geld|geist|gehalt|gemut|"
    "geschlecht|gesicht|gespenst|gewand|glas|glied|grab|gras|gut|haupt|haus|holz|horn|huhn|tum|"
    "kalb|kind|kleid|korn|kraut|lamm|land|leib|licht|lied|loch|mahl|mal|mann|maul|mund|nest|pfand|"
    "rad|rand|regiment|rind|schild|schloss|schwert|spital|strauch|tal|tuch|volk|wald|weib|wort|"
    "wurm)\\Z"
)
# Nouns that are adjectives: der Angestellte, ein Angestellter; but die Miete, der Mieter.
_NOMINAL: Final = re.compile(r".*(?:[^aeiouäöü]te|[^aeiouäöü]ige|ende|dte|beamte)")
# Letters: two shorter words with the same beginning are two words.
_SHORTEST: Final = 3
_NO_PLURAL_ENDING: Final = ("er", "el", "en", "chen", "lein", "s")
# Plurals of nouns from Latin, Greek and Italian: their last letters, and those of the plural.
_LEARNED: Final = (
    ("um", ("en", "a")),
    ("us", ("en", "i")),
    ("is", ("en",)),
    ("on", ("a",)),
    ("a", ("en", "ta", "ten")),
    ("o", ("en", "i")),
)
_FOLDED: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
_UMLAUTS: Final = frozenset("äöü")
# Adjectives that look like infinitives.
_NO_VERBS: Final = words("""
    offen eigen golden selten trocken bescheiden verschieden angemessen gelegen vergangen
    angesehen erfahren verlegen gegen neben wegen zwischen oben unten außen innen hinten morgen
    gestern eben zusammen einen keinen allen anderen beiden irden seiden wollen albern heiter
""")
_PREFIXES: Final = tuple(
    """
    zurück zusammen weiter wieder heraus herunter hinzu ab an auf aus bei durch ein fest fort frei
    her hin los mit nach nieder vor weg zu um über
    """.split()  # noqa: SIM905 - a list of words is read as one
)
_UNPARTED: Final = (
    *("be", "emp", "ent", "er", "ge", "miss", "ver", "zer"),
    *("unter", "über", "hinter", "wider", "wieder", "voll", "durch", "um"),
)
_UNSTRESSED: Final = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer")
# Strong verbs: infinitive, stem of du and er, stem of the past, participle.
_SHORTEST_VERB: Final = 4  # letters of what a prefix stands before: -gehen
_STRONG: Final = {
    line[0]: line[1:]
    for line in map(
        str.split,
        """
        bieten biet bot geboten
        binden bind band gebunden
        bleiben bleib blieb geblieben
        brechen brich brach gebrochen
        bringen bring brach gebracht
        fahren fähr fuhr gefahren
        fallen fäll fiel gefallen
        finden find fand gefunden
        geben gib gab gegeben
        gehen geh ging gegangen
        gelten gil galt gegolten
        halten häl hielt gehalten
        heben heb hob gehoben
        helfen hilf half geholfen
        kommen komm kam gekommen
        laden läd lud geladen
        lassen läss ließ gelassen
        laufen läuf lief gelaufen
        leihen leih lieh geliehen
        lesen lies las gelesen
        liegen lieg lag gelegen
        messen miss maß gemessen
        nehmen nimm nahm genommen
        raten rät riet geraten
        rufen ruf rief gerufen
        scheiden scheid schied geschieden
        scheinen schein schien geschienen
        schlagen schläg schlug geschlagen
        schließen schließ schloss geschlossen
        schneiden schneid schnitt geschnitten
        schreiben schreib schrieb geschrieben
        sehen sieh sah gesehen
        sprechen sprich sprach gesprochen
        stehen steh stand gestanden
        steigen steig stieg gestiegen
        tragen träg trug getragen
        treffen triff traf getroffen
        treten trit trat getreten
        trinken trink trank getrunken
        tun tu tat getan
        verlieren verlier verlor verloren
        weisen weis wies gewiesen
        werben wirb warb geworben
        werfen wirf warf geworfen
        ziehen zieh zog gezogen
        """.strip().splitlines(),
    )
}
# Words before a noun that only a plural has, or only a singular, where the noun does not tell.
_ADJECTIVES: Final = 4  # words: as far back an article may stand
_BEFORE_PLURAL: Final = words("""
    die alle aller allen viele vielen vieler einige einigen mehrere mehreren beide beiden wenige
    mehr weniger genug etliche sämtliche zwei drei vier fünf
    sechs sieben acht neun zehn zwölf diese keine unsere ihre seine meine welche
""")
_BEFORE_SINGULAR: Final = words("""
    das dem des ein eine einen einem eines einer dieser diesem dieses jeder jede jedes jeden
    jedem im am vom zum zur beim kein keinem keines
""")


def is_noun_form(noun: str, word: str) -> bool:
    """Whether two nouns, as they are written, are forms of one."""
    one, other = _folded(noun), _folded(word)
    if one == other:
        return noun.casefold() == word.casefold() or _has_umlaut(word) != _has_umlaut(noun)
    if _is_learned_plural(one, other) or _is_learned_plural(other, one):
        return True
    stem = _common(one, other)
    ends = {one[len(stem) :], other[len(stem) :]}
    if len(stem) < _SHORTEST:
        return False
    if ends <= _NOMINAL_ENDINGS and _NOMINAL.fullmatch(stem):
        return True
    if any(end.startswith("er") for end in ends) and not _ER_PLURAL.search(stem):
        return False
    return all(_may_end(stem, end) for end in ends)


def _may_end(stem: str, end: str) -> bool:
    """Whether a noun may have an ending: one of n alone follows no other consonant: Mann, man."""
    if end not in _NOUN_ENDINGS:
        return False
    before = _BEFORE_ENDING.get(end)
    return before is None or stem.endswith(before)


def is_adjective_form(adjective: str, word: str) -> bool:
    """Whether two words in small letters are forms of one adjective, or the same word."""
    one, other = adjective.casefold(), word.casefold()
    elided = one[:-2] + one[-1:]
    if one.endswith(("er", "el", "en")) and other.startswith(elided):  # teuer, teure
        return other.removeprefix(elided) in _ADJECTIVE_ENDINGS - {""}
    stem = _common(one, other)
    ends = one[len(stem) :], other[len(stem) :]
    if all(end in _ADJECTIVE_ENDINGS for end in ends):
        return one == other or len(stem) >= _SHORTEST
    # The entry may be a form itself (allgemeine); and dunkel, dunkle.
    pair = {end.removeprefix("e") for end in ends}
    return pair <= words("r s m n") | {""} and len(stem) >= _SHORTEST


@lru_cache(maxsize=4096)
def forms_of_verb(infinitive: str) -> dict[str, VerbForm]:
    """Forms of a verb, in small letters, with what English has for each; none if it is no verb.

    Separable verbs are there as they are written in one word.
    """
    verb = infinitive.lower()
    stem = _stem(verb)
    if stem is None or verb in _NO_VERBS or len(stem) < _SHORTEST:
        return {}
    prefix = next(
        (
            each
            for each in _PREFIXES
            if verb.startswith(each)
            and len(verb) - len(each) > _SHORTEST_VERB
            and not verb.startswith(_UNSTRESSED)
        ),
        "",
    )
    found: dict[str, VerbForm] = {}
    for form, kind in _simple_forms(verb.removeprefix(prefix)):
        found.setdefault(f"{prefix}{form}", kind)
    if prefix in _UNPARTED:  # übersetzen parts in one meaning, and in the other it does not
        for form, kind in _simple_forms(verb):
            found.setdefault(form, kind)
    if prefix:
        found.setdefault(f"{prefix}zu{verb.removeprefix(prefix)}", "base")
    # The participle before a noun: die gekündigten Verträge.
    for form, kind in list(found.items()):
        if kind == "past" and form.endswith(("t", "en")) and not form.endswith("test"):
            for ending in ("e", "er", "es", "em", "en"):
                found.setdefault(form + ending, "past")
    for ending in ("", "e", "er", "es", "em", "en"):
        found.setdefault(f"{verb}d{ending}", "ing")
    return {form.casefold(): kind for form, kind in found.items()}


def _stem(verb: str) -> str | None:
    for ending in ("en", "n"):
        stem = verb.removesuffix(ending)
        if stem != verb and (ending == "en" or stem.endswith(("er", "el"))):
            return stem
    return None


def _simple_forms(verb: str) -> Iterator[tuple[str, VerbForm]]:
    """Forms of a verb without a prefix that parts from it."""
    stem = _stem(verb) or verb
    yield verb, "base"
    yield f"{stem}e", "base"
    inner = next((each for each in _UNPARTED if verb.startswith(each) and verb not in _STRONG), "")
    strong = _STRONG.get(verb) or _STRONG.get(verb.removeprefix(inner))
    if strong is not None:
        own = inner if verb not in _STRONG else ""
        present, past, participle = strong
        yield from ((f"{own}{present}{end}", "third") for end in ("t", "et", "") if present + end)
        yield from ((f"{stem}{end}", "third") for end in ("t", "et"))
        yield from ((f"{own}{past}{end}", "past") for end in ("", "e", "en", "ten", "te", "t"))
        yield own + (participle.removeprefix("ge") if own else participle), "past"
        return
    yield from ((f"{stem}{end}", "third") for end in ("t", "et", "st", "est"))
    yield from (
        (f"{stem}{end}", "past")
        for end in ("te", "ten", "test", "tet", "ete", "eten", "etest", "etet")
    )
    if not inner and not verb.endswith("ieren"):
        yield from ((f"ge{stem}{end}", "past") for end in ("t", "et"))


def number_of(  # noqa: PLR0911 - a rule a line
    noun: str, word: str, before: Sequence[str]
) -> Number | None:
    """Number of a noun's form; None where it may be either, or is shorter than the entry.

    `before` are the words before it, the last one first: they tell where the form does not.
    """
    one, other = noun.casefold(), word.casefold()
    hint = _hint(before, is_weak=other == f"{one}n" and one.endswith("e"))
    if _has_umlaut(other) and not _has_umlaut(one):
        return "plural"
    if other == one:
        if one.endswith(("er", "el")) and before and before[0].casefold() == "den":
            return "singular"  # den Lehrern are more than one
        return hint if one.endswith(_NO_PLURAL_ENDING) else "singular"
    if len(other) <= len(one) and not _is_learned_plural(_folded(one), _folded(other)):
        return None
    ending = other[len(_common(one, other)) :]
    if ending == "r" or ending in {"es", "ses", "ens", "ns"}:
        return "singular"
    if ending == "s":
        return hint
    if ending == "n" and one.endswith("e"):  # Kunden haben, der Kunden; but den Kunden
        return hint or (None if _is_determined(before) else "plural")
    if ending == "en" and hint == "singular":
        return None
    return "plural"


def _hint(before: Sequence[str], *, is_weak: bool) -> Number | None:
    """Number that the words before a noun tell of: die neuen Lehrer, des neuen Lehrers."""
    for number, each in enumerate(before[:_ADJECTIVES]):
        small = each.casefold()
        if small == "der" and not is_weak:  # der Lehrer; but die Namen der Lehrer
            follows = before[number + 1 : number + 2]
            return None if follows and follows[0][:1].isupper() else "singular"
        if small in _BEFORE_PLURAL or (small.isdecimal() and small != "1"):
            return "plural"
        if small in _BEFORE_SINGULAR:
            return "singular"
        if not small.endswith(("e", "en", "er", "es", "em")) or not each[:1].islower():
            break
    return None


def _is_determined(before: Sequence[str]) -> bool:
    """Whether an article stands before a noun, other than one that an n makes a plural of."""
    near = before[:_ADJECTIVES]
    found = next((each for each in near if not each[:1].islower() or kind_of(each, "de")), "")
    return kind_of(found, "de") == "determiner" and found.casefold() != "der"


def _common(one: str, other: str) -> str:
    """The letters with which both words begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return one[: next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))]


def _folded(word: str) -> str:
    return word.casefold().translate(_FOLDED)


def _has_umlaut(word: str) -> bool:
    return not _UMLAUTS.isdisjoint(word.casefold())


def _is_learned_plural(singular: str, plural: str) -> bool:
    return any(
        singular.endswith(end) and plural in {singular.removesuffix(end) + other for other in ends}
        for end, ends in _LEARNED
    )


def learned_plurals(noun: str) -> Iterator[str]:
    """Plurals that a noun from Latin, Greek or Italian may have, which a stemmer does not know."""
    small = noun.casefold()
    for end, ends in _LEARNED:
        if small.endswith(end):
            yield from (small.removesuffix(end) + other for other in ends)
