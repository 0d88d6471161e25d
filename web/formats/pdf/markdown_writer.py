"""Markdown of a structure, without its pictures: a text file has no place for them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from web.formats.pdf.structure import (
    Grid,
    Heading,
    ListEntry,
    Picture,
    Run,
    Runs,
    Structure,
    TextPassage,
    linked_groups,
    text_of_runs,
)

_SIGNS: Final = re.compile(r"[\\`*_\[\]<>|~$&]")
# What at the start of a paragraph makes something else of it.
_START: Final = re.compile(r"(#{1,6}|[-+=:]+|\d{1,9}[.)])(?=\s|$)")
_INDENT: Final = "    "


def markdown_text(structure: Structure) -> bytes:
    """Write a structure as Markdown; headers and footers of pages are left out."""
    blocks: list[str] = []
    before: object = None
    for item in structure.items:
        if isinstance(item, Picture):
            continue
        block = "\n".join(_block(item))
        if isinstance(item, ListEntry) and isinstance(before, ListEntry):
            same = (item.number is None) == (before.number is None)
            blocks.append("\n" if same or item.level != before.level else "\n\n<!-- -->\n\n")
        elif blocks:
            blocks.append("\n\n")
        blocks.append(block)
        before = item
    return ("".join(blocks) + "\n").encode()


def _block(item: Heading | TextPassage | ListEntry | Grid) -> Iterator[str]:
    if isinstance(item, Heading):
        yield f"{'#' * item.level} {_inline(item.runs)}"
    elif isinstance(item, TextPassage):
        yield _paragraph(item.runs)
    elif isinstance(item, ListEntry):
        marker = "-" if item.number is None else f"{item.number}."
        yield f"{_INDENT * item.level}{marker} {_paragraph(item.runs)}"
    else:
        yield from _table(item)


def _paragraph(runs: Runs) -> str:
    text = _inline(runs)
    match = _START.match(text)
    if match is None:
        return text
    end = match.end() - 1
    return f"{text[:end]}\\{text[end:]}" if match[0][-1] in ".)" else f"\\{text}"


def _table(grid: Grid) -> Iterator[str]:
    for index, row in enumerate(grid.rows):
        cells: list[str] = []
        for cell in row:
            cells.append("<br>".join(_inline(runs) for runs in cell.passages))
            cells += [""] * (cell.columns - 1)
        yield f"| {' | '.join(cells)} |"
        if index == 0:
            yield f"|{' --- |' * grid.columns}"


def _inline(runs: Sequence[Run]) -> str:
    parts: list[str] = []
    for address, inner in linked_groups(runs):
        if not address:
            parts += map(_run, inner)
        elif text_of_runs(inner) == address:
            parts.append(f"<{_address(address)}>")
        else:
            parts.append(f"[{''.join(map(_run, inner))}](<{_address(address)}>)")
    return "".join(parts)


def _address(address: str) -> str:
    return re.sub(r"[\s<>\\|]", lambda match: f"%{ord(match[0]):02X}", address)


def _run(run: Run) -> str:
    text = _SIGNS.sub(r"\\\g<0>", run.text)
    core = text.strip()
    if not core:
        return text
    left = text[: len(text) - len(text.lstrip())]
    right = text[len(text.rstrip()) :]
    if run.raised:
        name = "sup" if run.raised > 0 else "sub"
        core = f"<{name}>{core}</{name}>"
    # Asterisks do not begin or end anything between a sign and a letter.
    if any(map(str.isalnum, (core[0], core[-1]))) and (run.bold or run.italic):
        marks = "*" * (run.italic + 2 * run.bold)
        core = f"{marks}{core}{marks}"
    return left + core + right
