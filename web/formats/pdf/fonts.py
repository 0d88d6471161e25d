"""Fonts of a PDF: the letters that its codes stand for, their widths, and the look of the type."""

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pikepdf
from fontTools import agl
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont, TTLibError

from web.formats.pdf.file import decoded_codes
from web.formats.pdf.typefaces import Look, typeface

# Letters of a font that only some readers may have: those of the standard fonts.
_BOLD: Final = re.compile(r"bold|black|heavy|semib|demi|cmb|sfbx|ecbx|medi(?!um)", re.IGNORECASE)
_ITALIC: Final = re.compile(r"ital|obli|slant|kursiv|cmti|cmsl|sfti|ecti|-it\b", re.IGNORECASE)
_SERIF: Final = re.compile(
    r"times|serif|roman|garamond|georgia|cambria|palatino|book|minion|cm[rbst]|lmr|sfr|nimbusrom",
    re.IGNORECASE,
)
_SANS: Final = re.compile(
    r"sans|arial|helvet|calibri|verdana|cmss|lmss|segoe|gothic", re.IGNORECASE
)
_MONO: Final = re.compile(r"mono|courier|consol|cmtt|sftt|lmtt|typewriter|menlo", re.IGNORECASE)
# Fonts whose signs are formulas or pictures, whatever letters they claim to be.
_SIGNS: Final = re.compile(
    r"cmmi|cmsy|cmex|cmbsy|msam|msbm|eufm|math|symbol|dingbat|wingding|webding|awesome|icon|"
    r"rsfs|stmary|lmmi|lmsy|lmex|txsy|txmi|pxmi|pxsy|mtmi|mtsy|esint|wasy|barcode|code128|ean",
    re.IGNORECASE,
)
_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
_SECTION: Final = re.compile(
    rb"begin(bfchar|bfrange|codespacerange)(.*?)end(?:bfchar|bfrange|codespacerange)", re.DOTALL
)
_ITEM: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|\d+")
# Bits of /Flags in a font's descriptor.
_FIXED, _SERIFS, _SYMBOLIC, _SLANTED, _FORCE_BOLD = 1, 2, 4, 64, 1 << 18
_BOLD_WEIGHT: Final = 600
# Most letters that one code may stand for, and most codes of one font.
_MOST_LETTERS: Final = 8
_MOST_CODES: Final = 70_000
_MOST_FONT_BYTES: Final = 20_000_000
_LIGATURES: Final = {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)
}


class Font:
    """Font of a PDF. Codes have `step` bytes each; `key` finds the font in the file again.

    `drawn` has the code and width for each letter that the document shows in it: those it has for
    certain. A font of `signs` has no words; `upright` is False for vertical writing. Its `size` is
    the number of codes that are at hand, 0 after they were forgotten.
    """

    def __init__(self, source: pikepdf.Object, key: tuple[int | str, ...]) -> None:
        self.key = key
        self.drawn: dict[str, tuple[bytes, float]] = {}
        subtype = _name(source.get("/Subtype"))
        self.step = 2 if subtype == "Type0" else 1
        descriptor = (_described(source) if self.step == 2 else source).get("/FontDescriptor")
        name = _SUBSET.sub("", _name(source.get("/BaseFont")))
        self.upright = _name(source.get("/Encoding")) != "Identity-V"
        self.signs = bool(_SIGNS.search(name))
        self.look = _look(name, descriptor)
        self.scale = 0.001
        if subtype == "Type3" and isinstance(source.get("/FontMatrix"), pikepdf.Array):
            self.scale = abs(_float(source.FontMatrix[0])) or 0.001
        self.embedded = isinstance(descriptor, pikepdf.Dictionary) and any(
            each in descriptor for each in ("/FontFile", "/FontFile2", "/FontFile3")
        )
        self.size = 0
        self._widths: dict[int, float] = {}
        self._letters: dict[int, str] = {}
        self._default = 0.0
        self._by_letter: dict[str, float] = {}
        self.load(source)

    def load(self, source: pikepdf.Object) -> None:
        """Read the codes, with their letters and widths, once more."""
        self._by_letter = {}
        descriptor: Any
        if self.step == 2:
            described = _described(source)
            descriptor = described.get("/FontDescriptor")
            self._widths, self._default = _cid_widths(described)
            self._letters = _to_unicode(source.get("/ToUnicode"))
            if not self._letters and _name(source.get("/Encoding")) == "Identity-H":
                self._letters = _glyph_letters(descriptor)
        else:
            descriptor = source.get("/FontDescriptor")
            name = _SUBSET.sub("", _name(source.get("/BaseFont")))
            self._widths, self._default = _simple_widths(source, descriptor, name)
            self._letters = _simple_letters(source, descriptor, symbolic=self.signs)
            self._letters.update(_to_unicode(source.get("/ToUnicode")))
        self.size = len(self._widths) + len(self._letters) + 1

    def forget(self) -> None:
        """Give up the codes, until they are loaded again; what was `drawn` stays."""
        self.finish()
        self.size = 0
        self._widths, self._letters, self._by_letter = {}, {}, {}

    def width_of(self, letter: str) -> float:
        """Width of a letter in ems; half an em where the font has no such letter."""
        if not self._by_letter:
            widths, default, scale = self._widths, self._default, self.scale
            self._by_letter = {
                letters: widths.get(code, default) * scale
                for code, letters in self._letters.items()
            }
        return self._by_letter.get(letter, 0.5)

    def codes(self, string: bytes) -> Iterator[tuple[int, str, float]]:
        """The codes of a string, each with its letters and its width in ems.

        A code of which nobody knows the letters has the replacement character.
        """
        letters, widths, default, scale = self._letters, self._widths, self._default, self.scale
        if self.step == 1:
            for code in string:
                yield code, letters.get(code, "\ufffd"), widths.get(code, default) * scale
            return
        for index in range(0, len(string) - 1, 2):
            code = string[index] << 8 | string[index + 1]
            yield code, letters.get(code, "\ufffd"), widths.get(code, default) * scale

    def written(self, code: int) -> bytes:
        """A code as bytes."""
        return code.to_bytes(self.step, "big")

    def seen(self, code: int, letters: str, width: float) -> None:
        """Note that the document shows these letters, by this code and width in ems."""
        if letters not in self.drawn and len(letters) == 1 and letters != "\ufffd":
            self.drawn[letters] = (self.written(code), width)

    def finish(self) -> None:
        """Note the letters of a font that each reader has itself: all are at hand."""
        if not self.embedded and self.step == 1 and not self.signs:
            for code, letters in self._letters.items():
                if code in self._widths and letters.isprintable():
                    self.seen(code, letters, self._widths[code] * self.scale)


