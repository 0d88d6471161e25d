"""Front matter: what a Markdown file says of itself before its text, as YAML, TOML or JSON.

The values that people read are translated where they stand; nothing is written anew by a library,
which would lose comments, order and quotes.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

_READ: Final = (
    "title|subtitle|description|summary|excerpt|abstract|tagline|headline|lead|teaser|caption|alt"
    "|linktitle|shorttitle|short_title|seo_title|seo_description|sidebar_label|pagination_label"
    "|nav_title|image_alt|og_title|og_description"
)
_KEY: Final = rf"(?P<key>{_READ}|\"(?:{_READ})\"|'(?:{_READ})')"
_BLOCK: Final = re.compile(
    r"(?P<sign>---|\+\+\+|;;;)[ \t]*+(?:\r\n|\n|\r)(?P<said>(?:[^\r\n]*+(?:\r\n|\n|\r))*?)"
    r"(?:(?P=sign)|\.\.\.)[ \t]*+(?=[\r\n]|\Z)"
)
# Without a key it is a text between two rules.
_MAPPING: Final = re.compile(
    r"\s*(?:#[^\r\n]*\s*)*(?:[\"']?[\w.-][\w. -]{0,60}[\"']?[ \t]*[:=]|[\[{\"]|\Z)"
)
_JSON: Final = re.compile(r"\{[ \t]*[\r\n].*?[\r\n]\}[ \t]*(?=[\r\n]|\Z)", re.DOTALL)
_PANDOC: Final = re.compile(r"%[ \t]+([^\r\n]+)(?:(?:\r\n|\n|\r)%[^\r\n]*){0,2}")
_YAML: Final = re.compile(
    rf"(?<![^\r\n])(?P<indent>[ \t]*(?:-[ \t]+)?){_KEY}[ \t]*:"
    r"[ \t]+(?P<value>[^\r\n]*[^\s])[ \t]*(?=[\r\n]|\Z)"
    r"(?P<more>(?:(?:\r\n|\n|\r)(?:(?P=indent)[ \t]+[^\r\n]*|[ \t]*(?=[\r\n])))*)",
    re.IGNORECASE,
)
_TOML: Final = re.compile(rf"(?<![^\r\n])[ \t]*{_KEY}[ \t]*=[ \t]*(?=[\"'])", re.IGNORECASE)
_IN_JSON: Final = re.compile(rf"\"(?:{_READ})\"\s*:\s*(?=\")", re.IGNORECASE)
_LONG: Final = re.compile(r"(\"\"\"|''')(.*?)\1", re.DOTALL)
_SHORT: Final = re.compile(r"\"(?:[^\"\\\r\n]|\\.)*\"|'[^'\r\n]*'")
_YAML_SINGLE: Final = re.compile(r"'((?:[^']|'')*)'(?:[ \t]+#.*)?\Z")
_YAML_DOUBLE: Final = re.compile(r"(\"(?:[^\"\\]|\\.)*\")(?:[ \t]+#.*)?\Z")
_SCALAR: Final = re.compile(r"[|>][0-9+-]{0,2}(?:[ \t]+#.*)?\Z")
_PARAGRAPH: Final = re.compile(r"[^\s][^\r\n]*(?:(?:\r\n|\n|\r)[ \t]*[^\s][^\r\n]*)*")
_SPACES: Final = re.compile(r"\s+")
_UNSAFE: Final = re.compile(
    r"[-?:,\[\]{}#&*!|>'\"%@`\s]|.*(?::\s|\s#)|.*:\Z|(?:true|false|null|yes|no|on|off|[\d.+-]+)\Z",
    re.IGNORECASE,
)


# The language that a file says it is in, as pandoc, Quarto, Hugo, Jekyll and Docusaurus read it; a
# file about programs may name theirs so.
_LANGUAGE: Final = re.compile(
    r"(?<![^\r\n])[ \t]*[\"']?(?:lang|language|locale|languagecode)[\"']?[ \t]*[:=][ \t]*+"
    r"(?P<quote>[\"']?)(?P<code>(?!go|js|rb|sh|ts|vb)[A-Za-z]{2}(?:[-_][A-Za-z0-9]{2,8}){0,2})"
    r"(?P=quote)[ \t]*(?=[,#\r\n]|\Z)",
    re.IGNORECASE,
)
_NO_TEXT: Final = re.compile(r"true|false|null|yes|no|on|off|~|", re.IGNORECASE)


class Value(NamedTuple):
    """Value: characters `start` to `end` of the text, its words, and how others are written."""

    start: int
    end: int
    words: str
    encode: Callable[[str], str]


def front_matter(text: str) -> tuple[int, list[Value]]:
    """Find where the text begins after its front matter, and the values in it that people read."""
    if (match := _BLOCK.match(text)) and _MAPPING.match(match["said"]):
        toml = match["sign"] == "+++"
        if match["sign"] == ";;;":
            return match.end(), list(_of_json(match["said"], match.start("said")))
        values = (_of_toml if toml else _of_yaml)(match["said"], match.start("said"))
        return match.end(), list(values)
    if (match := _JSON.match(text)) and _is_json(match.group()):
        return match.end(), list(_of_json(match.group(), 0))
    if match := _PANDOC.match(text):
        return match.end(), [Value(match.start(1), match.end(1), match[1].strip(), str)]
    return 0, []


def language_codes(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Where front matter that goes to `end` names the language of its file."""
    for match in _LANGUAGE.finditer(text, 0, end):
        yield match.span("code")


