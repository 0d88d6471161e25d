"""Bilingual pages of a PDF: each page with its translation beside it, or on a page after it."""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from web.formats.base import BilingualLayout
from web.formats.pdf.canvases import MOST_SECONDS, Canvas, Canvases
from web.formats.pdf.file import opened_pdf
from web.formats.pdf.geometry import Rectangle, around
from web.formats.pdf.links import annotations_of, is_link, rectangle_of

# Where the translation is from the page, in widths and heights of it, by the page's rotation: on a
# page that is turned, its right side is elsewhere.
_BESIDE: Final = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}
_OTHER_BOXES: Final = ("/BleedBox", "/TrimBox", "/ArtBox")
_NAME: Final = "/UTransPage"
# Marks of a link that are numbers or a name, and go with it.
_LOOK: Final = ("/Border", "/C", "/F", "/H")
# What a destination has after its page: a name and numbers.
_MOST_OF_DESTINATION: Final = 6


def put_translation(pdf: pikepdf.Pdf, translated: bytes, layout: BilingualLayout) -> None:
    """Put the pages of the translated file beside, or after, those of the PDF that it was.

    The page itself is as it was, with its links and forms. The links of the translation lead where
    those lead; fields of forms are there once. Raises DocumentError when it takes too long.
    """
    reader = Canvases(pdf, {}, MOST_SECONDS)
    with opened_pdf(translated) as other:
        pages = [page.obj for page in pdf.pages]
        numbers = {page.obj.objgen: index for index, page in enumerate(other.pages)}
        for index, page in enumerate(list(pdf.pages)):
            box = _box(page)
            shown = other.pages[index]
            form = shown.as_form_xobject(handle_transformations=False)
            form["/BBox"] = pikepdf.Array(box)
            form = pdf.copy_foreign(form)
            links = [
                pdf.make_indirect(link)
                for annotation in annotations_of(shown.obj)
                if is_link(annotation)
                for link in _copied(annotation, pages, numbers)
            ]
            reader.tick()
            if layout == "below":
                after = pdf.add_blank_page(page_size=(box[2] - box[0], box[3] - box[1]))
                after.obj["/MediaBox"] = pikepdf.Array(box)
                after.obj["/Rotate"] = page.rotation
                _show(pdf, after.obj, None, form, links, (0.0, 0.0))
                del pdf.pages[-1]
                pdf.pages.insert(2 * index + 1, after)
                continue
            across, up = _BESIDE.get(page.rotation, (1, 0))
            away = (across * (box[2] - box[0]), up * (box[3] - box[1]))
            unclosed = reader.drawing(Canvas(index)).unclosed
            _close(pdf, page, box, unclosed)
            _widen(page.obj, box, away)
            _show(pdf, page.obj, reader.resources(Canvas(index)), form, links, away)
    if layout == "below" and "/PageLabels" in pdf.Root:
        del pdf.Root["/PageLabels"]


def _box(page: pikepdf.Page) -> Rectangle:
    """The part of a page that is shown."""
    box = page.cropbox if page.cropbox is not None else page.mediabox
    x, y, other_x, other_y = (float(each) for each in box)
    return (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _close(pdf: pikepdf.Pdf, page: pikepdf.Page, box: Rectangle, unclosed: int) -> None:
    """Keep a page's drawing within its box, and its states to itself."""
    left, bottom, right, top = box
    frame = b"q %.3f %.3f %.3f %.3f re W n\n" % (left, bottom, right - left, top - bottom)
    page.contents_add(pdf.make_stream(frame), prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ" * (unclosed + 1) + b"\n"))


def _widen(page: Any, box: Rectangle, away: tuple[float, float]) -> None:
    moved = _moved(box, away)
    page["/MediaBox"] = page["/CropBox"] = pikepdf.Array(around([box, moved]))
    for name in _OTHER_BOXES:
        if name in page:
            del page[name]


def _moved(place: Rectangle, away: tuple[float, float]) -> Rectangle:
    across, up = away
    return (place[0] + across, place[1] + up, place[2] + across, place[3] + up)


def _show(  # noqa: PLR0913, PLR0917 - what, where, and with which resources
    pdf: pikepdf.Pdf,
    page: Any,
    resources: Any,
    form: Any,
    links: list[Any],
    away: tuple[float, float],
) -> None:
    # Pages may have their resources in common.
    own = _copy_of(resources)
    forms = _copy_of(own.get("/XObject"))
    name = _NAME
    while name in forms:
        name += "x"
    forms[name] = form
    page["/Resources"] = own
    own["/XObject"] = forms
    content = b"q 1 0 0 1 %.3f %.3f cm %s Do Q\n" % (*away, name.encode())
    pikepdf.Page(page).contents_add(pdf.make_stream(content))
    for link in links:
        place = rectangle_of(link)
        if place is not None:
            link["/Rect"] = pikepdf.Array(_moved(place, away))
    if links:
        page["/Annots"] = pikepdf.Array([*annotations_of(page), *links])


def _copy_of(dictionary: Any) -> Any:
    copy = pikepdf.Dictionary()
    if isinstance(dictionary, pikepdf.Dictionary):
        for name in dictionary.keys():  # noqa: SIM118 - it is no mapping
            copy[name] = dictionary[name]
    return copy


def _copied(annotation: Any, pages: list[Any], numbers: dict[Any, int]) -> Iterator[Any]:
    """The link in the other file, if it leads to an address or a page."""
    place = rectangle_of(annotation)
    action = annotation.get("/A")
    copy = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Border=[0, 0, 0])
    if isinstance(action, pikepdf.Dictionary) and isinstance(action.get("/URI"), pikepdf.String):
        address = pikepdf.String(bytes(action["/URI"]))
        copy["/A"] = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
    else:
        aim = (
            action.get("/D") if isinstance(action, pikepdf.Dictionary) else annotation.get("/Dest")
        )
        aim = _destination(aim, pages, numbers)
        if aim is None:
            return
        copy["/Dest"] = aim
    for name in _LOOK:
        if name in annotation and _is_plain(annotation[name]):
            copy[name] = _plain(annotation[name])
    if place is not None:
        copy["/Rect"] = pikepdf.Array(place)
        yield copy


def _destination(aim: Any, pages: list[Any], numbers: dict[Any, int]) -> Any:
    if isinstance(aim, pikepdf.String):
        return pikepdf.String(bytes(aim))
    if isinstance(aim, pikepdf.Name):
        return pikepdf.Name(str(aim))
    if not isinstance(aim, pikepdf.Array) or not 0 < len(aim) <= _MOST_OF_DESTINATION:
        return None
    page, *rest = list(aim)
    index = numbers.get(page.objgen) if isinstance(page, pikepdf.Dictionary) else None
    if index is None or not all(_is_plain(each) for each in rest):
        return None
    return pikepdf.Array([pages[index], *map(_plain, rest)])


def _is_plain(value: Any) -> bool:
    """Whether a value has nothing of its file in it."""
    if isinstance(value, pikepdf.Array):
        return len(value) <= _MOST_OF_DESTINATION and all(_is_number(each) for each in value)
    return isinstance(value, pikepdf.Name) or value is None or _is_number(value)


def _plain(value: Any) -> Any:
    """The same value, of no file."""
    if isinstance(value, pikepdf.Array):
        return pikepdf.Array([_number(each) for each in value])
    if value is None:
        return None
    return pikepdf.Name(str(value)) if isinstance(value, pikepdf.Name) else _number(value)


def _number(value: Any) -> int | float:
    return int(value) if float(value).is_integer() else float(value)


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError, ArithmeticError):
        return False
    return True
