"""Ways to read what was typed: which words are the name, which the state, which the kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from reportkit.places.index import Sides
from reportkit.places.names import expand, words

COUNTY: Sides = ("county",)
CITY: Sides = ("city", "both")
COUNTY_OFFICE: Sides = ("county", "both")
"""A sheriff serves a county or an independent city."""

COUNTY_SHORT = ("co", "cnty", "cty")
COUNTY_WORDS: dict[str, str | None] = {
    "county": None,
    "parish": "LA",
    "borough": "AK",
    "census area": "AK",
    "municipality": "AK",
    "planning region": "CT",
    "region": "CT",
}
"""Words for a county, and the one state that a word is special to."""

TOWN_IS_ANOTHER = ("NY", "WI")
"""States where a town is not the village or city of the same name."""

CITY_SUFFIXES: dict[str, tuple[str, ...]] = {
    "borough": (),
    "town": TOWN_IS_ANOTHER,
    "municipality": (),
}
"""Words for a municipality behind its name, and the states where they name something else.

"City" and "Village" are mostly part of the name: Oak Grove Village is not Oak Grove. A township is
never the borough or city of its name, so that word is not among them either.
"""

KIND_WORDS = {word.split()[-1] for word in (*COUNTY_WORDS, *CITY_SUFFIXES, "city")}

PREFIXES: dict[str, Sides | None] = {
    "city and county of": None,
    "city and borough of": None,
    "county of": COUNTY,
    "parish of": COUNTY,
    "municipality of": None,
    "borough of": None,
    "city of": CITY,
    "town of": CITY,
    "village of": CITY,
}

STATE_PREFIXES = ("state of", "commonwealth of", "territory of")
NATION = {"usa", "us", "united states", "united states of america"}

Implied = Sides | Literal["state"] | None

AGENCY_PHRASES: dict[str, Sides | Literal["state"]] = {
    "office of the sheriff": COUNTY_OFFICE,
    "sheriffs office": COUNTY_OFFICE,
    "sheriffs department": COUNTY_OFFICE,
    "sheriffs dept": COUNTY_OFFICE,
    "sheriff office": COUNTY_OFFICE,
    "sheriff department": COUNTY_OFFICE,
    "sheriff dept": COUNTY_OFFICE,
    "sheriffs": COUNTY_OFFICE,
    "sheriff": COUNTY_OFFICE,
    "detention center": COUNTY_OFFICE,
    "county jail": COUNTY_OFFICE,
    "jail": COUNTY_OFFICE,
    "police department": CITY,
    "police departement": CITY,
    "police dept": CITY,
    "police": CITY,
    "pd": CITY,
    "department of public safety": "state",
    "dept of public safety": "state",
    "public safety department": CITY,
    "department of corrections": "state",
    "department of correction": "state",
    "state police": "state",
    "state police department": "state",
    "state patrol": "state",
    "department of correctional services": "state",
    "highway patrol": "state",
    "bureau of investigation": "state",
    "office of the attorney general": "state",
    "attorney generals office": "state",
    "national guard": "state",
    "state guard": "state",
    "marshals office": CITY,
    "marshal office": CITY,
    "city marshals office": CITY,
    "city marshal": CITY,
    "marshals": CITY,
    "marshal": CITY,
    "constables office": CITY,
    "constable office": CITY,
    "office of constable": CITY,
    "constables": CITY,
    "constable": CITY,
    "board of county commissioners": COUNTY_OFFICE,
    "district attorneys office": COUNTY_OFFICE,
    "prosecutors office": COUNTY_OFFICE,
    "prison": COUNTY_OFFICE,
}
"""Words that make a place's name an agency's, and the kind of place they imply.

"state" is implied only where the rest is a state's name: towns have public safety departments too.
A constable is a town's unless the name says "County".
"""

_LONGEST_FIRST = sorted(AGENCY_PHRASES, key=len, reverse=True)

Body = tuple[list[str], str | None]
"""Words of a name, and the postal code of its state or None."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A name's key, to be looked up in one state or in all, among names of some sides or all."""

    key: str
    state: str | None
    sides: Sides | None
    county: str | None = None
    """Key of the county that the place has to lie in: "Midway, Gadsden County, FL"."""
    not_in: tuple[str, ...] = ()
    """States where this reading does not hold."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, cut into words; `state` is certain only where a comma sets it off."""

    words: tuple[str, ...]
    state: str | None
    county: str | None = None


def cut(text: str, states: Mapping[str, str]) -> Typed:
    """Cut at the commas: "Midway, Gadsden County, FL" is name, county and state.

    Args:
        text: what was typed.
        states: postal codes by name, abbreviation and postal code, folded.
    """
    parts = [w for part in text.split(",") if (w := words(part))]
    if len(parts) > 1 and " ".join(parts[-1]) in NATION:
        parts.pop()
    state = None
    if len(parts) > 1:
        state = states.get(" ".join(parts[-1]))
        if state:
            parts.pop()
    county = None
    if len(parts) == 2 and (county := county_core(parts[1], state)):
        parts.pop()
    return Typed(tuple(word for part in parts for word in part), state, county)


def state_named(typed: Typed, states: Mapping[str, str]) -> str | None:
    """The state, if all that was typed is its name."""
    if typed.state is not None:
        return None
    text = " ".join(typed.words)
    names = [text, *(text.removeprefix(prefix + " ") for prefix in STATE_PREFIXES)]
    return next((states[name] for name in names if name in states), None)