def _described(source: pikepdf.Object) -> pikepdf.Object:
    """The font inside of a composite one, which has its widths."""
    descendants = source.get("/DescendantFonts")
    if isinstance(descendants, pikepdf.Array) and len(descendants):
        return descendants[0]
    return source


def _name(value: Any) -> str:
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, ArithmeticError):
        return 0.0


def _look(name: str, descriptor: Any) -> Look:
    flags, weight, known = 0, 0.0, isinstance(descriptor, pikepdf.Dictionary)
    if known:
        flags = int(_float(descriptor.get("/Flags", 0)))
        weight = _float(descriptor.get("/FontWeight", 0))
    if _MONO.search(name) or (
        flags & _FIXED and not _SANS.search(name) and not _SERIF.search(name)
    ):
        family = "mono"
    elif _SANS.search(name):
        family = "sans"
    else:
        family = "serif" if flags & _SERIFS or _SERIF.search(name) else "sans"
    bold = bool(_BOLD.search(name)) or weight >= _BOLD_WEIGHT or bool(flags & _FORCE_BOLD)
    return Look(family, bold, bool(_ITALIC.search(name)) or bool(flags & _SLANTED))


def _cid_widths(font: pikepdf.Object) -> tuple[dict[int, float], float]:
    widths: dict[int, float] = {}
    default = _float(font.get("/DW", 1000))
    array = font.get("/W")
    items = list(array) if isinstance(array, pikepdf.Array) else []
    index = 0
    while index + 1 < len(items) and len(widths) < _MOST_CODES:
        first, second = items[index], items[index + 1]
        start = int(_float(first))
        if isinstance(second, pikepdf.Array):
            for offset, width in enumerate(second):
                widths[start + offset] = _float(width)
            index += 2
        elif index + 2 < len(items):
            for code in range(start, min(int(_float(second)) + 1, start + _MOST_CODES)):
                widths[code] = _float(items[index + 2])
            index += 3
        else:
            break
    return widths, default


def _simple_widths(
    font: pikepdf.Object, descriptor: Any, name: str
) -> tuple[dict[int, float], float]:
    missing = 0.0
    if isinstance(descriptor, pikepdf.Dictionary):
        missing = _float(descriptor.get("/MissingWidth", 0))
    array = font.get("/Widths")
    if not isinstance(array, pikepdf.Array):
        return standard_widths(name), 500.0
    first = int(_float(font.get("/FirstChar", 0)))
    return {first + index: _float(each) for index, each in enumerate(list(array)[:256])}, missing


def standard_widths(name: str) -> dict[int, float]:
    """Widths of a standard font, whose file has none: by code of the usual encoding."""
    look = _look(name, None)
    if look.family == "mono":
        return dict.fromkeys(range(32, 256), 600.0)
    face = typeface(look)
    return {
        code: face.widths.get(ord(letter), 0.5) * 1000
        for code in range(32, 256)
        if (letter := bytes([code]).decode("cp1252", "ignore"))
    }


