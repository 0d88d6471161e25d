"""Sentences over cues: whether what a cue says goes on in the next one, and where a sentence ends.

In German any noun begins with a capital, so the first letter of a cue tells little; the full stop
before it, the pause between, and words that begin sentences and are no nouns tell more.
"""

import re
from typing import Final

# Longest pauses, in seconds, over which a sentence goes on: in lower case, and otherwise.
_LONG_PAUSE: Final = 4.0
_SHORT_PAUSE: Final = 1.5


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ELLIPSIS: Final = r"(?:\.{2,4}|…)"
# What is left out of a question and written again: „Wenn du willst...“, „...gehen wir.“
LEADING_ELLIPSIS: Final = re.compile(rf"\s*{_ELLIPSIS}\s*")
TRAILING_ELLIPSIS: Final = re.compile(rf"(?<=[^\s.…])\s?{_ELLIPSIS}\s*\Z")
_ENDED: Final = re.compile(r"[.!?…:;♪♫#)\]][\"“”»«'’]*\s*\Z")
_CLOSED: Final = re.compile(r"[♪♫#)\]]\s*\Z")
# „Ich wollte --“, „Ich wollte –“: broken off, or an aside follows.
_BROKEN_OFF: Final = re.compile(r"(?:[-–—]{2}|[–—]|\s-)\s*\Z")
# The start of a line that another person says, or that is no speech.
_BEGINS: Final = re.compile(r"\s*[-–—‐♪♫#(\[]")
# „ANNA:“, „Dr. Müller:“ before what is said.
_LABEL: Final = re.compile(r"\s*(?:[A-ZÄÖÜ][\w.'-]{1,20} ?){1,3}:\s")
_OPENERS: Final = " \t\n„“”\"»«‚‘'"
_TITLES: Final = re.compile(r"(?:\A|\W)(?:Dr|Prof|Hr|Fr|St|Nr|Mr|Mrs|Ms|bzw|ca|z\. ?B)\.\Z")
_DAY: Final = re.compile(r"(?:\A|\s)\d{1,2}\.\Z")
_MONTH: Final = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Jahrhundert|Stock|Klasse|Platz|Mal)\b"
)
# In capitals they begin a sentence; „Sie“ and „Ihr“ may be polite, „I“ is always so.
_STARTERS: Final = _words(
    "Ich Du Er Es Wir Man Der Die Das Den Dem Ein Eine Einen Einem Einer Und Aber Oder Denn "
    "Doch Dann Da Dort Hier So Was Wer Wen Wem Wie Wo Wohin Woher Wann Warum Wieso Weshalb "
    "Wenn Als Ob Dass Weil Ja Nein Nicht Nichts Kein Keine Keiner Mein Meine Dein Deine Seine "
    "Unser Unsere Eure Dieser Diese Dieses Jetzt Nun Also Auch Noch Nur Schon Bitte Danke "
    "Hallo In Im An Am Auf Aus Bei Mit Nach Von Vom Vor Zu Zum Zur Für Über Unter Um Durch "
    "Gegen Ohne Ist Sind War Hat Habe Hast Kann Kannst Soll Willst Alles Alle Mich Mir Dich "
    "Dir Uns Komm Los Okay Gut "
    "The A And But Or She He It We You They This That These Those What Who How Where When "
    "Why If Because My Your His Her Our Their No Yes Not Are Do Does Did Can There Here Then "
    "Now"
)
# A sentence's end inside of a cue that is no abbreviation's: three letters before a full stop. A
# word is looked at from its start alone: from each of its letters, a long one takes for ever.
_INNER_END: Final = re.compile(
    r"(?<![^\W\d_])(?P<word>[^\W\d_]+)(?P<stop>[.!?…]{1,5})[\"“”»«’)]{0,2}(?P<space>\s+)"
    r"(?=[„\"»“(–—-]?\s?[A-ZÄÖÜ0-9])"
)
# Without it there is none, which is soon seen.
_INNER_STOP: Final = re.compile(r"[.!?…][\"”“»«’)]{0,2}\s")
_SHORT: Final = _words(
    "usw bzw prof str vgl evtl inkl ggf geb abs art jan feb aug sept okt nov dez hrsg max min "
    "tel mrs etc gez sog bspw allg exkl zzgl verh gest"
)
_LETTERS: Final = 3


def parts_line(before: str, after: str) -> bool:
    """Whether a sentence, or what one person says, ends between two lines of a cue."""
    if _BEGINS.match(after) or _CLOSED.search(before) or _LABEL.match(after):
        return True
    return _ENDED.search(before) is not None and not after.lstrip()[:1].islower()


def goes_on(said: str, following: str, pause: float) -> bool:
    """Whether a sentence goes on from what a cue says to what the following one says.

    `pause` are the seconds between them.
    """
    said, following = said.strip(), following.strip()
    if not (said and following) or pause > _LONG_PAUSE:
        return False
    if _BEGINS.match(following) or _CLOSED.search(said) or _LABEL.match(following):
        return False
    if LEADING_ELLIPSIS.match(following):
        return TRAILING_ELLIPSIS.search(said) is not None or not _ENDED.search(said)
    start = following.lstrip(_OPENERS)
    if start[:1].islower():
        return True
    if _ENDED.search(said):
        number = _DAY.search(said) and _MONTH.match(start)
        return pause <= _SHORT_PAUSE and bool(_TITLES.search(said) or number)
    return pause <= _SHORT_PAUSE and _may_be_noun(said, start)


def _may_be_noun(said: str, following: str) -> bool:
    """Whether a capital may be that of a noun in the middle of a sentence."""
    if _BROKEN_OFF.search(said):
        return False
    comma = said.endswith(",")
    if said.isupper() or following.isupper():
        # Titles, signs and credits; or a film that has no small letters.
        return said.isupper() and following.isupper() and comma
    word = re.match(r"[\w'’]*", following)
    return word is None or word.group() not in _STARTERS


def sentence_ends(text: str) -> list[tuple[int, int]]:
    """The white space behind each sentence that surely ends inside of a text: its start and end."""
    if not _INNER_STOP.search(text):
        return []
    return [
        match.span("space")
        for match in _INNER_END.finditer(text)
        if "." not in match["stop"]
        or (len(match["word"]) >= _LETTERS and match["word"].lower() not in _SHORT)
    ]