def tiers(typed: Typed, states: Mapping[str, str]) -> Iterator[list[Reading]]:
    """Readings as a place, the most literal first; the first tier that matches counts.

    All readings of a tier count alike, so that two which both match are asked back, not chosen.
    """
    bodies = list(bodies_of(typed, states))
    county = typed.county
    yield [r for body, state in bodies for r in _literal(body, state, county)]
    yield [r for body, state in bodies for r in _as_county(body, state, county)]
    yield [r for body, state in bodies for r in _as_city(body, state, county)]
    if typed.state is None:
        yield [
            reading
            for body, state in _state_first(list(typed.words), states)
            for way in (_literal, _as_county)
            for reading in way(body, state, county)
        ]


def state_of_agency(typed: Typed, states: Mapping[str, str]) -> str | None:
    """The state whose agency this is: "Texas Department of Public Safety"."""
    core, implied = without_agency(list(typed.words))
    state = states.get(" ".join(core))
    return state if implied == "state" and typed.state in (None, state) else None


def agency_tiers(typed: Typed, states: Mapping[str, str]) -> Iterator[list[Reading]]:
    """Readings as an agency: its words taken off, then a name of the kind they imply.

    A name of the other kind counts only if it says so itself: "Nassau County Police Department" is
    the county's, but "Livingston Police Department" is never that of Livingston County.
    """
    stripped = [
        (core, state, implied)
        for body, state in bodies_of(typed, states)
        for core, implied in [without_agency(body)]
        if core and core != body
    ]
    yield [
        replace(reading, sides=reading.sides or (CITY if implied == "state" else implied))
        for core, state, implied in stripped
        for reading in _literal(core, state, typed.county)
    ]
    yield [
        reading
        for core, state, _ in stripped
        if core[-1] in KIND_WORDS
        for reading in _literal(core, state, typed.county)
    ]
    for way in (_as_county, _as_city):
        yield [r for core, state, _ in stripped for r in way(core, state, typed.county)]


def without_agency(body: list[str]) -> tuple[list[str], Implied]:
    """The words of an agency's name without those for its kind, and the kind of place implied."""
    body = _without_precinct(body)
    text = " ".join(body)
    for phrase in _LONGEST_FIRST:
        if text.endswith(" " + phrase):
            return text.removesuffix(" " + phrase).split(), AGENCY_PHRASES[phrase]
        for head in (phrase + " of the ", phrase + " of ", phrase + " "):
            if text.startswith(head):
                return text.removeprefix(head).split(), AGENCY_PHRASES[phrase]
    return body, None


def bodies_of(typed: Typed, states: Mapping[str, str]) -> Iterator[Body]:
    """The words with their state; without a comma also with the last words read as a state."""
    body = list(typed.words)
    yield body, typed.state
    if typed.state is None:
        for count in range(1, min(4, len(body))):
            if state := states.get(" ".join(body[-count:])):
                yield body[:-count], state


def county_core(body: list[str], state: str | None) -> str | None:
    """The key of a county's name without its word for county; None if there is no such word."""
    for suffix, only in COUNTY_WORDS.items():
        core = _without_end(_long(body), suffix)
        if core and (only is None or only == state):
            return _key(core)
    return None


def _state_first(body: list[str], states: Mapping[str, str]) -> Iterator[Body]:
    for count in range(1, min(4, len(body))):
        if state := states.get(" ".join(body[:count])):
            yield body[count:], state


def _literal(body: list[str], state: str | None, county: str | None) -> Iterator[Reading]:
    yield Reading(_key(_long(body)), state, None, county)
    text = " ".join(body)
    for prefix, sides in PREFIXES.items():
        if text.startswith(prefix + " "):
            core = text.removeprefix(prefix).split()
            not_in = CITY_SUFFIXES.get(prefix.removesuffix(" of"), ())
            yield Reading(_key(core), state, sides, county, not_in)


def _as_county(body: list[str], state: str | None, county: str | None) -> Iterator[Reading]:
    for suffix, only in COUNTY_WORDS.items():
        core = _without_end(_long(body), suffix)
        if core and (only is None or state in (None, only)):
            yield Reading(_key(core), only or state, COUNTY, county)


def _as_city(body: list[str], state: str | None, county: str | None) -> Iterator[Reading]:
    for suffix, not_in in CITY_SUFFIXES.items():
        if core := _without_end(body, suffix):
            yield Reading(_key(core), state, CITY, county, not_in)


def _without_precinct(body: list[str]) -> list[str]:
    if len(body) > 2 and body[-2] in ("precinct", "pct", "district") and body[-1].isdigit():
        return body[:-2]
    return body


def _without_end(body: list[str], suffix: str) -> list[str]:
    """The words before the suffix, or none if they do not end in it."""
    text = " ".join(body)
    return text.removesuffix(" " + suffix).split() if text.endswith(" " + suffix) else []


def _long(body: list[str]) -> list[str]:
    """The words with a final "Co" written out."""
    return [*body[:-1], "county"] if len(body) > 1 and body[-1] in COUNTY_SHORT else body


def _key(body: list[str]) -> str:
    return "".join(expand(body))
