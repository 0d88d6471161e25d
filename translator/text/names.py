"""Names of persons and companies: lines, cells and labels that are nothing else.

A name in a table means itself; a model that sees it without a sentence rewords it (“annasticide”
for Anna Schmidt). Two kinds of evidence: a given name that is no other German word, or the legal
form of a company, is enough; letters that no German word has tell of a name only where the model is
unsure as well.
"""

import re
from collections.abc import Iterator
from typing import Final

from translator.text.characters import words
from translator.text.function_words import kind_of
from translator.text.german_words import ORDINAL_NOUNS, STARTERS
from translator.text.given_names import GIVEN_NAMES, TRANSLATED_NAMES
from translator.text.spans import Span

# Characters and words: a longer run is no name.
_LONGEST: Final = 120
_MOST_WORDS: Final = 6

_CAPITAL: Final = "A-ZÀ-ÖØ-ÞŁŚŻŹĆČŠŽĐŞİĞŐŰŘĚŇŤĎĂȘȚ"
_PART: Final = rf"[{_CAPITAL}][^\W\d_]*+(?:['’][^\W\d_]++)?"
_WORD: Final = re.compile(rf"{_PART}(?:-{_PART}){{0,3}}")
_SPELLED: Final = re.compile(r"[^\W\d_]+")
_INITIAL: Final = re.compile(rf"[{_CAPITAL}]\.(?:-?[{_CAPITAL}]\.)?")
_MARKS: Final = ".,:;!?"
_PARTICLES: Final = words(
    "von van vom zu de del della di da dos du la le el al bin ibn ten ter vander"
)
_NOBLE: Final = frozenset(("von", "van"))
_ARTICLES: Final = words("der den dem")
_TITLES: Final = words("Dr. Prof. Dipl.-Ing. Mag. Ing. med. jur. phil. rer. nat. h.c.")
_SEPARATOR: Final = re.compile(r"\s*[,;/&]\s*|\s+[–-]\s+")
_LEGAL_FORM: Final = re.compile(
    r"(?:^|\s)(?:g?GmbH|AG|KG|OHG|GbR|UG|SE|KGaA|eG|mbH|e\.\s?V\.|e\.\s?K\.|Inc\.?|Ltd\.?|LLC|S\.A\.|B\.V\.)"
    r"(?:\s(?:&|und)\sCo\.?(?:\s(?:KGaA|KG|OHG))?)?\Z"
)
# Headings about companies begin with one of these.
_ABOUT: Final = words("""
    Gründung Vorteile Nachteile Satzung Gesellschaftsvertrag Geschäftsführer Geschäftsführung
    Vertrag Steuern Rechtsform Thema Rechtsformen Haftung Gesellschafter Anmeldung Umwandlung
    Kauf Verkauf Aktien Aktie Vorstand Aufsichtsrat Firma Kunde Lieferant Mitglieder Mitglied
    Verein Beiträge
""")
# Letters of neighbouring languages that German words, French ones in them included, have not.
_FOREIGN: Final = re.compile(
    "[ğışćčłńśżźőűøåæñãõřěůžđțșžășáíóúýĞİŞĆČŁŃŚŻŹŐŰØÅÆÑŘĚŮŽĐȚȘÁÍÓÚÝ]"
)  # „Anna Geschenke kaufen“ is a note, and names nobody of that family.
_SUBJECT: Final = re.compile(
    rf"[„“\"»]?(?P<person>(?P<given>{_PART})\s(?P<family>{_PART}(?:-{_PART})?))"
    r"\s(?=[a-zäöüß])(?![a-zäöüß]+en[.!]?\Z)"
)


def is_name(text: str) -> bool:
    """Whether a line or a cell is a name, or several, and nothing else."""
    said = text.strip().rstrip(_MARKS)
    if not said or len(said) > _LONGEST:
        return False
    if _LEGAL_FORM.search(text.strip()):
        said = text.strip()
        bare = _LEGAL_FORM.sub("", said).replace("&", " ").split()
        return (
            bool(bare)
            and bare[0] not in _ABOUT
            and len(bare) <= _MOST_WORDS
            and all(map(_is_proper, bare))
        )
    if said.isupper():
        said = said.title()
    return all(map(_is_person, _SEPARATOR.split(said)))


def may_be_name(text: str) -> bool:
    """Whether a line looks like a name in another language, which a sure model need not heed."""
    said = text.split()
    return (
        len(text) <= _LONGEST
        and 1 < len(said) <= _MOST_WORDS
        and _FOREIGN.search(text) is not None
        and all(map(_is_proper, said))
    )


def persons(text: str) -> Iterator[Span]:
    """Places of the persons in a sentence whose names are the same in English.

    A given name; with the family name only at the start, before a verb, where German grammar has
    room for one of them alone: „Anna Schmidt wohnt“, but „Er gab Anna Geld“.
    """
    subject = _SUBJECT.match(text)
    if subject and subject["given"] in GIVEN_NAMES:
        family = subject["family"]
        if family not in GIVEN_NAMES and _is_proper(family):
            yield subject.span("person")
    else:
        subject = None
    for match in _WORD.finditer(text, subject.end() if subject else 0):
        if match.group() in GIVEN_NAMES and match.group() not in TRANSLATED_NAMES:
            yield match.span()


def lost_persons(source: str, target: str) -> dict[Span, str]:
    """Persons that the translation of a sentence does not name, by their places in the source."""
    found = {span: source[slice(*span)] for span in persons(source)}
    if not found:
        return {}
    said = frozenset(_SPELLED.findall(target))
    return {
        span: name
        for span, name in found.items()
        if not all(each in said or each.upper() in said for each in _SPELLED.findall(name))
    }


def speaker_end(line: str) -> int:
    """Length of the label of the one who speaks („ANNA:“) at the start of a line; 0 without one."""
    label, colon, said = line[:_LONGEST].partition(":")
    if not colon or not said[:1].isspace() or not said.strip():
        return 0
    return len(label) + 1 if label.title() in GIVEN_NAMES or _is_person(label) else 0


def _is_person(part: str) -> bool:
    """A given name with what may come before and after it: „Dr. Paul van der Heide“."""
    said = part.split()
    while said and said[0] in _TITLES:
        said = said[1:]
    if not said or len(said) > _MOST_WORDS or not _is_given(said[0]):
        return False
    while said and (_is_given(said[0]) or _INITIAL.fullmatch(said[0])):
        said = said[1:]
    if not said or said[0] not in _PARTICLES:
        return not said or (len(said) == 1 and _is_proper(said[0]))
    noble = said[0] in _NOBLE
    while said and (said[0] in _PARTICLES or (noble and said[0] in _ARTICLES)):
        said = said[1:]
    return len(said) == 1 and _is_proper(said[0])


def _is_given(word: str) -> bool:
    return word.partition("-")[0] in GIVEN_NAMES


def _is_proper(word: str) -> bool:
    """A capitalised word that is no function word and no word that opens a sentence."""
    if _INITIAL.fullmatch(word):
        return True
    return (
        _WORD.fullmatch(word) is not None
        and word not in STARTERS
        and word not in ORDINAL_NOUNS
        and kind_of(word, "de") is None
    )
