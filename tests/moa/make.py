"""Small documents made by the tests: pages from placed lines, and PDFs drawn with typst."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import typst

from reportkit.moa.layout import lines
from reportkit.moa.values import Document, FormField, Page, Word

CHAR = 5.0
"""Width of a character in made pages, in points."""
HEIGHT = 10.0

Placed = tuple[float, float, str]
"""A line: left edge, upper edge, text. Two spaces part columns of words as one does."""


def page(
    placed: Iterable[Placed], *, number: int = 1, image: bool = False, reading: str = "text"
) -> Page:
    """A page of 612 by 792 points whose words are CHAR wide a letter."""
    words = [word for x, y, text in placed for word in _words(x, y, text)]
    return Page(number, 612.0, 792.0, lines(words), reading, image, 1.0, True)  # type: ignore[arg-type]


def _words(x: float, y: float, text: str) -> Iterable[Word]:
    for part in text.split():
        yield Word(part, x, y, x + len(part) * CHAR, y + HEIGHT)
        x += (len(part) + 1) * CHAR


def document(pages: Sequence[Page], fields: Sequence[FormField] = ()) -> Document:
    """A document of pages, numbered anew from 1."""
    numbered = tuple(
        Page(n, p.width, p.height, p.lines, p.reading, p.image, p.legible, p.readable)
        for n, p in enumerate(pages, 1)
    )
    text = "\n".join(p.text for p in numbered)
    return Document(hashlib.sha256(text.encode()).hexdigest(), "made.pdf", numbered, tuple(fields))


def pdf(source: str) -> bytes:
    """A PDF of US letter pages without margins, drawn from typst source."""
    whole = "#set page(width: 612pt, height: 792pt, margin: 0pt)\n#set text(size: 10pt)\n" + source
    made = typst.compile(whole.encode())
    assert isinstance(made, bytes)
    return made


def placed_pdf(placed: Iterable[Placed]) -> bytes:
    """A PDF of one page with lines of text where they are put."""
    return pdf("\n".join(f'#place(dx: {x}pt, dy: {y}pt, "{text}")' for x, y, text in placed))
