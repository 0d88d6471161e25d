"""TMX 1.4, translation memory exchange: read as it arrives, in constant memory, and written.

Inline codes become the tags that documents have (web/formats/inline.py), so that a sentence with
them is found where the same tags are; what programs wrote into them is left out. Entities that a
file declares are refused, and nothing is ever fetched.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from web import __version__
from web.errors import UserError
from web.memory.entries import MemoryEntry, Pair
from web.messages import N_, Message

MEDIA_TYPE: Final = "application/x-tmx+xml"
# Longest source or target of an entry, in characters.
MOST_CHARACTERS: Final = 10_000
# Bytes of the longest tag, comment or the like: the parser holds one until it is whole.
MOST_TOKEN: Final = 1_000_000
# Elements within each other, and languages of a unit, that are read.
MOST_DEPTH: Final = 50
MOST_LANGUAGES: Final = 100
# A code's number has fewer digits.
MOST_DIGITS: Final = 5
# Bytes that the parser gets at once.
_STEP: Final = 65_536
# Source language of a file whose units can be read in both directions.
ALL: Final = "*all*"

_BEFORE: Final = frozenset({"x-context-pre", "prev"})
_AFTER: Final = frozenset({"x-context-post", "next"})
_BEFORE_HASH: Final = "x-before-hash"
_AFTER_HASH: Final = "x-after-hash"
_PROPS: Final = _BEFORE | _AFTER | {_BEFORE_HASH, _AFTER_HASH}
# Codes whose content is the program's own.
_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
_TAG: Final = re.compile(r"<(?P<end>/?)x(?P<br>(?:br)?)(?P<number>[0-9]{1,4})(?P<alone>/?)>")
_CODE: Final = re.compile("[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}")
# Characters that XML 1.0 cannot hold.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TmxError(UserError):
    """The file is no TMX, or no more from a line on; the message names it.

    `line` counts from 1. The units before it can be read.
    """

    code = "tmx_refused"

    def __init__(self, message: str, line: int, **values: str | int | Message) -> None:
        super().__init__(message, line=line, **values)
        self.line = line


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """Translation unit: its line, and its texts by their languages, in lower case ("de-at").

    `source_language` is as the unit or the file names it, None where neither does. `before` and
    `after` are the sentences around it, or hashes of those, None where they are not known.
    """

    line: int
    texts: dict[str, str]
    source_language: str | None = None
    made_at: datetime | None = None
    before: str | int | None = None
    after: str | int | None = None

    def pairs(self, wanted: Pair | None) -> Iterator[tuple[Pair, str, str]]:
        """Its pairs of languages, each with source and target: the wanted one, or all of them.

        Regions do not count: "de" is "DE-at", too. All are those from the source language, or
        where that is not known or "*all*", from each language to each other.
        """
        if wanted is not None:
            source, target = (self._text(each) for each in wanted)
            if source is not None and target is not None:
                yield wanted, source, target
            return
        by_language = {_primary(each): text for each, text in reversed(self.texts.items())}
        first = _primary(self.source_language or ALL)
        sources = [first] if first in by_language else list(by_language)
        for one in sources:
            for other, target in by_language.items():
                if one != other:
                    yield (one, other), by_language[one], target

    def _text(self, code: str) -> str | None:
        code = code.lower().replace("_", "-")
        if code in self.texts:
            return self.texts[code]
        return next(
            (text for each, text in self.texts.items() if _primary(each) == _primary(code)), None
        )


@dataclass(slots=True)
class _OpenUnit:
    """A unit that is being read."""

    line: int
    source_language: str | None
    texts: dict[str, str] = field(default_factory=dict)
    made_at: datetime | None = None
    props: dict[str, str] = field(default_factory=dict)
    # Numbers of tags by the codes' own; those that are taken, and where to look for a free one.
    numbers: dict[str, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    free: int = 1

    def number(self, key: str, own: str | None) -> int:
        """A code's number: the one that it has, unless another code has it."""
        if key not in self.numbers:
            wanted = own if own and own.isascii() and own.isdecimal() else ""
            number = int(wanted) if 0 < len(wanted) < MOST_DIGITS else 0
            if not number or number in self.taken:
                while self.free in self.taken:
                    self.free += 1
                number = self.free
            self.numbers[key] = number
            self.taken.add(number)
        return self.numbers[key]


