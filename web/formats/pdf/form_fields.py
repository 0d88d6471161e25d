"""Form fields of a PDF: the texts that people read at them, and the appearances that show some.

Names, values and export values are data, which stay: an option's display is a translation beside
its value.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import pikepdf

from web.formats.pdf.links import annotations_of

_MOST_FIELDS: Final = 20_000
_MOST_OPTIONS: Final = 5_000
_MOST_LEVELS: Final = 50
# Bits of /Ff: a button that is pushed.
_PUSHED: Final = 1 << 16
# Captions of a button: as it is, under the pointer, pushed.
_CAPTIONS: Final = ("/CA", "/RC", "/AC")
# Names that programs put where a text should be.
_NAME: Final = re.compile(r"\w\[\d+\]|^\w+[._]\w+$|^#")


class FieldText(NamedTuple):
    """Text of a field, and what puts another in its place."""

    text: str
    put: Callable[[str], None]


def field_texts(pdf: pikepdf.Pdf) -> Iterator[FieldText]:
    """Tooltips, captions of buttons and displays of options, in the order of the fields."""
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    waiting = [*reversed(_dictionaries(fields))]
    met: set[tuple[int, int]] = set()
    count = 0
    while waiting and count < _MOST_FIELDS:
        field = waiting.pop()
        if field.objgen in met:
            continue
        if field.objgen != (0, 0):
            met.add(field.objgen)
        count += 1
        yield from _texts(field)
        waiting += reversed(_dictionaries(field.get("/Kids")))


def shown_forms(page: Any) -> Iterator[tuple[int, int]]:
    """Numbers of the objects that show the captions of a page's buttons, and chosen options."""
    for annotation in annotations_of(page):
        if not isinstance(annotation, pikepdf.Dictionary):
            continue
        if annotation.get("/Subtype") != "/Widget" or not _is_said(annotation):
            continue
        appearances = annotation.get("/AP")
        shown = appearances.get("/N") if isinstance(appearances, pikepdf.Dictionary) else None
        if isinstance(shown, pikepdf.Stream) and shown.objgen != (0, 0):
            yield shown.objgen


def _dictionaries(listed: Any) -> list[Any]:
    if not isinstance(listed, pikepdf.Array):
        return []
    return [each for each in list(listed)[:_MOST_FIELDS] if isinstance(each, pikepdf.Dictionary)]


def _inherited(field: Any, name: str) -> Any:
    for _ in range(_MOST_LEVELS):
        if name in field:
            return field.get(name)
        field = field.get("/Parent")
        if not isinstance(field, pikepdf.Dictionary):
            break
    return None


def _is_button(field: Any) -> bool:
    flags = _inherited(field, "/Ff")
    return _inherited(field, "/FT") == "/Btn" and isinstance(flags, int) and bool(flags & _PUSHED)


def _is_said(field: Any) -> bool:
    """Whether a field shows words of the document, and not what somebody wrote into it."""
    return _is_button(field) or _inherited(field, "/FT") == "/Ch"


def _texts(field: Any) -> Iterator[FieldText]:
    yield from _entry(field, "/TU")
    captions = field.get("/MK")
    if isinstance(captions, pikepdf.Dictionary) and _is_button(field):
        for name in _CAPTIONS:
            yield from _entry(captions, name)
    options = field.get("/Opt")
    if isinstance(options, pikepdf.Array) and _inherited(field, "/FT") == "/Ch":
        for index in range(min(len(options), _MOST_OPTIONS)):
            yield from _option(options, index)


def _entry(holder: Any, name: str) -> Iterator[FieldText]:
    def put(target: str) -> None:
        holder[name] = pikepdf.String(target)

    yield from _text(holder.get(name), put)


def _option(options: Any, index: int) -> Iterator[FieldText]:
    option = options[index]
    if isinstance(option, pikepdf.Array):
        if len(option) > 1:
            pair = option

            def put_display(target: str) -> None:
                pair[1] = pikepdf.String(target)

            yield from _text(pair[1], put_display)
        return

    def put(target: str) -> None:
        options[index] = pikepdf.Array([option, pikepdf.String(target)])

    yield from _text(option, put)


def _text(value: Any, put: Callable[[str], None]) -> Iterator[FieldText]:
    text = " ".join(str(value).split()) if isinstance(value, pikepdf.String) else ""
    if any(map(str.isalpha, text)) and not _NAME.search(text):
        yield FieldText(text, put)
