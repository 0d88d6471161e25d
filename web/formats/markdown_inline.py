"""Inline Markdown: emphasis, links, code and images of a line become items, and text again.

Besides CommonMark: what pandoc, GitHub, MkDocs, kramdown, Hugo, Jekyll, Obsidian and MDX add.
"""

import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markdown_it.common.utils import normalizeReference

from web.formats.markdown_signs import ALONE, SIGN, is_formula
from web.formats.markdown_words import (
    ATTRIBUTE_LIST,
    FOR_TITLE,
    attribute_words,
    for_attribute,
    for_brackets,
    of_attribute,
    of_brackets,
)
from web.formats.pairs import Pairs
from web.formats.places import Content, Element, Item, Place, changed, places
from web.formats.stand_ins import asked_as_code

_ATTRIBUTES: Final = re.compile(ATTRIBUTE_LIST)
_TITLE_IN: Final = re.compile(r"(?s:.*?)\s(\"[^\"]*\"|'[^']*'|\([^()]*\))\s*\)\Z")
_TASK: Final = re.compile(r"\[[ xX]\]\s")
_INNER_TAG: Final = re.compile(r"<[^<>]*>")
# Elements whose text belongs to its sentence.
_SAID: Final = frozenset(("code", "kbd", "samp", "var", "math"))
_EMPHASIS: Final = frozenset("*_~=")
# Signs that are markup wherever they stand: one that was written as no markup stays so.
_SPELLED: Final = frozenset("*_`[]<~$\\|&{}^@#")

_Table = dict[int, str]


@dataclass(slots=True, eq=False)
class _Aside:
    """Aside: words with a line of their own inside of markup, such as an alternative text."""

    raw: str
    items: Content
    encode: Callable[[str], str]

    def __str__(self) -> str:
        if not changed(self.items):
            return self.raw
        return self.encode("".join(_written(self.items, {}, cell=False)))


class _Label(NamedTuple):
    """Label of an image that is named by its text: said once more where that is another now."""

    alt: _Aside
    target: str

    def __str__(self) -> str:
        return f"[{self.alt.raw}]" if changed(self.alt.items) else self.target


_Piece = str | _Aside | _Label


class _Signs(NamedTuple):
    """Signs around the items of an element; `otherwise` after it, while its text is `same`.

    Of a `frozen` element they are all: its text is asked, for the sake of the sentence, and not
    written.
    """

    before: list[_Piece]
    after: Sequence[_Piece] = ()
    same: str | None = None
    otherwise: str = ""
    frozen: bool = False


