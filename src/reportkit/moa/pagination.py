"""Printed page numbers: where pages of an agreement are missing from a file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from reportkit.moa.flow import Passage

_DATE = re.compile(r"(?i)re[vy]\w*\W*[\dOlI]{1,2}\W?[\dOlI]{1,2}\W?(20\d\d|\d\d(?=\D|\d{1,2}$|$))")
_NUMBER = re.compile(r"(?<![\w/.])(\d{1,2})(?![\w/])")
_MOST = 4
"""More pages than this are hardly missing in one place: such a number is noise."""
_SEEN = 2
"""A shift of the numbers counts once this many pages show it: one page may be misread."""


def printed_numbers(passages: Iterable[Passage]) -> dict[int, frozenset[int]]:
    """Numbers that stand alone in the foot of each page, dates set apart; pages count from 1."""
    found: dict[int, set[int]] = defaultdict(set)
    for item in passages:
        if item.kind == "foot":
            text = _DATE.sub(" ", item.text)
            found[item.page].update(int(match) for match in _NUMBER.findall(text))
    return {page: frozenset(numbers) for page, numbers in found.items()}


def gaps(passages: Iterable[Passage], pages: int) -> frozenset[int]:
    """The pages after which printed numbers skip some: 0 stands for the beginning of the file.

    Pages that are missing at the end leave no trace here.
    """
    numbers = printed_numbers(passages)
    shift, found = 0, set[int]()
    for page in range(1, pages + 1):
        for ahead in range(shift + 1, shift + _MOST):
            seen = [
                later for later in range(page, pages + 1) if later + ahead in numbers.get(later, ())
            ]
            still = any(later + shift in numbers.get(later, ()) for later in range(page, pages + 1))
            if page + ahead in numbers.get(page, ()) and len(seen) >= _SEEN and not still:
                found.add(page - 1)
                shift = ahead
                break
    return frozenset(found)


def short(passages: Iterable[Passage], pages: int) -> bool:
    """Whether the last page prints a higher number than the file has pages."""
    last = printed_numbers(passages).get(pages, frozenset())
    return bool(last) and min(last) > pages
