"""HTML attributes: where they stand in a tag, and which of them people read or hear."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_NAME: Final = re.compile(r"</?[^\s/>]*+")
_ATTRIBUTE: Final = re.compile(
    r"([^\s\"'<>/=][^\s<>/=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`][^\s>]*+)))?"
)

# Attributes of any element whose values are language.
_EVERYWHERE: Final = frozenset(
    (
        *("alt", "title", "placeholder", "aria-label", "aria-description"),
        *("aria-placeholder", "aria-roledescription", "aria-valuetext"),
    )
)
# Others, by element.
_SPECIAL: Final = {
    "option": "label",
    "optgroup": "label",
    "track": "label",
    "menu": "label",
    "table": "summary",
    "th": "abbr",
}
# A title of these names a set of style sheets or a feed, by which it is chosen.
_NO_TITLE: Final = frozenset(("link", "style"))
_BUTTONS: Final = frozenset(("submit", "button", "reset"))
# Names of <meta> whose content people read in a list of results or a preview.
_METAS: Final = frozenset(
    (
        *("description", "keywords", "title", "subject", "abstract", "summary", "headline"),
        *("og:title", "og:description", "og:image:alt", "og:video:alt", "twitter:title"),
        *("twitter:description", "twitter:image:alt", "twitter:label1", "twitter:data1"),
        *("twitter:label2", "twitter:data2", "dc.title", "dc.description", "dc.subject"),
        *("dcterms.title", "dcterms.description", "dcterms.abstract", "dcterms.subject"),
        *("caption", "apple-mobile-web-app-title"),
    )
)
# Those that name the page's language.
_LANGUAGE_METAS: Final = frozenset(("content-language", "language", "dc.language"))


class Attribute(NamedTuple):
    """Attribute: its name in lower case; its value is the text's characters `start` to `end`."""

    name: str
    start: int
    end: int
    quote: str  # before and after the value; "" when it has none


def attributes_of(text: str, start: int, end: int) -> Iterator[Attribute]:
    """The attributes with a value of the tag that is the characters `start` to `end` of a text."""
    name = _NAME.match(text, start, end)
    for match in _ATTRIBUTE.finditer(text, name.end() if name else start, end):
        group = match.lastindex or 1
        if group > 1:
            quote = {2: '"', 3: "'"}.get(group, "")
            yield Attribute(match[1].lower(), *match.span(group), quote)


def spoken(element: str, values: Mapping[str, str | None]) -> frozenset[str]:
    """Names of an element's attributes that are language, by all of its attributes."""
    found = _EVERYWHERE & values.keys()
    if element in _NO_TITLE:
        found -= {"title"}
    if _SPECIAL.get(element) in values:
        found |= {_SPECIAL[element]}
    if element == "input" and (values.get("type") or "").lower() in _BUTTONS:
        found |= {"value"}
    if element == "meta" and _is_about(values, _METAS):
        found |= {"content"}
    return found


def language_marks(element: str, values: Mapping[str, str | None]) -> frozenset[str]:
    """Names of an element's attributes that say in which language its text is."""
    found = frozenset(("lang", "xml:lang")) & values.keys()
    if element == "meta" and _is_about(values, _LANGUAGE_METAS):
        found |= {"content"}
    return found


def _is_about(values: Mapping[str, str | None], names: frozenset[str]) -> bool:
    keys = ("name", "property", "itemprop", "http-equiv")
    return any((values.get(key) or "").lower() in names for key in keys)
