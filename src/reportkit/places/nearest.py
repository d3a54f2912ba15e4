"""Names near to one that no place has."""

from __future__ import annotations

from reportkit.places.index import NameIndex
from reportkit.places.model import Kind, Place
from reportkit.places.names import key
from reportkit.places.reading import (
    CITY,
    COUNTY_OFFICE,
    Implied,
    Typed,
    county_core,
    without_agency,
)

CUTOFF = 70
"""Likeness, 0 to 100, below which a name is no suggestion."""

UNLIKELY: dict[Implied, Kind] = {CITY: "county", COUNTY_OFFICE: "municipality"}
"""The kind of place that an agency's words speak against."""


def nearest(typed: Typed, index: NameIndex, limit: int = 5) -> tuple[Place, ...]:
    """Places with names like the one typed, best first, larger ones first among equals.

    Looks in the state that was typed, and in all states if none was or nothing is near.
    """
    body, implied = without_agency(list(typed.words))
    wanted = {key(" ".join(body)), county_core(body, typed.state) or ""} - {""}
    found = _scored(wanted, index, typed.state)
    if not found and typed.state:
        found = _scored(wanted, index, None)

    def rank(place: Place) -> tuple[float, int, str]:
        unlikely = implied in UNLIKELY and place.kind == UNLIKELY[implied]
        return (-found[place] + 10 * unlikely, -(place.population or 0), place.geoid)

    return tuple(sorted(found, key=rank)[:limit])


def _scored(wanted: set[str], index: NameIndex, state: str | None) -> dict[Place, float]:
    from rapidfuzz import fuzz, process

    keys = [k for k, hits in index.table.items() if any(state in (None, own) for _, own, _ in hits)]
    scores: dict[Place, float] = {}
    for text in wanted:
        hits = process.extract(text, keys, scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=20)
        for name_key, score, _ in hits:
            for geoid, own, _ in index.table[name_key]:
                if state in (None, own):
                    place = index.gazetteer.place(geoid)
                    scores[place] = max(score, scores.get(place, 0.0))
    return scores
