"""Names near to one that no place has."""

from __future__ import annotations

from collections.abc import Mapping

from reportkit.places.index import NameIndex
from reportkit.places.model import Kind, Place
from reportkit.places.names import expand
from reportkit.places.reading import (
    CITY,
    COUNTY_OFFICE,
    Implied,
    Typed,
    bodies_of,
    county_core,
    without_agency,
)

CUTOFF = 70
"""Likeness, 0 to 100, below which a name is no suggestion."""

UNLIKELY: dict[Implied, Kind] = {CITY: "county", COUNTY_OFFICE: "municipality"}
"""The kind of place that an agency's words speak against."""


def nearest(
    typed: Typed, states: Mapping[str, str], index: NameIndex, limit: int = 5
) -> tuple[Place, ...]:
    """Places with names like the one typed, best first, larger ones first among equals.

    Looks in the state that was typed, and in all states if none was or nothing is near.

    Args:
        typed: what was typed, cut into words.
        states: postal codes by every folded name of a state.
        index: the names to compare with.
        limit: how many at most.
    """
    *_, (words, state) = bodies_of(typed, states)
    body, implied = without_agency(words)
    wanted = {"".join(expand(body)), county_core(body, state) or ""} - {""}
    found = _scored(wanted, index, state)
    if not found and state:
        found = _scored(wanted, index, None)

    def rank(place: Place) -> tuple[float, int, str]:
        unlikely = implied in UNLIKELY and place.kind == UNLIKELY[implied]
        return (-found[place] + 10 * unlikely, -(place.population or 0), place.geoid)

    return tuple(sorted(found, key=rank)[:limit])


def _scored(wanted: set[str], index: NameIndex, state: str | None) -> dict[Place, float]:
    from rapidfuzz import fuzz, process

    table = index.table(state)
    scores: dict[Place, float] = {}
    for text in wanted:
        hits = process.extract(text, list(table), scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=20)
        for name_key, score, _ in hits:
            for geoid, _ in table[name_key]:
                place = index.gazetteer.place(geoid)
                scores[place] = max(score, scores.get(place, 0.0))
    return scores
