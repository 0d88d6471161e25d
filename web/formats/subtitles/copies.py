"""Copies of cues: a translation below its source, without what may be in a cue only once."""

import re
from collections.abc import Iterator
from typing import Final

from web.formats.localisation.pairs import Around
from web.formats.places import Content, Element, Item, Place

TIMESTAMP: Final = re.compile(r"<\d[\d:.]{1,20}>")
VOICE: Final = re.compile(r"<v[.\s][^<>\n]{0,300}>")
_DRAWN: Final = re.compile(r"\\p[1-9]")
# Overrides of a whole cue, and times in it.
_ONCE: Final = re.compile(
    r"\\(?:an?\d{1,2}|(?:pos|move|org|i?clip|fade?)\([^()]{0,300}\)|[kK][fot]?\d{1,6})"
)


def copied_items(items: Content, *, voiced: bool) -> Iterator[Item]:
    """Items of a cue without positions, moments and drawings.

    In a `voiced` one nobody else speaks, so it is not said again who does.
    """
    for item in items:
        if isinstance(item, str):
            yield item
        elif isinstance(item, Place):
            yield from copied_items(item.items, voiced=voiced)
        elif item.items is not None:
            yield Element(item.what, list(copied_items(item.items, voiced=voiced)))
        else:
            said = "" if voiced and VOICE.fullmatch(item.what.before) else item.what.before
            if TIMESTAMP.fullmatch(said) or _DRAWN.search(said):
                continue
            yield Element(Around(_ONCE.sub("", said).replace("{}", ""), ""))
