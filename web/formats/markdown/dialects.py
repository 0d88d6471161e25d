"""Markdown dialects: rows that are no CommonMark, made into rows that a parser of it understands.

pandoc, GitHub, MkDocs, Docusaurus, kramdown, Hugo, Jekyll, MyST, Obsidian and MDX each have rows
of their own. Such a row is a comment to the parser, the marker of a list item where words follow
it, or less indented where it is in an admonition. Where its words stand, the row itself tells.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from web.formats.markdown.column_table import column_rows
from web.formats.markdown.words import ATTRIBUTE_LIST, attribute_words

# Rows after the start of a formula or the like in which its end is looked for.
_FAR: Final = 200
# Columns that the body of an admonition is indented by.
_INDENT: Final = 4
_ITEM: Final = "+   "
# A comment of no document, since no document has this character.
MASK: Final = "<!--\x01-->"

# Signs of quotes, and of items, that may stand before anything.
_PREFIX: Final = re.compile(
    r"((?:[ \t]{0,8}>)*)[ \t]*(?:(?:[-+*]|[0-9]{1,9}[.)]|:(?=[ \t]+!{3}))[ \t]+){0,9}"
)
_FENCE: Final = re.compile(r"(`{3,}(?=[^`]*\Z)|~{3,})[ \t]*(?:\{([\w-]+)\}[ \t]*(.*))?")
# Directives of MyST whose content is Markdown.
_DIRECTIVES: Final = re.compile(
    "note|tip|warning|caution|danger|error|hint|important|attention|seealso|admonition|margin"
    "|sidebar|dropdown|topic|epigraph|tab-item|card|figure"
)
_OPTION: Final = re.compile(r":[\w-]{1,40}:(?:[ \t]|\Z)")
_DIV: Final = re.compile(
    r":{3,}[ \t]*(?:\{[^{}]*\}|[\w-]+)?[ \t]*(?:\[(?P<a>[^\[\]]+)\]|(?P<b>[^\s{:][^{}]*?))?"
    r"[ \t]*(?:\{[^{}]*\})?[ \t]*:*[ \t]*\Z"
)
_ALERT: Final = re.compile(r"\[![A-Za-z][\w|-]*\][+-]?[ \t]*(?P<a>.*?)[ \t]*\Z")
_ADMONITION: Final = re.compile(
    r"(?:(?:!{3}|\?{3}\+?)[ \t]+[A-Za-z][\w -]{0,60}?(?:[ \t]+\"(?P<a>[^\"]*)\")?"
    r"|={3}[!+]{0,2}[ \t]+\"(?P<b>[^\"]*)\")[ \t]*\Z"
)
_BLOCK: Final = re.compile(r"/{3,}(?:[ \t]+[a-z][\w-]*(?:[ \t]*\|[ \t]*(?P<a>.*?))?)?[ \t]*\Z")
_NOTE: Final = re.compile(r"(?:\[\^[^\]\s]{1,60}\]|\*\[[^\]]{1,60}\]):[ \t]*")
_DEFINITION: Final = re.compile(r"[:~](?=[ \t]+\S)")
_TEMPLATE: Final = r"(?>\{%.{0,1000}?%\}|\{\{.{0,1000}?\}\}|\{/\*.{0,1000}?\*/\})"
_ATTRIBUTED: Final = re.compile(
    rf"(?:{_TEMPLATE}[ \t]*){{1,20}}\Z"
    r"|</?[A-Z][\w.]*(?:\s(?>(?:[^<>{}]|\{(?:[^{}]|\{[^{}]*\})*\}){0,600}))?/?>[ \t]*\Z"
)
_KEPT: Final = re.compile(
    rf"(?:{ATTRIBUTE_LIST}|\{{:[^{{}}]{{0,400}}\}}|\{{[\w.]+\}}|\[\[?_?(?:TOC|toc)_?\]\]?"
    r"|\([\w:.-]+\)=|(?>\\[A-Za-z]+(?:\{[^{}]*\}|\[[^\]]*\])*[ \t]*){1,20}|%%.*%%)[ \t]*\Z"
)
# The sign of an item that begins with a blank row.
_MARKER: Final = re.compile(r"((?:[ \t]*>)*[ \t]*(?:[-+*]|[0-9]{1,9}[.)]))[ \t]*")
_GRID: Final = re.compile(r"\+(?:[-=:]{3,}\+)+[ \t]*\Z")
# A line of verse, of an address, in a block of lines; a table has more bars.
_VERSE: Final = re.compile(r"\|[ \t]+(?=[^|]*\Z)")
_RAW: Final = "raw|highlight|code[\\w-]*|comment|verbatim|mermaid|math|katex"
# What goes on over several rows and is kept: its start, its end, and whether it has words.
_LONG: Final[tuple[tuple[re.Pattern[str], str, bool], ...]] = (
    (re.compile(r"\$\$(?!.*\$\$)"), r"\$\$[ \t]*(?:\{[^{}]*\}[ \t]*)?\Z", False),
    (re.compile(r"\\\[(?!.*\\\])"), r"\\\][ \t]*\Z", False),
    (re.compile(r"\\begin\{(?P<name>[A-Za-z]+)\*?\}"), r"\\end\{NAME", False),
    (re.compile(rf"\{{%-?\s*(?P<name>{_RAW})\b"), r"\{%-?\s*endNAME\b", False),
    (re.compile(rf"\{{\{{[<%]\s*(?P<name>{_RAW})\b"), r"\{\{[<%]\s*/\s*NAME\b", False),
    (re.compile(r"\{%(?!.*%\})"), r"%\}[ \t]*\Z", True),
    (re.compile(r"\{\{(?!.*\}\})"), r"\}\}[ \t]*\Z", True),
    (re.compile(r"\{/\*(?!.*\*/)"), r"\*/\}[ \t]*\Z", False),
    (re.compile(r"%%[ \t]*\Z"), r"%%[ \t]*\Z", False),
    (re.compile(r"</?[A-Z][\w.]*(?:\s[^<>]*)?\Z"), r"[^=]>[ \t]*\Z|\A[ \t]*/?>[ \t]*\Z", True),
    (re.compile(r"import\s+(?:[\w*{].*\sfrom\s+)?['\"][^'\"]+['\"];?[ \t]*\Z"), r"", False),
    (re.compile(r"import\s*(?:\w+\s*,\s*)?\{[^}]*\Z"), r"from\s*['\"]", False),
    (
        re.compile(r"export\s+(?:\{|\*|(?:const|let|var|default|function|async|class)\b)"),
        r"[;})][ \t]*\Z(?<!\s[;})])|\A[;})\]]+;?[ \t]*\Z",
        False,
    ),
)
_NO_FENCE: Final = ("", 0, 0)
_LONG_STARTS: Final = tuple("$\\{%<ie")


class Title(NamedTuple):
    """Title: words in a row that is no CommonMark; `quoted` ones are an attribute's value."""

    row: int
    first: int
    last: int
    quoted: bool = False


