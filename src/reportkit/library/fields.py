"""Checks of single fields of a data file: each says what is wrong with a text and what to do."""

from __future__ import annotations

import calendar
import datetime as dt
import ipaddress
import re
import reprlib
from collections.abc import Callable, Collection
from functools import cache
from typing import Any, get_args
from urllib.parse import urlsplit

from reportkit.places import Gazetteer

Check = Callable[[str], str]
"""Of a text: what is wrong with it and what to do, empty where it is fine."""

# So many known names are told in full.
_FEW = 30
_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxstring, _SHORT.maxother = 1, 80, 80
_DATE = re.compile(r"(?:1[7-9]|20)[0-9]{2}(?:-[0-9]{2}){0,2}")
_PAGE_ZERO = re.compile(r"\b(?:pp?\.|pages?)\s*0+(?![0-9.])", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}", re.IGNORECASE)
# Names under these stand for machines of a local network or for none (RFC 2606, 6761, 6762, 8375).
_NOT_PUBLIC = frozenset(("localhost", "local", "internal", "lan", "test", "invalid", "arpa"))


def text_problem(value: object, check: Check) -> str:
    """What is wrong with a value that should be text, empty where it is fine."""
    if not isinstance(value, str):
        return f"{shown(value)} is no text; put it in quotes"
    if not value.isprintable():
        return "has a line break or a character that cannot be seen; take it out"
    return check(value)


def anything(text: str) -> str:
    """Every text will do, an empty one too."""
    return ""


def filled(text: str) -> str:
    """A text with a letter or digit."""
    return "" if any(map(str.isalnum, text)) else "is empty; write what the source is or says"


def one_of(codes: Any, *, empty: bool = False) -> Check:
    """One of the codes of a `Literal`; `empty`: or none."""
    known = get_args(codes)

    def check(text: str) -> str:
        if text in known or (empty and not text):
            return ""
        return f"{shown(text)} is not known{nearest(text, known)}"

    return check


def shaped(pattern: str, like: str) -> Check:
    """A text of a pattern, told by an example."""
    shape = re.compile(pattern)

    def check(text: str) -> str:
        ours = shape.fullmatch(text)
        return "" if ours else f"{shown(text)} has another shape; write it like {like}"

    return check


def period(text: str) -> str:
    """An ISO day, month or year that the calendar has, or nothing."""
    if not text:
        return ""
    if _DATE.fullmatch(text):
        try:
            dt.date.fromisoformat(f"{text}-01-01"[:10])
        except ValueError:
            pass
        else:
            return ""
    return f"{shown(text)} is no date; write it like 2025-02-24, 2025-02 or 2025, in quotes"


def span(text: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of an ISO day, month or year."""
    first = dt.date.fromisoformat(f"{text}-01-01"[:10])
    if len(text) == 10:
        return first, first
    last = 12 if len(text) == 4 else first.month
    return first, dt.date(first.year, last, calendar.monthrange(first.year, last)[1])


def last_day(text: str) -> dt.date | None:
    """The last day of an ISO day, month or year; None of an empty text."""
    return span(text)[1] if text else None


def state(text: str) -> str:
    """The postal code of a state or territory, or nothing."""
    if not text or text in _states():
        return ""
    return f"{shown(text)} is no state; write a postal code like FL"


@cache
def _states() -> frozenset[str]:
    return frozenset(place.state for place in Gazetteer.load().states)


def locator(text: str) -> str:
    """A place in a source, or nothing where the source is as short as a page."""
    if text and not any(map(str.isalnum, text)):
        return f"{shown(text)} names no place; name page or section, or leave it empty"
    if _PAGE_ZERO.search(text):
        return f"{shown(text)} names a page 0; count pages from 1"
    return ""


def public_url(text: str) -> str:
    """An absolute address on the public web."""
    fault = _fault(text)
    return f"{shown(text)} {fault}; write the public address of the source" if fault else ""


def _fault(text: str) -> str:
    if not text:
        return "is empty"
    if not text.isprintable() or " " in text:
        return "has a space or a character that cannot be seen"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is no address"
    if parts.scheme not in ("http", "https"):
        return "does not begin with http:// or https://"
    if "@" in parts.netloc:
        return "holds a user name"
    return "" if public_host(host) else "names no host of the public web"


def public_host(host: str) -> bool:
    """Whether a host's name or number is one that everybody can reach."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    labels = host.removesuffix(".").split(".")
    return (
        len(labels) > 1
        and labels[-1].lower() not in _NOT_PUBLIC
        and bool(_TOP.fullmatch(labels[-1]))
        and all(map(_LABEL.fullmatch, labels))
    )


def shown(value: object) -> str:
    """A value as a message shows it, however large it is."""
    try:
        return _SHORT.repr(value)
    except ValueError:
        return "a number of thousands of digits"


def nearest(name: object, known: Collection[str]) -> str:
    """What to write instead of an unknown name, as the end of a sentence."""
    # Only a file that is refused needs it.
    from rapidfuzz import fuzz, process

    names, text = sorted(known), name if isinstance(name, str) else shown(name)
    if found := process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=60):
        return f"; did you mean {found[0]}?"
    if len(names) > _FEW:
        names = [item for item, *_ in process.extract(text, names, limit=3)]
        return f"; the nearest are {', '.join(names)}"
    return f"; use {', '.join(names)}"
