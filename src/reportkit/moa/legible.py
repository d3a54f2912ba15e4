"""Measures whether a page's text is its text: known words, and ink that no word explains."""

from __future__ import annotations

import re
from collections.abc import Callable
from ctypes import byref, c_uint
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

LEGIBLE = 0.6
"""A page counts as read where this share of its words is known. Measured over the corpus: pages
that hold their clauses have 0.7 and more, scanner noise has under 0.4."""
FEW = 40
"""Fewer words than this say nothing by their share: headings, a page of names."""
SOME = 150
"""A page with fewer words than this may be a picture of paper with a stamp in type on it, so its
ink is measured. The shortest appendix has 27 words, a page of clauses 300 and more."""
BLANK = 0.004
"""Dark share of a page up to which it is blank. The emptiest page with a text has 0.006."""
INK_OF_WORD = 0.0008
"""Dark share that one word explains. On pages that were read it is 0.0001 to 0.0006 a word; a page
of clauses without its words has 0.06 and more altogether."""

PIXELS = 140_000_000
"""Pixels of a picture that is drawn: letter paper at 1,200 dots an inch has 135 million."""
_IMAGE = 0.5
"""Share of the page that a picture must cover to count as a picture of paper."""
_LIMIT = 2_000
"""Pictures looked at on one page."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_SIDE = 320
_DARKER = 64


@cache
def vocabulary() -> frozenset[str]:
    """Words of English prose on law and administration, lower case (data/words.txt)."""
    return frozenset(files(__package__).joinpath("data", "words.txt").read_text().split())


def legible(text: str) -> tuple[float, int]:
    """Share of the words of two letters or more that are known, and how many words they are.

    Recognition loses spaces: words that run together are known where all of them are.
    """
    words = _WORD.findall(text)
    return (sum(_known(word.lower()) for word in words) / len(words) if words else 0.0), len(words)


@lru_cache(maxsize=65536)
def _known(word: str) -> bool:
    return word in vocabulary() or any(
        word[:end] in vocabulary() and _known(word[end:]) for end in range(2, len(word) - 1)
    )


def pictures(page: pdfium.PdfPage, size: tuple[float, float]) -> tuple[bool, int]:
    """Whether a picture covers the page, and the pixels of its largest picture.

    `size` is the width and height of the page in points.
    """
    width, height = size
    covers, most = False, 0
    across, down = c_uint(), c_uint()
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    for item in islice(found, _LIMIT):
        left, bottom, right, top = item.get_bounds()
        covers = covers or (right - left) * (top - bottom) >= _IMAGE * width * height
        if raw.FPDFImageObj_GetImagePixelSize(item.raw, byref(across), byref(down)):
            most = max(most, across.value * down.value)
    return covers, most


def ink(page: pdfium.PdfPage) -> float:
    """Share of a page (0 to 1) that is darker than its paper, measured on a small picture of it."""
    width, height = page.get_size()
    scale = _SIDE / max(width, height, 1.0)
    picture = page.render(scale=scale, grayscale=True).to_numpy().astype(np.int16)
    return float((picture < np.median(picture) - _DARKER).mean())


def readable(text: str, page: Callable[[], pdfium.PdfPage]) -> tuple[float, bool]:
    """Share of known words of a page's text, and whether clauses may be called absent from it.

    The page is opened and drawn only where its words are few.
    """
    share, count = legible(text)
    if count >= FEW and share < LEGIBLE:
        return share, False
    return share, count >= SOME or ink(page()) <= BLANK + count * INK_OF_WORD
