r"""Subtitles: the words of the cues of an .srt, .vtt, .ass or .ssa; all else stays as it is.

A sentence over several cues is one line of the document; its translation is shared out over them
by their length. Dashes, tags and positions stay with their cue. Timing marks inside of a cue
(`<00:01.500>`, `{\k20}`) are in no question: they stand in the translation as far on as they did.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from web.formats.base import BilingualLayout, DocumentError, DocumentNote
from web.formats.localisation.pairs import Around, Pairs
from web.formats.places import Content, Element, Lines, Place, check_length, places
from web.formats.plain_text import decoded_file, encoded
from web.formats.sharing import (
    flat,
)
from web.formats.subtitles.copies import TIMESTAMP, VOICE, copied_items
from web.formats.subtitles.cues import Cue, dialogue_cues, has_timing, timed_cues
from web.formats.subtitles.sentences import goes_on, parts_line, sentence_ends
from web.formats.subtitles.spoken_lines import ShownCue, Spot, settle, share_out, spoken_lines
from web.messages import N_

Notation = Literal["srt", "vtt", "ass"]
# Characters a second that are read with ease at most.
MOST_SPEED: Final = 20
# Most cues and characters of one question.
_MOST_CUES: Final = 6
_MOST_CHARACTERS: Final = 400

# <i>, </i>, <v Anna>, <c.yellow>, <00:01.500>, {\an8}
_TAGS: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z]{1,20})[^<>\n]{0,300}>|<\d[\d:.]{1,20}>|\{\\[^{}\n]{1,300}\}"
)
# {\an8}, {\pos(10,20)\fs30}, {a comment}
_BLOCKS: Final = re.compile(r"(?<!\\)\{[^{}]*\}")
_ASS_BREAK: Final = re.compile(r"((?<!\\)\{[^{}]*\})|\\[Nn]")
_ASS_SIGN: Final = re.compile(r"\\([h{}])")
_SWITCH: Final = re.compile(r"\{\\(?P<name>[ibus])(?P<on>[01])\}")
_KARAOKE: Final = re.compile(r"\\[kK][fo]?\d")
_DRAWING: Final = re.compile(r"\\p([0-9])")
_PLACED: Final = re.compile(r"\{[^{}]*\\(?:pos|move)\(")
_ALIGNED: Final = re.compile(r"\{[^{}]*\\an?\d")
_LANGUAGE: Final = re.compile(r"(?im)^(Language:[ \t]*)[a-z]{2,3}(?:-\w{1,8}){0,3}")
_BLANK_LINE: Final = re.compile(r"(?:\r\n|\n|\r)(?:\r\n|\n|\r)")
# Ends a stretch and leaves nothing in the file.
_NOTHING: Final = Around("", "")


class Subtitles:
    """Subtitle file: a `web.formats.base.NotedDocument` of cues."""

    def __init__(self, data: bytes, *, notation: Notation) -> None:
        """Read a file. Raises DocumentError when it is no text, too long, or has no cues."""
        self._text, self._encoding = decoded_file(data)
        check_length(len(self._text))
        self._notation = notation
        self._markup = _BLOCKS if notation == "ass" else _TAGS
        if notation == "ass":
            self._cues = list(dialogue_cues(self._text))
        else:
            self._cues = list(timed_cues(self._text, vtt=notation == "vtt"))
        if not self._cues and (notation == "ass" or not has_timing(self._text)):
            raise DocumentError(N_("There are no subtitles in the file. Nothing was kept."))
        self._lines = Lines()
        for run in self._runs():
            self._lines.add([line.asked for line in spoken_lines(run)])
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        parts: list[str] = []
        position = 0
        for shown in self._filled(targets, language):
            cue = shown.cue
            if any(spot.changed for spot in shown.spots):
                new = self._written(shown.items).replace("\n", self._break(cue))
                parts += (self._text[position : cue.start], new)
                position = cue.end
        text = "".join([*parts, self._text[position:]])
        if language and self._notation == "vtt":
            head = _BLANK_LINE.search(text)
            end = head.start() if head else len(text)
            text = _LANGUAGE.sub(rf"\g<1>{language}", text[:end]) + text[end:]
        return encoded(text, self._encoding)

    def bilingual(
        self,
        targets: Sequence[str],
        layout: BilingualLayout,  # noqa: ARG002 - a cue has lines and no columns
        language: str = "",
    ) -> bytes:
        """Write both languages: see `web.formats.base.BilingualDocument`; raises as there.

        The lines of a cue's translation stand below its own, without positions and timing marks.
        """
        parts: list[str] = []
        position = 0
        for shown in self._filled(targets, language):
            cue = shown.cue
            copy = self._copied(shown) if any(spot.changed for spot in shown.spots) else ""
            if copy:
                parts += (self._text[position : cue.end], self._break(cue) or self._line_break)
                if self._notation == "vtt" and language:
                    copy = f"<lang {html.escape(language)}>{copy}</lang>"
                parts.append(copy)
                position = cue.end
        return encoded("".join([*parts, self._text[position:]]), self._encoding)

    @property
    def _line_break(self) -> str:
        """A line break of the file's."""
        found = re.search(r"\r\n|\n|\r", self._text)
        return found[0] if found else "\n"

    def _copied(self, shown: ShownCue) -> str:
        """The translation of a cue as it stands below it; "" when it says the same."""
        if _said(shown.items) == shown.said:
            return ""
        raw = self._raw(shown.cue)
        # A voice without an end goes on.
        voiced = self._notation == "vtt" and VOICE.search(raw) and "</v>" not in raw
        copy = self._written(list(copied_items(shown.items, voiced=bool(voiced))))
        return copy.strip().replace("\n", self._break(shown.cue) or self._line_break)

    def notes(self, targets: Sequence[str], language: str = "") -> Iterator[DocumentNote]:
        """Notes of the cues that are read faster than MOST_SPEED: see `NotedDocument`."""
        for shown in self._filled(targets, language):
            target, seconds = _said(shown.items), shown.cue.seconds
            # Signs that are laid over the picture frame by frame are in no one's way.
            placed = self._notation == "ass" and _PLACED.search(self._raw(shown.cue))
            if shown.spots and seconds and not placed and len(target) > MOST_SPEED * seconds:
                speed = round(len(target) / seconds)
                yield DocumentNote("reading_speed", shown.cue.time, shown.said, target, speed)

    def _filled(self, targets: Sequence[str], language: str) -> Iterator[ShownCue]:
        """The cues with their translations. Raises DocumentError as `rebuilt`."""
        self._lines.check(targets)
        fill = self._lines.filler(targets)
        for run in self._runs():
            lines = spoken_lines(run)
            fill([line.asked for line in lines])
            for line in lines:
                share_out(line, language)
            for shown in run:
                for spot in shown.spots:
                    settle(spot, language)
            yield from run

    def _runs(self) -> Iterator[list[ShownCue]]:
        """Cues in runs; a sentence goes on from each of a run to the next."""
        run: list[ShownCue] = []
        cues = characters = 0
        for cue in self._cues:
            shown = self._shown(cue)
            sentences = shown.spots[0].sentences if shown.spots else []
            if run:
                more = len(flat(sentences[0])) if sentences else 0
                full = cues == _MOST_CUES or characters + more > _MOST_CHARACTERS
                if full or not self._goes_on(run[-1], shown):
                    yield run
                    run = []
            run.append(shown)
            if len(run) > 1 and len(shown.spots) == len(sentences) == 1:
                cues, characters = cues + 1, characters + len(flat(sentences[0]))
            elif shown.spots:
                cues, characters = 1, len(flat(shown.spots[-1].sentences[-1]))
        if run:
            yield run

    def _goes_on(self, before: ShownCue, after: ShownCue) -> bool:
        if not (before.spots and after.spots):
            return False
        said, following = (
            " ".join(flat(spot.place.items).split()) for spot in (before.spots[-1], after.spots[0])
        )
        if not (before.said.endswith(said) and after.said.startswith(following)):
            return False
        return self._is_of_one(before.cue, after.cue) and goes_on(
            said, following, _pause(before.cue, after.cue)
        )

    def _is_of_one(self, before: Cue, after: Cue) -> bool:
        """Whether cues may be of one speaker, and follow one another."""
        first, second = self._raw(before), self._raw(after)
        if before.voice != after.voice or _PLACED.search(first) or _PLACED.search(second):
            return False
        if self._notation == "vtt" and (voices := VOICE.findall(second)):
            return VOICE.findall(first)[-1:] == voices[:1]
        if before.begins is None or before.ends is None or after.begins is None:
            return True
        if after.begins <= before.begins:
            return False
        aligned = [each and each.group()[-1] for each in map(_ALIGNED.search, (first, second))]
        return after.begins >= before.ends or aligned[0] == aligned[1]

    def _raw(self, cue: Cue) -> str:
        return self._text[cue.start : cue.end]

    def _break(self, cue: Cue) -> str:
        """A line break as the cue has it."""
        raw = self._raw(cue)
        if self._notation == "ass":
            return r"\n" if r"\n" in raw and r"\N" not in raw else r"\N"
        found = re.search(r"\r\n|\n|\r", raw)
        return found[0] if found else ""

    def _shown(self, cue: Cue) -> ShownCue:
        items = self._items(cue)
        said = _said(items)
        spots = [
            Spot(place, flat(place.items).count("\n"), _sentences(place.items), [place.items])
            for place in places(items)
        ]
        return ShownCue(cue, items, spots, said)

    def _items(self, cue: Cue) -> Content:
        raw = self._raw(cue)
        pairs = Pairs()
        if self._notation == "ass":
            self._add_blocks(_ASS_BREAK.sub(lambda match: match[1] or "\n", raw), pairs)
        else:
            self._add_tags(raw.replace("\r\n", "\n").replace("\r", "\n"), pairs)
        return pairs.items

    def _add_tags(self, text: str, pairs: Pairs) -> None:
        timed = TIMESTAMP.search(text) is not None
        several = len(VOICE.findall(text)) > 1
        position = 0
        for match in _TAGS.finditer(text):
            self._add_text(text, position, match.start(), pairs)
            position = match.end()
            tag, name = match.group(), match["name"]
            if timed and (tag in {"<c>", "</c>"} or TIMESTAMP.match(tag)):
                pairs.add(_alone(tag, ordered=True))
            elif name:
                _add_tag(pairs, name, tag, voice=several and name == "v", end=bool(match["end"]))
            else:
                _add_block(pairs, tag)
        self._add_text(text, position, len(text), pairs)

    def _add_blocks(self, text: str, pairs: Pairs) -> None:
        """Text with its blocks of overrides; a drawing is one with the block that begins it."""
        position = start = 0
        drawing = False
        for match in _BLOCKS.finditer(text):
            modes = _DRAWING.findall(match.group())
            if not drawing:
                self._add_text(text, position, match.start(), pairs)
                start = match.start()
            position = match.end()
            drawing = modes[-1] != "0" if modes else drawing
            if not drawing:
                _add_block(pairs, text[start:position])
        if drawing:
            pairs.add(_alone(text[start:]))
        else:
            self._add_text(text, position, len(text), pairs)

    def _add_text(self, text: str, start: int, end: int, pairs: Pairs) -> None:
        """Text with its line breaks: where the sentence goes on, one is only white space."""
        first = start
        while (found := text.find("\n", first, end)) >= 0:
            if self._parts(text, found):
                pairs.add(self._plain(text[start:found]))
                pairs.add(Element(Around("\n", ""), apart=True))
                start = found + 1
            first = found + 1
        pairs.add(self._plain(text[start:end]))

    def _parts(self, text: str, position: int) -> bool:
        """Whether a sentence, or what one person says, ends at this line break."""
        end = text.find("\n", position + 1)
        before = text[text.rfind("\n", 0, position) + 1 : position]
        after = text[position + 1 : end if end >= 0 else len(text)]
        return parts_line(self._markup.sub("", before), self._markup.sub("", after))

    def _plain(self, text: str) -> str:
        if self._notation == "ass":
            return _ASS_SIGN.sub(lambda sign: "\u00a0" if sign[1] == "h" else sign[1], text)
        return html.unescape(text) if self._notation == "vtt" else text

    def _escaped(self, text: str) -> str:
        if self._notation == "ass":
            return re.sub(r"[{}]", r"\\\g<0>", text).replace("\u00a0", r"\h")
        return html.escape(text, quote=False) if self._notation == "vtt" else text

    def _written(self, items: Content) -> str:
        parts: list[str] = []
        for item in items:
            if isinstance(item, str):
                parts.append(self._escaped(item))
            elif isinstance(item, Place):
                parts.append(self._written(item.items))
            else:
                parts += (item.what.before, self._written(item.items or []), item.what.after)
        return "".join(parts)


