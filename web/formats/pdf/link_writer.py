"""Link writer: the areas of a PDF's links are put on the words of the translation."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pikepdf

from web.formats.pdf.atoms import Atom
from web.formats.pdf.canvases import Canvas
from web.formats.pdf.geometry import Rectangle, around
from web.formats.pdf.links import Link, annotations_of, is_link, rectangle_of
from web.formats.pdf.page_writer import LaidParagraph
from web.formats.pdf.paragraphs import Paragraph, Part
from web.formats.pdf.pen import linked_places, whole_line
from web.formats.pdf.setting import Faces

# Stands for all of a paragraph, in the place of a target's number.
_WHOLE: Final = -1


class LinkOwners:
    """Link owners: how many paragraphs have words of a link, and which links are over others."""

    def __init__(self) -> None:
        self.counts: Counter[Link] = Counter()
        self.kept: set[Link] = set()

    def add(self, paragraph: Paragraph) -> None:
        """Add the links of a paragraph."""
        self.counts.update(paragraph.links)

    def keep(self, atoms: Iterable[Atom]) -> None:
        """Add the links of words that stay as they are."""
        self.kept.update(atom.link for atom in atoms if atom.link is not None)

    def keep_other(self, part: Part) -> None:
        """Add the links of a bullet, a number, figures or formulas, which are not asked for."""
        for line in [part.marker] if part.asked else part.lines:
            self.keep(line)


class LinkWriter:
    """Link writer of an open PDF.

    A link over words of several paragraphs stays as it is. One over words that stay and words that
    change, as in a table of contents, grows to have both.
    """

    def __init__(self, pdf: pikepdf.Pdf, canvases: Sequence[Canvas], owners: LinkOwners) -> None:
        self._pdf = pdf
        self._canvases = canvases
        self._owners = owners
        self._taken: dict[int, set[int]] = defaultdict(set)
        self._added: dict[int, list[Any]] = defaultdict(list)
        self._page = -1
        self._listed: list[Any] = []
        self._moved: list[tuple[list[Link], list[tuple[int, Rectangle]]]] = []

    def add(self, laid: LaidParagraph, faces: Faces) -> None:
        """Note where the links of a paragraph go; the pages that are read may show them, too."""
        if not laid.paragraph.links:
            return
        places = self._places(laid, faces)
        by_target: dict[int, list[Link]] = defaultdict(list)
        for link in laid.paragraph.links:
            by_target[link.target].append(link)
        for target, links in by_target.items():
            # Where the translation lost the linked words, all of it is linked.
            found = places[target] or places[_WHOLE]
            if found and all(self._owners.counts[link] == 1 for link in links):
                self._moved.append((links, found))

    def write(self) -> None:
        """Move the links of all paragraphs."""
        for links, places in self._moved:
            self._move(links, places)
        for page in {*self._taken, *self._added}:
            self._list(page)

    def _places(self, laid: LaidParagraph, faces: Faces) -> dict[int, list[tuple[int, Rectangle]]]:
        places: dict[int, list[tuple[int, Rectangle]]] = defaultdict(list)
        paragraph = laid.paragraph
        for box, lines in zip(paragraph.boxes, laid.lines, strict=False):
            page = self._canvases[box.canvas].page
            for target, place in linked_places(lines, paragraph, box, laid.scale, faces):
                places[target].append((page, place))
            for line in lines:
                places[_WHOLE].append((page, whole_line(line, paragraph, box, laid.scale)))
        return places

    def _move(self, links: Sequence[Link], places: Sequence[tuple[int, Rectangle]]) -> None:
        waiting = [link for link in links if link not in self._owners.kept]
        model: Any = None
        for link in links:
            annotation = self._annotation(link)
            model = annotation if model is None else model
            if link in self._owners.kept and annotation is not None:
                near = [place for page, place in places if page == link.page]
                own = rectangle_of(annotation)
                _put(annotation, around([*near, *([own] if own else [])]))
        if not waiting:
            return
        for page, place in places:
            found = next((link for link in waiting if link.page == page), None)
            if found is not None:
                waiting.remove(found)
                annotation = self._annotation(found)
                if annotation is not None:
                    _put(annotation, place)
            elif model is not None:
                self._added[page].append(self._copy(model, page, place))
        for link in waiting:
            self._taken[link.page].add(link.place)

    def _annotation(self, link: Link) -> Any:
        if link.page != self._page:
            self._page = link.page
            self._listed = list(annotations_of(self._pdf.pages[link.page].obj))
        found = self._listed[link.place] if link.place < len(self._listed) else None
        return found if is_link(found) else None

    def _copy(self, annotation: Any, page: int, place: Rectangle) -> Any:
        """The same link once more; what must be there only once is left out."""
        copy = pikepdf.Dictionary(annotation)
        for name in ("/StructParent", "/NM", "/AP"):
            if name in copy:
                del copy[name]
        if "/P" in copy:
            copy["/P"] = self._pdf.pages[page].obj
        _put(copy, place)
        return self._pdf.make_indirect(copy)

    def _list(self, page: int) -> None:
        found = self._pdf.pages[page].obj
        kept = [
            each
            for index, each in enumerate(annotations_of(found))
            if index not in self._taken[page]
        ]
        found["/Annots"] = pikepdf.Array([*kept, *self._added[page]])


def _put(annotation: Any, place: Rectangle) -> None:
    annotation["/Rect"] = pikepdf.Array([round(each, 2) for each in place])
    if "/QuadPoints" in annotation:
        del annotation["/QuadPoints"]
