"""Dates of signature pages: typed, stamped, signed digitally; on scans with the noise of scanners."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reportkit.moa.signing_data import signing_data

Form = Literal["words", "numbers", "stamp"]
"""Month in words, month as a number, or the time of a digital signature."""


@dataclass(frozen=True, slots=True)
class SigningDate:
    """One date as read.

    `iso` is the date as printed, even where no calendar has it ("2025-02-30"). `noisy` says that
    characters had to be repaired to read it; `text` holds the characters read.
    """

    iso: str
    form: Form
    noisy: bool
    text: str

    @property
    def day(self) -> dt.date | None:
        """The day of the calendar, None where there is no such day."""
        try:
            return dt.date.fromisoformat(self.iso)
        except ValueError:
            return None


_MONTHS = {name[:3]: number for number, name in enumerate(signing_data().months, 1)}
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]}|t)?" for name in signing_data().months)
_SEPARATOR = r"[/\-.·—–]"
_STAMP = re.compile(r"(20\d\d)\s*[.,]\s*(\d\d)\s*[.,]?\s*(\d\d)\s*\d\d\s*[:.]\s*\d")
# Scanners lose the first figures of a stamp's year, and read its sevens as ones.
_NOISY_STAMP = re.compile(r"0\s?([12]\d)\s?[.,]\s?(\d\d)\s?[.,]\s?(\d\d)\s*\d\d\s?:\s?\d")
_WORDS = re.compile(
    rf"(?i)({_MONTH})[.,\-]{{0,2}}(\d{{1,2}})(?:st|nd|rd|th)?[,.\-]{{0,2}}(20\d\d)(?!\d)"
)
_DAY_FIRST = re.compile(
    rf"(?i)(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[.,\-]?(?:day)?(?:of)?({_MONTH})[.,\-]?"
    r"(20\d\d|\d\d)(?!\d)"
)
_NUMBERS = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(20\d\d(?!\d)|\d\d(?!\s?\d))"
)
_TIME = re.compile(r"(?<=\d)[\s,]+\d{1,2}:\d\d(?::\d\d)?(?!\d)")
# Rubber stamps leave one character of the year unreadable at most: its first and last are kept.
_NOISY_WORDS = re.compile(
    rf"(?i)({_MONTH})[.,\-]{{0,2}}([0-9OIl]{{1,2}})[,.\-]{{0,2}}2.([12]\d)(?!\d)"
)
# Scanners read the strokes of 02/12/2025 as ones.
_STROKES = re.compile(r"(?<!\d)(0\d|1[0-2])[1lI/]([0-3]\d)[1lI/](20\d\d)(?!\d)")
# A slash beside a hyphen or a stop is a one.
_ONE = re.compile(r"(?<=[-.])[/lI|](?=\d)")
_MISREAD = re.compile(r"AU6|0CT|N0V|5EP")
_LOOKS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})


def stamp(text: str) -> SigningDate | None:
    """The day of a digital signature's stamp ("Date: 2025.02.18 10:02:33 -05'00'"), if any."""
    if match := _STAMP.search(text):
        return SigningDate(f"{match[1]}-{match[2]}-{match[3]}", "stamp", False, match[0])
    match = _NOISY_STAMP.search(text)
    if match is None or "1" in match[2][1:] + match[3]:
        return None
    return SigningDate(f"20{match[1]}-{match[2]}-{match[3]}", "stamp", True, match[0])


def signing_date(text: str, scanned: bool) -> SigningDate | None:
    """The first date of a text, numbers in US order; None where none can be read.

    Args:
        text: the words of a date line.
        scanned: repair what scanners make of dates; such readings are `noisy`.
    """
    return next(_dates(text, scanned), None)


def _dates(text: str, scanned: bool) -> Iterator[SigningDate]:
    bare = _TIME.sub(" ", text.replace("_", " "))
    squashed = re.sub(r"\s+", "", bare)
    for candidate in (re.sub(rf"\s*({_SEPARATOR})\s*", r"\1", bare), squashed):
        if match := _NUMBERS.search(candidate):
            found = _numbers(match[1], match[2], match[3], match[0], scanned)
            if found:
                yield found
    if match := _WORDS.search(squashed):
        yield _dated(match[3], _month(match[1]), match[2], "words", False, match[0])
    if match := _DAY_FIRST.search(squashed):
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        yield _dated(year, _month(match[2]), match[1], "words", False, match[0])
    if not scanned:
        return
    if match := _NUMBERS.search(_ONE.sub("1", squashed)):
        found = _numbers(match[1], match[2], match[3], match[0], scanned)
        if found:
            yield SigningDate(found.iso, "numbers", True, match[0])
    if match := _STROKES.search(squashed):
        found = _numbers(match[1], match[2], match[3], match[0], scanned)
        if found and found.day:
            yield SigningDate(found.iso, "numbers", True, match[0])
    if match := _NOISY_WORDS.search(_MISREAD.sub(_month_meant, squashed)):
        day = match[2].translate(_LOOKS)
        yield _dated(f"20{match[3]}", _month(match[1]), day, "words", True, match[0])


def _numbers(month: str, day: str, year: str, text: str, scanned: bool) -> SigningDate | None:
    """Month first; day first only where the first number can be no month. Never on scans: there
    such a number is more likely misread than European."""
    if int(month) > 12 and (scanned or int(day) > 12):
        return None
    if int(month) > 12:
        month, day = day, month
    if int(month) == 0 or int(day) == 0 or (scanned and int(day) > 31):
        return None
    full = year if len(year) == 4 else f"20{year}"
    return _dated(full, int(month), day, "numbers", False, text)


def _dated(year: str, month: int, day: str, form: Form, noisy: bool, text: str) -> SigningDate:
    return SigningDate(f"{year}-{month:02}-{int(day):02}", form, noisy, text)


def _month_meant(match: re.Match[str]) -> str:
    return match[0].translate(str.maketrans("605", "GOS"))


def _month(word: str) -> int:
    return _MONTHS[word[:3].lower()]
