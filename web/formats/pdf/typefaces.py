"""Typefaces: the free fonts of this machine in which a translation is set, and parts of them.

Liberation has the widths of the fonts that most documents are in, and all letters of Latin, Greek
and Cyrillic; DejaVu takes the place where it is not installed.
"""

import io
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont

from web.formats.base import DocumentError
from web.messages import N_

_FOLDERS: Final = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
# Files of a family by its look: regular, bold, italic, both.
_FAMILIES: Final = (
    ("Liberation{}-{}.ttf", {"serif": "Serif", "sans": "Sans", "mono": "Mono"},
     ("Regular", "Bold", "Italic", "BoldItalic")),
    ("DejaVu{}{}.ttf", {"serif": "Serif", "sans": "Sans", "mono": "SansMono"},
     ("", "-Bold", "-Oblique", "-BoldOblique")),
)  # fmt: skip
_NO_FONTS: Final = N_(
    "A PDF cannot be translated here: the fonts Liberation or DejaVu are not installed. Nothing "
    "was kept; send the document as .docx or .odt, or ask the operator to install them."
)

# Messages of fontTools about tables that it leaves out.
logging.getLogger("fontTools").setLevel(logging.ERROR)


class Look(NamedTuple):
    """Look of a type: its family (`serif`, `sans` or `mono`), bold, italic."""

    family: str
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class Typeface:
    """Typeface: a font file, with the glyph and the width in ems of each letter, by its code."""

    path: Path
    glyphs: dict[int, int]
    widths: dict[int, float]


@cache
def _files() -> dict[str, Path]:
    """Font files of the known families by their names; of several, those of the newest version."""
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for root, _, names in os.walk(Path(folder).expanduser()):
            for name in names:
                known = name.startswith(("Liberation", "DejaVu")) and name.endswith(".ttf")
                # Debian 12 has version 2, under another licence, in a folder of its own.
                if known and (name not in found or root.endswith("2")):
                    found[name] = Path(root) / name
    return found


def _names(look: Look) -> Iterator[str]:
    for pattern, families, styles in _FAMILIES:
        style = styles[look.bold + 2 * look.italic]
        yield pattern.format(families[look.family], style)
        yield pattern.format(families[look.family], style.replace("Oblique", "Italic"))
        yield pattern.format(families["sans"], style)


@cache
def typeface(look: Look) -> Typeface:
    """Typeface of a look. Raises DocumentError when no known font is installed."""
    files = _files()
    for name in _names(look):
        if name in files:
            with TTFont(files[name], lazy=True) as font:
                units = font["head"].unitsPerEm
                metrics = font["hmtx"].metrics
                letters = font.getBestCmap().items()
                glyphs = {code: font.getGlyphID(glyph) for code, glyph in letters}
                widths = {code: metrics[glyph][0] / units for code, glyph in letters}
            return Typeface(files[name], glyphs, widths)
    raise DocumentError(_NO_FONTS)


def embedded(pdf: pikepdf.Pdf, face: Typeface, letters: Iterable[str]) -> pikepdf.Object:
    """Font of a PDF with these letters of a typeface, which must have them; codes are glyphs."""
    codes = sorted({ord(letter) for letter in letters})
    options = subset.Options(
        retain_gids=True, hinting=False, layout_features=[], name_IDs=[0, 13, 14],
        notdef_outline=True,
        drop_tables=[*subset.Options().drop_tables, "GSUB", "GPOS", "GDEF", "FFTM", "OS/2"],
    )  # fmt: skip
    font = subset.load_font(str(face.path), options)
    name = font["name"].getDebugName(6) or face.path.stem
    head, metrics = font["head"], font["hhea"]
    scale = 1000 / head.unitsPerEm
    box = [round(each * scale) for each in (head.xMin, head.yMin, head.xMax, head.yMax)]
    ascent, descent = round(metrics.ascent * scale), round(metrics.descent * scale)
    angle = font["post"].italicAngle
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    made = io.BytesIO()
    font.save(made)
    font.close()
    base = pikepdf.Name(f"/UTRANS+{name}")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=base, Flags=4 | (64 if angle else 0),
        FontBBox=box, ItalicAngle=round(angle), Ascent=ascent, Descent=descent, CapHeight=ascent,
        StemV=80, FontFile2=pdf.make_stream(made.getvalue(), Length1=len(made.getvalue())),
    )  # fmt: skip
    by_glyph = sorted((face.glyphs[code], code) for code in codes)
    widths: list[Any] = []
    for glyph, code in by_glyph:
        widths += [glyph, pikepdf.Array([round(face.widths[code] * 1000, 2)])]
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=base,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), DW=0, W=pikepdf.Array(widths),
        CIDToGIDMap=pikepdf.Name.Identity,
    )  # fmt: skip
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=base,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode(by_glyph)),
        )
    )  # fmt: skip


def _to_unicode(by_glyph: list[tuple[int, int]]) -> bytes:
    head = (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
    parts = [head]
    for start in range(0, len(by_glyph), 100):  # the most that one section may have
        some = by_glyph[start : start + 100]
        parts.append(b"%d beginbfchar\n" % len(some))
        parts += [
            b"<%04X> <%s>\n" % (glyph, chr(code).encode("utf-16-be").hex().encode())
            for glyph, code in some
        ]
        parts.append(b"endbfchar\n")
    parts.append(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    return b"".join(parts)
