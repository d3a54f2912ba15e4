"""Names as lists print them, matched within one state and never corrected."""

from __future__ import annotations

from reportkit.places.gazetteer import Gazetteer
from reportkit.places.index import index_of
from reportkit.places.model import Place
from reportkit.places.names import base_name, key, words
from reportkit.places.reading import CITY, COUNTY, county_core


def county_by_name(state: str, printed: str, gazetteer: Gazetteer | None = None) -> Place | None:
    """The one county that this spelling names, or None: nothing is corrected.

    Case, accents, punctuation, Saint/St., spaces and a missing "County" do not matter, nor does
    County for Parish. A name that two share ("Richmond" in Virginia) or that only a city of another
    kind has ("Hopewell County") gives None.

    Args:
        state: postal code.
        printed: the name as printed.
    """
    gazetteer = gazetteer or Gazetteer.load()
    index = index_of(gazetteer)
    exact = [p for p in index.find(key(printed), state, None) if _names(p, printed)]
    if not exact and (core := county_core(words(printed), state)):
        exact = [p for p in index.find(core, state, COUNTY) if _names(p, core)]
    return exact[0] if len(exact) == 1 else None


def municipality_by_name(
    state: str, printed: str, gazetteer: Gazetteer | None = None
) -> Place | None:
    """The one municipality that this spelling names, or None; folded like `county_by_name`.

    A city that is a county equivalent is found too, as that county. A name that two share gives
    None, and so does one below 500 inhabitants or a township, for GeoNames has none of these.

    Args:
        state: postal code.
        printed: the name as printed, without words for an agency.
    """
    index = index_of(gazetteer or Gazetteer.load())
    found = index.find(key(printed), state, CITY)
    return found[0] if len(found) == 1 else None


def nearest_counties(
    state: str, printed: str, limit: int = 3, gazetteer: Gazetteer | None = None
) -> list[tuple[Place, float]]:
    """Counties of a state with names like this one, with a likeness from 0 to 100, best first.

    Args:
        state: postal code.
        printed: the name as printed.
        limit: how many at most.
    """
    from rapidfuzz.fuzz import ratio

    gazetteer = gazetteer or Gazetteer.load()
    core = county_core(words(printed), state)
    wanted = key(printed)

    def likeness(county: Place) -> float:
        full, base = ratio(wanted, key(county.name)), key(base_name(county.name))
        # "Hopewell County" must not look just like Hopewell city: those words tell two kinds apart.
        if core and county.name.endswith(" city"):
            return full
        return max(full, ratio(core or wanted, base))

    scored = [(county, round(likeness(county), 1)) for county in gazetteer.counties(state)]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].geoid))[:limit]


def _names(place: Place, printed: str) -> bool:
    """Whether this is the county's own name, not that of a city which is the county too."""
    return place.kind == "county" and key(printed) in (key(place.name), key(base_name(place.name)))
