"""What the name of a linked file says of its content: model and date."""

from __future__ import annotations

import datetime as dt
import re

_MODEL = re.compile(r"(?<![A-Za-z])(?:287g)?(JEM|WSO|TFM|TF)(?![a-z])")
_TAGS = {"TF": "TFM"}
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d{2})[-._](\d{1,2})[-._](\d{1,2})(?!\d)")
_PARTED = re.compile(r"(?<!\d)(\d{1,2})[-._](\d{1,2})[-._](20\d{2}|\d{2})(?!\d)")
_SOLID = re.compile(r"(?<!\d)(\d{2})(\d{2})(20\d{2}|\d{2})(?!\d)")


def model_in(name: str) -> str | None:
    """The model that a file name tags, None where it tags none or two."""
    tags = {_TAGS.get(tag, tag) for tag in _MODEL.findall(name)}
    return tags.pop() if len(tags) == 1 else None


def date_in(name: str) -> dt.date | None:
    """The date in a file name (US order, or year first), None where there is none."""
    if match := _YEAR_FIRST.search(name):
        return _date(match[1], match[2], match[3])
    if match := _PARTED.search(name) or _SOLID.search(name):
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        return _date(year, match[1], match[2])
    return None


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