class Inline:
    """Inline content: the words of a block, with their markup."""

    def __init__(self, text: str, references: Collection[str] = ()) -> None:
        """Parse words; `references` are the labels of links that they may name."""
        self._asides: list[_Aside] = []
        self._spelled: dict[str, str] = {}
        self._pairs = Pairs()
        self._text = text
        self._references = references
        self._frozen: list[Element] = []
        position = 0
        task = _TASK.match(text)
        if task:
            self._alone(task.group())
            position = task.end()
        while match := SIGN.search(text, position):
            self._say(text[position : match.start()])
            position = self._read(match)
        self._say(text[position:])
        self.items = self._pairs.items
        if self._frozen and not any(map(_says, self.items)):
            for element in self._frozen:
                element.items = None
        self.elements = sum(map(_count, self.items))

    def places(self) -> list[Place]:
        """Find the lines; to be called once."""
        found = places(self.items)
        for aside in self._asides:
            found += places(aside.items)
        return found

    def written(self, *, cell: bool = False) -> str:
        """Write Markdown; a space that may not break is NUL, which no text has."""
        return "".join(_written(self.items, str.maketrans(self._spelled), cell=cell))

    def _say(self, text: str) -> None:
        if text:
            self._pairs.add(text)

    def _read(self, match: re.Match[str]) -> int:
        """Add what a sign stands for; gives the end of it."""
        sign, end = match.group(), match.end()
        attributes = _ATTRIBUTES.match(self._text, end)
        given = attributes.group() if attributes else ""
        if match["code"] or match["kept"]:
            self._alone(sign, given, figure=_said_by(match))
        elif match["template"]:
            self._alone(*self._attributed(sign))
            given = ""
        elif match["image"]:
            if not self._image(match, given):
                self._say("!")
                return match.start() + 1
        elif match["close"] and self._pairs.is_open("["):
            if not self._link(match, given):
                given = ""
        elif match["emphasis"]:
            if not self._emphasis(match, given):
                given = ""
        else:
            given = ""
            end = self._read_other(match)
        return end + len(given)

    def _read_other(self, match: re.Match[str]) -> int:
        """The same for what no attributes can follow."""
        sign = match.group()
        if any(match[name] for name in ALONE):
            self._alone(sign)
        elif match["tex"]:
            if not is_formula(match["round"] or match["square"]):
                self._escaped(sign[:2])
                return match.start() + 2
            self._alone(sign)
        elif match["escape"]:
            self._escaped(sign)
        elif match["entity"]:
            self._entity(sign)
        elif match["page"]:
            self._page(match)
        elif match["remark"]:
            self._remark(match["remark"])
        elif match["tag"]:
            self._tag(match)
        elif match["open"]:
            self._pairs.open("[", str(match.end()), sign)
        else:
            self._say(sign)
        return match.end()

    def _escaped(self, sign: str) -> None:
        if sign[1] in _SPELLED:
            self._spelled[sign[1]] = sign
        self._say(sign[1])

    def _entity(self, sign: str) -> None:
        said = html.unescape(sign)
        if len(said) == 1 and (said.isprintable() or said in "\xa0\xad"):
            self._spelled[said] = sign
            sign = said
        self._say(sign)

    def _alone(self, *pieces: _Piece, figure: str = "") -> None:
        """Add one thing, which is asked as its `figure`; it is one with a thing right before it."""
        items = self._pairs.items
        between = items[-1] if len(items) > 1 else None
        if not isinstance(between, str) or not between.isspace():
            between = ""
        if between:
            items.pop()
        last = items[-1] if items else None
        free = len(items) > self._pairs.next_index
        if free and isinstance(last, Element) and last.items is None and not last.breaks:
            last.what.before.extend([between, *pieces])
            last.figure = ""
            return
        if between:
            items.append(between)
        self._pairs.add(Element(_Signs(list(pieces)), figure=figure))

    def _aside(self, raw: str, items: Content, encode: Callable[[str], str]) -> _Aside:
        aside = _Aside(raw, items, encode)
        self._asides.append(aside)
        return aside

    def _page(self, match: re.Match[str]) -> None:
        sign, shown = match.group(), match["shown"]
        if shown:
            self._pairs.add(Element(_Signs([sign[: -2 - len(shown)]], ["]]"]), [shown]))
        else:
            self._frozen.append(Element(_Signs([sign], frozen=True), [match["page"]]))
            self._pairs.add(self._frozen[-1])

    def _remark(self, text: str) -> None:
        """A note that stands in the line is a line of its own."""
        inner = Inline(text, self._references)
        table = str.maketrans(inner._spelled)
        aside = self._aside(text, inner.items, lambda said: said.translate(table))
        self._asides += inner._asides
        self._alone("^[", aside, "]")

    def _image(self, match: re.Match[str], given: str) -> bool:
        """Add an image; False if it is none."""
        alt, target = match["alt"], match["target"] or ""
        named = target in {"", "[]"}
        if named and normalizeReference(alt) not in self._references:
            return False
        aside = self._aside(alt, [of_brackets(alt)], for_brackets)
        tail: list[_Piece] = [_Label(aside, target)] if named else self._titled(target)
        self._alone("![", aside, "]", *tail, given)
        return True

    def _titled(self, tail: str) -> list[_Piece]:
        """An address with its title."""
        match = _TITLE_IN.match(tail) if tail.startswith("(") else None
        if not match:
            return [tail]
        encode = FOR_TITLE[match[1][0]]
        start, end = match.start(1) + 1, match.end(1) - 1
        said = tail[start:end]
        return [tail[:start], self._aside(said, [of_brackets(said)], encode), tail[end:]]

    def _attributed(self, sign: str) -> list[_Piece]:
        """A tag, or something like it, with the values in it that people read."""
        pieces: list[_Piece] = []
        position = 0
        for start, end in attribute_words(sign):
            said = sign[start:end]
            pieces.append(sign[position:start])
            pieces.append(self._aside(said, [of_attribute(said)], for_attribute))
            position = end
        return [*pieces, sign[position:]]

    def _tag(self, match: re.Match[str]) -> None:
        name, sign = f"<{match['tag']}", match.group()
        if match["end"] and self._pairs.is_open(name):
            self._enclose(name, sign)
        elif name.lower() == "<br":
            self._pairs.add(Element(_Signs([sign]), breaks=True))
        elif match["end"] or match["empty"]:
            self._alone(*self._attributed(sign))
        else:
            self._pairs.open(name, sign, Element(_Signs(self._attributed(sign))))

    def _link(self, match: re.Match[str], given: str) -> bool:
        """End a link, or a span with attributes; False if it is neither."""
        opened = int(self._pairs.text_of("["))
        said, tail, sign = self._text[opened : match.start()], match["tail"], match.group()
        if tail:
            rest = sign[1 + len(tail) :]
            self._enclose("[", "]", *self._titled(tail), rest, given)
        elif normalizeReference(said) in self._references:
            # Its words are its name, too, which has to stay.
            self._enclose("[", f"][{said}]", given, same=said, otherwise=sign + given)
        elif given and sign == "]":
            self._enclose("[", sign, given)
        else:
            self._pairs.drop("[")
            self._say(sign)
            return False
        return True

    def _enclose(
        self, key: str, *after: _Piece, same: str | None = None, otherwise: str = ""
    ) -> None:
        """End an element; around another one and nothing else, it is one with it."""
        items = self._pairs.items
        _, start = self._pairs.drop(key)
        opening, inner = items[start], items[start + 1 :]
        before: list[_Piece] = [key]
        if isinstance(opening, Element):
            before = opening.what.before
        only = inner[0] if len(inner) == 1 else None
        if same is None and isinstance(only, Element) and only.items and not _is_own(only):
            signs = _Signs([*before, *only.what.before], [*only.what.after, *after])
            items[start:] = [Element(signs, only.items)]
        else:
            items[start:] = [Element(_Signs(before, after, same, otherwise), inner)]

    def _emphasis(self, match: re.Match[str], given: str) -> bool:
        """Start or end emphasis, or both; True if attributes after it belong to it."""
        sign, pairs = match.group(), self._pairs
        before = self._text[match.start() - 1 : match.start()] if match.start() else " "
        after = self._text[match.end() : match.end() + 1] or " "
        # Inside of a word, _ is a sign like others.
        inside = sign[0] == "_" and before.isalnum() and after.isalnum()
        keys = [sign] if sign in {"~~", "=="} else [sign[0], sign[0] * 2]
        left = len(sign)
        while left and not before.isspace() and not inside:
            key = pairs.innermost([key for key in keys if len(key) <= left])
            if key is None:
                break
            left -= len(key)
            self._enclose(key, key, given if not left else "")
        if not left:
            return True
        for key in [sign] if left == len(sign) <= 2 else _runs_of(sign[:left]):  # noqa: PLR2004
            if after.isspace() or inside:
                self._say(key)
            else:
                pairs.open(key, key, key)
        return False


