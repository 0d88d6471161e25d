"""Character classes and small patterns that several of the text rules share.

Every pattern here takes linear time: quantifiers are possessive, bounded, or start only where
the character before rules out an earlier start.
"""

import re
from typing import Final

OPENERS: Final = "„“”‟\"»«›‹‚‘‛'`([{¿¡"
CLOSERS: Final = "“”\"»«›‹‘’'`)]}"

# Pictures, flags, dingbats and arrows, with the joiners and selectors that hold them together.
EMOJI: Final = (
    r"(?:[\U0001F000-\U0001FAFF\u2190-\u21FF\u2300-\u23FF\u2600-\u27BF\u2B00-\u2BFF\u3030\u303D]"
    r"[\uFE0E\uFE0F\u20E3\u200D\U0001F3FB-\U0001F3FF\U000E0020-\U000E007F]*+"
    r"|[0-9#*]\uFE0F?\u20E3)"
)
# :-) ;) :D :'( =P xD ^^ <3 and their kin, standing free.
SMILEY: Final = (
    r"(?:(?<![^\s.!?…,])"
    r"(?:[:;=][-'’^o]?[)(\]\[DPpOo3/\\|*$]{1,5}|[(\[][-']?[:;=]|[xX]D{1,5}|\^_?\^|<3{1,3}|-_{1,3}-"
    r"|\\o/)(?![^\s.!?…,)“\"]))"
)
# Characters that are neither white space nor language, or that no tokenizer takes: control
# characters, lone surrogates, byte order marks, private use, replacement characters.
UNSPEAKABLE: Final = (
    "\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\uffff"
)
# Invisible in the text and no help to a model: soft hyphen, zero-width marks, directions.
INVISIBLE: Final = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"

INVISIBLE_PATTERN: Final = re.compile(f"[{INVISIBLE}]")


def words(text: str) -> frozenset[str]:
    """Word list: the words of a text, by white space."""
    return frozenset(text.split())
