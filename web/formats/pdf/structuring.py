"""Structuring of a PDF: which of its parts are headings, list entries, tables, and running text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from web.formats.pdf.atoms import Atom, Copied
from web.formats.pdf.geometry import Rectangle
from web.formats.pdf.grids import aligned_grids, ruled_grids
from web.formats.pdf.page_furniture import furniture_of
from web.formats.pdf.paragraphs import Part
from web.formats.pdf.setting import SetText
from web.formats.pdf.structure import (
    Heading,
    Item,
    ListEntry,
    Picture,
    Run,
    Runs,
    Structure,
    TextPassage,
    text_of_runs,
    tidied,
)

# Type of a heading, in sizes of the text's type, and letters that a heading has at most.
_LARGER: Final = 1.15
_LONGEST_HEADING: Final = 200
_LONGEST_BOLD: Final = 120
_MOST_LEVELS: Final = 6
_ENDS: Final = re.compile(r"[.,;:!?]\W*$")
_BULLET: Final = re.compile(r"[•‣◦▪▫■□●○◆◇►▶➢➤✓✔✗❖*\ufffd–—\uf000-\uf0ff-]")
_FIGURE: Final = re.compile(r"[-+\u2212]?(?:[€$£]\s?)?\d[\d.,\u00a0 ]*\s?[%€$£]?")
_NUMBER: Final = re.compile(r"\(?(\d{1,4})[.)]")
_MARKER: Final = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])[.)]|\[\d{1,3}\]|\d{1,2}(?:\.\d{1,2})*\.?")
# Points between base lines of one row; how far a bullet is from its words, in ems.
_SAME_ROW, _BESIDE = 2.0, 3.5
# Parts of a row among which the words of a bullet are looked for.
_MOST_BESIDE: Final = 100
_ADDRESS: Final = re.compile(r"(?:https?|ftp|mailto|tel):", re.IGNORECASE)
# Height over its line from which on a sign is raised, in ems.
_RAISED: Final = 0.1
# Size of a raised sign's type, in sizes of its paragraph's.
_SMALL: Final = 0.85
# Points by which entries of one level of a list are apart.
_SAME_LEVEL: Final = 6.0
_MOST_LEVELS_OF_LISTS: Final = 8


class Placed(NamedTuple):
    """Placed picture: a picture and where it stands on a canvas."""

    canvas: int
    rectangle: Rectangle
    picture: Picture


def runs_of_stretches(stretches: Iterable[SetText], size: float, addresses: Sequence[str]) -> Runs:
    """Runs of a paragraph of this size; `addresses` are those of the targets of its links."""
    return tidied(
        _run(each.what, each.style.look.bold, each.style.look.italic, size,
             addresses[each.target] if each.target >= 0 else "")
        for each in stretches
    )  # fmt: skip


def _run(what: str | Copied, bold: bool, italic: bool, size: float, address: str) -> Run:  # noqa: FBT001 - a look
    address = address if _ADDRESS.match(address) else ""
    text = what if isinstance(what, str) else what.text
    text = "".join(letter for letter in text if letter.isprintable() and letter != "\ufffd")
    if isinstance(what, str):
        return Run(text, bold, italic, 0, address)
    ups = {part.up > 0 for part in what.parts if abs(part.up) > _RAISED * size}
    small = all(part.size < _SMALL * size for part in what.parts)
    raised = (1 if ups.pop() else -1) if small and len(ups) == 1 else 0
    return Run(text, bold, italic, raised, address)


def runs_of_part(part: Part) -> Runs:
    """Runs of a part that stays as it is: figures, formulas."""
    runs: Runs = []
    for line in part.lines:
        for index, atom in enumerate(line):
            if atom.spaced or index == 0:
                runs.append(Run(" "))
            look = atom.style.look
            runs.append(_run(atom.what, look.bold, look.italic, part.size, ""))
    return tidied(runs)


def structured(
    parts: Sequence[Part],
    contents: dict[int, Runs],
    pages: Sequence[int],
    frames: Sequence[Rectangle],
    pictures: Sequence[Placed],
) -> Structure:
    """Structure of parts in their reading order, with the runs of those that are said.

    `pages` and `frames` are the page and the bounds of each canvas.
    """
    order = _with_figures(parts)
    ordered = {place: contents[n] for place, n in enumerate(order) if n in contents}
    return _Structuring([parts[n] for n in order], ordered, pages, frames).made(pictures)


class _Structuring:
    def __init__(
        self,
        parts: Sequence[Part],
        contents: dict[int, Runs],
        pages: Sequence[int],
        frames: Sequence[Rectangle],
    ) -> None:
        self._parts = parts
        self._contents = contents
        _join_markers(parts, contents)
        texts = [text_of_runs(_prefixed(part, contents.get(n, []))) for n, part in enumerate(parts)]
        self._furniture = furniture_of(parts, texts, pages, frames)
        self._pages = pages
        sizes: Counter[float] = Counter()
        for part, text in zip(parts, texts, strict=True):
            sizes[_rounded(part.size)] += len(text)
        self._body = sizes.most_common(1)[0][0] if sizes else 10.0
        # Large type at the head of each page is the title, and said once.
        titles = {n for n in self._furniture.head if parts[n].size >= _LARGER * self._body}
        self._furniture.all.difference_update(titles)
        self._furniture.head[:] = [n for n in self._furniture.head if n not in titles]
        self._indents: list[float] = []
        self._last: Part | None = None

    def made(self, pictures: Sequence[Placed]) -> Structure:
        """The structure."""
        flowing = [
            (index, part)
            for index, part in enumerate(self._parts)
            if index in self._contents and index not in self._furniture.all
        ]
        grids = ruled_grids(flowing, self._runs)
        taken = {index for indices, _ in grids for index in indices}
        grids += aligned_grids([each for each in flowing if each[0] not in taken], self._runs)
        taken = {index for indices, _ in grids for index in indices}
        tables = {indices[0]: grid for indices, grid in grids}
        single = [each for each in flowing if each[0] not in taken]
        looks = {index: look for index, part in single if (look := self._look(index, part))}
        ranks = sorted(set(looks.values()), reverse=True)
        formulas = self._formulas(single)
        found: dict[int, Item] = {}
        for index, part in flowing:
            if index in tables:
                found[index] = tables[index]
            elif index in taken:
                continue
            elif index in looks:
                level = min(ranks.index(looks[index]) + 1, _MOST_LEVELS)
                runs = [run._replace(bold=False) for run in self._runs(index)]
                found[index] = Heading(level, tidied(runs))
                self._indents.clear()
            elif index in formulas:
                pieces = [[Run(" "), *self._contents[each]] for each in formulas[index]]
                runs = tidied(run for piece in pieces for run in piece)
                if runs:
                    found[index] = TextPassage(runs)
                    self._indents.clear()
            elif part.asked and self._contents[index]:
                found[index] = self._item(index, part)
        structure = Structure(
            head=[self._runs(index) for index in self._furniture.head if self._contents.get(index)],
            foot=[self._runs(index) for index in self._furniture.foot if self._contents.get(index)],
        )
        structure.items = self._with_pictures(found, pictures)
        return structure

    def _runs(self, index: int) -> Runs:
        return _prefixed(self._parts[index], self._contents.get(index, []))

    def _look(self, index: int, part: Part) -> tuple[float, bool] | None:
        """Size and weight of a heading; None for what is none."""
        runs = self._contents[index]
        text = text_of_runs(runs)
        if not part.asked or not text or len(text) > _LONGEST_HEADING or _has_bullet(part):
            return None
        bold = all(run.bold for run in runs if any(map(str.isalnum, run.text)))
        if part.size >= _LARGER * self._body:
            return (_rounded(part.size), bold)
        short = len(text) <= _LONGEST_BOLD and not _ENDS.search(text)
        if bold and short and part.size >= 0.95 * self._body:
            return (_rounded(part.size), bold)
        return None

    def _item(self, index: int, part: Part) -> Item:
        number = _NUMBER.fullmatch(_text_of_atoms(part.marker)) if part.marker else None
        if number is None and not _has_bullet(part):
            self._indents.clear()
            return TextPassage(self._runs(index))
        left = part.edges[0]
        last, self._last = self._last, part
        if last is not None and (
            last.box.canvas != part.box.canvas or last.box.bases[0] < part.box.bases[0]
        ):
            self._indents.clear()  # the list goes on in another column
        while self._indents and left < self._indents[-1] - _SAME_LEVEL:
            self._indents.pop()
        if not self._indents or left > self._indents[-1] + _SAME_LEVEL:
            self._indents.append(left)
        level = min(len(self._indents) - 1, _MOST_LEVELS_OF_LISTS - 1)
        return ListEntry(level, int(number[1]) if number else None, self._contents[index])

    def _formulas(self, flowing: Sequence[tuple[int, Part]]) -> dict[int, list[int]]:
        """Pieces of each formula from the left, by the one that is met first."""
        result: dict[int, list[int]] = {}
        first, last = -1, -1
        for place, (index, part) in enumerate(flowing):
            if part.asked:
                continue
            before = self._parts[flowing[last][0]]
            near = (
                last == place - 1 >= 0
                and before.box.canvas == part.box.canvas
                and before.edges[3] > part.edges[1] - part.size
                and before.edges[1] < part.edges[3] + part.size
            )
            last = place
            if near:
                result[first].append(index)
            else:
                first = index
                result[first] = [index]
        for indices in result.values():
            indices.sort(key=lambda each: self._parts[each].edges[0])
        return result

    def _with_pictures(self, found: dict[int, Item], pictures: Sequence[Placed]) -> list[Item]:
        """The items in order, each picture after the last one that is above it on its page."""
        after: dict[int, list[Item]] = {}
        for placed in sorted(pictures, key=lambda each: -each.rectangle[3]):
            place = self._before(found, placed)
            after.setdefault(place, []).append(placed.picture)
        items: list[Item] = [*after.get(-1, [])]
        for index in sorted({*found, *after} - {-1}):
            if index in found:
                items.append(found[index])
            items += after.get(index, [])
        return items

    def _before(self, found: dict[int, Item], placed: Placed) -> int:
        left, bottom, right, top = placed.rectangle
        middle = (bottom + top) / 2
        place = -1
        for index in found:
            part = self._parts[index]
            if self._pages[part.box.canvas] < self._pages[placed.canvas]:
                place = max(place, index)
            if part.box.canvas != placed.canvas:
                continue
            across = part.edges[0] < right and part.edges[2] > left
            if across and part.edges[3] > middle:
                place = max(place, index)
        return place


def _with_figures(parts: Sequence[Part]) -> list[int]:
    """Order of parts in which a figure comes after the words in its row: "Summe 48,00 €"."""
    rows: dict[tuple[int, int, int], list[int]] = {}
    for index, part in enumerate(parts):
        if len(part.lines) == 1:
            base = (part.box.canvas, part.box.turn, round(part.box.bases[0]))
            rows.setdefault(base, []).append(index)
    keys = [(index, 0) for index in range(len(parts))]
    for row in rows.values():
        row.sort(key=lambda index: parts[index].edges[0])
        for place, index in enumerate(row[1:], 1):
            text = _text_of_atoms(parts[index].lines[0])
            if not parts[index].asked and _FIGURE.fullmatch(text):
                keys[index] = (keys[row[place - 1]][0], place)
    return sorted(range(len(parts)), key=lambda index: keys[index])


def _join_markers(parts: Sequence[Part], contents: dict[int, Runs]) -> None:
    """Give bullets and numbers that stand apart to the words at their right.

    Their parts are no longer among the contents.
    """
    rows: dict[tuple[int, int, int], list[int]] = {}
    for index, part in enumerate(parts):
        if part.asked and index in contents and not part.marker and not part.dotted:
            for near in (0, 1):
                place = round(part.box.bases[0] / _SAME_ROW) + near
                rows.setdefault((part.box.canvas, part.box.turn, place), []).append(index)
    for index, part in enumerate(parts):
        if part.asked or len(part.lines) != 1 or index not in contents:
            continue
        atoms = part.lines[0]
        if not _is_bullet(atoms) and not _MARKER.fullmatch(_text_of_atoms(atoms)):
            continue
        for near in (0, 1):
            place = round(part.box.bases[0] / _SAME_ROW) + near
            row = rows.get((part.box.canvas, part.box.turn, place), [])[:_MOST_BESIDE]
            right = part.edges[2]
            beside = [
                other
                for other in row
                if 0 < parts[other].edges[0] - right < _BESIDE * part.size
                and not parts[other].marker
                and parts[other].cell == part.cell
            ]
            if beside:
                first = min(beside, key=lambda other: parts[other].edges[0])
                parts[first].marker = atoms
                del contents[index]
                break


def _rounded(size: float) -> float:
    return round(2 * size) / 2


def _text_of_atoms(atoms: Sequence[Atom]) -> str:
    return "".join(
        f"{' ' * atom.spaced}{atom.what if isinstance(atom.what, str) else atom.what.text}"
        for atom in atoms
    ).strip()


def _has_bullet(part: Part) -> bool:
    return part.dotted or _is_bullet(part.marker)


def _is_bullet(marker: Sequence[Atom]) -> bool:
    text = _text_of_atoms(marker)
    if not marker or len(text) > 1:
        return False
    return bool(_BULLET.fullmatch(text)) or marker[0].style.font.signs


def _prefixed(part: Part, runs: Runs) -> Runs:
    """The runs with the number that stands before them, but no bullet."""
    if not part.marker or not runs or _has_bullet(part):
        return runs
    first = runs[0]
    prefix = Run(_text_of_atoms(part.marker) + " ", first.bold, first.italic)
    return tidied([prefix, *runs])
