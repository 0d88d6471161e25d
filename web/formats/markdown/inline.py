"""Inline Markdown: emphasis, links, code and images of a line become items, and text again.

Besides CommonMark: what pandoc, GitHub, MkDocs, kramdown, Hugo, Jekyll, Obsidian and MDX add.
"""

import html
import re
from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple

from markdown_it.common.utils import normalizeReference

from web.formats.inline import both
from web.formats.localisation.pairs import Pairs
from web.formats.markdown.pieces import (
    Aside,
    ImageLabel,
    Piece,
    Signs,
    copied_pieces,
    written_items,
)
from web.formats.markdown.signs import ALONE, SIGN, is_formula
from web.formats.markdown.words import (
    ATTRIBUTE_LIST,
    FOR_TITLE,
    attribute_words,
    for_attribute,
    for_brackets,
    of_attribute,
    of_brackets,
)
from web.formats.places import Content, Element, Item, Place, places
from web.formats.stand_ins import asked_as_code

_ATTRIBUTES: Final = re.compile(ATTRIBUTE_LIST)
_TITLE_IN: Final = re.compile(r"(?s:.*?)\s(\"[^\"]*\"|'[^']*'|\([^()]*\))\s*\)\Z")
_TASK: Final = re.compile(r"\[[ xX]\]\s")
_INNER_TAG: Final = re.compile(r"<[^<>]*>")
# Elements whose text belongs to its sentence.
_SAID: Final = frozenset(("code", "kbd", "samp", "var", "math"))
# Signs that are markup wherever they stand: one that was written as no markup stays so.
_SPELLED: Final = frozenset("*_`[]<~$\\|&{}^@#")

# The holder of a line that is no aside.
WORDS: Final = "words"


class Inline:
    """Inline content: the words of a block, with their markup."""

    def __init__(self, text: str, references: Collection[str] = ()) -> None:
        """Parse words; `references` are the labels of links that they may name."""
        self._asides: list[Aside] = []
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
        for place in found:
            place.holder = WORDS
        for aside in self._asides:
            found += places(aside.items)
        return found

    def written(self, *, cell: bool = False) -> str:
        """Write Markdown; a space that may not break is NUL, which no text has."""
        return "".join(written_items(self.items, str.maketrans(self._spelled), cell=cell))

    def copied(self, *, cell: bool = False) -> str:
        """Write Markdown as `written`, without what may be in a document only once."""
        items = list(copied_pieces(self.items))
        text = "".join(written_items(items, str.maketrans(self._spelled), cell=cell))
        return re.sub(" {2,}", " ", text).strip(" \0")

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

    def _alone(self, *pieces: Piece, figure: str = "") -> None:
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
        self._pairs.add(Element(Signs(list(pieces)), figure=figure))

    def _aside(self, raw: str, items: Content, encode: Callable[[str], str]) -> Aside:
        aside = Aside(raw, items, encode)
        self._asides.append(aside)
        return aside

    def _page(self, match: re.Match[str]) -> None:
        sign, shown = match.group(), match["shown"]
        if shown:
            self._pairs.add(Element(Signs([sign[: -2 - len(shown)]], ["]]"]), [shown]))
        else:
            self._frozen.append(Element(Signs([sign], frozen=True), [match["page"]]))
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
        tail: list[Piece] = [ImageLabel(aside, target)] if named else self._titled(target)
        self._alone("![", aside, "]", *tail, given)
        return True

    def _titled(self, tail: str) -> list[Piece]:
        """An address with its title."""
        match = _TITLE_IN.match(tail) if tail.startswith("(") else None
        if not match:
            return [tail]
        encode = FOR_TITLE[match[1][0]]
        start, end = match.start(1) + 1, match.end(1) - 1
        said = tail[start:end]
        return [tail[:start], self._aside(said, [of_brackets(said)], encode), tail[end:]]

    def _attributed(self, sign: str) -> list[Piece]:
        """A tag, or something like it, with the values in it that people read."""
        pieces: list[Piece] = []
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
            self._pairs.add(Element(Signs([sign]), breaks=True))
        elif match["end"] or match["empty"]:
            self._alone(*self._attributed(sign))
        else:
            self._pairs.open(name, sign, Element(Signs(self._attributed(sign))))

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
        self, key: str, *after: Piece, same: str | None = None, otherwise: str = ""
    ) -> None:
        """End an element; around another one and nothing else, it is one with it."""
        items = self._pairs.items
        _, start = self._pairs.drop(key)
        opening, inner = items[start], items[start + 1 :]
        before: list[Piece] = [key]
        if isinstance(opening, Element):
            before = opening.what.before
        only = inner[0] if len(inner) == 1 else None
        if same is None and isinstance(only, Element) and only.items and not _is_own(only):
            signs = Signs([*before, *only.what.before], [*only.what.after, *after])
            items[start:] = [Element(signs, only.items)]
        else:
            items[start:] = [Element(Signs(before, after, same, otherwise), inner)]

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


class SpokenInBoth(NamedTuple):
    """Inline content in both languages, and its copy.

    `changes` tells whether `source` is another than it was, `says_other` whether `copy` is.
    """

    source: Inline
    changes: bool
    copy: Inline
    says_other: bool


def in_both_spoken(
    text: tuple[str, Collection[str]],
    lines: Sequence[str],
    targets: Sequence[str],
    letters: str,
    *,
    apart: bool,
) -> SpokenInBoth:
    """Inline content, by the arguments of `Inline`, whose lines get targets.

    Each line of one thing becomes "source / target"; its words do not where their copy is `apart`.
    """
    source, copy = Inline(*text), Inline(*text)
    changes = says_other = False
    for place, line, target in zip(source.places(), lines, targets, strict=True):
        if not (apart and place.holder == WORDS):
            place.put(both(line, target), letters)
            changes |= place.changed
    for place, target in zip(copy.places(), targets, strict=True):
        if place.holder == WORDS:
            place.put(target, letters)
            says_other |= place.changed
    return SpokenInBoth(source, changes, copy, says_other)


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
