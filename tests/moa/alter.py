"""Makes altered copies of memoranda at test time: re-typeset, and printed and scanned."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import typst
from PIL import Image, ImageFilter

from reportkit.moa.flow import flow
from reportkit.moa.values import Document, Page

Text = list[str]
"""The pages of a memorandum, each with one line of print a line."""
Change = Callable[[Text], Text]

_SENTENCE = re.compile(r"(?<=[a-z)]\.\s)[A-Z][^.]{60,400}[a-z)]\.(?=\s)")

PARAGRAPH = (
    "Nothing in this section prevents the county from ending the detention of any person\n"
    "whenever its budget for the year is spent, and the federal agency agrees to that."
)


def text_of(document: Document) -> Text:
    """The pages' lines, without heads and marks; feet stay, at the end."""
    rows: dict[int, list[str]] = {page.number: [] for page in document.pages}
    feet: dict[int, list[str]] = {page.number: [] for page in document.pages}
    last: tuple[int, int] | None = None
    for item in flow(document):
        if item.kind == "foot":
            feet[item.page].append(item.text)
        elif item.kind in ("body", "heading"):
            here = (item.page, item.paragraph)
            start = rows[item.page] and (here != last or item.kind == "heading")
            rows[item.page].append(("\n" if start else "") + item.text)
            last = here
    return ["\n".join(rows[n]) + "\f" + " ".join(feet[n]) for n in sorted(rows)]


def _nth(pages: Text, pattern: str, number: int, new: str) -> Text:
    """Replace the nth place (from 1) of a pattern, counted over all pages."""
    found = [(n, m) for n, page in enumerate(pages) for m in re.finditer(pattern, page)]
    page, match = found[number - 1]
    changed = list(pages)
    changed[page] = pages[page][: match.start()] + match.expand(new) + pages[page][match.end() :]
    return changed


def swap(pattern: str, new: str, number: int = 1) -> Change:
    """Change words: the nth place of a pattern."""
    return lambda pages: _nth(pages, pattern, number, new)


def strike_sentence(page: int, number: int = 1) -> Change:
    """Strike the nth sentence of eight words or more of a page."""

    def change(pages: Text) -> Text:
        sentences = list(_SENTENCE.finditer(pages[page - 1]))
        m = sentences[number - 1]
        return _with(pages, page, pages[page - 1][: m.start()] + pages[page - 1][m.end() :])

    return change


def strike_paragraph(page: int, number: int = 1) -> Change:
    """Strike the nth paragraph of two lines or more of a page."""

    def change(pages: Text) -> Text:
        parts = pages[page - 1].split("\n\n")
        long = [at for at, part in enumerate(parts) if part.count("\n") >= 2 and "\f" not in part]
        parts.pop(long[number - 1])
        return _with(pages, page, "\n\n".join(parts))

    return change


def strike_about(pattern: str) -> Change:
    """Strike the first paragraph of two lines or more in which a pattern is found."""

    def change(pages: Text) -> Text:
        for page, text in enumerate(pages, start=1):
            parts = text.split("\n\n")
            for at, part in enumerate(parts):
                if part.count("\n") >= 1 and "\f" not in part and re.search(pattern, part):
                    return _with(pages, page, "\n\n".join(parts[:at] + parts[at + 1 :]))
        raise IndexError(pattern)

    return change


def swap_paragraphs(page: int) -> Change:
    """Let two paragraphs of a page change places."""

    def change(pages: Text) -> Text:
        parts = pages[page - 1].split("\n\n")
        long = [at for at, part in enumerate(parts) if part.count("\n") >= 2 and "\f" not in part]
        first, second = long[0], long[-1]
        parts[first], parts[second] = parts[second], parts[first]
        return _with(pages, page, "\n\n".join(parts))

    return change