def _alone(text: str, *, ordered: bool = False) -> Element:
    return Element(Around(text, ""), ordered=ordered)


def _add_tag(pairs: Pairs, name: str, tag: str, *, voice: bool, end: bool) -> None:
    """Add a tag; the words of a voice, where there are several, are lines of their own."""
    if not end:
        if voice:
            pairs.add(Element(_NOTHING, apart=True))
        pairs.open(name, tag, _alone(tag))
    elif pairs.is_open(name):
        pairs.close(name, tag)
        if voice:
            pairs.add(Element(_NOTHING, apart=True))
    else:
        pairs.add(_alone(tag))


def _add_block(pairs: Pairs, block: str) -> None:
    switch = _SWITCH.fullmatch(block)
    if switch and switch["on"] == "1":
        pairs.open(block[:-2], block, _alone(block))
    elif switch and pairs.is_open(block[:-2]):
        pairs.close(block[:-2], block)
    else:
        pairs.add(_alone(block, ordered=_KARAOKE.search(block) is not None))


def _said(items: Content) -> str:
    """Text that is read of a cue, in one line."""
    parts: list[str] = []

    def add(items: Content) -> None:
        for item in items:
            if isinstance(item, str):
                parts.append(item)
            elif isinstance(item, Element) and item.apart:
                parts.append(" ")
            else:
                add(item.items or [])

    add(items)
    return " ".join("".join(parts).split())


def _pause(before: Cue, after: Cue) -> float:
    """Seconds between two cues; 0 where they are unknown."""
    if before.ends is None or after.begins is None:
        return 0.0
    return max(0.0, after.begins - before.ends)


def _sentences(items: Content) -> list[Content]:
    """A content cut where a sentence surely ends; the white space there is in no part."""
    parts: list[Content] = [[]]
    for item in items:
        if not isinstance(item, str):
            parts[-1].append(item)
            continue
        position = 0
        for start, end in sentence_ends(item):
            parts[-1].append(item[position:start])
            parts.append([])
            position = end
        parts[-1].append(item[position:])
    return parts
