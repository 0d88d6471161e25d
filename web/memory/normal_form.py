"""Normal form of a sentence: by it the memory tells whether two sentences are the same.

White space is apart, plain figures are, and the numbers of inline tags; all else counts, to the
letter. A plain figure is a whole number in digits that stands for itself: not "3,50", "12:30",
"A4" or "2024-05-01".
"""

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError

# Digits of the longest plain figure.
MOST_DIGITS: Final = 15
# Between words that a normal form has in the place of figures and tags; no text holds them.
_FIGURE_MARK: Final = "\0"
_TAG_MARK: Final = "\1"
# A tag as documents have them (web/formats/inline.py), or a plain figure with what stands around
# it: white space, brackets, quotation marks, currencies, and signs at the end of a clause.
_OPENING: Final = r"\s(\[{<>„“”\"'‚‘’»«›‹€$£§#"
_CLOSING: Final = r"\s)\]}<“”\"'’‘«»‹›"
_SPECIAL: Final = re.compile(
    r"<(?P<slash>/?)(?P<name>[xyzqkvjw]x*(?:br)?)(?P<number>[0-9]{1,9})(?P<alone>/?)>"
    rf"|(?<![^{_OPENING}])(?P<figure>[0-9]{{1,{MOST_DIGITS}}})"
    rf"(?=[{_CLOSING}%€$£°]|[.,;:!?…](?:[{_CLOSING}]|\Z)|\Z)"
)
_DIGITS: Final = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class NormalForm:
    """Normal form: the `key` that equal sentences share, and what it leaves apart.

    `figures` are the plain ones in their order; `tags` the names with the numbers of inline tags,
    each once, in the order of their first appearance.
    """

    key: str
    figures: tuple[str, ...]
    tags: tuple[str, ...]


def normal_form(text: str) -> NormalForm:
    """The normal form of a sentence."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    figures: list[str] = []
    tags: dict[str, int] = {}

    def mark(match: re.Match[str]) -> str:
        if match["figure"] is not None:
            figures.append(match["figure"])
            return _FIGURE_MARK
        number = tags.setdefault(_tag_name(match), len(tags))
        kind = "br" if match["name"].endswith("br") else ""
        return f"{_TAG_MARK}{match['slash']}{kind}{number}{match['alone']}{_TAG_MARK}"

    if "<" in text or _DIGITS.search(text):
        text = _SPECIAL.sub(mark, text)
    return NormalForm(" ".join(text.split()), tuple(figures), tuple(tags))


def transferred(
    entry: NormalForm, source: str, target: str, asked: NormalForm, language: str
) -> str | None:
    """An entry's target for a sentence that has its normal form; None where it does not fit.

    `entry` is the normal form of the entry's `source`, `asked` that of the sentence. Where their
    figures differ, each of the entry's must stand in its target once and verbatim, and none beside
    them: then the new ones take their places, unless the language has another plural for one.
    """
    if entry.key != asked.key:
        return None
    if (entry.figures, entry.tags) == (asked.figures, asked.tags):
        return target
    figures = dict(zip(entry.figures, asked.figures, strict=True))
    tags = dict(zip(entry.tags, asked.tags, strict=True))
    changed = entry.figures != asked.figures
    found = list(_SPECIAL.finditer(target))
    if any(match["figure"] is None and _tag_name(match) not in tags for match in found):
        return None
    if changed and not _carries(source, target, entry.figures, found):
        return None
    if changed and any(
        _plural(old, language) != _plural(figures[old], language) for old in figures
    ):
        return None
    written, at = [], 0
    for match in found:
        written.append(target[at : match.start()])
        if match["figure"] is None:
            name = tags[_tag_name(match)]
            written.append(f"<{match['slash']}{name}{match['alone']}>")
        else:
            written.append(figures[match["figure"]] if changed else match["figure"])
        at = match.end()
    return "".join(written) + target[at:]


def _tag_name(match: re.Match[str]) -> str:
    return f"{match['name']}{match['number']}"


def _carries(
    source: str, target: str, figures: tuple[str, ...], found: list[re.Match[str]]
) -> bool:
    """Whether the target has each of the figures once, verbatim, and no others than the source."""
    if len(set(figures)) != len(figures):
        return False
    if Counter(each["figure"] for each in found if each["figure"] is not None) != Counter(figures):
        return False
    # Digits of other numbers, "3,50" for one, which may be written "3.50".
    rests = [Counter(_DIGITS.findall(_SPECIAL.sub(" ", each))) for each in (source, target)]
    return rests[0] == rests[1]


@lru_cache(maxsize=10_000)
def _plural(figure: str, language: str) -> str:
    """The plural category of a number in a language: "1 room", "2 rooms"."""
    try:
        return str(Locale.parse(language, sep="-").plural_form(int(figure)))
    except (UnknownLocaleError, ValueError):
        return "one" if int(figure) == 1 else "other"


def source_hash(pair: tuple[str, str], form: NormalForm) -> int:
    """Hash of a pair of languages and a normal form, 63 bits, never 0."""
    return _hash("\0\0".join((*pair, form.key)))


def context_hash(pair: tuple[str, str], sentence: str) -> int:
    """Hash of the sentence before or after another one; 0 where there is none."""
    return source_hash(pair, normal_form(sentence)) if sentence.strip() else 0


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    # Without the highest bit: where some of a list's numbers have it and others have not, the
    # database finds two types in it, and reads all of a table.
    return int.from_bytes(digest, "big") >> 1 or 1


def entry_hash(source: str, target: str, before: int, after: int) -> str:
    """Hash of an entry, 16 bytes as 32 digits: the same entry in one memory has the same."""
    parts = f"{source}\0{target}\0{before}\0{after}"
    return hashlib.blake2b(parts.encode("utf-8", "replace"), digest_size=16).hexdigest()