def add_paragraph(page: int, text: str = PARAGRAPH) -> Change:
    """Add a paragraph in the middle of a page."""

    def change(pages: Text) -> Text:
        parts = pages[page - 1].split("\n\n")
        parts.insert(max(1, len(parts) // 2), text)
        return _with(pages, page, "\n\n".join(parts))

    return change


def repeat_page(page: int) -> Change:
    """Bind a page in twice."""
    return lambda pages: [*pages[:page], pages[page - 1], *pages[page:]]


def _with(pages: Text, page: int, text: str) -> Text:
    changed = list(pages)
    changed[page - 1] = text
    return changed


TWENTY: dict[str, Change] = {
    "48 to 72 hours": swap(r"\b48(\s+hours)", r"72\1"),
    "shall to may": swap(r"\bshall\b", "may", 3),
    "shall to may, later": swap(r"\bshall\b", "may", 9),
    "will to may": swap(r"\bwill\b", "may", 12),
    "may to must": swap(r"\bmay\b", "must", 4),
    "not added after will": swap(r"\bwill(\s)", r"will not\1", 6),
    "not added after shall": swap(r"\bshall(\s)", r"shall not\1", 2),
    "not struck": swap(r"\bnot\s", "", 5),
    "notice of 90 days": swap(r"\b90\b", "30"),
    "complaint time": swap(r"\b90(\s+days)", r"180\1", 2),
    "48 to 96 hours": swap(r"\b48(\s+hours)", r"96\1", 2),
    "sentence struck": strike_sentence(2, 2),
    "sentence struck, later": strike_sentence(5, 1),
    "paragraph struck": strike_paragraph(5, 2),
    "oversight struck": strike_about(r"\bmonitored\b"),
    "paragraph added": add_paragraph(4),
    "sentence added": swap(r"([a-z]\.)(\s+The LEA)", r"\1 No person is held on a Sunday.\2", 3),
    "paragraphs swapped": swap_paragraphs(3),
    "page bound in twice": repeat_page(3),
    "federal to local": swap(r"(?i)\bfederal law\b", "local custom"),
}
"""Twenty alterations by name."""


def touched(before: Text, after: Text) -> list[int]:
    """Numbers of the pages of the altered copy that differ; those of a page bound in twice."""
    if len(before) != len(after):
        at = next(n for n, (a, b) in enumerate(zip(before, after, strict=False), 1) if a != b)
        return [at]
    return [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b]


def typeset(pages: Sequence[str], out: Path) -> Path:
    """Set pages as a PDF with its own text: letter paper, lines broken as given."""
    sheets = []
    for page in pages:
        body, _, foot = page.partition("\f")
        rows = []
        at = 72.0
        for row in body.split("\n"):
            if row:
                rows.append(f"#place(top+left, dx: 72pt, dy: {at:.1f}pt, {_literal(row)})")
            at += 12.0 if row else 8.0
        rows.append(f"#place(top+left, dx: 72pt, dy: {max(at + 20, 745):.1f}pt, {_literal(foot)})")
        sheets.append(f"#page(width: 612pt, height: {max(at + 60, 792):.1f}pt)[{''.join(rows)}]")
    source = (
        "#set page(margin: 0pt)\n#set text(size: 10pt, spacing: 150%, hyphenate: false)\n"
        + "\n".join(sheets)
    )
    out.write_bytes(typst.compile(source.encode()))
    return out


def _literal(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'box(width: 520pt, text("{plain}"))'


def scan(pdf: Path, numbers: Sequence[int], out: Path, dpi: int = 170, seed: int = 7) -> Path:
    """Print and scan pages: turned a little, noisy, blurred, as JPEG, in a PDF of images only."""
    rng = np.random.default_rng(seed)
    images = []
    with pdfium.PdfDocument(pdf) as document:
        for number in numbers:
            image = document[number - 1].render(scale=dpi / 72, grayscale=True).to_pil()
            image = image.rotate(rng.uniform(-0.5, 0.5), fillcolor=255, resample=Image.BICUBIC)
            image = image.filter(ImageFilter.GaussianBlur(0.6))
            noisy = np.asarray(image, float) + rng.normal(0, 12, (image.height, image.width))
            squeezed = io.BytesIO()
            Image.fromarray(noisy.clip(0, 255).astype("uint8")).save(squeezed, "JPEG", quality=55)
            images.append(Image.open(squeezed))
    images[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=images[1:])
    return out


def spliced(document: Document, pages: Sequence[Page], numbers: Sequence[int]) -> Document:
    """A document with some of its pages taken from a scan."""
    taken = dict(zip(numbers, pages, strict=True))
    return replace(
        document,
        pages=tuple(
            replace(taken[page.number], number=page.number) if page.number in taken else page
            for page in document.pages
        ),
    )