class TmxReader:
    """Reader of TMX that is given a file's bytes as they arrive."""

    def __init__(self) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        self._parser = parser
        self._fed = 0
        self._path: list[str] = []
        self._file_language: str | None = None
        self._units: list[TmxUnit] = []
        self._unit: _OpenUnit | None = None
        self._language = ""
        self._said: list[str] | None = None
        self._length = 0
        self._codes = 0  # open elements that hold a program's own codes
        self._alone = 0
        self._prop = ""

    @property
    def line(self) -> int:
        """The line that is being read."""
        return self._parser.CurrentLineNumber

    def feed(self, data: bytes) -> Iterator[TmxUnit]:
        """Read further bytes: the units that end in them. Raises TmxError after the last one."""
        for at in range(0, len(data), _STEP):
            yield from self._parsed(data[at : at + _STEP], last=False)

    def close(self) -> Iterator[TmxUnit]:
        """The file's end. Raises TmxError when there was to be more."""
        return self._parsed(b"", last=True)

    def _parsed(self, data: bytes, *, last: bool) -> Iterator[TmxUnit]:
        error: TmxError | None = None
        try:
            self._parser.Parse(data, last)
            self._fed += len(data)
            if self._fed - max(0, self._parser.CurrentByteIndex) > MOST_TOKEN:
                error = TmxError(N_("Line {line!s}: a tag or a comment is too long."), self.line)
        except TmxError as caught:
            error = caught
        except expat.ExpatError as caught:
            error = (
                TmxError(N_("The file ends in the middle, in line {line!s}."), caught.lineno)
                if last
                else TmxError(N_("Line {line!s}: this is no well-formed XML."), caught.lineno)
            )
        units, self._units = self._units, []
        yield from units
        if error is not None:
            raise error

    def _entity(self, *_: object) -> None:
        raise TmxError(
            N_("Line {line!s}: entities of its own are refused in a TMX file."), self.line
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path and name != "tmx":
            raise TmxError(N_("Line {line!s}: this is no TMX file."), self.line)
        if len(self._path) >= MOST_DEPTH:
            raise TmxError(N_("Line {line!s}: the elements are nested too deeply."), self.line)
        self._path.append(name)
        if self._said is not None:
            self._inline(name, attributes)
        elif name == "header":
            self._file_language = _language(attributes.get("srclang"))
        elif name == "tu":
            own = _language(attributes.get("srclang"))
            self._unit = _OpenUnit(self.line, own or self._file_language)
            self._dated(attributes)
        elif name == "tuv":
            self._language = _language(attributes.get("xml:lang") or attributes.get("lang")) or ""
            self._dated(attributes)
        elif name == "prop":
            self._prop = attributes.get("type", "")[:100]
            self._begin()
        elif name == "seg":
            self._begin()

    def _begin(self) -> None:
        self._said, self._length, self._codes, self._alone = [], 0, 0, 0

    def _end(self, name: str) -> None:
        self._path.pop()
        if name in {"seg", "prop"} and self._codes == 0 and self._said is not None:
            said, self._said = "".join(self._said), None
            if self._unit is None:
                return
            if name == "prop":
                if self._path[-1:] == ["tu"] and self._prop in _PROPS:
                    self._unit.props[self._prop] = said
            elif self._language and len(self._unit.texts) < MOST_LANGUAGES:
                self._unit.texts.setdefault(self._language, said)
        elif self._said is not None:
            self._codes -= name in _CODES
        elif name == "tu" and self._unit is not None:
            self._units.append(_whole(self._unit))
            self._unit = None

    def _text(self, data: str) -> None:
        if self._said is not None and not self._codes and self._length <= MOST_CHARACTERS:
            data = data[: MOST_CHARACTERS + 1 - self._length]
            self._length += len(data)
            self._said.append(data)

    def _inline(self, name: str, attributes: dict[str, str]) -> None:
        """A code within a segment as a tag; of an isolated one nothing is left."""
        if name not in _CODES:
            return
        if not self._codes and self._unit is not None and self._length <= MOST_CHARACTERS:
            if name in {"bpt", "ept"}:
                own = attributes.get("i")
                number = self._unit.number(f"pair {own}", own)
                self._text(f"</x{number}>" if name == "ept" else f"<x{number}>")
            elif name == "ph":
                self._alone += 1
                own = attributes.get("x")
                number = self._unit.number(f"alone {own}" if own else f"order {self._alone}", own)
                lines = "br" if attributes.get("type") == "lb" else ""
                self._text(f"<x{lines}{number}/>")
        self._codes += 1

    def _dated(self, attributes: dict[str, str]) -> None:
        for name in ("changedate", "creationdate"):
            made = _date(attributes.get(name, ""))
            if made and self._unit and (self._unit.made_at is None or made > self._unit.made_at):
                self._unit.made_at = made


def _whole(unit: _OpenUnit) -> TmxUnit:
    sides = [
        next((unit.props[each] for each in named if each in unit.props), None)
        for named in (sorted(_BEFORE), sorted(_AFTER))
    ]
    before, after = (
        _number_of(unit.props.get(name, ""), side)
        for name, side in zip((_BEFORE_HASH, _AFTER_HASH), sides, strict=True)
    )
    return TmxUnit(unit.line, unit.texts, unit.source_language, unit.made_at, before, after)


def _number_of(hexadecimal: str, otherwise: str | None) -> str | int | None:
    return int(hexadecimal, 16) if re.fullmatch("[0-7]?[0-9a-f]{1,15}", hexadecimal) else otherwise


def _language(code: str | None) -> str | None:
    code = (code or "").strip().lower().replace("_", "-")
    return code if code == ALL or _CODE.fullmatch(code) else None


def _primary(code: str) -> str:
    return code.lower().replace("_", "-").partition("-")[0]


def _date(said: str) -> datetime | None:
    try:
        return datetime.strptime(said, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).replace(tzinfo=None)
    except ValueError:
        return None


def tmx_head(pair: Pair) -> str:
    """The beginning of a file for a pair of languages."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="unlimited-translation" creationtoolversion="{__version__}" '
        'segtype="sentence" o-tmf="unlimited-translation" adminlang="en" '
        f'srclang={quoteattr(pair[0])} datatype="plaintext"/>\n<body>\n'
    )


TMX_TAIL: Final = "</body>\n</tmx>\n"


def tmx_units(entries: Iterable[MemoryEntry], pair: Pair) -> str:
    """Entries of a memory as units of TMX, one per line."""
    return "".join(_unit(each, *pair) for each in entries)


def _unit(entry: MemoryEntry, source: str, target: str) -> str:
    props: list[tuple[str, str]] = [
        ("x-origin", entry.origin),
        (_BEFORE_HASH, f"{entry.before:x}"),
        (_AFTER_HASH, f"{entry.after:x}"),
    ]
    return (
        f'<tu creationdate="{entry.made_at:%Y%m%dT%H%M%SZ}">'
        + "".join(f'<prop type="{name}">{escape(value)}</prop>' for name, value in props)
        + f"<tuv xml:lang={quoteattr(source)}><seg>{_segment(entry.source)}</seg></tuv>"
        + f"<tuv xml:lang={quoteattr(target)}><seg>{_segment(entry.target)}</seg></tuv></tu>\n"
    )


def _segment(text: str) -> str:
    parts, at = [], 0
    for match in _TAG.finditer(text):
        parts += [_escaped(text[at : match.start()]), _code(match)]
        at = match.end()
    return "".join([*parts, _escaped(text[at:])])


def _code(match: re.Match[str]) -> str:
    number, said = match["number"], escape(match[0])
    if (
        str(int(number)) != number
        or (match["end"] and match["alone"])
        or (match["br"] and not match["alone"])
    ):
        return said  # no tag of ours
    if match["alone"]:
        kind = ' type="lb"' if match["br"] else ""
        return f'<ph x="{number}"{kind}>{said}</ph>'
    name = "ept" if match["end"] else "bpt"
    return f'<{name} i="{number}">{said}</{name}>'


def _escaped(text: str) -> str:
    # A parser makes one line break of every kind, unless it is written as a character's number.
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})
