"""Tag recognition: which angle brackets of a text are inline tags, and which a model must see.

A placeholder for a word belongs to the sentence; a footnote's mark goes with its tags.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from translator.text.characters import words
from translator.text.spans import Span, spans
from translator.text.subtitle_marks import subtitle_marks

_TAG: Final = re.compile(
    r"<(?P<closing>/?)(?P<name>[A-Za-z][\w:.-]{0,40})(?:\s[^<>]*?)?(?P<alone>/?)>"
)
_VOID: Final = words("area br col embed hr img input link meta source track wbr")
# Between them words are apart, though no white space is.
_BLOCKS: Final = words("""
    br hr p div li ul ol dl dt dd tr td th table h1 h2 h3 h4 h5 h6 blockquote section article option
""")
# It stands inside of a word, where a line may break.
_BREAK_OPPORTUNITY: Final = "wbr"
_INLINE: Final = words("""
    a abbr b bdi bdo big body button caption center cite code data del dfn em font g head header
    footer html i ins kbd label main mark nav pre q s samp small span strike strong sub summary sup
    tbody thead time title tt u var
""")
_KNOWN: Final = _INLINE | _BLOCKS | _VOID
# `<x1>`: numbered, as no placeholder for a word is.
_NUMBERED: Final = re.compile("[a-z]{1,3}[0-9]{1,6}")
# How web writes a line break of any format: `<xbr1/>`.
_NUMBERED_BREAK: Final = re.compile("[a-z]{1,9}br[0-9]{1,6}")
# Those of XLIFF.
_PLACEHOLDERS: Final = frozenset(("x", "ph"))
# A mark of a footnote or an exponent, in one element or two: it is taken out with its tags.
_NOTE: Final = re.compile(
    r"(?<=\S)(?P<closing>)(?P<name>)(?:<(?:sup|sub|a|[a-z]{1,3}[0-9]{1,6})(?:\s[^<>]{0,200})?>){1,2}"
    r"(?:\[?[0-9]{1,3}\]?|[*†‡]{1,3})(?:</(?:sup|sub|a|[a-z]{1,3}[0-9]{1,6})(?P<alone>>)){1,2}(?!\w)"
)
# Signs that a word follows without white space: „(x)“, „Strg+x“.
_OPENING: Final = frozenset('([„“"+/=–-')
# Signs that follow a word without white space.
AFTER_WORD: Final = frozenset(".,;:!?…)%“\"'")


def tags_in(text: str, language: str) -> list[re.Match[str]]:
    """Inline tags in a text, in order: no code, no placeholders. Marks of subtitles are some."""
    if "<" not in text and "\\" not in text:
        return []
    others = spans(text, language)
    marks = [each for each in subtitle_marks(text) if not _is_inside(each.start(), others)]
    tags = _angled(text, others) if "<" in text else []
    return sorted([*tags, *marks], key=re.Match.start) if marks else tags


def _is_inside(place: int, others: Sequence[Span]) -> bool:
    """Whether a place is in one of others, and not at its start."""
    index = bisect_left(others, place, key=lambda each: each[0])
    return index > 0 and place < others[index - 1][1]


def _angled(text: str, others: Sequence[Span]) -> list[re.Match[str]]:
    found = [match for span in others if (match := _TAG.fullmatch(text, *span))]
    known = _KNOWN | {tag_name(each) for each in found if each["closing"]}
    found = [
        each
        for each in found
        if each["alone"] or (name := tag_name(each)) in known or _NUMBERED.fullmatch(name)
    ]
    if not any(each["closing"] for each in found):
        return found
    notes = [each for each in _NOTE.finditer(text) if _is_note(text, each)]
    inside = {place for each in notes for place in range(*each.span())}
    rest = (each for each in found if each.start() not in inside)
    return sorted([*notes, *rest], key=re.Match.start) if notes else found


def _is_note(text: str, note: re.Match[str]) -> bool:
    """„Haus<sup>1</sup> ist“, „CO<sub>2</sub>“: raised or lowered behind a word."""
    start, end = note.span()
    return (text[start - 1].isalnum() or text[start - 1] in AFTER_WORD) and not text[
        end : end + 1
    ].isalnum()


def of_no_word(source: str, tags: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Tags without those that stand for a word, as in „Ich sehe <x1/>.“: a model is shown those.

    One that white space parts from the word before it, and nothing from the sign after it, says
    so; then the others that stand apart are words, too.
    """
    lone = [
        each
        for each in tags
        if each["alone"]
        and not is_line_break(each)
        and (_NUMBERED.fullmatch(tag_name(each)) or tag_name(each) in _PLACEHOLDERS)
    ]
    if not any(_is_apart(source, each) and source[each.end()] in AFTER_WORD for each in lone):
        return list(tags)
    apart = {each.start() for each in lone if _is_apart(source, each)}
    return [each for each in tags if each.start() not in apart]


def _is_apart(source: str, tag: re.Match[str]) -> bool:
    """Whether a tag inside of a text has white space or a sign before, and no word after it."""
    start, end = tag.span()
    if start == 0 or end == len(source):
        return False
    return (source[start - 1].isspace() or source[start - 1] in _OPENING) and not (
        source[end].isalnum() or source[end] == "<"
    )


def without_tags(text: str, language: str) -> tuple[str, list[int], dict[int, int]]:
    """Strip tags: the text without them, where its characters stood, and tags that end something.

    The last are closing and lone tags: their starts, with their ends.
    """
    parts: list[str] = []
    places: list[int] = []
    ending: dict[int, int] = {}
    position = 0
    last = " "
    for tag in tags_in(text, language):
        start, end = tag.span()
        parts.append(text[position:start])
        places += range(position, start)
        last = text[start - 1] if position < start else last
        if parts_words(tag) and not last.isspace():
            parts.append(last := " ")
            places.append(start)
        if tag["closing"] or is_lone(tag):
            ending[start] = end
        position = end
    parts.append(text[position:])
    places += range(position, len(text))
    return "".join(parts), places, ending


def tag_name(tag: re.Match[str]) -> str:
    """Name of a tag, in lower case; a note has none."""
    return (tag["name"] or "").lower()


def is_lone(tag: re.Match[str]) -> bool:
    """Whether nothing closes a tag: `<br>`, `<x1/>`, a note, a mark of subtitles."""
    if tag["closing"]:
        return False
    name = tag_name(tag)
    return bool(tag["alone"]) or name in _VOID or name.startswith("\\")


def is_line_break(tag: re.Match[str]) -> bool:
    r"""Whether a line ends at the tag: `<br>`, `\N`."""
    name = tag_name(tag)
    if tag["closing"] or not name:
        return False
    if tag["alone"] and _NUMBERED_BREAK.fullmatch(name):
        return True
    return name == "br" or name.startswith("\\")


def parts_words(tag: re.Match[str]) -> bool:
    """Whether words are apart where the tag stands, though no white space is there."""
    name = tag_name(tag)
    if name in _BLOCKS or name.startswith("\\"):
        return True
    if name == _BREAK_OPPORTUNITY or tag["alone"] == "}":
        return False  # an override of subtitles parts nothing, either
    return bool(tag["alone"]) or name in _VOID
