"""The glyphs of a page: what each stands for, where a reader sees it, and its font."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from reportkit.moa.layout import Char

Font = tuple[str, int]
"""A font of one document: its name in the file, and the length of its program in bytes."""

_QUARTER = math.pi / 2
_SAMPLE = 64
_MEANT_OTHERWISE = {
    **{0x02: "-", 0xAD: "-", 0x2010: "-", 0x2011: "-", 0xA0: " "},
    **{0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"},
}
"""Characters that PDFs use for the shape only; 0x02 is pdfium's sign for a hyphen at a line end."""


_TALL = 40.0
"""Points from ascent to descent; the largest letters of running text have 20."""
_LINE_OF_INK = 2.0
"""The height of a line over that of the ink of its letters."""
_WHITE = frozenset({9, 10, 13, 32})
_SPACE: Char = (" ", 0.0, 0.0, 0.0, 0.0)


class _Meant(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = text = _meant(code)
        return text


MEANT: Mapping[int, str] = _Meant()
"""What a character code stands for in running text: nothing for control characters, a space for
all white space."""


def _meant(code: int) -> str:
    if code in _MEANT_OTHERWISE:
        return _MEANT_OTHERWISE[code]
    if code <= 32 or code == 0x7F:
        return " " if code in _WHITE else ""
    if 0xD800 <= code <= 0xDFFF or code in (0xFFFD, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return ""
    return " " if chr(code).isspace() else chr(code)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The glyphs of one page in the order of the file.

    `unnamed` gives, for the index of each glyph whose font names no character, the number that
    stands in the file and the font; their text in `chars` is not to be used. A box runs from the
    font's ascent to its descent, so neighbours on a line share its height.
    """

    chars: list[Char]
    unnamed: Mapping[int, tuple[int, Font]]


@dataclass(frozen=True, slots=True)
class View:
    """How a page is seen: the corners of its visible box in its own axes, and its quarter turns."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A box of the page's own axes as left, top, right and bottom of the page as seen."""
        match self.turns:
            case 1:
                return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 2:
                return (
                    self.right - right,
                    bottom - self.bottom,
                    self.right - left,
                    top - self.bottom,
                )
            case 3:
                return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom


def view(page: pdfium.PdfPage) -> View:
    """The visible box (crop box within media box) and the turn that the file asks for."""
    left, bottom, right, top = page.get_bbox()
    return View(left, bottom, right, top, page.get_rotation() // 90 % 4)


def upright(text: pdfium.PdfTextpage, seen: View) -> View:
    """The view in which most glyphs of the page stand upright: scans are often laid in sideways."""
    count = text.count_chars()
    step = max(1, count // _SAMPLE)
    turns = [0, 0, 0, 0]
    for index in range(0, count, step):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        angle = raw.FPDFText_GetCharAngle(text.raw, index)
        if angle >= 0 and code > 32 and raw.FPDFText_IsGenerated(text.raw, index) != 1:
            turns[round(angle / _QUARTER) % 4] += 1
    most = max(turns)
    # pdfium's angle runs clockwise, like the turn of a page: together they must make whole turns.
    if most == 0 or turns[(-seen.turns) % 4] * 2 >= most:
        return seen
    return View(seen.left, seen.bottom, seen.right, seen.top, -turns.index(most) % 4)


def glyphs(text: pdfium.PdfTextpage, seen: View) -> Glyphs:
    """Every glyph within the visible page, in the order of the file, invisible ones included.

    Glyphs are invisible on scanned pages: that is how a scanner lays its text over the picture.
    """
    chars: list[Char] = []
    unnamed: dict[int, tuple[int, Font]] = {}
    fonts: dict[int | None, Font] = {}
    indices: list[int] = []
    handle = text.raw
    box = raw.FS_RECTF()
    at = ctypes.byref(box)
    width, height = seen.size
    straight = seen.turns == 0
    left, top = seen.left, seen.top
    unicode, loose, astray = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_HasUnicodeMapError,
    )
    for index in range(text.count_chars()):
        code = unicode(handle, index)
        named = astray(handle, index) != 1
        if named and code in _WHITE:
            chars.append(_SPACE)
            continue
        loose(handle, index, at)
        if straight:
            x0, y0, x1, y1 = box.left - left, top - box.top, box.right - left, top - box.bottom
        else:
            x0, y0, x1, y1 = seen.box(box.left, box.bottom, box.right, box.top)
        if x1 <= 0 or y1 <= 0 or x0 >= width or y0 >= height:
            continue
        if not named:
            item = raw.FPDFText_GetTextObject(handle, index)
            unnamed[len(chars)] = code, _font(item, fonts)
        chars.append((MEANT[code], x0, y0, x1, y1))
        indices.append(index)
    if straight and indices and _height(chars) > _TALL:
        chars = _by_baseline(text, chars, indices, seen)
    return Glyphs(chars, unnamed)


def _height(chars: Iterable[Char]) -> float:
    return median(char[4] - char[2] for char in chars if char is not _SPACE)


def _by_baseline(
    text: pdfium.PdfTextpage, chars: Sequence[Char], indices: Iterable[int], seen: View
) -> list[Char]:
    """The characters with the height of their ink over their baseline.

    Some scanners give a font whose letters reach over several lines.
    """
    numbers = iter(indices)
    inks = []
    lines = []
    x, y, *box = (ctypes.c_double() for _ in range(6))
    for char in chars:
        if char is _SPACE:
            continue
        index = next(numbers)
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        raw.FPDFText_GetCharBox(text.raw, index, *box)
        lines.append(seen.top - y.value)
        inks.append(box[3].value - box[2].value)
    height = _LINE_OF_INK * median(inks)
    baselines = iter(lines)
    return [
        char
        if char is _SPACE
        else (
            char[0],
            char[1],
            (line := next(baselines)) - 0.75 * height,
            char[3],
            line + 0.25 * height,
        )
        for char in chars
    ]


def _font(item: raw.FPDF_PAGEOBJECT, seen: dict[int | None, Font]) -> Font:
    handle = raw.FPDFTextObj_GetFont(item)
    address = ctypes.cast(handle, ctypes.c_void_p).value
    if address not in seen:
        size = raw.FPDFFont_GetBaseFontName(handle, None, 0)
        name = ctypes.create_string_buffer(size)
        raw.FPDFFont_GetBaseFontName(handle, name, size)
        length = ctypes.c_size_t()
        raw.FPDFFont_GetFontData(handle, None, 0, ctypes.byref(length))
        seen[address] = (name.value.decode("utf-8", "replace"), length.value)
    return seen[address]
