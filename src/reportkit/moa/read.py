"""Reads a PDF: words with positions, form fields, and how far each page can be read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from reportkit.errors import MemorandumError
from reportkit.moa.encodings import decoded, shifts
from reportkit.moa.forms import drawn, fields, flatten, mark, scripts, seen
from reportkit.moa.glyphs import Font, Glyphs, View, glyphs, upright, view
from reportkit.moa.layout import lines, once, words
from reportkit.moa.legible import PIXELS, legible, pictures, readable
from reportkit.moa.ocr import Recogniser, available
from reportkit.moa.values import Document, FormField, Page, Reading

PAGES = 200
"""Pages read of one file; memoranda have 10 to 17. The others are kept as pages not read."""
_BYTES = 256 * 2**20
_GLYPHS = 50_000
"""Glyphs read of one page; a full page of a memorandum has 5,000."""
_TAIL = 2_048
_END = b"%%EOF"
_AGAIN = "take it from its source again"
_LETTER = (612.0, 792.0)

Note = tuple[str, Mapping[str, str | int]]


def read(path: Path, recogniser: Recogniser | None = None) -> Document:
    """Read one PDF.

    Args:
        path: the file.
        recogniser: reads pages without usable text; without one they stay unread, and a note says
            how to get them read.

    Raises:
        MemorandumError: the file cannot be read as a PDF; the message says why and what to do.
    """
    data = _bytes(path)
    pdf = _opened(path.name, data)
    try:
        count = len(pdf)
        if count == 0:
            raise MemorandumError(f"{path.name}: has no pages; {_AGAIN}")
        pdf.init_forms()
        sheets = [_sheet(pdf, number) for number in range(1, min(count, PAGES) + 1)]
        by_font = shifts(sheet.glyphs for sheet in sheets)
        pages, held = [], []
        for number, sheet in enumerate(sheets, start=1):
            page, on_page = _page(pdf, sheet, number, by_font)
            pages.append(page)
            held += on_page
    finally:
        pdf.close()
    pages += [_unread(number, _LETTER) for number in range(PAGES + 1, count + 1)]
    document = Document(hashlib.sha256(data).hexdigest(), path.name, tuple(pages), tuple(held))
    document, unrecognised = _recognised(document, data, sheets, recogniser)
    notes = [*_notes(sheets, held, count, data), *unrecognised]
    return replace(document, notes=tuple(notes))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _BYTES:
            raise MemorandumError(
                f"{path.name}: has {path.stat().st_size:,} bytes, more than any memorandum; "
                "split the file and keep the memorandum"
            )
        data = path.read_bytes()
    except OSError as error:
        raise MemorandumError(
            f"{path.name}: cannot be read ({error.strerror}); check the path"
        ) from error
    if not data:
        raise MemorandumError(f"{path.name}: is empty; {_AGAIN}")
    if b"%PDF-" not in data[:1024]:
        if re.search(rb"<(!doctype )?html", data[:4096], re.IGNORECASE):
            raise MemorandumError(
                f"{path.name}: is a web page, not a PDF: the site answered with a page in place "
                f"of the file; {_AGAIN}"
            )
        raise MemorandumError(f"{path.name}: is not a PDF; {_AGAIN}")
    return data


def _opened(name: str, data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise MemorandumError(
                f"{name}: is locked with a password; save a copy without one"
            ) from error
        if _END not in data[-_TAIL:]:
            raise MemorandumError(f"{name}: is cut off: its end is missing; {_AGAIN}") from error
        raise MemorandumError(
            f"{name}: is damaged or has no pages: it cannot be opened as a PDF; {_AGAIN}"
        ) from error


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What one page of the file holds before it is decoded."""

    view: View
    glyphs: Glyphs
    fields: list[FormField]
    image: bool
    scripts: int = 0
    damaged: bool = False
    large: bool = False


_NOTHING = Glyphs([], {})


