"""Addenda bound into a memorandum's file: what they change, and when they were signed."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from reportkit.moa.blanks import running
from reportkit.moa.complete import last_appendix
from reportkit.moa.contacts import scrub
from reportkit.moa.datafile import entries
from reportkit.moa.looking import SecondLook
from reportkit.moa.parties import known_day, read_blocks, signed
from reportkit.moa.signatures import is_addendum
from reportkit.moa.signing_dates import signing_date
from reportkit.moa.values import Document, Found, Page


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    words: str
    subject: str


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_Rule.model_validate(rule) for rule in entries("addenda.yaml")["rules"])


_EFFECTIVE = re.compile(r"(?i)(?:effective|signed|dated|entered)\s*(?:on|into on)?\s*(.{6,24})")
_SECTION = re.compile(r"(?i)Section\s*([IVXL1]+(?:\W[A-Z0-9]\b)?)")


def addendum(document: Document, second_look: SecondLook | None = None) -> dict[str, Found]:
    """Whether an addendum follows the agreement, when it was signed and what it changes.

    Returns:
        addendum (value True or False; unreadable where an unread page may be one), addendum_signed
        (the later of its two signatures; with the note "other-side-unread" where only one side's
        date could be read), addendum_subject (a short description by rule; its note is the rule).
    """
    pages = [page for page in document.pages if is_addendum(page)]
    if not pages:
        end = last_appendix(document) or 0
        unread = any(not page.readable for page in document.pages[end:])
        none = Found("unreadable") if unread else Found("absent")
        return {
            "addendum": Found("unreadable") if unread else Found("absent", False),
            "addendum_signed": none,
            "addendum_subject": none,
        }
    page = pages[-1]
    return {
        "addendum": Found("present", True, page.number, "Addendum"),
        "addendum_signed": _signed(document, page, second_look),
        "addendum_subject": _subject(page),
    }


def _signed(document: Document, page: Page, second_look: SecondLook | None) -> Found:
    blocks = read_blocks(document, page.number, second_look)
    lea = [block["lea"] for block in blocks if "lea" in block]
    ice = [block["ice"] for block in blocks if "ice" in block]
    since = _since(page)
    dates = [
        signed(lea, known_day(ice) or since, page.number, None),
        signed(ice, known_day(lea) or since, page.number, None),
    ]
    read = [found for found in dates if isinstance(found.value, str)]
    # ICE signs last; an agency's date alone may well be the earlier of the two.
    if not isinstance(dates[1].value, str):
        return Found("unreadable", None, page.number, "Addendum", note="unreadable")
    last = max(read, key=lambda found: str(found.value))
    note = last.note if len(read) == len(dates) else "other-side-unread"
    return Found("present", last.value, page.number, "Addendum", last.quote, note)


def _since(page: Page) -> dt.date | None:
    """The day of the agreement that the addendum says it modifies."""
    match = _EFFECTIVE.search(running(page))
    date = signing_date(match[1], page.image) if match else None
    return date.day if date else None


def _subject(page: Page) -> Found:
    text = running(page)
    for rule in _rules():
        if match := re.search(rule.words, text, re.IGNORECASE):
            section = _SECTION.search(text)
            where = f" (section {section[1].replace('1', 'I')})" if section else ""
            return Found(
                "present", rule.subject + where, page.number, "Addendum", scrub(match[0]), rule.id
            )
    return Found("unreadable", None, page.number, "Addendum", note="unreadable")