def _said_by(match: re.Match[str]) -> str:
    """The code with which code is asked, or an element that holds some; "" for a script."""
    if match["kept"] and match["name"] not in _SAID:
        return ""
    if match["kept"]:
        return asked_as_code(html.unescape(_INNER_TAG.sub("", match["inside"])))
    return asked_as_code(match["words"])


def _runs_of(sign: str) -> list[str]:
    """Signs of one or two characters that a run of them starts, from the outermost."""
    return [part for part in (sign[:2], sign[2:]) if part]


def _is_own(element: Element) -> bool:
    """Whether an element is not to be one with another one."""
    return element.what.frozen or element.what.same is not None


def _says(item: Item) -> bool:
    """Whether there is a letter outside of frozen elements."""
    if not isinstance(item, Element):
        return isinstance(item, str) and any(map(str.isalpha, item))
    return not item.what.frozen and any(map(_says, item.items or []))


def _count(item: Item) -> int:
    if isinstance(item, str):
        return 0
    return 1 + sum(map(_count, item.items or []))


def _written(items: Content, table: _Table, *, cell: bool) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            text = item.replace("\n", " ").translate(table)
            yield re.sub(r"(?<!\\)\|", r"\\|", text) if cell else text
        elif isinstance(item, Place):
            yield from _written(item.items, table, cell=cell)
        else:
            yield _element(item, "".join(_written(item.items or [], table, cell=cell)))


def _element(item: Element, inner: str) -> str:
    signs: _Signs = item.what
    before, after = _joined(signs.before), _joined(signs.after)
    if signs.frozen:
        return before
    if signs.same is not None and inner == signs.same.replace("\n", " "):
        after = signs.otherwise
    said = inner.strip(" ")
    if not said and item.items is not None and set(before) <= _EMPHASIS:
        # Emphasis of nothing would be other signs: a rule, or the start of something.
        return inner
    if said and not before.endswith(">"):
        # A blank after the sign, and it would be no emphasis.
        start = inner.index(said)
        return f"{inner[:start]}{before}{said}{after}{inner[start + len(said) :]}"
    return f"{before}{inner}{after}"


def _joined(pieces: Iterable[_Piece]) -> str:
    return "".join(map(str, pieces)).replace("\n", " ").replace(" ", "\0")
