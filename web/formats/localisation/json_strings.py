"""JSON of programs' texts: i18next, FormatJS, vue-i18n, Chrome's messages.json, Flutter's .arb.

The parser of the standard library says whether it is well-formed, but not where values stand, and
writing it anew would lose indentation and escapes; so the tokens are found here.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from web.formats.base import DocumentError
from web.formats.localisation.string_file import (
    Edit,
    Entry,
    StringFile,
    check_language,
    decoded_strings,
    is_locale,
    locale_like,
    paired,
    unreadable,
)
from web.messages import N_

# Levels of objects and lists inside of each other.
MAX_LEVELS: Final = 100

_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]++', re.DOTALL)
_PUNCTUATION: Final = frozenset("{}[],:")
# Keys that say which language the file is in, or how it is written.
_ABOUT: Final = frozenset(("@@locale", "dir", "direction", "lang", "language", "locale"))
# The one value of an entry that is said, where a program has extracted or described it.
_SAID: Final = ("message", "defaultMessage")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that is no object and no list, with the keys that lead to it; a number for a list."""

    keys: tuple[str | int, ...]
    start: int
    end: int
    text: str | None


@dataclass(slots=True)
class _Level:
    """An object or a list that is open; `key` is the one whose value comes."""

    is_list: bool
    key: str | int = ""
    at_value: bool = False


def open_json(data: bytes, *, arb: bool = False) -> StringFile:
    """Read a .json or .arb.

    Raises DocumentError when it is no JSON, or holds data instead of texts.
    """
    text, encoding = decoded_strings(data)
    try:
        root = json.loads(text)
    except json.JSONDecodeError as error:
        raise unreadable(error.lineno) from None
    except (RecursionError, ValueError):
        raise _too_deep() from None
    if not isinstance(root, dict):
        raise DocumentError(
            N_("The file has no texts with keys, as programs have them. Nothing was kept.")
        )
    reader = _Reader(text)
    values = list(reader.values())
    said = _said_key(root)
    wrapped = _locale_key(root)
    own = [value for value in values if _is_said(value, said, arb=arb)]
    texts = [value for value in own if value.text is not None]
    if not arb and said is None:
        records = any(
            isinstance(key, int) and index + 1 < len(value.keys)
            for value in own
            for index, key in enumerate(value.keys)
        )
        others = sum(value.text is None and text[value.start] != "n" for value in own)
        check_language([value.text or "" for value in texts], others, records=records)
    literal = partial(_literal, ascii_only=_is_ascii(text), slashes=r"\/" in text)
    entries = [Entry(each.start, each.end, each.text or "", literal) for each in texts]

    def marks(language: str) -> Sequence[Edit]:
        edits = [
            Edit(each.start, each.end, literal(locale_like(each.text, language)))
            for each in values
            if each.text
            and each.keys[-1] in _ABOUT
            and len(each.keys) == 1
            and is_locale(each.text)
        ]
        if wrapped:
            _, start, end = reader.root[0]
            edits.append(Edit(start, end, literal(locale_like(wrapped, language))))
        return edits

    return StringFile(text, encoding, entries, marks)


class _Reader:
    """Tokens of JSON that is known to be well-formed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.root: list[tuple[str, int, int]] = []

    def values(self) -> Iterator[_Value]:
        """The values in order. Raises DocumentError when they are nested too deeply."""
        stack: list[_Level] = []
        for match in _TOKEN.finditer(self._text):
            said = match.group()
            if said in _PUNCTUATION:
                self._punctuation(said, stack)
            elif stack and not stack[-1].at_value:
                stack[-1].key = key = str(json.loads(said, strict=False))
                if len(stack) == 1:
                    self.root.append((key, *match.span()))
            else:
                keys = tuple(level.key for level in stack)
                text = paired(json.loads(said, strict=False)) if said.startswith('"') else None
                yield _Value(keys, *match.span(), text)

    @staticmethod
    def _punctuation(said: str, stack: list[_Level]) -> None:
        if said in "{[":
            if len(stack) == MAX_LEVELS:
                raise _too_deep()
            stack.append(_Level(said == "[", 0 if said == "[" else "", said == "["))
        elif said in "}]":
            stack.pop()
        elif said == ":":
            stack[-1].at_value = True
        else:
            level = stack[-1]
            level.at_value = level.is_list
            if isinstance(level.key, int):
                level.key += 1


def _said_key(root: dict[str, object]) -> str | None:
    """The key of what is said, where all values are objects that have it: Chrome's, FormatJS's."""
    for key in _SAID:
        if root and all(
            isinstance(value, dict) and isinstance(value.get(key), str) for value in root.values()
        ):
            return key
    return None


def _locale_key(root: dict[str, object]) -> str:
    """The code of a language that all texts are below, or "".

    Raises DocumentError when there are several: which one is to be translated?
    """
    codes = [key for key, value in root.items() if is_locale(key) and isinstance(value, dict)]
    if len(codes) > 1 and len(codes) == len(root):
        raise DocumentError(
            N_(
                "The file has texts in several languages ({languages}). Nothing was kept; send a "
                "file with one of them."
            ),
            languages=", ".join(codes),
        )
    return codes[0] if len(root) == 1 and codes else ""


def _is_said(value: _Value, said: str | None, *, arb: bool) -> bool:
    if any(isinstance(key, str) and key.startswith("@") for key in value.keys) and (
        arb or value.keys[0] == "@@locale"
    ):
        return False
    if said is not None:
        return value.keys[1:] == (said,)
    return not (len(value.keys) == 1 and value.keys[0] in _ABOUT)


def _is_ascii(text: str) -> bool:
    return text.isascii() and re.search(r"\\u00[89a-fA-F]", text) is not None


def _literal(text: str, *, ascii_only: bool, slashes: bool) -> str:
    written = json.dumps(text, ensure_ascii=ascii_only)
    return written.replace("/", r"\/") if slashes else written


def _too_deep() -> DocumentError:
    return DocumentError(
        N_(
            "The document has more than {most} elements inside of each other and was not "
            "read. Nothing was kept."
        ),
        most=MAX_LEVELS,
    )