def _sheet(pdf: pdfium.PdfDocument, number: int) -> _Sheet:
    try:
        page = pdf[number - 1]
        held, found_scripts = fields(pdf, page, number), scripts(pdf, page)
        if drawn(page):
            page = flatten(pdf, page, number)
        text = page.get_textpage()
        as_seen = upright(text, view(page))
        image, pixels = pictures(page, as_seen.size)
        if text.count_chars() > _GLYPHS or pixels > PIXELS:
            return _Sheet(as_seen, _NOTHING, [], image, found_scripts, large=True)
        return _Sheet(as_seen, glyphs(text, as_seen), seen(held, as_seen), image, found_scripts)
    except pdfium.PdfiumError:
        return _Sheet(View(0, 0, *_LETTER, 0), _NOTHING, [], False, damaged=True)


def _page(
    pdf: pdfium.PdfDocument, sheet: _Sheet, number: int, by_font: Mapping[Font, int]
) -> tuple[Page, list[FormField]]:
    size = sheet.view.size
    if sheet.damaged or sheet.large:
        return _unread(number, size), []
    found, held = mark(once(words(decoded(sheet.glyphs, by_font))), sheet.fields)
    rows = lines(found)
    share, enough = readable("\n".join(row.text for row in rows), lambda: pdf[number - 1])
    reading: Reading = "text" if rows else "none"
    return Page(number, *size, rows, reading, sheet.image, round(share, 3), enough), held


def _unread(number: int, size: tuple[float, float]) -> Page:
    return Page(number, *size, (), "none", False, 0.0, False)


def _recognised(
    document: Document, data: bytes, sheets: Sequence[_Sheet], recogniser: Recogniser | None
) -> tuple[Document, Iterator[Note]]:
    """The document with its unreadable pages recognised, and notes on those that stay so."""
    unread = [
        number
        for number, sheet in enumerate(sheets, start=1)
        if not (document.pages[number - 1].readable or sheet.damaged or sheet.large)
    ]
    found = recogniser.recognise(data, document, unread) if recogniser is not None else {}
    pages = tuple(_better(page, found.get(page.number)) for page in document.pages)
    left = [number for number in unread if number not in found]
    poor = [number for number in found if not pages[number - 1].readable]
    missing = "moa.note.ocr_failed" if recogniser is not None else "moa.note.ocr_not_asked"
    return replace(document, pages=pages), chain(
        _about_pages(missing if available() else "moa.note.ocr_missing", left),
        _about_pages("moa.note.illegible_pages", poor),
    )


def _better(page: Page, other: Page | None) -> Page:
    """The reading that holds more words that are words; a stamp in type is no reading of a page."""
    return page if other is None or _told(other) < _told(page) else other


def _told(page: Page) -> float:
    share, count = legible(page.text)
    return share * count


def _notes(
    sheets: Sequence[_Sheet], held: Iterable[FormField], count: int, data: bytes
) -> Iterator[Note]:
    numbered = list(enumerate(sheets, start=1))
    yield from _about_pages("moa.note.damaged_pages", (n for n, s in numbered if s.damaged))
    yield from _about_pages("moa.note.large_pages", (n for n, s in numbered if s.large))
    yield from _about_pages(
        "moa.note.hidden_fields", (field.page for field in held if field.value and not field.shown)
    )
    if count > PAGES:
        yield "moa.note.many_pages", {"pages": count, "read": PAGES}
    if total := sum(sheet.scripts for sheet in sheets):
        yield "moa.note.scripts", {"fields": total}
    if _END not in data[-_TAIL:]:
        yield "moa.note.cut_off", {}


def _about_pages(name: str, numbers: Iterable[int]) -> Iterator[Note]:
    """A note on pages, given as ranges: "1–3, 7"."""
    pages = sorted(set(numbers))
    if pages:
        yield name, {"pages": ranges(pages), "count": len(pages)}


def ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers as ranges: 1, 2, 3, 7 as "1–3, 7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)
