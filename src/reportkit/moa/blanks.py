"""Blanks that are filled in by hand, by type or by a form field; and whether a blank has ink."""

from __future__ import annotations

import re
from statistics import median

import numpy as np
import pypdfium2 as pdfium

from reportkit.moa.contacts import without_numbers
from reportkit.moa.looking import SecondLook, again, noisy
from reportkit.moa.values import Document, Found, Page, Word

_SAME_LINE = 5.0
"""A fill-in typed over its rule stands at most so many points off its sentence."""
_SCALE = 2.0
"""Pixels a point for measuring ink."""
_PIXELS = 2600
"""A page's longer side is drawn with at most so many pixels, however large the page says it is."""
_CONTRAST = 40
"""Grey levels below the paper from which on a pixel is ink: light blue pens have about 60."""
_RULE = 0.35
"""Rows dark over this share of a blank are its rule, not writing."""
INK = 0.012
"""A blank with at least this share of dark pixels was written on. Measured: empty ones have under
0.004, a thin signature 0.02."""


def running(page: Page) -> str:
    """The words of a page as one text; fill-ins that stand slightly off their line are put back."""
    words = [
        w
        for line in page.lines
        for w in line.words
        if not re.fullmatch(r"(?!&$)[_\W]+|[B_]{4,}", w.text)
    ]
    rows: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        if rows and _middle(word) - median(map(_middle, rows[-1])) <= _SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    ordered = (word.text for row in rows for word in sorted(row, key=lambda w: w.x0))
    return " ".join(" ".join(ordered).replace("_", " ").split())


def spaced(text: str) -> str:
    """The text with the spaces that recognition lost: before capitals, after commas, by numbers."""
    text = re.sub(
        r"(?<=[a-z]{2})(?=[A-Z][a-z])(?<!Mac)|(?<=[a-z],)(?=\w)|(?<=\d)(?=[A-Z][a-z])", " ", text
    )
    return " ".join(re.sub(r"(?<=[A-Z]{2})(?=\d{5}\b)|(?<=,)(?=[A-Z])", " ", text).split())


_OPLA = re.compile(
    r"(?:field\s*l\w*cation|Counsel|\(OPLA\)|OPLA)\s*(?:\(\w+\))?\s*(?:field\s*l\w*cation)?\s*at\s*(?P<value>.{0,260}?)"
    r"\s*[.,]*\s*(?:O\W?P\W?L\W?A\W{0,3},?\s*thr|(?:The|This)\s*Of\s*f\s*ice\s*of|through\s*its\s*headq"
    r"|which\s*will\s*assist|[O0]PLA\W+\s*(?:in|will))",
    re.IGNORECASE,
)
# The office's short name, which begins the next sentence.
_OWN_NAME = re.compile(r"(?<=\S)\W+[O0]\W?P\W?L\W?A\W*$")
_PLACEHOLDER = re.compile(r"(?i)\W*(\(?\w+ be completed.*|address|insert.*|n/?a|tbd|location)?\W*")


def opla_location(document: Document, second_look: SecondLook | None = None) -> Found:
    """Where agency staff notify ICE's lawyers: the office's place as printed.

    A noisy reading of an image page is replaced by the second one where `second_look` gives one.

    Absent with the note "blank" where the place is empty or holds a placeholder; unreadable where
    the sentence was not found.
    """
    for page in document.pages:
        match = _OPLA.search(running(page))
        if match is None:
            continue
        if noisy(match["value"]):
            for other in again(document, (page.number,), second_look):
                match = _OPLA.search(running(other)) or match
        section = "XIV" if page.number > 5 else "IV.H"
        value = spaced(_OWN_NAME.sub("", without_numbers(match["value"]))).strip(" .,;:")
        if _PLACEHOLDER.fullmatch(value):
            return Found("absent", None, page.number, section, quote=value or None, note="blank")
        return Found("present", value, page.number, section, quote=value)
    return Found("unreadable")


def ink(data: bytes, page: int, box: tuple[float, float, float, float]) -> float:
    """Share of dark pixels (0 to 1) in a box of a page, the rule of the blank left out.

    Args:
        data: the PDF.
        page: its number, from 1.
        box: left, top, right, bottom in points from the upper left corner.
    """
    pdf = pdfium.PdfDocument(data)
    try:
        sheet = pdf[page - 1]
        scale = min(_SCALE, _PIXELS / max(sheet.get_size()))
        picture = np.asarray(sheet.render(scale=scale, grayscale=True).to_numpy())
    finally:
        pdf.close()
    left, top, right, bottom = (max(0, round(value * scale)) for value in box)
    part = picture.reshape(picture.shape[0], picture.shape[1])[top:bottom, left:right]
    if not part.size:
        return 0.0
    dark = part < np.percentile(part, 80) - _CONTRAST
    kept = dark[dark.mean(axis=1) < _RULE]
    return float(kept.sum() / dark.size)


def _middle(word: Word) -> float:
    return (word.y0 + word.y1) / 2
