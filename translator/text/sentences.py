"""Sentence splitting: `sentencex`, corrected where its German is not good enough."""

import re
from collections.abc import Iterator
from typing import Final

import sentencex

from translator.text.characters import CLOSERS, EMOJI, OPENERS, SMILEY
from translator.text.full_stops import ellipsis_ends, full_stop_ends
from translator.text.german_words import STARTERS
from translator.text.inline_tags import without_tags
from translator.text.spans import Span

# Characters: sentencex takes quadratic time on some texts, so no call gets more than this.
_CHUNK: Final = 2000

_TAIL: Final = rf"(?:\s*+(?:{EMOJI}|{SMILEY}))"
# A footnote's mark behind the stop: ¹ ¹,² ¹⁾ * *) [1] [1][2] [1, 2] (1), and 1 behind a word of the
# sentence.
_NOTE: Final = (
    r"[¹²³⁰⁴-⁹†‡*](?:,?[¹²³⁰⁴-⁹†‡*]){0,5}[)⁾]?"
    r"|(?:\[(?:\d{1,3}|[a-z])(?:[,;–-]\s?\d{1,3}){0,5}\]){1,5}"
    r"|\(\d{1,2}\)|(?<=[a-zäöüß]{3}[.!?])\d{1,2}"
)
# A place where a German sentence may end: stops, what closes after them, smileys, white space.
_CANDIDATE: Final = re.compile(
    r"(?:(?<![.!?…])(?P<stop>[.!?…]++)"
    rf"(?P<closers>[{re.escape(CLOSERS)}]*+)(?P<note>{_NOTE})?(?P<tail>{_TAIL}{{0,8}})"
    rf"|(?<=[\w\"“”«»)’'])(?P<emoji>{_TAIL}{{1,8}}))(?P<gap>\s++)(?=\S)"
)
# The same without white space: „Das ist gut.Dann kam er.“
_RUN_ON: Final = re.compile(
    r"(?<=[a-zäöüß]{3})[.!?](?=(?P<word>[A-ZÄÖÜ][a-zäöüß]{1,12})(?![^\s,]))"
)
_FOLLOWING: Final = re.compile(rf"(?:[{re.escape(OPENERS)}–—-]+\s?){{0,8}}([^\W_]*)")
_LEADING_TAIL: Final = re.compile(rf"{_TAIL}{{1,8}}(?!\S)\s*+")
# A bracket or a quotation inside of a sentence: no sentence ends in it.
_EMBEDDED: Final = re.compile(
    r"(?<=[^\s.!?…:]\s)(?:\([^()]{1,300}\)"
    r"|(?:„[^„“”]{1,200}[“”]|»[^»«]{1,200}«|“[^“”]{1,200}”|\"[^\s\"][^\"]{0,200}\")(?=\s[a-zäöüß]))"
)
# sentencex never splits inside of quotes and brackets, so they are hidden from it.
_HIDDEN: Final = str.maketrans(dict.fromkeys('„“”‟"»«›‹‚‘‛()[]{}', " "))


def sentences(text: str, language: str) -> list[Span]:
    """Sentences of a line: the start and end of each; between them there is only white space.

    `text` holds no line break, starts and ends with no white space, and has no lone surrogate.
    Inline tags do not count: those that end something stay with the sentence before them.
    """
    if "<" not in text and "\\" not in text:
        return _sentences(text, language)
    clean, places, ending = without_tags(text, language)
    offset = len(clean) - len(clean.lstrip())
    spans: list[Span] = []
    start = 0
    for _, last in _sentences(clean.strip(), language)[:-1]:
        end = places[offset + last - 1] + 1
        while end in ending:
            end = ending[end]
        spans.append((start, end))
        start = end
        while text[start].isspace():
            start += 1
    spans.append((start, len(text)))
    return spans


def _sentences(text: str, language: str) -> list[Span]:
    """The sentences of a text without tags."""
    spans: list[Span] = []
    start = 0
    for end, following in _german(text) if language == "de" else _general(text, language):
        spans.append((start, end))
        start = following
    spans.append((start, len(text)))
    return spans


def _german(text: str) -> Iterator[Span]:
    """(End of a sentence, start of the next) for each boundary."""
    suggestions = _suggestions(text.translate(_HIDDEN), "de")
    suggestion = next(suggestions, len(text))
    embedded = _EMBEDDED.finditer(text)
    inside = next(embedded, None)
    casual = text.islower()
    for match in _candidates(text):
        start, end = match.span()
        while suggestion <= start:
            suggestion = next(suggestions, len(text))
        while inside and inside.end() <= start:
            inside = next(embedded, None)
        if inside and inside.start() < start:
            continue
        if match.re is _RUN_ON:
            if match["word"] in STARTERS:
                yield end, end
            continue
        verdict = _verdict(text, match, casual=casual)
        if suggestion <= end if verdict is None else verdict:
            yield match.start("gap"), end


def _verdict(text: str, match: re.Match[str], *, casual: bool) -> bool | None:
    """Whether a sentence ends at a candidate; None leaves it to sentencex."""
    word = _FOLLOWING.match(text, match.end())
    following = word[1] if word else ""
    start = match.start()
    if match["stop"] is None:
        return following in STARTERS  # after an emoji without a stop
    if match["tail"] and not following.islower():
        return True
    before = text[start - 1 : start]
    if before in {"(", "["} or (
        match["note"] and not (before.isalpha() and following[:1].isupper())
    ):
        return False  # „Er hat (!) Peter gesehen.“, „5.¹ Mai“
    if casual and not match["closers"] and text[start - 1].isalpha():
        # All in lower case, as in a chat: the stops are all that tells.
        following = following.capitalize()
    stop = match["stop"]
    if stop == ".":
        return full_stop_ends(text, start, following)
    if "…" in stop or ".." in stop:
        return ellipsis_ends(text, start, following)
    # „Komm!“ rief er.
    return following[0].isupper() if following[:1].isalpha() else None


def _candidates(text: str) -> Iterator[re.Match[str]]:
    run_ons = list(_RUN_ON.finditer(text))
    if not run_ons:
        return _CANDIDATE.finditer(text)
    return iter(sorted([*run_ons, *_CANDIDATE.finditer(text)], key=re.Match.start))


def _general(text: str, language: str) -> Iterator[Span]:
    """The boundaries of sentencex, with smileys and emoji left to the sentence before."""
    for suggestion in _suggestions(text, language):
        tail = _LEADING_TAIL.match(text, suggestion)
        following = tail.end() if tail else suggestion
        end = following
        while text[end - 1].isspace():
            end -= 1
        if following < len(text):
            yield end, following


def _suggestions(text: str, language: str) -> Iterator[int]:
    """Where sentencex would start a new sentence, in order."""
    start = 0
    while start < len(text):
        chunk = text[start : start + _CHUNK]
        if start + _CHUNK < len(text):
            # Not inside of a word, if there is white space at all.
            chunk = chunk[: 1 + max(chunk.rfind(" "), chunk.rfind("\t"))] or chunk
        boundaries: list[int] = []
        position = start
        for sentence in sentencex.segment(language, chunk):
            position += len(sentence)
            boundaries.append(position)
        # The last boundary is the chunk's end, which says nothing.
        boundaries.pop()
        yield from boundaries
        # A sentence that began in this chunk is seen again as a whole.
        start = boundaries[-1] if boundaries else start + len(chunk)
