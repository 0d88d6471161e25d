"""Structure of a document: headings, paragraphs, lists, tables and pictures, of no kind of file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Run(NamedTuple):
    """Run of text in one look; `raised` is 1 over the line, -1 under it. It may lead elsewhere."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: int = 0
    address: str = ""


Runs = list[Run]


class TextPassage(NamedTuple):
    """Text passage: a paragraph of running text."""

    runs: Runs


class Heading(NamedTuple):
    """Heading of a level from 1, the highest, to 6."""

    level: int
    runs: Runs


class ListEntry(NamedTuple):
    """List entry of a level from 0; with a `number` if its list is numbered."""

    level: int
    number: int | None
    runs: Runs


class GridCell(NamedTuple):
    """Cell of a table: its paragraphs, and how many columns it is wide."""

    passages: list[Runs]
    columns: int = 1


class Grid(NamedTuple):
    """Table, row by row; all rows are as wide. Its columns have these widths, in points."""

    rows: list[list[GridCell]]
    widths: list[float]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return sum(cell.columns for cell in self.rows[0])


class Picture(NamedTuple):
    """Picture: its file, and its width and height on the page in points."""

    data: bytes
    kind: Literal["png", "jpeg"]
    width: float
    height: float


Item = TextPassage | Heading | ListEntry | Grid | Picture


@dataclass
class Structure:
    """Structure of a document in its `language`, with what stands on the head and foot of pages."""

    title: str = ""
    language: str = ""
    items: list[Item] = field(default_factory=list)
    head: list[Runs] = field(default_factory=list)
    foot: list[Runs] = field(default_factory=list)


def text_of_runs(runs: Iterable[Run]) -> str:
    """The words of runs."""
    return "".join(run.text for run in runs)


def tidied(runs: Iterable[Run]) -> Runs:
    """Runs without white space at the ends or twice, with those that look alike as one."""
    result: Runs = []
    for run in runs:
        text = " ".join(run.text.split()) if run.text.strip() else " "
        if run.text[:1].isspace() and text != " ":
            text = " " + text
        if run.text[-1:].isspace() and text != " ":
            text += " "
        if (not result or result[-1].text.endswith(" ")) and text.startswith(" "):
            text = text[1:]
        if not run.text or not text:
            continue
        if result and result[-1][1:] == run[1:]:
            result[-1] = run._replace(text=result[-1].text + text)
        else:
            result.append(run._replace(text=text))
    if result:
        result[-1] = result[-1]._replace(text=result[-1].text.rstrip())
        if not result[-1].text:
            del result[-1]
    return result


def linked_groups(runs: Iterable[Run]) -> list[tuple[str, Runs]]:
    """Runs by the address that they lead to, in order."""
    groups: list[tuple[str, Runs]] = []
    for run in runs:
        if groups and groups[-1][0] == run.address:
            groups[-1][1].append(run)
        else:
            groups.append((run.address, [run]))
    return groups
