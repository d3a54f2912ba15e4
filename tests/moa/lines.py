"""Builders of documents as a reader returns them: lines of words on pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportkit.moa.values import Document, Line, Page, Word

WIDTH, HEIGHT, STEP = 612.0, 792.0, 12.0


def line(text: str, top: float, left: float = 72.0) -> Line:
    """A line of words, six points a character."""
    words, at = [], left
    for part in text.split():
        words.append(Word(part, at, top, at + 6.0 * len(part), top + 10.0))
        at += 6.0 * (len(part) + 1)
    return Line(tuple(words))


def page(
    number: int,
    texts: Sequence[str],
    foot: str = "",
    readable: bool = True,
    image: bool = False,
) -> Page:
    """A page of lines from the top, an empty text leaving a gap, and a foot at its bottom."""
    rows = [line(text, 72.0 + STEP * at) for at, text in enumerate(texts) if text]
    if foot:
        rows.append(line(foot, 740.0))
    share = 1.0 if readable else 0.0
    return Page(number, WIDTH, HEIGHT, tuple(rows), "text", image, share, readable)


def document(pages: Iterable[Page]) -> Document:
    """A document of these pages."""
    return Document("0" * 64, "made.pdf", tuple(pages))
