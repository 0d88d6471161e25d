"""Language identification: an English sentence in a German text is not translated again.

A model that is asked for it in German rewords it, and often says the contrary. A quotation, a title
or a line of a song counts when the small words of English are many in it and those of German none.
"""

import re
from typing import Final

from translator.text.characters import words

# Words: a shorter run may be in any language.
_FEWEST: Final = 3
_FEWEST_SMALL: Final = 2
# Share of the words that must be small English ones; a higher one where only one of them is sure.
_SHARE: Final = 0.25
_HIGH_SHARE: Final = 0.4
# Characters: what comes later changes nothing.
_LOOKED_AT: Final = 2000

_ENGLISH: Final = words("""
    the and of to is are it its it's this that these those with for on be been being by from at
    not but you your he his she her they them their there we our us my i'm i've have has had do
    does did don't doesn't didn't isn't can could would should which who what when where why how
    if than then because about into over after before very every some any all only just no yes
    as a i or out up me let's that's there's you're we're they're can't won't were am he's she's
    who's what's here's shall will would i'd i'll you'll we'll they'll he'll she'll well got get
""")
# Those that the German language has, too, as words or in names.
_EITHER: Final = words("his her all no me a i as up out on us at")
_GERMAN: Final = words("""
    der die das den dem des ein eine einen einem einer eines kein keine keinen und oder aber
    nicht ist sind bin bist seid sei wird werden wurde wurden hat haben habe hatte ich du er sie
    es wir ihr mich dich sich uns mir dir ihm ihn ihnen mein meine dein deine sein seine unser
    unsere euer mit von vom zu zum zur für auf bei beim nach aus über unter durch gegen ohne
    auch noch nur schon sehr wenn weil dass daß wie als ob im um vor seit bis doch mal ja nein
    wat dat nich auf'm heißt bedeutet
""")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_UMLAUT: Final = re.compile("[äöüßÄÖÜ]")


def is_english(text: str) -> bool:
    """Whether a sentence of a German text is an English one."""
    head = text[:_LOOKED_AT]
    if _UMLAUT.search(head):
        return False
    said = [each.replace("’", "'") for each in _WORD.findall(head.lower())]
    if len(said) < _FEWEST or not _GERMAN.isdisjoint(said):
        return False
    small = [each for each in said if each in _ENGLISH]
    sure = sum(each not in _EITHER for each in small)
    if len(small) < _FEWEST_SMALL or not sure:
        return False
    return len(small) >= (_SHARE if sure >= _FEWEST_SMALL else _HIGH_SHARE) * len(said)
