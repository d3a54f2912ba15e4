"""Whether all parts of the agreement are in the file."""

from __future__ import annotations

import re

from reportkit.moa.values import Document, Found, Page

_FOOT = 0.9
_NUMBER = re.compile(r"(?:^|\s)(\d{1,2})(?=\s|$)")
_START = re.compile(r"(?i)MEMORANDUM\s*OF\s*AGREEMENT|This\s*Memorandum\s*of\s*Ag\s*reement")
_APPENDIX = re.compile(r"(?i)A\s*P\s*P\s*E\s*N\s*D\s*[IL1]?\s*X\W{0,3}([ABC])\b")
_LAST = re.compile(r"(?i)coordinat\w*\s*such\s*activ|public\s*inf\s*ormation\s*points?\s*of\s*cont")


def complete(document: Document, signature: int | None) -> Found:
    """Whether beginning, signature page and the last appendix are there and no page is left out.

    Args:
        document: the memorandum.
        signature: number of its signature page, None where none was found.

    Returns:
        value True or False; None (unreadable) where an unread page may hold what is missing.
    """
    parts = (
        bool(document.pages) and bool(_START.search(document.pages[0].text)),
        signature is not None,
        last_appendix(document) is not None,
    )
    if _gaps(document.pages):
        return Found("present", False, note="pages-missing")
    if all(parts):
        return Found("present", True)
    if any(not page.readable for page in document.pages):
        return Found("unreadable", None, note="unreadable")
    return Found("present", False, note="pages-missing")


def last_appendix(document: Document) -> int | None:
    """Number of the page with the contacts for public information, with which the form ends."""
    found = [p.number for p in document.pages if _LAST.search(p.text) or _letter(p.text) == "C"]
    return max(found, default=None)


def _letter(text: str) -> str | None:
    match = _APPENDIX.search(text[:200])
    return match[1].upper() if match else None


def _gaps(pages: tuple[Page, ...]) -> bool:
    """Whether printed page numbers rise faster than the pages: only steps seen twice count, for a
    scanner misreads single numbers."""
    offsets = [printed - page.number for page in pages if (printed := _printed(page)) is not None]
    return sum(offset > 0 for offset in offsets) >= 2


def _printed(page: Page) -> int | None:
    """The number printed in the foot, None where there is none or several."""
    feet = [line.text for line in page.lines if line.y0 > _FOOT * page.height]
    found = {int(n) for text in feet for n in _NUMBER.findall(re.sub(r"(?i)re[vy].*$", "", text))}
    return found.pop() if len(found) == 1 else None
