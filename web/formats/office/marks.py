"""Marks of a language in office documents, which name the target's after a translation.

No mark says which language the lines were in: it is that of the usual style, or else the one that
most marks name. Others stay, as those of a passage in a third language.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from web.formats.xml_parts import unpacked, with_attribute

# Start tags, from their names on, of elements that name a language, and the name of the attribute
# that does; "": text.
_Pattern = tuple[re.Pattern[bytes], str]


def _pattern(name: bytes, attribute: str, most: int = 12) -> _Pattern:
    """The pattern of an element with at most so many colons in its tag, which bound the work.

    Its name comes first, which is found fastest.
    """
    content = rb"\s(?:[^<>:]*:){0,%d}[^<>:]*>" % most
    return re.compile(rb"%b(?<=[<:]%b)%b" % (name, name, content)), attribute


_DUBLIN_CORE: Final = (
    re.compile(
        rb"(language(?<=[<:]language)(?:\s(?:[^<>:]*:){0,4}[^<>:]*)?>\s{0,80})([\w-]{2,20})"
    ),
    "",
)
WORD_MARKS: Final[Sequence[_Pattern]] = (
    _pattern(b"lang", "val"),
    _pattern(b"themeFontLang", "val"),
    *(_pattern(name, "lang") for name in (b"rPr", b"endParaRPr", b"defRPr")),
    _DUBLIN_CORE,
)
OPEN_MARKS: Final[Sequence[_Pattern]] = (
    _pattern(b"text-properties", "language", 60),
    _DUBLIN_CORE,
)
# Regions of languages that are named without one: programs check spelling only with a region.
_REGIONS: Final = {
    "de": "DE", "en": "US", "es": "ES", "fr": "FR", "it": "IT", "nl": "NL", "pl": "PL", "pt": "PT",
}  # fmt: skip
# Codes that name no language.
_NONE: Final = frozenset(("", "x", "none", "und", "zxx", "mul"))


class LanguageMarks:
    """Marks of a document's language in its XML entries, which `finish` rewrites."""

    def __init__(
        self,
        patterns: Sequence[_Pattern],
        read: Callable[[str], bytes],
        names: Collection[str],
        usual: Collection[str],
    ) -> None:
        """The first mark of another language in the entries `usual` is of the usual style."""
        self._patterns = patterns
        self._read = read
        self._names = names
        self._usual = usual
        self._sources: dict[str, str] = {}

    def finish(self, data: bytes, language: str, _: Mapping[str, str]) -> bytes:
        """UTF-8 XML whose marks of the document's language name `language`, if it is not ""."""
        if not language:
            return data
        target = _primary(language)
        if target not in self._sources:
            self._sources[target] = self._source(target)
        source = self._sources[target]
        if not source:
            return data
        for pattern, attribute in self._patterns:
            changed = partial(_changed, attribute, source, with_region(language))
            data = pattern.sub(changed, data)
        return data

    def _source(self, target: str) -> str:
        for name in self._usual:
            for code in self._codes(name):
                if code not in _NONE and code != target:
                    return code
        counts = Counter(code for name in self._names for code in self._codes(name))
        for code in (*_NONE, target):
            counts.pop(code, None)
        return max(counts, key=lambda code: counts[code], default="")

    def _codes(self, name: str) -> Iterator[str]:
        data, _encoding = unpacked(self._read(name))
        for pattern, attribute in self._patterns:
            for each in pattern.finditer(data):
                yield _primary(_named(each, attribute))


def with_region(language: str) -> tuple[str, str]:
    """A language's code and that of its region, "" if it names none and none is usual."""
    primary, _dash, region = language.partition("-")
    return primary.lower(), (region or _REGIONS.get(primary, "")).upper()


def _primary(code: str) -> str:
    return code.replace("_", "-").partition("-")[0].lower()


def _named(tag: re.Match[bytes], attribute: str) -> str:
    if not attribute:
        return tag[2].decode()
    found = _VALUES[attribute].search(tag[0])
    return found[1].decode("utf-8", "replace") if found else ""


_VALUES: Final = {
    name: re.compile(rb"\s(?:[\w.-]+:)?" + name.encode() + rb"\s*=\s*[\"']([^\"']*)")
    for name in ("val", "lang", "language")
}


def _changed(attribute: str, source: str, target: tuple[str, str], tag: re.Match[bytes]) -> bytes:
    if _primary(_named(tag, attribute)) != source:
        return tag[0]
    primary, region = target
    whole = f"{primary}-{region}" if region else primary
    if not attribute:
        # Dublin Core: as long as it was.
        return tag[1] + (whole if b"-" in tag[2] else primary).encode()
    if attribute != "language":
        return with_attribute(tag[0], attribute, whole)
    new = with_attribute(tag[0], attribute, primary)
    new = with_attribute(new, "country", region or "none")
    return with_attribute(new, "rfc-language-tag", whole)