def _simple_letters(font: pikepdf.Object, descriptor: Any, *, symbolic: bool) -> dict[int, str]:
    encoding = font.get("/Encoding")
    base = _name(encoding)
    differences: Any = None
    if isinstance(encoding, pikepdf.Dictionary):
        base = _name(encoding.get("/BaseEncoding"))
        differences = encoding.get("/Differences")
    letters: dict[int, str] = {}
    if base == "WinAnsiEncoding" or (not base and not _embedded(descriptor) and not symbolic):
        letters = {code: bytes([code]).decode("cp1252", "ignore") for code in range(32, 256)}
    elif base == "MacRomanEncoding":
        letters = {code: agl.toUnicode(each) for code, each in enumerate(MacRoman)}
    elif not symbolic:
        letters = {code: agl.toUnicode(each) for code, each in enumerate(StandardEncoding)}
        letters.update(_built_in(descriptor))
    if isinstance(differences, pikepdf.Array):
        code = 0
        for each in list(differences)[:1000]:
            if isinstance(each, pikepdf.Name):
                letters[code] = agl.toUnicode(_name(each))
                code += 1
            else:
                code = int(_float(each))
    return {code: _plain(each) for code, each in letters.items() if each}


def _embedded(descriptor: Any) -> bool:
    return isinstance(descriptor, pikepdf.Dictionary) and any(
        each in descriptor for each in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def _built_in(descriptor: Any) -> Mapping[int, str]:
    """The letters of a Type 1 font's own encoding, which stands in its first, readable part."""
    if not isinstance(descriptor, pikepdf.Dictionary) or "/FontFile" not in descriptor:
        return {}
    data = decoded_codes(descriptor.FontFile, _MOST_FONT_BYTES)
    head = data.partition(b"eexec")[0] if data else b""
    return {
        int(match[1]): agl.toUnicode(match[2].decode())
        for match in re.finditer(rb"dup\s+(\d{1,3})\s*/([A-Za-z0-9._]+)\s+put", head)
        if match[2] != b".notdef"
    }


def _to_unicode(stream: Any) -> dict[int, str]:
    if not isinstance(stream, pikepdf.Stream):
        return {}
    letters: dict[int, str] = {}
    for section in _SECTION.finditer(decoded_codes(stream, 4_000_000) or b""):
        if section[1] == b"codespacerange":
            continue
        items = _items(section[2])
        if section[1] == b"bfchar":
            for code, text in zip(items[::2], items[1::2], strict=False):
                if isinstance(code, bytes) and isinstance(text, bytes):
                    letters[int.from_bytes(code, "big")] = _utf16(text)
            continue
        for low, high, target in zip(items[::3], items[1::3], items[2::3], strict=False):
            if isinstance(low, bytes) and isinstance(high, bytes):
                _add_range(letters, int.from_bytes(low, "big"), int.from_bytes(high, "big"), target)
    return {code: _plain(text) for code, text in letters.items() if text}


def _items(data: bytes) -> list[bytes | list[bytes]]:
    items: list[bytes | list[bytes]] = []
    inner: list[bytes] | None = None
    for match in _ITEM.finditer(data):
        if match[2]:
            inner = []
        elif match[3]:
            items.append(inner or [])
            inner = None
        elif match[1] is not None:
            digits = re.sub(rb"\s", b"", match[1])
            value = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
            if inner is None:
                items.append(value)
            else:
                inner.append(value)
    return items


def _add_range(letters: dict[int, str], low: int, high: int, target: bytes | list[bytes]) -> None:
    high = min(high, low + 0xFFFF)
    if len(letters) > _MOST_CODES:
        return
    if isinstance(target, list):
        for code, each in zip(range(low, high + 1), target, strict=False):
            letters[code] = _utf16(each)
        return
    text = _utf16(target)
    if text:
        for code in range(low, high + 1):
            last = ord(text[-1]) + code - low
            if last < 0x110000:
                letters[code] = text[:-1] + chr(last)


def _utf16(data: bytes) -> str:
    text = (
        data[: 2 * _MOST_LETTERS].decode("utf-16-be", "ignore")
        if len(data) > 1
        else data.decode("latin-1")
    )
    return text.replace("\x00", "")


def _plain(text: str) -> str:
    """Letters as people write them: ligatures taken apart, no signs of private fonts."""
    if len(text) == 1:
        if text in _LIGATURES:
            return _LIGATURES[text]
        if unicodedata.category(text) in {"Co", "Cn", "Cs", "Cc"} and text not in "\t\n":
            return "\ufffd"
    return text


def _glyph_letters(descriptor: Any) -> dict[int, str]:
    """The letters of an embedded TrueType font's glyphs, when the PDF does not tell them."""
    if not isinstance(descriptor, pikepdf.Dictionary) or "/FontFile2" not in descriptor:
        return {}
    data = decoded_codes(descriptor.FontFile2, _MOST_FONT_BYTES)
    try:
        font = TTFont(io.BytesIO(data or b""))
        return {
            font.getGlyphID(glyph): chr(code) for code, glyph in (font.getBestCmap() or {}).items()
        }
    # fontTools raises whatever a damaged table leads to.
    except (
        TTLibError,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        TypeError,
        OSError,
        ArithmeticError,
    ):
        return {}
