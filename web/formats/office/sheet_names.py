"""Names of sheets: which are translated, what they become, and a spreadsheet written with them.

Everything that refers to a sheet does so by its name. `web.formats.office.workbook_references` and
`web.formats.open_document.references` know where; a name that is said where they cannot follow
stays.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from web.formats.base import Document
from web.formats.cells import is_cell_code
from web.formats.package import Entries
from web.formats.places import check_count

# Excel calls a sheet of its own so, in English, and takes no other of this name.
_RESERVED: Final = frozenset(("history",))
_SLASH: Final = re.compile(r"[\\/]")
_FORBIDDEN: Final = re.compile(r"[?*\[\]:]")
_WORD: Final = re.compile(r"[^\W\d_]{2}")
# A new sheet's name: „Tabelle1“.
_NUMBERED: Final = re.compile(r"([^\W\d_]{3,})([0-9]{1,4})")
# Names that need no quotes in a formula: they look like no cell, number or constant.
_BARE: Final = re.compile(r"(?!true\Z|false\Z)[^\W\d_]{4,}", re.IGNORECASE)
# What makes addresses out of texts. HYPERLINK is that to another file, too, and INDIRECT without
# a sheet counts rows.
_MAKES_ADDRESSES: Final = re.compile(
    r"\b(?:INDIRECT\s*\((?!\s*\"[^\"!.']*\"\s*[),;])|HYPERLINK\s*\((?!\s*\"[^\"#])|EVALUATE\s*\("
    r"|SHEET\s*\((?!\s*\)))",
    re.IGNORECASE,
)


class _Renamable(NamedTuple):
    """A name of a sheet: its words, and the number that a program gave it."""

    name: str
    words: str
    number: str


class Renamed(Mapping[str, str]):
    """New names of sheets by their old ones, in capitals or not."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {old.casefold(): new for old, new in names.items()}

    def __getitem__(self, name: str) -> str:
        return self._names[name.casefold()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class SheetReferences(Protocol):
    """References to sheets in a kind of spreadsheet."""

    # All names of sheets, in their order, and those of them that something may say unseen, as
    # `str.casefold` gives them.
    names: Sequence[str]
    fixed: Collection[str]
    # Most characters of a name, as UTF-16 counts them; 0: any number.
    most: int

    def renamed(self, entry: str, xml: bytes, names: Renamed) -> bytes:
        """An entry in which sheets are named anew."""

    def has(self, entry: str) -> bool:
        """Whether an entry may name a sheet."""


class SheetNames:
    """Names of sheets, and the entries of a spreadsheet in which they change.

    `Entries` in `web.formats.package` describes its methods. `lines` are the names to translate.
    """

    def __init__(self, store: Entries, references: SheetReferences) -> None:
        self._store = store
        self._references = references
        self._names = Renamed({})
        found = [_parted(name) for name in references.names]
        self._renamable = [
            each
            for each in found
            if each.name.casefold() not in references.fixed
            and _WORD.search(each.words)
            and not is_cell_code(each.words)
        ]
        self.lines = list(dict.fromkeys(each.words for each in self._renamable))

    def rename(self, targets: Sequence[str]) -> None:
        """Name the sheets as `targets` say, one for each of `lines`; each name is another."""
        said = dict(zip(self.lines, targets, strict=True))
        changing = [each for each in self._renamable if said[each.words] != each.words]
        old = {each.name for each in changing}
        taken = {name.casefold() for name in self._references.names if name not in old}
        new: dict[str, str] = {}
        counts: dict[str, int] = {}
        for each in changing:
            words = _allowed(said[each.words] + each.number)
            if not words or words.casefold() in _RESERVED:
                words = each.name
            new[each.name] = _free(words, taken, self._references.most, counts)
            taken.add(new[each.name].casefold())
        self._names = Renamed({old: name for old, name in new.items() if old != name})

    def read(self, name: str) -> bytes:
        """Read an entry, as it was. Raises DocumentError."""
        return self._store.read(name)

    def copied(self, replaced: Callable[[str], bytes | None]) -> bytes:
        """Copy the whole, with the content that `replaced` gives for a name, and the new names."""

        def renamed(name: str) -> bytes | None:
            new = replaced(name)
            if not self._names or not self._references.has(name):
                return new
            old = self._store.read(name) if new is None else new
            done = self._references.renamed(name, old, self._names)
            return new if done == old else done

        return self._store.copied(renamed)


class NamedSpreadsheet:
    """Spreadsheet with the names of its sheets; `web.formats.base.Document` describes its lines.

    `document` is one of the entries `names`.
    """

    def __init__(self, document: Document, names: SheetNames) -> None:
        self._document = document
        self._names = names
        self.lines: Sequence[str] = [*names.lines, *document.lines]

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        check_count(targets, self.lines)
        count = len(self._names.lines)
        self._names.rename(targets[:count])
        return self._document.rebuilt(targets[count:], language)


def makes_addresses(formula: str) -> bool:
    """Whether a formula makes addresses out of texts, where no name can be followed."""
    return _MAKES_ADDRESSES.search(formula) is not None


def quoted(name: str) -> str:
    """A name, or two with a colon between, as formulas say it: in quotes where it needs some."""
    if all(map(_BARE.fullmatch, name.split(":"))):
        return name
    return "'{}'".format(name.replace("'", "''"))


def _parted(name: str) -> _Renamable:
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        return _Renamable(name, numbered[1], numbered[2])
    return _Renamable(name, " ".join(name.split()), "")


def _allowed(name: str) -> str:
    """A name without the signs that one cannot have."""
    name = "".join(sign for sign in _SLASH.sub("-", name) if sign.isprintable() or sign.isspace())
    return " ".join(_FORBIDDEN.sub(" ", name).split()).strip(" '")


def _free(name: str, taken: Collection[str], most: int, counts: dict[str, int]) -> str:
    """A name that no other sheet has, as long as it may be.

    `counts` are the numbers up to which sheets of a name have been tried.
    """
    number = counts.get(name, 0)
    while True:
        number += 1
        counts[name] = number
        more = "" if number == 1 else f" {number}"
        new = _cut(name, most - len(more)) + more if most else name + more
        if new.casefold() not in taken:
            return new


def _cut(name: str, most: int) -> str:
    """As much of a name as `most` characters have room for, whole words if there are any."""
    if _length(name) <= most:
        return name
    while _length(name) > most:
        before, _, _ = name.rpartition(" ")
        name = before if _length(before) > most // 2 else name[:-1]
    return name.strip(" '-,")


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
