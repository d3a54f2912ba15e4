"""The thirty counties that every way of making briefs is measured on, of every kind in turn."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.places import Gazetteer

KINDS = {
    "none": ("31009", "18045", "06009", "47025", "27055", "16033", "01119", "53033", "36047"),
    "one sheriff": ("37109", "29059", "04025", "30011", "51139", "48207"),
    "several": ("29113", "01067", "40143", "48035"),
    "many": ("12071", "12086", "42107", "33015", "05031"),
    "listed and ended": ("40111", "13067"),
    "ended": ("25023", "31017", "24025"),
    "pending": ("48291",),
}
"""GEOIDs by what the newest list, and those before it, show of local agencies."""


def thirty() -> tuple[str, ...]:
    """All of them, one of each kind after the other, so that the first few are of many kinds."""
    return tuple(_in_turn())


def _in_turn() -> Iterator[str]:
    for turn in range(max(map(len, KINDS.values()))):
        for geoids in KINDS.values():
            yield from geoids[turn : turn + 1]


ALL = 3144
"""Counties and equivalents of the country."""


def spread(number: int) -> tuple[str, ...]:
    """The GEOIDs of so many counties, spread evenly over the country; every one for `ALL`."""
    gazetteer = Gazetteer.load()
    every = [
        county.geoid for state in gazetteer.states for county in gazetteer.counties(state.state)
    ]
    return tuple(every[place * len(every) // number] for place in range(number))
