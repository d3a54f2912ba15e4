"""Points of contact: names and titles of offices, never how to reach a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportkit.moa.datafile import entries
from reportkit.moa.looking import SecondLook, again, noisy
from reportkit.moa.values import Document, Found, Line, Page

_MAIL = re.compile(r"\S*\w\s?@\s?\w\S*|\b(?:e-?mail|email)\b\W*", re.IGNORECASE)
# Scanners read brackets, 1, 5 and 0 of a number as other signs.
_PHONE = re.compile(
    r"(?:\b(?:ph(?:one)?|tel(?:ephone)?|cell|fax|office|mobile)\b[\s.:#]*)?"
    r"(?<![\d/.])[({\[]?\b[0-9OSl]{3}[)}\]]?[\s.\-–—•/]{0,3}\d[\dOSl ]{2,3}[\s.\-–—•]{1,3}\d[\dOSl ]{3,4}\b"
    r"(?:[\s,]*(?:ext?|x)\.?\s*\d+)?|(?<!\d)[2-9]\d{9}(?!\d)|(?<!\d)\+?1?[\s.-]?\(\d{3}\)\s*\d{3}\D?\d{4}",
    re.IGNORECASE,
)
_ADDRESSES = entries("addresses.yaml")
_WAYS: str = _ADDRESSES["ways"]
_STATES = "|".join(_ADDRESSES["states"])
_STREET = re.compile(
    rf"\bp\.?\s?o\.?\s*box\b(?:\s*\d+)?|(?<![\d/§.])\b\d{{1,5}}(?:\s+|(?=[A-Z]))(?:[NSEWnsew]{{1,2}}\.?\s+)?"
    rf"(?:(?!\d{{4}}\b)[\w.&'’-]+\s+){{0,4}}?(?:{_WAYS})\b\.?(?:\s*\d{{1,4}}\b)?"
    rf"(?:,?\s*(?:suite|ste|room|rm|floor|fl|unit|#)\.?\s*#?\w+)?|\b\d{{1,5}}\s*\w{{1,24}}?(?:Street|Avenue|Ave|Road|Rd|Blvd|Boulevard|Drive|Lane|Highway|Hwy|Pkwy)"
    r"(?:West|East|North|South)?\b",
    re.IGNORECASE,
)
_TOWN = re.compile(
    rf"(?:\b[A-Z][\w.'-]+[ ,]+){{1,3}}(?:{_STATES})\.?,?\s*\d{{3}}\s?\d\s?\d(?:-\d{{4}})?(?!\d)",
    re.IGNORECASE,
)
_BARE_TOWN = re.compile(rf"^[A-Z][A-Za-z. ]+,\s*(?:{_STATES})[.,]?$", re.IGNORECASE)


def scrub(text: str) -> str:
    """The text without telephone numbers, mail addresses and street addresses."""
    for pattern in (_MAIL, _PHONE, _STREET, _TOWN):
        text = pattern.sub(" ", text)
    text = re.sub(r"\s+([,.;)])", r"\1", " ".join(text.split()))
    return re.sub(r"\(\W*\)|(?:[,;]\s*)+(?=[,;.])", "", text).strip(" ,;")


def without_numbers(text: str) -> str:
    """The text of an office's address without telephone numbers and mail addresses."""
    text = _PHONE.sub(" ", _MAIL.sub(" ", text))
    return re.sub(
        r"\(\s*(?:phone)?[\s:.]*\)", "", " ".join(text.split()), flags=re.IGNORECASE
    ).strip()


