"""String file: the texts of a program in a text file, each at its place; the rest to the byte.

Every kind of such a file is read into entries that know where they stand, so nothing is written
anew but the entries that changed: order, comments, quotes and white space stay.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from web.formats.base import DocumentError
from web.formats.localisation.wording import PLAIN, Syntax, Wording
from web.formats.places import Lines
from web.formats.plain_text import Encoding, decoded_file, encoded
from web.messages import N_

# Bytes of such a file: the texts of the largest programs have a few million.
MAX_STRINGS: Final = 10_000_000

# Share of numbers among the values of a file, above which it holds data, and the least share of
# words of a language among its texts.
_MOST_NUMBERS: Final = 0.2
_LEAST_WORDS: Final = 0.6
# The same where there are lists of records, as data has them.
_LEAST_WORDS_OF_RECORDS: Final = 0.8

_LOCALE: Final = re.compile(r"[a-z]{2,3}(?:[-_](?:[A-Z][a-z]{3}|[A-Za-z]{2}|\d{3})){0,2}")
_CODE: Final = re.compile(
    r"(?:^|\s)--?[a-z]|&&|\|\||[<>=$`\\^~]|::|\w\(|://|(?:^|\s)\.{0,2}/\w|\w/\w+/\w|\.\w+\("
)
_HIDDEN: Final = re.compile(
    r"\{\{?[^{}]*+\}?\}|%(?:\{[^{}]*+\}|\([^()]*+\))?[\w$.@]*|<[^<>]*+>|&\w{1,30};"
)
_WORD: Final = re.compile(r"(?=[^\s\d_]*?[^\W\d_])[^\s\d_@#=+*<>{}\[\]|~^$&%\\:.]+")
# Versions and other numbers are no words; signs alone say nothing.
_SIGN: Final = re.compile(r"[^\W_]")
_PUNCTUATION: Final = "\"'„“”‚‘’»«().,;:!?…"


class Edit(NamedTuple):
    """Edit: characters `start` to `end` of the text become `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Entry: `text` is said by the characters `start` to `end`, which `literal` writes anew."""

    start: int
    end: int
    text: str
    literal: Callable[[str], str] = str
    syntax: Syntax = PLAIN


class StringFile:
    """String file: a `web.formats.base.Document` of entries."""

    def __init__(
        self,
        text: str,
        encoding: Encoding,
        entries: Sequence[Entry],
        marks: Callable[[str], Sequence[Edit]] = lambda _: (),
    ) -> None:
        """`marks` gives what else changes, for the code of the target language."""
        self._text = text
        self._encoding = encoding
        self._entries = entries
        self._marks = marks
        self._lines = Lines()
        for entry in entries:
            self._lines.add(_worded(entry).places())
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        self._lines.check(targets)
        fill = self._lines.filler(targets)
        edits: list[Edit] = list(self._marks(language)) if language else []
        for entry in self._entries:
            wording = _worded(entry)
            if fill(wording.places()):
                edits.append(Edit(entry.start, entry.end, entry.literal(wording.written())))
        return encoded(edited(self._text, edits), self._encoding)


def decoded_strings(data: bytes, named: str = "") -> tuple[str, Encoding]:
    """Decode a file as `decoded_file` does. Raises DocumentError as it, and over MAX_STRINGS."""
    if len(data) > MAX_STRINGS:
        raise DocumentError(
            N_(
                "The document is larger than {most} MB and was not read. Nothing was kept; divide "
                "it."
            ),
            most=MAX_STRINGS // 1_000_000,
        )
    return decoded_file(data, named)


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Text with edits, of which no two have a character in common, in whatever order."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits):
        parts += (text[position : edit.start], edit.new)
        position = edit.end
    return "".join([*parts, text[position:]])


def is_locale(name: str) -> bool:
    """Whether a name is the code of a language, as keys have it: de, pt-BR, zh_Hans."""
    return _LOCALE.fullmatch(name) is not None


def locale_like(old: str, language: str) -> str:
    """Code of the target language, written with the sign that `old` has between its parts.

    One that names the same language already, perhaps for a country, stays.
    """
    if re.split("[-_]", old)[0].lower() == re.split("[-_]", language)[0].lower():
        return old
    return language.replace("-", "_") if "_" in old else language


def check_language(texts: Sequence[str], others: int, *, records: bool) -> None:
    """Check that values are texts of a program, and no data that would be changed in silence.

    `others` is the number of values that are no text; `records` tells of lists of objects.
    Raises DocumentError when more than a fifth of all are no text, or fewer than three fifths of
    the texts (with records, four fifths) are words of a language.
    """
    said = [words for text in texts if _SIGN.search(words := _HIDDEN.sub(" ", text))]
    language = sum(map(_is_language, said))
    least = _LEAST_WORDS_OF_RECORDS if records else _LEAST_WORDS
    if not said or (
        others <= _MOST_NUMBERS * (others + len(texts)) and language >= least * len(said)
    ):
        return
    raise DocumentError(
        N_(
            "The file holds data rather than the texts of a program, and was not translated. "
            "Nothing was kept; send a file whose values are texts."
        )
    )


def _is_language(text: str) -> bool:
    """Whether words are most of a text; a word of ASCII alone is capital, as on a button."""
    if _CODE.search(text):
        return False
    words = [word.strip(_PUNCTUATION) for word in text.split()]
    said = [word for word in words if _WORD.fullmatch(word)]
    if len(words) == 1:
        return not words[0].isascii() or bool(said and said[0][0].isupper())
    return 2 * len(said) >= len(words)


def _worded(entry: Entry) -> Wording:
    wording = Wording(entry.syntax)
    wording.add(entry.text)
    return wording


def unreadable(line: int) -> DocumentError:
    """Error of a file that breaks the rules of its kind, in a line of it."""
    return DocumentError(
        N_(
            "The file is damaged: line {line!s} cannot be read. Nothing was kept; mend it and "
            "send that."
        ),
        line=line,
    )


def line_of(text: str, position: int) -> int:
    """Number of the line, from 1, that a character is in."""
    return text.count("\n", 0, position) + 1


def paired(text: str) -> str:
    r"""Text in which two halves of a character, as `\ud83d\ude00` gives them, are one again.

    A half without its other one becomes a replacement character.
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def as_utf16(text: str) -> Iterator[int]:
    """Code units of a text in UTF-16, as escapes of four digits name them."""
    data = text.encode("utf-16-be", "surrogatepass")
    return (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))
