"""When a list was published: from its name, checked against what it says.

A list cannot predate its newest signing, and no workbook predates the day ICE began to publish
workbooks. Where the name says otherwise, it is mistyped: the year is one early, or one digit is
wrong or too many.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from reportkit.errors import ListError
from reportkit.roster.values import DatedList, ListFile

FIRST_WORKBOOK = dt.date(2025, 2, 20)
"""Before this day the lists were tables on ICE's page, kept by web archives."""

_CAPTURE = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(\d{6})(?!\d)")
_DIGITS = re.compile(r"(?<!\d)(\d{7,9})\s*(am|mid|pm)?", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)(20\d{2})-(\d{2})-(\d{2})(?!\d)")
# Order in the day; a name without a part of the day is taken for noon.
_PARTS = {"am": 60_000, "mid": 120_000, "": 120_000, "pm": 180_000}
# A participating list follows its newest signing within days; more than this means that another
# reading is right. A pending list has no signings to measure by.
_SLACK = {"participating": dt.timedelta(days=45), "pending": dt.timedelta(days=366)}
# So many rows signed after the date of the name mean that the name is wrong, not the rows.
_ENOUGH_ROWS = 3


def date_list(file: ListFile) -> DatedList:
    """Date a list by its name, repaired where its content contradicts it.

    Raises:
        ListError: the name holds no date, or no reading of it fits the content.
    """
    if match := _CAPTURE.search(file.name):
        date = _date(match[1], match[2], match[3])
        if date is None:
            raise ListError(
                f"{file.name}: the capture time in the name is no date; rename the file"
            )
        return DatedList(file, date, int(match[4]), "captured")
    if (match := _ISO.search(file.name)) and (date := _date(match[1], match[2], match[3])):
        return DatedList(file, date, _PARTS[""], "named")
    match = _DIGITS.search(file.name)
    if match is None:
        raise ListError(
            f"{file.name}: no date in the name; name the file like participatingAgencies05182026am.xlsx"
        )
    digits, order = match[1], _PARTS[(match[2] or "").lower()]
    earliest = _earliest(file, _us_date(digits))
    for rule, readings in _readings(digits):
        fitting = sorted(date for date in readings if date >= earliest)
        if fitting and (rule == "named" or fitting[0] - earliest <= _SLACK[file.kind]):
            return DatedList(file, fitting[0], order, rule)
    raise ListError(
        f"{file.name}: no reading of the date in the name fits the list, whose newest signing or "
        f"first possible day is {earliest}; rename the file to its date"
    )


def _earliest(file: ListFile, named: dt.date | None) -> dt.date:
    """The first day on which the list can have been published."""
    floor = FIRST_WORKBOOK if "TYPE" in file.generation else dt.date.min
    signings = sorted(
        (date for _, row in file.rows if (date := iso(row.signed)) and date.year < 2100),
        reverse=True,
    )
    # A few late dates are typing errors of rows: the newest that enough rows share or exceed counts.
    late = [date for date in signings if named is None or date > named]
    return max(floor, late[_ENOUGH_ROWS - 1]) if len(late) >= _ENOUGH_ROWS else floor


def _readings(digits: str) -> Iterator[tuple[str, list[dt.date]]]:
    if named := _us_date(digits):
        yield "named", [named]
    if later := _us_date(f"{digits[:4]}{int(digits[4:8]) + 1}") if len(digits) == 8 else None:
        yield "year early", [later]
    changed = (
        digits[:place] + digit + digits[place + 1 :]
        for place in range(len(digits))
        for digit in "0123456789"
    )
    dropped = (digits[:place] + digits[place + 1 :] for place in range(len(digits)))
    candidates = changed if len(digits) == 8 else dropped
    yield "digit mistyped", [date for text in candidates if (date := _us_date(text))]


def named_date(name: str) -> dt.date | None:
    """The day that a file's name names, as it stands there; None where it names none."""
    if match := _CAPTURE.search(name) or _ISO.search(name):
        return _date(match[1], match[2], match[3])
    match = _DIGITS.search(name)
    return _us_date(match[1]) if match else None


def _us_date(digits: str) -> dt.date | None:
    return _date(digits[4:], digits[:2], digits[2:4]) if len(digits) == 8 else None


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def iso(text: str) -> dt.date | None:
    """The date of an ISO text, None where it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