_SECTION = re.compile(
    r"(?i)points?\s*of\s*cont\w*.{0,12}for\s*pur\s*poses|^.{0,6}POINTS?\s*OF\s*CONTACT"
)
_NEXT = re.compile(r"(?i)^\W*F\s*or\s*(?:the\s*)?\S.{0,18}?[:;]")
_OURS = re.compile(
    r"^\W*F\s*or\s*(?:the\s*)?(?!ICE|o?[DO0]\W?[HIl1])([A-Z][\w\s.'’-]{1,34}?)\s*[:;]\s*",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?i)EFFECTIVE\s*DATE|^\W*[VI1l]+\.\s|APPENDIX|^\W*Re[vy][il]s?\w*\s*\d|\bRe[vy][il]sed\b|media|COMPLAINT"
)
_NUMBER = re.compile(
    r"\(?\d\D?\d\D?\d|\d{1,2}(?:st|nd|rd|th)|\(?\b(?:cell|fax|phone|tel|ext)\b|[A-Za-z]\d|\d[A-Z]",
    re.I,
)
"""Where a row begins to say how to reach somebody: names and titles hold no numbers."""
_NAMED = 2
"""Fewer words than this before a number name nobody."""
_EDGES = " .,;:•-–—~"
_FOOT = 0.905
_SCAN_ROWS = 14


def lea_contact(document: Document, second_look: SecondLook | None = None) -> Found:
    """The agency's point of contact: names and titles only, lines parted by commas.

    Section VII (Jail Enforcement, Warrant Service) or Appendix A (Task Force). Absent with the note
    "blank" where the place is empty; unreadable where it was not found.

    A noisy reading is replaced by the second one where `second_look` gives one; what is noisy still
    is unreadable.
    """
    found = _contact(document)
    if found.page and found.state == "present" and noisy(str(found.quote)):
        for page in again(document, (found.page,), second_look):
            other = _contact(replace(document, pages=(page,)))
            found = other if other.state == "present" else found
        if noisy(str(found.quote)):
            return Found("unreadable", None, found.page, found.section, note="unreadable")
    return found


def _contact(document: Document) -> Found:
    for page in document.pages:
        for at, line in enumerate(page.lines):
            if not _SECTION.search(line.text):
                continue
            rows = _block(page, page.lines[at + 1 :])
            if rows is None and page.number < len(document.pages):
                following = document.pages[page.number]
                rows = (
                    _block(following, following.lines[:_SCAN_ROWS])
                    if at > len(page.lines) - 8
                    else None
                )
            if rows is not None:
                return _found(page, rows)
    return Found("unreadable")


def _found(page: Page, rows: Sequence[str]) -> Found:
    kept = [value for row in rows if (value := _kept(row))]
    section = (
        "Appendix A" if any("appendix" in line.text.lower() for line in page.lines[:4]) else "VII"
    )
    if not kept:
        return Found("absent", None, page.number, section, note="blank")
    value = ", ".join(kept)
    return Found("present", value, page.number, section, quote=value)


def _block(page: Page, lines: Sequence[Line]) -> list[str] | None:
    """The rows of the agency's entry; None where it does not begin in these lines."""
    start = next((i for i, line in enumerate(lines) if _OURS.match(line.text)), None)
    if start is None:
        return None
    left = lines[start].x0
    rows = [_OURS.sub("", lines[start].text, count=1)]
    for line in lines[start + 1 : start + 11]:
        if _NEXT.match(line.text) or _END.search(line.text) or line.y0 > _FOOT * page.height:
            break
        if len(line.text) > 90 or (line.x0 < left - 12 and len(line.text) > 60):
            break
        rows.append(line.text)
    return rows


def _kept(row: str) -> str:
    """What a row says of who it is; empty where it says how to reach somebody."""
    plain = " ".join(re.sub(r"[_|]+|\bB{4,}", " ", row).split()).strip(_EDGES)
    cleaned = scrub(plain)
    if number := _NUMBER.search(plain):
        cleaned = scrub(plain[: number.start()]).strip(_EDGES)
        if len(cleaned.split()) < _NAMED:
            return ""
    if _BARE_TOWN.match(cleaned) or not _wordy(cleaned.split()):
        return ""
    return cleaned.strip(_EDGES)


def _wordy(words: Iterable[str]) -> bool:
    return sum(len(re.sub(r"[^A-Za-z]", "", word)) >= 3 for word in words) >= 1
