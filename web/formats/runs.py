"""Runs: text cut into stretches of one look, as office documents have it, and lines with tags.

Programs cut a word into runs wherever someone once typed, so runs that look alike are one. The look
that most of a text has needs no tag.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from web.formats.places import Content, Element, Joined, Place


@dataclass(frozen=True, slots=True)
class RunLook:
    """Formatting of a run: its properties as XML, and the part of them that can be seen."""

    properties: bytes = field(default=b"", compare=False)
    seen: Hashable = ()


# Text in its look, or something else between texts.
Run = tuple[RunLook, str] | Element


def text_runs(look: RunLook, text: str) -> Iterator[Run]:
    """A text as runs; a line break in it is an element."""
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines):
        if number:
            yield Element("\n", breaks=True)
        yield look, line


def usual_look(runs: Iterable[Run]) -> RunLook:
    """The look of most of the text."""
    letters: dict[RunLook, int] = {}
    for run in runs:
        if not isinstance(run, Element):
            letters[run[0]] = letters.get(run[0], 0) + len(run[1].strip())
    return max(letters, key=lambda look: letters[look]) if letters else RunLook()


def grouped(runs: Iterable[Run], base: RunLook) -> Content:
    """Runs as items: text of one look that is not `base` is one element."""
    items: Content = []
    group: Content | None = None
    group_look = base
    pending: Content = []  # in the group if it goes on afterwards
    for run in runs:
        if isinstance(run, Element):
            pending.append(run)
            if run.apart or run.breaks:
                group = None
            continue
        look, text = run
        if not text.strip():
            pending += [text] if text else []
            continue
        if look == base:
            group = None
        elif group is None or look != group_look:
            items += pending
            pending = []
            group, group_look = [], look
            items.append(Element(look, group))
        (items if group is None else group).extend([*pending, text])
        pending = []
    return items + pending


def flattened(items: Content, look: RunLook) -> Iterator[Run]:
    """Items as runs again; texts that are next to each other in one look are one."""
    waiting: tuple[RunLook, str] | None = None
    for run in _runs(items, look):
        if isinstance(run, Element):
            if waiting:
                yield waiting
            waiting = None
            yield run
        elif waiting and waiting[0] == run[0]:
            waiting = (waiting[0], waiting[1] + run[1])
        else:
            if waiting:
                yield waiting
            waiting = run
    if waiting:
        yield waiting


def _runs(items: Sequence[object], look: RunLook) -> Iterator[Run]:
    for item in items:
        if isinstance(item, str):
            if item:
                yield look, item
        elif isinstance(item, Place):
            yield from _runs(item.items, look)
        elif isinstance(item, Element):
            if isinstance(item.what, RunLook):
                yield from _runs(item.items or (), item.what)
            elif isinstance(item.what, Joined):
                yield from _runs(item.what.items, look)
            elif isinstance(item.what, str):
                yield look, item.what
            else:
                yield item


def plain(items: Content) -> str:
    """The text of items without its look; other elements are none."""
    return "".join(run[1] for run in flattened(items, RunLook()) if not isinstance(run, Element))
