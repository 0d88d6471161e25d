"""Web page of a structure: one file, with its pictures in it."""

import base64
from collections.abc import Iterator, Sequence
from html import escape

from web.formats.pdf.structure import (
    Grid,
    Heading,
    Item,
    ListEntry,
    Picture,
    Run,
    Runs,
    Structure,
    TextPassage,
    linked_groups,
)

_STYLE = (
    "body{max-width:45rem;margin:2rem auto;padding:0 1rem;line-height:1.5;font-family:serif}"
    "table{border-collapse:collapse}td{border:1px solid #999;padding:.2rem .5rem;"
    "vertical-align:top}td p{margin:0}img{max-width:100%;height:auto}"
)


def web_page(structure: Structure) -> bytes:
    """Write a structure as a web page."""
    language = f' lang="{escape(structure.language)}"' if structure.language else ""
    parts = [
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">',
        f"<title>{escape(structure.title)}</title>",
        f"<style>{_STYLE}</style>\n</head>\n<body>",
        *_around("header", structure.head),
        *_items(structure.items),
        *_around("footer", structure.foot),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _around(name: str, passages: Sequence[Runs]) -> Iterator[str]:
    if passages:
        yield f"<{name}>"
        yield from (f"<p>{_inline(runs)}</p>" for runs in passages)
        yield f"</{name}>"


def _items(items: Sequence[Item]) -> Iterator[str]:
    lists: list[str] = []
    for item in items:
        if isinstance(item, ListEntry):
            yield from _entry(item, lists)
            continue
        while lists:
            yield f"</li></{lists.pop()}>"
        if isinstance(item, Heading):
            yield f"<h{item.level}>{_inline(item.runs)}</h{item.level}>"
        elif isinstance(item, TextPassage):
            yield f"<p>{_inline(item.runs)}</p>"
        elif isinstance(item, Grid):
            yield from _table(item)
        elif isinstance(item, Picture):
            data = base64.b64encode(item.data).decode()
            yield (
                f'<p><img src="data:image/{item.kind};base64,{data}" alt="" '
                f'width="{item.width * 4 / 3:.0f}" height="{item.height * 4 / 3:.0f}"></p>'
            )
    while lists:
        yield f"</li></{lists.pop()}>"


def _entry(entry: ListEntry, lists: list[str]) -> Iterator[str]:
    """An entry in the open lists, each of which has an open entry."""
    name = "ul" if entry.number is None else "ol"
    while len(lists) > entry.level + 1 or (len(lists) == entry.level + 1 and lists[-1] != name):
        yield f"</li></{lists.pop()}>"
    if len(lists) == entry.level + 1:
        yield "</li>"
    while len(lists) < entry.level + 1:
        inner = len(lists) < entry.level
        lists.append(name)
        start = f' start="{entry.number}"' if entry.number not in {None, 1} and not inner else ""
        yield f"<{name}{start}>" + ("<li>" if inner else "")
    yield f"<li>{_inline(entry.runs)}"


def _table(grid: Grid) -> Iterator[str]:
    yield "<table>"
    for row in grid.rows:
        cells = []
        for cell in row:
            span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            inner = "".join(f"<p>{_inline(runs)}</p>" for runs in cell.passages)
            cells.append(f"<td{span}>{inner}</td>")
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</table>"


def _inline(runs: Runs) -> str:
    parts = []
    for address, inner in linked_groups(runs):
        text = "".join(map(_run, inner))
        parts.append(f'<a href="{escape(address)}">{text}</a>' if address else text)
    return "".join(parts)


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    for name, wanted in (
        ("em", run.italic),
        ("strong", run.bold),
        ("sup", run.raised > 0),
        ("sub", run.raised < 0),
    ):
        if wanted:
            text = f"<{name}>{text}</{name}>"
    return text
