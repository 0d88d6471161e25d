"""Looks of paragraphs: what is held of each paragraph of a long PDF between reading and writing.

Most paragraphs of a document have one of a few looks, so that it is held once for all of them.
"""

from typing import NamedTuple

from web.formats.pdf.atoms import Atom, Copied, CopiedPart
from web.formats.pdf.drawing import Style
from web.formats.pdf.paragraphs import Manner, Paragraph
from web.formats.places import Content, Element, Place


class ParagraphLook(NamedTuple):
    """Look of a paragraph: its style, and those of its tags in their order.

    A tag is words in a style, or signs that are copied, each in a style.
    """

    style: Style
    tags: tuple[Style | tuple[Style, ...], ...] = ()

    def content(self, target: str, letters: str) -> Content:
        """Content of a paragraph of this look with the words of `target`.

        Signs that are copied are not in it, but in which fonts they are. `letters` are those of
        the document's tags.
        """
        place = Place(["", *(_element(each) for each in self.tags)])
        place.put(target, letters)
        return place.items


def look_of(paragraph: Paragraph) -> ParagraphLook:
    """Look of a paragraph."""
    tags: list[Style | tuple[Style, ...]] = []
    for item in paragraph.items:
        if isinstance(item, Element) and isinstance(item.what, Manner):
            tags.append(item.what.style)
        elif isinstance(item, Element) and isinstance(item.what, Atom):
            what = item.what.what
            parts = what.parts if isinstance(what, Copied) else ()
            tags.append(tuple(part.style for part in parts))
    return ParagraphLook(paragraph.style, tuple(tags))


def _element(tag: Style | tuple[Style, ...]) -> Element:
    if isinstance(tag, Style):
        return Element(Manner(tag), ["_"])
    parts = tuple(CopiedPart(style, [], 0, 0, 0, 0) for style in tag)
    style = tag[0] if tag else None
    return (
        Element(Atom(spaced=False, what=Copied(parts, 0, ""), style=style))
        if style
        else Element(None)
    )
