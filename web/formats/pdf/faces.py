"""Faces: in which font each style of a translated document is set.

The document's own font is taken where the document itself shows all letters in it that are needed,
so that the page looks as it did; else the free typeface of its look.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from web.formats.pdf.atoms import Copied
from web.formats.pdf.drawing import Style
from web.formats.pdf.fonts import Font
from web.formats.pdf.paragraphs import Manner
from web.formats.pdf.setting import Face, Faces, flattened_text
from web.formats.pdf.typefaces import Look, Typeface, typeface
from web.formats.places import Content

# Beginning of the names that fonts get in the resources of pages.
_PREFIX: Final = "/UTrans"
# Part of its width to which a typeface's letters are drawn, where those of the page are narrower.
_NARROWEST: Final = 0.8
_AS_WIDE: Final = 0.97
# Classes of letters that are read from right to left.
_RIGHT_TO_LEFT: Final = frozenset(("R", "AL", "AN"))


class Chosen(NamedTuple):
    """Chosen faces, and the fonts to be put into the PDF by their names in the resources."""

    faces: Faces
    own: dict[str, Font]
    typefaces: dict[str, tuple[Typeface, set[str]]]


def has_letters(items: Content, style: Style) -> bool:
    """Whether the free typefaces have all letters, and these are set from left to right.

    Letters from right to left would have to be ordered and joined, which no library here does.
    Raises DocumentError when no free typeface is installed.
    """
    return all(
        ord(letter) in typeface(each.look).glyphs
        and unicodedata.bidirectional(letter) not in _RIGHT_TO_LEFT
        for text, each, _ in flattened_text(items, Manner(style))
        if isinstance(text, str)
        for letter in set(text) - {" "}
    )


def free_prefix(names: Collection[str]) -> str:
    """Beginning of names of fonts that none of these has: a PDF may be translated once more."""
    prefix = _PREFIX
    while any(name.startswith(prefix) for name in names):
        prefix += "X"
    return prefix


def chosen_faces(contents: Iterable[tuple[Style, Content]], prefix: str = _PREFIX) -> Chosen:
    """Choose the faces of paragraphs, each of a style and a content; fonts' names have `prefix`.

    Raises DocumentError when a free typeface is needed and none is installed.
    """
    needed: dict[Font, set[str]] = defaultdict(set)
    styles: dict[tuple[Font, Look], Style] = {}
    copied: set[Font] = set()
    for own, items in contents:
        styles.setdefault((own.font, own.look), own)
        for text, style, _ in flattened_text(items, Manner(own)):
            if isinstance(text, Copied):
                copied.update(part.style.font for part in text.parts)
                continue
            needed[style.font].update(text)
            styles.setdefault((style.font, style.look), style)
    result = Chosen(Faces(), {}, {})
    names: dict[Font, str] = {}
    typeface_names: dict[Look, str] = {}

    def name_of(font: Font) -> str:
        if font not in names:
            names[font] = f"{prefix}{len(result.own) + len(result.typefaces)}"
            result.own[names[font]] = font
        return names[font]

    for style in styles.values():
        font, letters = style.font, needed[style.font] - {" "}
        if letters <= font.drawn.keys():
            codes = {letter: code for letter, (code, _) in font.drawn.items()}
            widths = {letter: width for letter, (_, width) in font.drawn.items()}
            result.faces.put(style, Face(name_of(font), codes, widths))
            continue
        face = typeface(style.look)
        if style.look not in typeface_names:
            name = typeface_names[style.look] = f"{prefix}{len(result.own) + len(result.typefaces)}"
            result.typefaces[name] = (face, {" "})
        name = typeface_names[style.look]
        result.typefaces[name][1].update(letters)
        codes = {letter: face.glyphs[ord(letter)].to_bytes(2, "big") for letter in letters | {" "}}
        widths = {letter: face.widths[ord(letter)] for letter in codes}
        result.faces.put(style, Face(name, codes, widths, _stretch(font, face)))
    for font in copied:
        result.faces.put_copied(font, name_of(font))
    return result


def _stretch(font: Font, face: Typeface) -> float:
    """How much narrower the page's own letters are."""
    common = [
        (width, face.widths[ord(letter)])
        for letter, (_, width) in font.drawn.items()
        if letter.islower() and ord(letter) in face.widths
    ]
    own, free = sum(width for width, _ in common), sum(width for _, width in common)
    if not own or not free or own / free > _AS_WIDE:
        return 1.0
    return max(own / free, _NARROWEST)
