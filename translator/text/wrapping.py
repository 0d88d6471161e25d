"""Line wrapping: unwrap a hard-wrapped paragraph for the model, and wrap its translation."""

import re
import unicodedata
from typing import Final

from translator.text.characters import INVISIBLE_PATTERN
from translator.text.lines import TAB_SIZE
from translator.text.segment import Segment

# A line break with the white space around it and the next line's quote marks.
_LINE_ENDS: Final = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_BREAK: Final = rf"(?<![^\S{_LINE_ENDS}])[^\S{_LINE_ENDS}]*+[{_LINE_ENDS}]\s*+(?>(?:>\s*+)*)"
_TURN: Final = re.compile(_BREAK)
# „Über-⏎setzung“; but „Vor-⏎und Nachteile“, „E-Mail-⏎Adresse“, „EU-⏎weit“, „10-⏎jährig“.
_HYPHENATED: Final = re.compile(
    rf"(?P<before>[^\W_])(?P<sign>[-‐\u00ad]){_BREAK}(?=(?P<after>[^\W\d_]+))"
)
_PAIRING: Final = frozenset(
    ("und", "oder", "bzw", "sowie", "als", "wie", "noch", "bis", "statt", "ohne")
)
# „Lehrer*innen“, „Schüler:in“: a model knows „Lehrerinnen“.
_GENDER_SIGN: Final = re.compile(r"(?<=[a-zäöüß])[*:_/](?=[iI]n(?:nen)?(?!\w))")
# Lines end at white space that may break; a no-break space holds its words together.
_SPACE: Final = re.compile(r"[^\S\u00a0\u202f\u2007]+")


# Characters. Accents are put in order by swapping neighbours: a run of them takes quadratic time.
_COMPOSED_AT_ONCE: Final = 500


def model_text(source: str) -> str:
    """Normalized source: the text that the model is asked for a segment's source.

    Line breaks in it, with indentation and quote marks, are one space; words hyphenated at them
    are whole; letters are composed (NFC); invisible marks, gender signs and white space around are
    gone.
    """
    text = _GENDER_SIGN.sub("", source.strip())
    if text.isascii() and text.isprintable():
        return text
    if _TURN.search(text):
        text = _TURN.sub(" ", _HYPHENATED.sub(_unhyphenated, text))
    return INVISIBLE_PATTERN.sub("", _composed(text))


def _composed(text: str) -> str:
    """The text in NFC, in linear time: in parts that end before a letter that composes with none.

    A run of marks that is longer than two parts is in no language, and is cut.
    """
    parts: list[str] = []
    start = 0
    while start < len(text):
        end = min(start + _COMPOSED_AT_ONCE, len(text))
        last = min(end + _COMPOSED_AT_ONCE, len(text))
        while end < last and not text[end].isascii():
            end += 1
        parts.append(unicodedata.normalize("NFC", text[start:end]))
        start = end
    return "".join(parts)


def _unhyphenated(match: re.Match[str]) -> str:
    before, after = match["before"], match["after"]
    if after in _PAIRING:
        return f"{before}- "
    if match["sign"] == "\u00ad" or (before.islower() and after.islower()):
        return before
    return f"{before}-"


def wrap(target: str, segment: Segment, start: int) -> str:
    """Wrap `target` like its segment's paragraph, beginning in column `start`.

    Words and their order stay. A segment without a layout is not touched.
    """
    layout = segment.layout
    if layout is None:
        return target
    words = [word for word in _SPACE.split(target) if word]
    indentation = column_after(layout.turn, 0)
    # The white space before a sentence is the sentence's own, so that it can be a line break.
    glued = not segment.source[:1].isspace()
    parts: list[str] = []
    for word in words:
        if glued:
            glued = False
        elif start + 1 + len(word) > layout.width and start > indentation:
            parts.append(layout.turn)
            start = indentation
        else:
            parts.append(" ")
            start += 1
        parts.append(word)
        start += len(word)
    return "".join(parts)


def column_after(text: str, start: int) -> int:
    """The column after `text`, if it begins in column `start` of its line. Counts from 0."""
    lines = (text + "|").splitlines()
    if len(lines) > 1:
        start = 0
    first, *others = lines[-1][:-1].split("\t")
    start += len(first)
    for part in others:
        start += TAB_SIZE - start % TAB_SIZE + len(part)
    return start
