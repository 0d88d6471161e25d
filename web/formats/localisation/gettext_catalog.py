"""Gettext catalogs: a .po gets the translations that it lacks, a .pot all; the rest to the byte.

Babel reads catalogs and writes them anew, with other line breaks and comments in another order; so
the strings are found here. How many plural forms a language has is Babel's knowledge, and the way
that long strings are wrapped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from babel.core import UnknownLocaleError
from babel.messages.plurals import get_plural
from babel.messages.pofile import normalize

from web.formats.base import DocumentError
from web.formats.localisation.string_file import (
    Edit,
    decoded_strings,
    edited,
    line_of,
    locale_like,
    unreadable,
)
from web.formats.localisation.wording import Syntax, Wording
from web.formats.places import Lines
from web.formats.plain_text import Encoding, encoded
from web.messages import N_

_LINE: Final = re.compile(
    r"[ \t]*+(?:(?P<comment>#[^\r\n]*+)|(?:(?P<name>msgctxt|msgid_plural|msgid|msgstr)[ \t]*+"
    r'(?:\[(?P<form>\d{1,3})\][ \t]*+)?)?(?P<said>"(?:[^"\\\r\n]++|\\[^\r\n])*")[ \t]*+|)'
    r"(?P<end>\r\n|\n|\r|\Z)"
)
_ESCAPE: Final = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|(.))")
_MEANS: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_CHARSET: Final = re.compile(
    rb'"Content-Type:[^"\r\n]{0,200}?charset=([\w.-]{1,40})', re.IGNORECASE
)
_CHARSET_NAME: Final = re.compile(r"(charset=)[\w.-]{1,40}", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r'("Language:[ \t]*+)([^"\\]*+)(?=\\n)')
_PLURALS: Final = re.compile(r'(?<=")Plural-Forms:(?>(?:[^"\\]|"\s{0,20}"){0,2000})(?=\\n)')
_COUNT: Final = re.compile(r"nplurals[\"\s]*=[\"\s]*(\d{1,2})[\"\s]*;")
# Flags of languages whose placeholders may be numbered: %2$s.
_NUMBERED: Final = frozenset(("c-format", "objc-format", "php-format", "java-printf-format"))
_TARGET: Final = "msgstr"
# Columns of a line, unless the catalog has longer ones.
_WIDTH: Final = 76
_LONG: Final = re.compile(r'^(?:msgid |msgstr )?"[^\r\n]{90}', re.MULTILINE)


class _String(NamedTuple):
    """A string: characters `start` to `end` with its quotes, `keyword` where its line begins."""

    keyword: int
    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Entry:
    flags: set[str] = field(default_factory=set)
    strings: dict[str, _String] = field(default_factory=dict)
    forms: dict[int, _String] = field(default_factory=dict)

    @property
    def is_header(self) -> bool:
        """Whether it is the entry about the catalog."""
        return "msgctxt" not in self.strings and not self.strings["msgid"].text

    @property
    def is_open(self) -> bool:
        """Whether it is to be translated."""
        done = all(form.text for form in self.forms.values())
        return not self.is_header and (not done or "fuzzy" in self.flags)

    def wordings(self) -> list[Wording]:
        """Its text, and the one for several things where it has it."""
        syntax = Syntax(numbered=not _NUMBERED.isdisjoint(self.flags))
        found: list[Wording] = []
        for name in ("msgid", "msgid_plural"):
            if name in self.strings:
                found.append(Wording(syntax))
                found[-1].add(self.strings[name].text)
        return found


class Catalog:
    """Gettext catalog: a `web.formats.base.Document` of what has no translation, or a fuzzy one."""

    def __init__(self, data: bytes) -> None:
        """Read a file. Raises DocumentError when it is none, or when nothing is left to do."""
        charset = _CHARSET.search(data[:10_000])
        named = charset[1].decode() if charset and charset[1].upper() != b"CHARSET" else ""
        self._text, self._encoding = decoded_strings(data, named)
        entries = list(_Reader(self._text).entries())
        self._header = next((each for each in entries if each.is_header), None)
        self._width = 0 if _LONG.search(self._text) else _WIDTH
        self._line_end = "\r\n" if "\r\n" in self._text else "\n"
        self._open = [each for each in entries if each.is_open]
        # Messages that keep their forms: their number stays that of all.
        self._has_plurals = any(
            "msgid_plural" in each.strings and not each.is_open for each in entries
        )
        if not entries:
            raise DocumentError(N_("There are no messages in the catalog. Nothing was kept."))
        if not self._open and any(not each.is_header for each in entries):
            raise all_translated()
        self._lines = Lines()
        for entry in self._open:
            for wording in entry.wordings():
                self._lines.add(wording.places())
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        self._lines.check(targets)
        fill = self._lines.filler(targets)
        edits: list[Edit] = []
        count, single = self._plural_forms(language)
        for entry in self._open:
            wordings = entry.wordings()
            found = [wording.places() for wording in wordings]
            for each in found:
                fill(each)
            if any(found):
                edits.append(self._edit(entry, wordings, count, single))
        edits += self._marks(language)
        return self._encoded(edits)

    def _edit(self, entry: _Entry, wordings: Sequence[Wording], count: int, single: int) -> Edit:
        first = min(entry.forms.values())
        if len(wordings) == 1:
            return Edit(first.start, first.end, self._literal(wordings[0].written()))
        one, several = wordings
        # A form of a language that has many is said of 21, too, so it needs the number.
        if count > 2 and one.standing != several.standing:  # noqa: PLR2004 - one and several
            one = several
        line_end = self._line_end
        forms = (
            f"msgstr[{form}] {self._literal((one if form == single else several).written())}"
            for form in range(count)
        )
        return Edit(first.keyword, max(entry.forms.values()).end, line_end.join(forms))

    def _literal(self, text: str) -> str:
        return normalize(text, width=self._width).replace("\n", self._line_end)

    def _plural_forms(self, language: str) -> tuple[int, int]:
        """How many forms a message has, and the number of the one that a single thing has."""
        said = _COUNT.search(self._header_text)
        if said and (self._has_plurals or not self._is_foreign(language)):
            count = int(said[1])
            return count, 0 if count > 1 else -1
        try:
            plural = get_plural(language.replace("-", "_") or "en")
        except (ValueError, UnknownLocaleError):
            plural = get_plural("en")
        return plural.num_plurals, 0 if plural.num_plurals > 1 else -1

    @property
    def _header_text(self) -> str:
        if self._header is None or not self._header.forms:
            return ""
        string = self._header.forms[0]
        return self._text[string.start : string.end]

    def _is_foreign(self, language: str) -> bool:
        """Whether the header says another language than that of the translations."""
        said = _LANGUAGE.search(self._header_text)
        return bool(language and said and said[2] and locale_like(said[2], language) != said[2])

    def _marks(self, language: str) -> Iterator[Edit]:
        if not language or self._header is None or not self._header.forms:
            return
        start = self._header.forms[0].start
        end = self._header.forms[0].end
        text = self._header_text
        more = ""
        if said := _LANGUAGE.search(text):
            name = locale_like(said[2], language).replace("-", "_")
            new = name if said[1][-1].isspace() else f" {name}"
            if said[2] != name:
                yield Edit(start + said.start(2), start + said.end(2), new)
        else:
            more += f'{self._line_end}"Language: {language.replace("-", "_")}\\n"'
        count, _ = self._plural_forms(language)
        plurals = _PLURALS.search(text)
        if any("msgid_plural" in entry.strings for entry in self._open) and (
            not _COUNT.search(text) or (self._is_foreign(language) and not self._has_plurals)
        ):
            form = _plural_header(language, count)
            if plurals:
                yield Edit(start + plurals.start(), start + plurals.end(), form)
            else:
                more += f'{self._line_end}"{form}\\n"'
        if more:
            yield Edit(end, end, more)

    def _encoded(self, edits: Sequence[Edit]) -> bytes:
        text = edited(self._text, edits)
        try:
            return self._encoding.mark + text.encode(self._encoding.codec)
        except UnicodeEncodeError:
            # A byte order mark is an error to gettext; the header says the encoding.
            return encoded(_CHARSET_NAME.sub(r"\1UTF-8", text, count=1), Encoding("utf-8"))


def all_translated() -> DocumentError:
    """Error of a file in which nothing is left to translate."""
    return DocumentError(
        N_("Everything in the file has its translation already. Nothing was kept.")
    )


def _plural_header(language: str, count: int) -> str:
    try:
        plural = get_plural(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return f"Plural-Forms: nplurals={count}; plural=(n != 1);"
    return f"Plural-Forms: {plural}"


class _Reader:
    """Reads the lines of a catalog into entries."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._entry = _Entry()
        self._last: tuple[str, int] | None = None

    def entries(self) -> Iterator[_Entry]:
        """The entries in order. Raises DocumentError when the catalog is damaged."""
        for position, match in _matches(self._text):
            name, comment = match["name"], match["comment"]
            begins = comment is not None or name in {"msgctxt", "msgid"}
            if begins and self._entry.forms:
                yield self._ended(position)
            if comment is not None:
                self._last = None
                if comment.startswith("#,"):
                    self._entry.flags |= {flag.strip() for flag in comment[2:].split(",")}
            elif match["said"] is not None:
                string = _String(position, *match.span("said"), _said(match["said"]))
                self._add(name, int(match["form"] or 0), string)
        if self._entry.strings or self._entry.forms:
            yield self._ended(len(self._text))

    def _add(self, name: str | None, form: int, string: _String) -> None:
        """Add a string, or a line that goes on with the last one."""
        entry = self._entry
        if name is None:
            if self._last is None:
                raise unreadable(line_of(self._text, string.keyword))
            name, form = self._last
            before = entry.forms[form] if name == _TARGET else entry.strings[name]
            string = before._replace(end=string.end, text=before.text + string.text)
        elif form in entry.forms if name == _TARGET else name in entry.strings:
            raise unreadable(line_of(self._text, string.keyword))
        self._last = (name, form)
        if name == _TARGET:
            entry.forms[form] = string
        else:
            entry.strings[name] = string

    def _ended(self, position: int) -> _Entry:
        entry, self._entry = self._entry, _Entry()
        if "msgid" not in entry.strings or not entry.forms:
            raise unreadable(line_of(self._text, position))
        return entry


def _matches(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        if match is None:
            raise unreadable(line_of(text, position))
        yield position, match
        position = match.end()


def _said(literal: str) -> str:
    def meaning(match: re.Match[str]) -> str:
        if match[1] or match[2]:
            return chr(int(match[1], 8) if match[1] else int(match[2], 16))
        return _MEANS.get(match[3], match[3])

    return _ESCAPE.sub(meaning, literal[1:-1])
