"""All-caps text: recognise it, lower it for the model, put its translation in capitals again."""

import re
from collections.abc import Iterator
from typing import Final

from translator.text.characters import words
from translator.text.spans import spans

_LANGUAGE: Final = "de"
_CAPITALS: Final = re.compile(r"[A-ZÄÖÜ]{2}")

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LETTER: Final = re.compile(r"[^\W\d_]")
# A word with digits or signs in it is a code or a stand-in and stays as it is; a slash between two
# words (LAUF/PRÜFUNG) joins them.
_ANY_WORD: Final = re.compile(
    r"(?<![\w@.])(?:(?<!/)|(?<=[^\W\d_]{3}/))[^\W\d_]+(?![\w@]|\.\w|/(?![^\W\d_]{3}))"
)
# Letters: one word in capitals is an acronym unless it is longer than this.
_LONGEST_ACRONYM: Final = 4
_ACRONYMS: Final = words(
    """
    AGB AKW ARD AIDS BND BRD CDU CSU DDR DIN DNA EDV EKG EU EUR EZB FAZ FDP FIFA GEZ GPS HIV IBAN
    IHK INTERPOL ISBN IT KFZ KI LKW MDR NASA NATO NDR OECD OLG ÖPNV PC PDF PIN PKW PLZ RTL SMS SPD
    SWR TÜV UEFA UN UNESCO UNICEF UNO URL US USA USB USD VHS WC WDR WG WHO WLAN WM WWW ZDF
    """
)
_SHORT_SHOUTS: Final = frozenset(
    ("JA", "NEIN", "DOCH", "HALT", "HALLO", "STOP", "GUT", "NIE", "OH")
)
_VOWEL: Final = re.compile("[AEIOUYÄÖÜ]")

# German nouns are capitalised. Endings and articles give many of them away.
_NOUN: Final = re.compile(
    r"[^\W\d_]{2,}(?:ung|heit|keit|schaft|tion|tät|nis|tum|ling|ismus)(?:en|s|e|se|sen)?"
)
_ARTICLES: Final = words(
    """
    der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner im am
    zum zur vom beim ins ans mein meine meinen meinem meiner dein deine sein seine seinen seinem
    seiner ihr ihre ihren ihrem ihrer unser unsere unseren dieser diese dieses diesen diesem jeder
    jede jedes jeden jedem
    """
)
# „Das ist“, „die nicht“: what follows an article's twin and is no noun.
_NO_NOUNS: Final = _ARTICLES | words("""
    ist war hat wird kann soll muss darf will mag gibt geht kommt macht steht liegt bleibt heißt
    sich nicht auch nur noch schon sehr so zu ganz mal doch ich du wir man es ihr uns mir dir ihm
""")
_INFLECTED: Final = re.compile(r"(?:e|en|er|es|em)\Z")


def is_shouting(source: str) -> bool:
    """Whether a segment is in all caps: „BITTE NICHT STÖREN“, but not „NATO“.

    Links, placeholders and the like do not count.
    """
    if not _CAPITALS.search(source):
        return False
    source = "".join(text for text, copied in _parts(source) if not copied)
    if any(each.islower() and each != "ß" for each in source):
        return False
    found = _WORD.findall(source)
    plain = [word for word in found if word not in _ACRONYMS and _VOWEL.search(word)]
    if any(len(word) > _LONGEST_ACRONYM or word in _SHORT_SHOUTS for word in plain):
        return True
    return bool(plain) and len(found) > 1 and sum(map(len, found)) > _LONGEST_ACRONYM + 1


def to_lower_for_model(source: str) -> str:
    """Truecase an all-caps German text: nouns are capitalised as far as they can be recognised.

    Acronyms, codes, links and the like stay. The first letter is a capital.
    """
    before = ""
    end = 0

    def lowered(match: re.Match[str]) -> str:
        nonlocal before, end
        word = match.group()
        follows_article = before in _ARTICLES and match.start() == end + 1
        end = match.end()
        before = word.lower()
        if word in _ACRONYMS or (len(word) > 1 and not _VOWEL.search(word)):
            return word
        if _NOUN.fullmatch(before):
            return before.capitalize()
        if follows_article and not (before in _NO_NOUNS or _INFLECTED.search(before)):
            return before.capitalize()
        return before

    parts: list[str] = []
    started = False
    for part, copied in _parts(source):
        text = part if copied else _ANY_WORD.sub(lowered, part)
        if not started and not copied:
            text = _LETTER.sub(lambda match: match.group().upper(), text, count=1)
        started = started or _LETTER.search(text) is not None
        parts.append(text)
    return "".join(parts)


def to_capitals(target: str) -> str:
    """All-caps form of the translation of an all-caps text; links and the like stay."""
    return "".join(part if copied else part.upper() for part, copied in _parts(target))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in runs, each with whether it is to be copied."""
    position = 0
    for start, end in spans(text, _LANGUAGE):
        yield text[position:start], False
        yield text[start:end], True
        position = end
    yield text[position:], False
