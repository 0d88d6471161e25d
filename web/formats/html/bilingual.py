"""Both languages in HTML and XHTML: a paragraph's copy below it, or beside it in a table.

A paragraph has its copy as a paragraph of the same look. All else (headings, items, cells) has it
in itself, behind a line break, so that no list, table or outline gets another form; in columns, a
heading has two halves. No copy has ids, notes, pictures, scripts or controls.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from web.formats.base import BilingualLayout
from web.formats.html.tags import BLOCK, VOID, Event, Tags, names
from web.formats.inline import BETWEEN_LANGUAGES
from web.formats.patches import Patch, Patches
from web.formats.xml_parts import escaped

HEADINGS: Final = names("h1 h2 h3 h4 h5 h6")
# Elements that hold text and nothing else.
_TEXTS: Final = names("title option optgroup")
# Around paragraphs that may be in a row of a table.
FLOW: Final = names("""
    html body main article section div header footer aside blockquote center nav form
""")
# Nothing of these is in a copy.
_GONE: Final = names("""
    applet audio canvas embed iframe img input link map meta noembed noframes noscript object
    picture script select style svg template textarea video
""")
# The text of these is in a copy, and they are not.
_OPENED: Final = names("button fieldset form label")
# Attributes that name an element, or tell a program what to do with it.
_NO_ATTRIBUTES: Final = names("""
    id xml:id name usemap for accesskey autofocus tabindex epub:type itemprop itemscope itemid
    itemtype itemref role aria-describedby aria-labelledby aria-controls
