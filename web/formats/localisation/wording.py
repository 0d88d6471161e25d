"""Wording of a program: its placeholders and markup stay to the letter, whatever becomes of it.

A placeholder stands for a word, so the sentence is asked for with `{1}` in its place: short, the
same for every kind of program, and the translator keeps such a sign where a word would stand.
Markup goes into the numbered tags of `web.formats.inline`.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from web.formats.line_breaks import LINE_BREAK
from web.formats.localisation.message_format import Choice, Message, has_choice, parse_message
from web.formats.localisation.pairs import Around, Pairs
from web.formats.places import Content, Element, Place, places

# Of those that a letter follows only the usual ones: „%ss Haus“, but „100%ig“.
_PRINTF: Final = (
    r"%(?P<index>\d{1,3}\$)?[-#0+']{0,5}(?:\*|\d{1,4})?(?:\.(?:\*|\d{1,4}))?"
    r"(?:hh|ll|[hlLqjztI])?(?:[@sdiuoxXfFeEgGcCpaAnSU](?![^\W\d_])|(?<!\d%)[@sd])"
)
# The first that fits wins.
_PLACEHOLDER: Final = "|".join(
    [
        r"https?://[^\s<>\"')\]}]{0,400}[\w/]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
        # {{name}}  {{{name}}}  ${name}  #{name}  %{name}  '{quoted}'
        r"\{\{\{?[^{}]{1,200}\}?\}\}|[$#%@]\{[^{}]{1,200}\}|'[{}][^'{}]{0,200}[{}]?'",
        # {name}  {0}  {}  {0,number,#.##}  {date, date, short}
        r"\{[^{}\s,]{0,100}(?:\s?,\s?[^{}]{0,200})?\}|\{ ?[\w.]{1,100}(?: ?\| ?[^{}]{1,100})? ?\}",
        # $t(key)  $NAME$  $1  @:key  @.lower:key
        r"\$t\([^()]{1,200}\)|\$[A-Za-z][\w@]{0,60}\$|\$\d(?!\d)|\$[A-Za-z_]\w{0,40}(?!\w)",
        r"(?<!\w)@(?:\.\w{1,40})?:(?:\([^()\s]{1,100}\)|\w[\w.]{0,100})",
        # %%  %(name)s  %<name>s  %s  %1$s  %name%  %d. %B
        r"%%|%\([^()\s]{1,100}\)[-#0+ ]{0,5}\d{0,4}(?:\.\d{1,4})?[A-Za-z]|%<\w{1,60}>\w?",
        rf"(?P<printf>{_PRINTF})|(?<![\w%])%\w[\w.]{{0,60}}%(?!\w)|%-?[A-Za-z](?![^\W\d_])",
        # :name, but no time and no key of a list
        r"(?<![\w:/]):[A-Za-z][A-Za-z0-9_]{1,40}(?![\w:])",
        # Code is one thing in a sentence.
        r"<(?P<code>code|kbd|pre|samp|script|style|var)(?:\s[^<>]{0,400})?>[^<>]{0,400}</(?P=code)>",
        r"`[^`\n]{1,200}`",
    ]
)
# Control characters: a translator is not shown them, nor braces that were hidden, which would
# look like placeholders.
_CONTROL: Final = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]"
    r"|&(?:\#0{0,5}12[35]|\#[xX]0{0,5}7[bBdD]|[lr]cub|[lr]brace);"
)
_TOKEN: Final = re.compile(
    rf"(?P<placeholder>{_PLACEHOLDER})"
    r"|(?P<tag><(?P<end>/?)(?P<name>[A-Za-z0-9][\w.:-]{0,40})(?P<rest>(?:\s[^<>]{0,400})?/?)>)"
    rf"|(?P<aside><!--[^<>]{{0,1000}}-->|[\[\]](?:-?\d{{1,9}}|-?Inf|\*),(?:-?\d{{1,9}}|Inf|\*)[\[\]]|{_CONTROL})"
    r"|(?P<line>(?<![ \t])[ \t]*+(?:\r\n|\r|\n)\s*+)|(?P<bar>(?<!\s)\s*+\|+\s*+)"
    r"|(?P<link>\[(?=[^\[\]\n]{1,400}\]\([^()\s]{0,400}\)))|(?P<linked>\]\([^()\s]{0,400}\))"
    r"|(?P<key>(?:(?<!\w)(?P<head>[^\W\d_]{0,40}))?&(?![\w#]{1,40}[;=])(?=[^\W\d_])"
    r"|(?<!\w)_(?=[^\W\d_][^\W_]*(?![\w])))"
)
# Where something was added between texts; no XML can hold the sign.
_ADDED: Final = re.compile("\0([0-9]{1,9})\0")
_STANDING: Final = re.compile(r"\{(\d{1,6})\}")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_VOID: Final = frozenset(("area", "br", "hr", "img", "input", "wbr"))
# Numbered after a placeholder of C that has no number of its own, so that others may come before.
_UNNUMBERED: Final = re.compile("%")


class _Kept(NamedTuple):
    """Placeholder as it is written; `counted` if its place tells which argument it means."""

    written: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Syntax:
    """Syntax around a wording: how text is written, and whether `%1$s` may stand for `%s`.

    With `apostrophes` an apostrophe is written twice where there is an argument in braces; with
    `mnemonics` the sign & stands before the letter of a menu's word that is pressed.
    """

    escape: Callable[[str], str] = str
    numbered: bool = False
    apostrophes: bool = False
    mnemonics: bool = True


PLAIN: Final = Syntax()


class Wording:
    """One text of a program: the places of its lines, and the text with their translations."""

    def __init__(self, syntax: Syntax = PLAIN) -> None:
        """Add what it consists of, in order; then take its places, fill them, and write it."""
        self._syntax = syntax
        self._texts: list[str] = []
        # Functions that add what stands between the texts.
        self._added: list[Callable[[], None]] = []
        self._pairs = Pairs()
        self._kept: list[_Kept] = []
        self._entities = self._nbsp = self._doubled = False
        self._words = ""

    def add(self, text: str) -> None:
        """Add text, which may have placeholders, markup and choices of its own."""
        self._texts.append(text)

    def open(self, key: str, written: str) -> None:
        """Add a start of markup as it is written; without an end of its key it stands alone."""
        self._later(lambda: self._open(key, written))

    def close(self, key: str, written: str) -> None:
        """Add the end of markup as it is written."""
        self._later(lambda: self._close(key, written))

    def alone(self, written: str, *, apart: bool = False, breaks: bool = False) -> None:
        """Add one thing that is no word; `apart` and `breaks` are those of an `Element`."""
        self._later(lambda: self._alone(written, apart=apart, breaks=breaks))

    def stand(self, written: str) -> None:
        """Add something that stands for a word."""
        self._later(lambda: self._stand(written))

    @property
    def standing(self) -> int:
        """How many things stand for words in it."""
        return len(self._kept)

    def places(self) -> list[Place]:
        """Places of its lines, once all is added."""
        text = "".join(self._texts)
        self._entities = _ENTITY.search(text) is not None
        self._nbsp = "&nbsp;" in text
        self._doubled = self._syntax.apostrophes and re.search(r"\{[\w,]", text) is not None
        # Codes of a document are not multiplied, as those of a text may be.
        message = parse_message(text, whole=not self._added) if has_choice(text) else (text,)
        if message is None:
            self._stand(self._syntax.escape(text))
        else:
            self._add_message(message, counted=False)
        self._flush()
        return places(self._pairs.items)

    def written(self) -> str:
        """Write it, its own places as they are filled now; every placeholder is there once."""
        parts = list(self._written(self._pairs.items))
        names = self._names([part for part in parts if isinstance(part, int)])
        return "".join(next(names) if isinstance(part, int) else part for part in parts)

    def _later(self, add: Callable[[], None]) -> None:
        self._texts.append(f"\0{len(self._added)}\0")
        self._added.append(add)

    def _open(self, key: str, written: str) -> None:
        self._flush()
        self._pairs.open(key, written, Element(Around(written, "")))

    def _close(self, key: str, written: str) -> None:
        self._flush()
        if self._pairs.is_open(key):
            self._pairs.close(key, written)
        else:
            self._pairs.add(Element(Around(written, "")))

    def _alone(self, written: str, *, apart: bool = False, breaks: bool = False) -> None:
        self._flush()
        self._pairs.add(Element(Around(written, ""), apart=apart, breaks=breaks))

    def _stand(self, written: str, *, counted: bool = False) -> None:
        self._kept.append(_Kept(written, counted))
        self._words += f"{{{len(self._kept)}}}"

    def _add_message(self, message: Message, *, counted: bool) -> None:
        escape = self._syntax.escape
        for part in message:
            if isinstance(part, Choice):
                self._alone(escape(part.head), apart=True)
                for selector, branch in part.branches:
                    self._alone(escape(selector), apart=True)
                    self._add_message(branch, counted=counted or part.counted)
                    self._alone("}", apart=True)
                self._alone(escape(part.tail), apart=True)
            elif counted:
                text, *others = part.split("#")
                self._scan(text)
                for each in others:
                    self._stand("#")
                    self._scan(each)
            else:
                self._scan(part)

    def _scan(self, text: str) -> None:
        if not self._added:
            self._scan_text(text)
            return
        for index, part in enumerate(_ADDED.split(text)):
            if index % 2:
                self._added[int(part)]()
            else:
                self._scan_text(part)

    def _scan_text(self, text: str) -> None:
        position = 0
        for match in _TOKEN.finditer(text):
            self._words += self._plain(text[position : match.start()])
            position = match.end()
            self._token(match)
        self._words += self._plain(text[position:])

    def _token(self, match: re.Match[str]) -> None:
        said = match.group()
        written = self._syntax.escape(said)
        if match["placeholder"]:
            self._stand(written, counted=bool(match["printf"]) and not match["index"])
        elif match["tag"]:
            self._tag(match, written)
        elif match["line"]:
            several = said.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1
            self._alone(written, apart=several, breaks=not several)
        elif match["bar"]:
            self._alone(written, apart=True)
        elif match["link"]:
            self._open("[", written)
        elif match["linked"]:
            self._close("[", written)
        elif match["key"]:
            # The letter to press goes to the start of its word.
            head = match["head"] or ""
            company = head[-1:].isupper() and match.string[match.end()].isupper()
            if company or not self._syntax.mnemonics:
                self._words += self._plain(said)
            else:
                self._alone(self._syntax.escape(said[len(head) :]))
                self._words += head
        else:
            self._alone(written)

    def _tag(self, match: re.Match[str], written: str) -> None:
        name = match["name"].lower()
        if name == LINE_BREAK:
            self._alone(written, breaks=True)
        elif match["rest"].endswith("/") or name in _VOID:
            self._alone(written)
        elif match["end"]:
            self._close(name, written)
        else:
            self._open(name, written)

    def _plain(self, text: str) -> str:
        text = html.unescape(text) if self._entities else text
        return text.replace("''", "'") if self._doubled else text

    def _flush(self) -> None:
        if self._words:
            self._pairs.add(self._words)
            self._words = ""

    def _written(self, items: Content, own: set[int] | None = None) -> Iterator[str | int]:
        """Text as it is written, and numbers of placeholders; `own` are those of the place."""
        for item in items:
            if isinstance(item, str):
                yield from self._restored(item, own)
            elif isinstance(item, Place):
                waiting = set(_standing(item))
                yield from self._written(item.items, waiting)
                # Nothing gets lost: what no word stands for any more is at the end.
                for number in sorted(waiting):
                    yield " "
                    yield number
            else:
                yield item.what.before
                yield from self._written(item.items or [], own)
                yield item.what.after

    def _restored(self, text: str, own: set[int] | None) -> Iterator[str | int]:
        position = 0
        for match in _STANDING.finditer(text):
            yield self._escaped(text[position : match.start()])
            position = match.end()
            number = int(match[1])
            if own is None:
                yield number
            elif number in own:
                own.remove(number)
                yield number
        yield self._escaped(text[position:])

    def _escaped(self, text: str) -> str:
        if self._entities:
            text = html.escape(text, quote=False)
            text = text.replace("\xa0", "&nbsp;") if self._nbsp else text
        if self._doubled:
            text = text.replace("'", "''")
        return self._syntax.escape(text)

    def _names(self, order: Sequence[int]) -> Iterator[str]:
        """The placeholders in the order of their numbers; C's are counted as they come."""
        names = {number: kept.written for number, kept in enumerate(self._kept, 1)}
        counted = [number for number in order if self._kept[number - 1].counted]
        rising = sorted(counted)
        if counted != rising:
            if self._syntax.numbered and not any("*" in names[number] for number in counted):
                for index, number in enumerate(rising, 1):
                    names[number] = _UNNUMBERED.sub(f"%{index}$", names[number], count=1)
            else:
                swapped = {at: names[number] for at, number in zip(counted, rising, strict=True)}
                names |= swapped
        return iter([names[number] for number in order])


def _standing(place: Place) -> Iterator[int]:
    """Numbers of the placeholders that a line has in its source."""
    for part in place.parts:
        if isinstance(part, str):
            yield from (int(match[1]) for match in _STANDING.finditer(part))