def _of_yaml(text: str, start: int) -> Iterator[Value]:
    for match in _YAML.finditer(text):
        said, place, more = match["value"], start + match.start("value"), match["more"]
        if _SCALAR.match(said):
            for each in _PARAGRAPH.finditer(more):
                at = start + match.start("more")
                yield Value(at + each.start(), at + each.end(), _flat(each.group()), str)
        elif said[0] == "'":
            if quoted := _YAML_SINGLE.match(said + more.rstrip()):
                words = _flat(quoted[1].replace("''", "'"))
                yield Value(place + 1, place + 1 + len(quoted[1]), words, _single)
        elif said[0] == '"':
            quoted = _YAML_DOUBLE.match(said + more.rstrip())
            words = _decoded(_SPACES.sub(" ", quoted[1])) if quoted else ""
            if quoted and words:
                yield Value(place, place + len(quoted[1]), words, _double)
        elif said[0] not in "[{&*!|>#%@`":
            plain = (said + more.rstrip()).split(" #")[0].rstrip()
            if not _NO_TEXT.fullmatch(plain):
                yield Value(place, place + len(plain), _flat(plain), _plain)


def _of_toml(text: str, start: int) -> Iterator[Value]:
    for match in _TOML.finditer(text):
        if long := _LONG.match(text, match.end()):
            for each in _PARAGRAPH.finditer(long[2]):
                if "\\" not in each.group():
                    place = start + long.start(2)
                    words = _flat(each.group())
                    encode = _long if long[1] == '"""' else _long_literal
                    yield Value(place + each.start(), place + each.end(), words, encode)
        elif short := _SHORT.match(text, match.end()):
            said = short.group()
            words = _decoded(said) if said[0] == '"' else said[1:-1]
            encode = _double if said[0] == '"' else _literal
            if words:
                yield Value(start + short.start(), start + short.end(), words, encode)


def _of_json(text: str, start: int) -> Iterator[Value]:
    for match in _IN_JSON.finditer(text):
        short = _SHORT.match(text, match.end())
        words = _decoded(short.group()) if short else ""
        if short and words:
            yield Value(start + short.start(), start + short.end(), words, _double)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _decoded(quoted: str) -> str:
    """The words in double quotes; none where they are written as only one of the formats can."""
    try:
        words = json.loads(quoted)
    except ValueError:
        return ""
    return str(words) if words.isprintable() else ""


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _single(words: str) -> str:
    return words.replace("'", "''")


def _double(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _literal(words: str) -> str:
    return _double(words) if "'" in words else f"'{words}'"


def _long(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')


def _long_literal(words: str) -> str:
    return words.replace("'''", "''")


def _plain(words: str) -> str:
    return _double(words) if _UNSAFE.match(words) else words