""")
_ATTRIBUTE: Final = re.compile(
    r"(?<!\s)\s++([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?"
)
_EMPTY: Final = re.compile(
    r"<(a|abbr|b|em|i|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>\s*</\1\s*>", re.IGNORECASE
)
# Levels of elements that are left without content, and parts of a link that is looked into.
_MOST_EMPTY: Final = 4
_MOST_PARTS: Final = 60
_IMPLIED: Final = names("dd dt li option p tbody td tfoot th thead tr")
_ROW: Final = '<table style="width:100%;table-layout:fixed;border-collapse:collapse;border:0"><tr>'
_CELL: Final = '<td style="width:50%;vertical-align:top;border:0;padding:0 1em 0 0"'
# Sign, which no text has, of a table that was made here, until all of them are.
_OWN: Final = "\0"
_ROW_END: Final = f"</td></tr>{_OWN}</table>"
_HALF: Final = (
    ' style="display:inline-block;width:50%;vertical-align:top;box-sizing:border-box;'
    'padding-right:1em"'
)
_JOINT: Final = re.compile(rf"{_OWN}</table>\s*{re.escape(_ROW)}".replace("<tr>", ""))


class Writing(NamedTuple):
    """Writing of copies: the attributes that name their language, and a line break."""

    marks: str
    line_break: str

    def below(self, copy: str) -> str:
        """Copy in the element that has its source."""
        return f"{self.line_break}<span{self.marks}>{copy}</span>"

    def halves(self, copy: str) -> tuple[str, str]:
        """Before and behind the source in a heading whose halves are the two languages."""
        return f"<span{_HALF}>", f"</span><span{self.marks}{_HALF}>{copy}</span>"

    def paragraph(self, tag: str, copy: str) -> str:
        """Copy of a paragraph whose start tag is `tag`."""
        kept = _without(tag, _NO_ATTRIBUTES | {"lang", "xml:lang"})
        name = _NAME.match(kept)
        end = name.end() if name else len(kept) - 1
        return f"{kept[:end]}{self.marks}{kept[end:]}{copy}</{kept[1:end]}>"

    def row(self, copy: str) -> tuple[str, str]:
        """Before and behind a paragraph in a row with its copy, which is a paragraph, too."""
        return f"{_ROW}{_CELL}>", f"</td>{_CELL}>{copy}{_ROW_END}"


_NAME: Final = re.compile(r"<[^\s/>]++")


def writing(language: str, *, xml: bool, html: bool) -> Writing:
    """Writing in a language, as one notation or both have it."""
    code = escaped(language).decode().replace('"', "&quot;")
    found = [name for name, has in (("lang", html), ("xml:lang", xml)) if has and language]
    marks = "".join(f' {name}="{code}"' for name in found)
    return Writing(marks, "<br/>" if xml else "<br>")


def joined_rows(text: str) -> str:
    """The text with one table of the rows that follow one another."""
    return _JOINT.sub("", text).replace(_OWN, "")


def in_both_languages(  # noqa: PLR0913 - of one caller
    text: str,
    blocks: Sequence[Event],
    changes: Sequence[Patch],
    layout: BilingualLayout,
    language: str,
    *,
    in_rows: bool = False,
) -> str:
    """A page with copies of what changes; `blocks` are the tags that end lines.

    With `in_rows` it has as many rows as before.
    """
    xml = "http://www.w3.org/1999/xhtml" in text[:2000]
    pen = writing(language, xml=xml, html=True)
    edits = list(_edits(text, blocks, changes, pen, beside=layout == "beside"))
    if in_rows:
        edits = [each._replace(text=each.text.replace("\n", " ")) for each in edits]
    made = Patches(text, edits).slice(0, len(text) + 1)
    return joined_rows(made) if layout == "beside" else made


def _edits(
    text: str, blocks: Sequence[Event], changes: Sequence[Patch], pen: Writing, *, beside: bool
) -> Iterator[Patch]:
    starts = [each.start for each in blocks]
    target = Patches(text, changes)
    around = list(_rows_allowed(blocks))
    done = -1
    for change in changes:
        index = bisect_right(starts, change.start) - 1
        before = blocks[index] if index >= 0 else Event("", 0, 0)
        after = blocks[index + 1] if index + 1 < len(blocks) else Event("", len(text), len(text))
        opened = before.kind == "open"
        # A row that is none of the page may stand in the middle of a paragraph.
        whole = opened and after.kind != "aside"
        if whole and (before.name == "p" or before.name in HEADINGS):
            if index != done:
                done = index
                copy = copy_of(target.slice(before.end, after.start))
                closed = after.kind == "close" and after.name == before.name
                end = after.end if closed else after.start
                yield from _doubled(
                    text, (before, after.start, end), copy, pen, beside=beside and around[index]
                )
        elif opened and before.name in _TEXTS:
            said = BETWEEN_LANGUAGES + _TAGS.sub("", change.text)
            yield Patch(change.end, change.end, said)
        else:
            yield Patch(change.end, change.end, pen.below(copy_of(change.text)))


_TAGS: Final = re.compile(r"<[^<>]*>")


def _doubled(
    text: str, place: tuple[Event, int, int], copy: str, pen: Writing, *, beside: bool
) -> Iterator[Patch]:
    """A paragraph or heading, by its start tag and the places of its end tag, with its copy."""
    tag, close, end = place
    if tag.name == "p":
        new = pen.paragraph(text[tag.start : tag.end], copy)
        if beside:
            before, behind = pen.row(new)
            yield Patch(tag.start, tag.start, before)
            yield Patch(end, end, behind)
        else:
            yield Patch(end, end, new)
    elif beside:
        before, behind = pen.halves(copy)
        yield Patch(tag.end, tag.end, before)
        yield Patch(close, close, behind)
    else:
        yield Patch(close, close, pen.below(copy))


def _rows_allowed(blocks: Sequence[Event]) -> Iterator[bool]:
    """Of each tag, whether a table may be in the place of the element that it begins."""
    stack: list[str] = []
    open_names: Counter[str] = Counter()
    closed = 0  # how many are open in which no table may be
    for event in blocks:
        if event.kind == "close":
            while open_names[event.name]:
                name = stack.pop()
                open_names[name] -= 1
                closed -= name not in FLOW
                if name == event.name:
                    break
        elif event.kind == "open" and event.name not in VOID:
            last = stack[-1] if stack else ""
            if (last in _IMPLIED and last == event.name) or (last == "p" and event.name in BLOCK):
                open_names[stack.pop()] -= 1
                closed -= 1
            yield not closed
            stack.append(event.name)
            open_names[event.name] += 1
            closed += event.name not in FLOW
            continue
        yield False


def copy_of(markup: str) -> str:
    """Copy of the markup of a translated paragraph, which may be XML, too.

    Every element in it is closed there.
    """
    parts: list[str] = []
    stack: list[tuple[str, bool]] = []
    skipped: list[str] = []
    tags = Tags(markup)
    events = tags.events
    for index, event in enumerate(events):
        said = markup[event.start : event.end]
        if skipped:
            if event.name == skipped[-1] and event.kind in {"open", "close"}:
                skipped.pop() if event.kind == "close" else skipped.append(event.name)
        elif event.kind == "text" or (event.kind == "aside" and not said.startswith("<!")):
            parts.append(said)
        elif event.kind == "open" and event.name not in VOID:
            if event.name in _GONE or _is_note(markup, events, index):
                skipped.append(event.name)
                continue
            shown = event.name not in _OPENED and not (
                event.name == "a" and "href" not in event.values
            )
            stack.append((event.name, shown))
            parts.append(_without(said, _NO_ATTRIBUTES) if shown else "")
        elif event.kind == "close":
            parts += _closed(stack, event.name, said)
        elif event.kind in {"open", "alone"} and event.name not in _GONE and event.name != "a":
            parts.append(_without(said, _NO_ATTRIBUTES))
    parts += (f"</{name}>" for name, shown in reversed(stack) if shown)
    copy = "".join(parts).strip(" \t\r\n\f")
    for _ in range(_MOST_EMPTY):
        copy = _EMPTY.sub("", copy)
    return copy.strip(" \t\r\n\f")


def _closed(stack: list[tuple[str, bool]], name: str, said: str) -> Iterator[str]:
    """The end of an element, and before it of those that are open in it; nothing if none is."""
    if all(each != name for each, _ in stack):
        return
    while stack:
        each, shown = stack.pop()
        if each == name:
            if shown:
                yield said
            return
        if shown:
            yield f"</{each}>"


def _is_note(markup: str, events: Sequence[Event], index: int) -> bool:
    """Whether a start tag begins the mark of a note, which is a link without a word."""
    event = events[index]
    kinds = f"{event.values.get('epub:type') or ''} {event.values.get('role') or ''}".split()
    if not {"noteref", "doc-noteref", "pagebreak", "doc-pagebreak"}.isdisjoint(kinds):
        return True
    if event.name != "a":
        return False
    for each in events[index + 1 : index + 1 + _MOST_PARTS]:
        if each.kind == "close" and each.name == "a":
            return True
        if each.kind == "text" and any(map(str.isalpha, markup[each.start : each.end])):
            return False
    return False


def _without(tag: str, attributes: frozenset[str]) -> str:
    """A start tag without these attributes."""
    return _ATTRIBUTE.sub(
        lambda match: "" if match[1].lower() in attributes else match.group(), tag
    )
