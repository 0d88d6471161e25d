"""YAML of programs' texts: Rails, Symfony and the like; comments, quotes and order stay.

PyYAML tells where every scalar stands, so each is written anew at its place, in its own style;
ruamel.yaml would write the whole file, and with it line breaks and indentation.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import yaml

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

# Levels of mappings and lists inside of each other.
MAX_NESTED: Final = 100

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Final = yaml.resolver.Resolver()
_TEXT: Final = "tag:yaml.org,2002:str"
_NULL: Final = "tag:yaml.org,2002:null"
# Rails' :day, and keys that say the language.
_SYMBOL: Final = re.compile(r":\w+")
_ABOUT: Final = frozenset(("lang", "language", "locale"))
_PROPERTIES: Final = re.compile(r"(?:[&!]\S{0,200}+\s++)*")
_HEADER: Final = re.compile(r"[|>][^\r\n]*+(?:\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class _Scalar:
    """Scalar: `keys` lead to it, a number where a list does; `in_flow`, if inside of brackets."""

    keys: tuple[str | int, ...]
    start: int
    end: int
    text: str
    style: str
    in_flow: bool
    tag: str


@dataclass(slots=True)
class _Nested:
    """Mapping or list that is open; `in_key`, if it is in the key of another one."""

    is_list: bool
    in_flow: bool
    in_key: bool
    key: str | int = ""
    at_value: bool = False


def open_yaml(data: bytes) -> StringFile:
    """Read a .yaml or .yml. Raises DocumentError when it is none, or holds data and no texts."""
    text, encoding = decoded_strings(data)
    reader = _Reader()
    values = list(reader.values(text))
    roots = reader.roots
    texts = [each for each in values if _is_text(each)]
    records = any(
        isinstance(key, int) and index + 1 < len(each.keys)
        for each in values
        for index, key in enumerate(each.keys)
    )
    wrapped = roots[0] if len(roots) == 1 and is_locale(roots[0].text) else None
    if wrapped is None:
        held = {each.keys[0] for each in values if len(each.keys) > 1}
        if len(roots) > 1 and all(is_locale(each.text) and each.text in held for each in roots):
            raise DocumentError(
                N_(
                    "The file has texts in several languages ({languages}). Nothing was kept; send "
                    "a file with one of them."
                ),
                languages=", ".join(each.text for each in roots),
            )
        others = sum(each.tag not in {_TEXT, _NULL} for each in values)
        check_language([each.text for each in texts], others, records=records)
    if not texts and text.strip() and not roots:
        raise DocumentError(
            N_("The file has no texts with keys, as programs have them. Nothing was kept.")
        )
    entries = [
        Entry(each.start, each.end, each.text, partial(_literal, each, text[each.start : each.end]))
        for each in texts
    ]

    def marks(language: str) -> Sequence[Edit]:
        if wrapped is None:
            return ()
        said = text[wrapped.start : wrapped.end]
        name = locale_like(wrapped.text, language)
        quote = said[0] if said[0] in "\"'" else ""
        # The code of Norwegian is a boolean to YAML.
        if not quote and _tag_of(name) != _TEXT:
            quote = '"'
        return (Edit(wrapped.start, wrapped.end, f"{quote}{name}{quote}"),)

    return StringFile(text, encoding, entries, marks)


class _Reader:
    """Events of YAML as the scalars that are values; `roots` are the keys of the root."""

    def __init__(self) -> None:
        self.roots: list[_Scalar] = []
        self._stack: list[_Nested] = []

    def values(self, text: str) -> Iterator[_Scalar]:
        """The values in order. Raises DocumentError when damaged, or nested too deeply."""
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                if isinstance(event, yaml.ScalarEvent):
                    scalar = self._scalar(event, text)
                    in_key = bool(self._stack) and self._stack[-1].in_key
                    if self._is_value(event.value):
                        if not in_key:
                            yield scalar
                    elif len(self._stack) == 1:
                        self.roots.append(scalar)
                else:
                    self._other(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise unreadable(mark.line + 1 if mark else 1) from None
        except (yaml.YAMLError, RecursionError, ValueError):
            raise unreadable(1) from None

    def _other(self, event: Any) -> None:
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(self._stack) == MAX_NESTED:
                raise _too_nested()
            is_list = isinstance(event, yaml.SequenceStartEvent)
            top = self._stack[-1] if self._stack else None
            flow = bool(event.flow_style) or (top is not None and top.in_flow)
            in_key = top is not None and (top.in_key or not top.at_value)
            self._stack.append(_Nested(is_list, flow, in_key, 0 if is_list else "", is_list))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()
            self._is_value("?")
        elif isinstance(event, yaml.AliasEvent):
            self._is_value("*")

    def _is_value(self, said: str) -> bool:
        """Whether what was read is a value; `said` is the key if not."""
        if not self._stack:
            return True
        top = self._stack[-1]
        if isinstance(top.key, int):
            top.key += 1
            return True
        if not top.at_value:
            top.key = said
        top.at_value = not top.at_value
        return not top.at_value

    def _scalar(self, event: Any, text: str) -> _Scalar:
        tag = event.tag or (_tag_of(event.value) if event.implicit[0] else _TEXT)
        # An anchor or a type stands before it.
        before = _PROPERTIES.match(text, event.start_mark.index)
        return _Scalar(
            tuple(level.key for level in self._stack),
            before.end() if before else event.start_mark.index,
            event.end_mark.index,
            paired(event.value),
            event.style or "",
            bool(self._stack) and self._stack[-1].in_flow,
            tag,
        )


def _tag_of(text: str) -> str:
    """The type that a scalar without quotes has."""
    return str(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)))


def _is_text(scalar: _Scalar) -> bool:
    if scalar.tag != _TEXT or not scalar.keys or scalar.start == scalar.end:
        return False
    if len(scalar.keys) == 1 and scalar.keys[0] in _ABOUT:
        return False
    return bool(scalar.style) or not _SYMBOL.fullmatch(scalar.text)


def _literal(scalar: _Scalar, written: str, text: str) -> str:
    """The new text in the style of the old one, if that can hold it."""
    if scalar.style in {"|", ">"}:
        new = _block(written, text)
        tried = f"- {new}" if new else ""
    elif scalar.style == "'" and text.isprintable():
        new = "'" + text.replace("'", "''") + "'"
        tried = new
    elif not scalar.style and text.isprintable():
        new = text
        tried = f"[{new}, x]" if scalar.in_flow else f"- {new}\n- x"
    else:
        new = tried = ""
    if tried and _first_value(tried) == text:
        return new
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")
    for sign in ("\x85", "\u2028", "\u2029", "\ufeff"):
        quoted = quoted.replace(sign, f"\\u{ord(sign):04x}")
    # A block ends with the line break that its last line has.
    return quoted + written[len(written.rstrip()) :] if scalar.style in {"|", ">"} else quoted


def _block(written: str, text: str) -> str:
    header = _HEADER.match(written)
    body = written[header.end() :] if header else ""
    first = body.lstrip("\r\n")
    indent = first[: len(first) - len(first.lstrip(" "))]
    if header is None or not indent:
        return ""
    line_end = "\r\n" if header.group().endswith("\r\n") else "\n"
    lines = text.rstrip("\n").split("\n")
    between = line_end * 2 if written[0] == ">" else line_end
    new = between.join(indent + line if line else "" for line in lines)
    return header.group() + new + body[len(body.rstrip()) :]


def _first_value(written: str) -> str | None:
    try:
        loaded = yaml.load(written, Loader=_LOADER)  # noqa: S506 - it is a safe one
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    first = loaded[0] if isinstance(loaded, list) and loaded else loaded
    return first if isinstance(first, str) else None


def _too_nested() -> DocumentError:
    return DocumentError(
        N_(
            "The document has more than {most} elements inside of each other and was not "
            "read. Nothing was kept."
        ),
        most=MAX_NESTED,
    )
