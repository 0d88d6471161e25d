"""Pictures of a PDF, taken out as files that a web page or a Word document can show."""

import io
from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

import pikepdf

from web.formats.pdf.canvases import Canvas
from web.formats.pdf.file import decoded_codes
from web.formats.pdf.geometry import Rectangle
from web.formats.pdf.structure import Picture
from web.formats.pdf.structuring import Placed

# Bytes of all pictures, dots of one, and how many there are.
_MOST_BYTES: Final = 30_000_000
_MOST_DOTS: Final = 20_000_000
_MOST_PICTURES: Final = 500
# Points of a picture that is one; part of the page that a background takes at least.
_SMALLEST: Final = 12.0
_BACKGROUND: Final = 0.8

_KINDS: Final[dict[str, Literal["png", "jpeg"]]] = {".png": "png", ".jpg": "jpeg"}


class PictureArea(NamedTuple):
    """Picture area: where a canvas shows the picture of an object."""

    canvas: int
    rectangle: Rectangle
    key: tuple[int, int]


def placed_pictures(
    pdf: pikepdf.Pdf,
    areas: Sequence[PictureArea],
    canvases: Sequence[Canvas],
    frames: Sequence[Rectangle],
) -> list[Placed]:
    """Take the pictures out, each where it is shown first.

    Backgrounds, masks and what is in a format of print (JPEG 2000, fax, more than the screen's
    colours) are left out, as is what would make the file too large.
    """
    placed: list[Placed] = []
    met: set[tuple[int, int]] = set()
    left = _MOST_BYTES
    for canvas, rectangle, key in areas:
        width, height = rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]
        frame = frames[canvas]
        page = (frame[2] - frame[0]) * (frame[3] - frame[1])
        behind = canvases[canvas].form is None and width * height > _BACKGROUND * page
        if key in met or min(width, height) < _SMALLEST or behind or len(met) >= _MOST_PICTURES:
            continue
        met.add(key)
        found = _taken_out(pdf.get_object(key))
        if found is not None and len(found[0]) <= left:
            left -= len(found[0])
            placed.append(Placed(canvas, rectangle, Picture(*found, width, height)))
    return placed


def _taken_out(source: Any) -> tuple[bytes, Literal["png", "jpeg"]] | None:
    made = io.BytesIO()
    try:
        width, height = int(source.get("/Width", 0)), int(source.get("/Height", 0))
        if not 0 < width * height <= _MOST_DOTS or source.get("/ImageMask", False):
            return None
        image = pikepdf.PdfImage(source)
        jpeg = source.get("/Filter") == "/DCTDecode"
        if image.mode == "CMYK" or (not jpeg and decoded_codes(source) is None):
            return None
        # A JPEG is copied: nobody has to unpack it.
        masked = not jpeg and _is_small(source.get("/SMask"))
        kind = image.extract_to(stream=made, apply_decode_array=not jpeg, apply_mask=masked)
    except (
        pikepdf.PdfError,
        pikepdf.PikepdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        ArithmeticError,
        RuntimeError,
        NotImplementedError,
        OSError,
    ):
        return None  # it is damaged, or of a kind that nobody takes out
    return (made.getvalue(), _KINDS[kind]) if kind in _KINDS else None


def _is_small(mask: Any) -> bool:
    if not isinstance(mask, pikepdf.Stream):
        return False
    width, height = int(mask.get("/Width", 0)), int(mask.get("/Height", 0))
    return 0 < width * height <= _MOST_DOTS and decoded_codes(mask) is not None