class DrawnTable(NamedTuple):
    """Drawn table: rows `first` to before `last` that are one, behind `prefixes`.

    `rule` is which of them has the dashes of its columns, where it has no other signs.
    """

    first: int
    last: int
    prefixes: Sequence[str]
    rule: int | None = None


class Dialects:
    """Rows of a text as CommonMark, one for one."""

    def __init__(self, rows: Sequence[str]) -> None:
        """Read rows, without their line breaks."""
        self._source = rows
        # The same as CommonMark, the words in rows that are none, and where a run of words ends.
        self.rows: list[str] = []
        self.titles: list[Title] = []
        self.grids: list[DrawnTable] = []
        self.cuts: set[int] = set()
        # Rows of tables whose columns stand under dashes.
        self.in_columns: set[int] = set()
        # How it ends, in how many quotes it stands, and its column.
        self._fence = _NO_FENCE
        self._directives: list[str] = []
        self._admonitions: list[int] = []
        self._options = False
        while len(self.rows) < len(rows):
            self._read(rows[len(self.rows)])

    def _read(self, row: str) -> None:
        row = self._dedented(row)
        match = _PREFIX.match(row)
        assert match  # noqa: S101 - it always does
        body = row[match.end() :]
        fence, quotes, column = self._fence
        if fence and match[1].count(">") >= quotes:
            said = row.lstrip(" \t>")
            if _ends(said, fence) and _column(row[: len(row) - len(said)]) < column + _INDENT:
                self._fence = _NO_FENCE
            self.rows.append(row)
            return
        self._fence = _NO_FENCE
        if body and self._keeps_columns():
            return
        options, self._options = self._options, False
        if options and _OPTION.match(body):
            self._options = True
            self._mask(match.group())
        elif not body or not (
            self._begins_fence(match, body)
            or self._titled(match, body)
            or self._listed(match, body)
            or self._kept(match, body)
        ):
            self.rows.append(row)

    def _dedented(self, row: str) -> str:
        """A row without the indentation that it has in admonitions."""
        if not self._admonitions:
            return row
        body = row.lstrip(" \t")
        if not body:
            return row
        column = _column(row[: len(row) - len(body)])
        while self._admonitions and column < self._admonitions[-1] + _INDENT:
            self._admonitions.pop()
        if not self._admonitions:
            return row
        return " " * (column - _INDENT * len(self._admonitions)) + body

    def _mask(self, prefix: str) -> None:
        self.rows.append(prefix.replace(":", "+") + MASK)

    def _begins_fence(self, prefix: re.Match[str], body: str) -> bool:
        match = _FENCE.match(body)
        if not match:
            return False
        if self._directives and _ends(body, self._directives[-1]):
            self._directives.pop()
        elif match[2] and _DIRECTIVES.fullmatch(match[2]):
            self._directives.append(match[1])
            self._options = True
            if match[3] and match[2] != "figure":
                self._title(match.start(3), match.end(3), body)
        else:
            self._fence = (match[1], prefix[1].count(">"), _column(prefix.group()))
            self.rows.append(prefix.group() + body)
            return True
        self._mask(prefix.group())
        return True

    def _titled(self, prefix: re.Match[str], body: str) -> bool:
        """A row that starts a box, with or without a title."""
        if body[0] not in ":[!?=/":
            return False
        quoted = bool(prefix[1])
        admonition = None if quoted else _ADMONITION.match(body)
        match = admonition or _DIV.match(body) or _BLOCK.match(body)
        if not match and quoted:
            match = _ALERT.match(body)
        if not match:
            return False
        if admonition:
            row = self._source[len(self.rows)]
            self._admonitions.append(_column(row[: len(row) - len(body)]))
        self._options = body[0] == ":"
        for name, said in match.groupdict().items():
            if said:
                self._title(*match.span(name), body)
        for first, last in attribute_words(body):
            self._title(first, last, body, quoted=True)
        self._mask(prefix.group())
        return True

    def _title(self, first: int, last: int, body: str, *, quoted: bool = False) -> None:
        number = len(self.rows)
        said = body[first:last].strip()
        # An admonition's row is indented more than `body` shows.
        before = len(self._source[number]) - len(body)
        first = body.index(said, first)
        self.titles.append(Title(number, before + first, before + first + len(said), quoted))

    def _listed(self, prefix: re.Match[str], body: str) -> bool:
        """A definition, of a note or a term: to the parser it is an item."""
        note = _NOTE.match(body) if body[0] in "[*" else None
        if note:
            self.rows.append(prefix.group() + _ITEM + (body[note.end() :] or MASK))
            return True
        verse = _VERSE.match(body) if body[0] == "|" else None
        if verse and not self._in_table(-1) and not self._in_table(1):
            self.rows.append(prefix.group() + _ITEM + body[verse.end() :])
            return True
        if not _DEFINITION.match(body) or not self._has_term():
            return False
        self.rows.append(f"{prefix.group()}+{body[1:]}")
        return True

    def _in_table(self, step: int) -> bool:
        """Whether the row before or after has bars, as those of tables have."""
        number = len(self.rows) + step
        row = self._source[number].lstrip(" \t>") if 0 <= number < len(self._source) else ""
        return "|" in row and not _VERSE.match(row)

    def _has_term(self) -> bool:
        """Whether a term stands before a definition; each row before it is one."""
        number = len(self.rows) - 1
        if number > 0 and not self._source[number].strip():
            number -= 1
        found = number
        while number >= 0 and found - number < _FAR and self._source[number].strip():
            if self.rows[number].endswith(MASK) or number in self.cuts:
                break
            self.cuts.add(number)
            number -= 1
        return found >= 0 and bool(self._source[found].strip())

    def _kept(self, prefix: re.Match[str], body: str) -> bool:
        if body.startswith(_LONG_STARTS):
            for start, end, words in _LONG:
                match = start.match(body)
                if match and self._keep_long(match, end, words=words):
                    return True
        if _ATTRIBUTED.match(body):
            self._keep(prefix.group(), body, words=True)
            return True
        if _KEPT.match(body):
            self._mask(prefix.group())
            return True
        if _GRID.match(body):
            return self._keep_grid()
        return False

    def _keep(self, prefix: str, body: str, *, words: bool) -> None:
        for first, last in attribute_words(body) if words else ():
            self._title(first, last, body, quoted=True)
        self._mask(prefix)

    def _keep_grid(self) -> bool:
        """A table that is drawn with signs: to the parser it is none."""
        first = len(self.rows)
        prefixes: list[str] = []
        while len(self.rows) < len(self._source):
            row = self._source[len(self.rows)]
            match = _PREFIX.match(row)
            if not match or row[match.end() :][:1] not in {"+", "|"}:
                break
            prefixes.append(match.group())
            behind = _PREFIX.match(self._dedented(row))
            self._mask(behind.group() if behind else "")
        self.grids.append(DrawnTable(first, len(self.rows), prefixes))
        return True

    def _keeps_columns(self) -> bool:
        """A table whose columns stand under dashes: to the parser it is none."""
        first = len(self.rows)
        found = column_rows(self._source, first)
        if not found:
            return False
        rule = self._source[found.rule]
        start = rule.index("-")
        dedented = self._dedented(rule)
        behind = dedented[: dedented.index("-")]
        if first and (match := _MARKER.fullmatch(self._source[first - 1])):
            # An item that begins with a blank row has its words behind its sign.
            behind = " " * (len(match[1]) + 1)
        begun = self._source[first][:start]
        before = begun[len(rule) - len(dedented) :] if begun.strip(" >") else behind
        self._mask(before)
        while len(self.rows) < found.last:
            self._mask(behind)
        self.in_columns.update(range(first, found.last))
        if found.exact:
            prefixes = [row[:start] for row in self._source[first : found.last]]
            self.grids.append(DrawnTable(first, found.last, prefixes, found.rule - first))
        return True

    def _keep_long(self, start: re.Match[str], end: str, *, words: bool) -> bool:
        first = len(self.rows)
        ends = re.compile(end.replace("NAME", start.groupdict().get("name") or ""))
        for number in range(first, min(first + _FAR, len(self._source))):
            row = self._source[number]
            if words and not row.strip():
                return False
            place = len(row) - len(start.string) + start.end() if number == first else 0
            if ends.search(row, place):
                for each in range(first, number + 1):
                    body = self._source[each].lstrip(" \t>")
                    prefix = self._source[each][: len(self._source[each]) - len(body)]
                    self._keep(prefix, body, words=words)
                return True
        return False


def _ends(body: str, fence: str) -> bool:
    said = body.rstrip()
    return len(said) >= len(fence) and said == fence[0] * len(said)


def _column(indentation: str) -> int:
    return len(indentation.expandtabs(_INDENT))


def masked(content: str) -> bool:
    """Whether a row of the parser's is none of the document's."""
    return MASK in content
