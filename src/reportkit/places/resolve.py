"""A name to exactly one place, or to the candidates; never to a guess."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from reportkit.errors import AmbiguousPlace, UnknownPlace
from reportkit.places import also_called
from reportkit.places.gazetteer import Gazetteer
from reportkit.places.index import NameIndex, index_of, unique
from reportkit.places.model import Place
from reportkit.places.names import key, words
from reportkit.places.nearest import nearest
from reportkit.places.reading import (
    COUNTY,
    Body,
    Reading,
    Typed,
    agency_tiers,
    bodies_of,
    county_core,
    cut,
    state_named,
    state_of_agency,
    tiers,
)

LONGEST = 120
"""Characters; the longest name of an agency on ICE's lists of 2026 has 83."""

SHOWN = 12
"""Candidates written out in a message; all of them are in `candidates`."""

NO_LONGER = {
    "CT": " The Census has planning regions in place of Connecticut's counties, such as "
    '"Capitol Planning Region".'
}
"""What to know about a state whose counties are no more."""

Agency = tuple[str, str, str]
"""An agency on ICE's list: its name, the postal code of its state, the geoid of its place."""


def resolve(name: str, gazetteer: Gazetteer, agencies: Iterable[Agency] = ()) -> Place:
    """The one place that a name, an id or an agency's name stands for.

    A state's name alone is the state. A name that several places share is asked back, even when
    one of them is much larger. An agency's name is read as those of `agencies` and by its own
    words together, so that an agency on the list does not hide its namesakes elsewhere.

    Raises:
        AmbiguousPlace: several places have the name.
        UnknownPlace: none has.
    """
    text = "".join(c if c.isprintable() else " " for c in name).strip()
    if not text:
        raise UnknownPlace('The name is empty. Type a name such as "Lee County, FL" or an id.')
    if len(text) > LONGEST:
        raise UnknownPlace(
            f'"{text[:40]}…" is longer than {LONGEST} characters: no name of a place.'
        )
    compact = text.lower()
    if compact in gazetteer:
        return gazetteer.place(compact)
    if compact.isdigit():
        raise _unknown_id(text, gazetteer)
    states = _states(gazetteer)
    typed = cut(text, states)
    if postal := state_named(typed, states):
        return gazetteer.state_by_postal(postal)
    found = _match(typed, gazetteer, agencies)
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(text, found, gazetteer)
    raise _unknown(text, typed, index_of(gazetteer))


def _match(typed: Typed, gazetteer: Gazetteer, agencies: Iterable[Agency]) -> list[Place]:
    if not typed.words:
        return []
    index, states = index_of(gazetteer), _states(gazetteer)
    for tier in tiers(typed, states):
        if found := _all(tier, index):
            return found
    # The name of an agency with its state is that one agency; without a state it may have
    # namesakes that never signed, and a place on the list must not hide them.
    agencies = tuple(agencies)
    bodies = list(bodies_of(typed, states))
    if found := _listed([b for b in bodies if b[1]], gazetteer, agencies):
        return found
    listed = _listed(bodies[:1], gazetteer, agencies)
    if postal := state_of_agency(typed, states):
        return unique([*listed, gazetteer.state_by_postal(postal)])
    for tier in agency_tiers(typed, states):
        if found := _all(tier, index):
            return unique([*listed, *found])
    return listed


def _all(tier: list[Reading], index: NameIndex) -> list[Place]:
    return unique(chain.from_iterable(_found(reading, index) for reading in tier))


def _found(reading: Reading, index: NameIndex) -> list[Place]:
    places = [
        place
        for place in index.find(reading.key, reading.state, reading.sides)
        if place.state not in reading.not_in
    ]
    if reading.county is None:
        return places
    counties = {p.geoid for p in index.find(reading.county, reading.state, COUNTY)}
    return [p for p in places if p.county_geoid in counties]


def _listed(bodies: list[Body], gazetteer: Gazetteer, agencies: Iterable[Agency]) -> list[Place]:
    """Places of the agencies with one of these names, in the state that goes with it."""
    wanted = {(_squash(body), state) for body, state in bodies}
    return unique(
        gazetteer.place(geoid)
        for agency, postal, geoid in agencies
        if geoid in gazetteer
        and not wanted.isdisjoint({(k := _squash(words(agency)), None), (k, postal)})
    )


def _squash(body: list[str]) -> str:
    return key(" ".join(body))


@lru_cache(maxsize=4)
def _states(gazetteer: Gazetteer) -> dict[str, str]:
    """Postal codes by the folded name, the press's abbreviation and the postal code."""
    names = {s.name: s.state for s in gazetteer.states} | also_called.STATES
    folded = {" ".join(words(name)): postal for name, postal in names.items()}
    return also_called.PRESS | folded | {s.state.lower(): s.state for s in gazetteer.states}


def label(place: Place, gazetteer: Gazetteer) -> str:
    """A place with its id, and its county where it has one: what a message shows."""
    county = ""
    if place.kind == "municipality" and place.county_geoid:
        county = f", in {gazetteer.place(place.county_geoid).name}"
    return f"{place.full_name}{county} ({place.geoid})"


def _ambiguous(text: str, found: list[Place], gazetteer: Gazetteer) -> AmbiguousPlace:
    shown = "; ".join(label(place, gazetteer) for place in found[:SHOWN])
    more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return AmbiguousPlace(
        f'"{text}" names {len(found)} places: {shown}{more}. {_hint(found)}',
        tuple(place.geoid for place in found),
    )


def _hint(found: list[Place]) -> str:
    """What to type next."""
    kinds = {place.kind for place in found}
    if len({place.state for place in found}) > 1:
        return "Add the state, or type an id."
    if kinds == {"county"}:
        return "Type one of these names or ids."
    if kinds == {"municipality"}:
        return "Put the county between name and state, or type an id."
    return 'Put "County" behind the name or "City of" before it, or type an id.'


def _unknown_id(text: str, gazetteer: Gazetteer) -> UnknownPlace:
    padded = text.zfill(5 if len(text) > 2 else 2)
    near = (padded,) if padded in gazetteer and padded != text else ()
    hint = f' Did you mean "{padded}"?' if near else ""
    return UnknownPlace(
        f'No place has the id "{text}". Ids have 2 digits for a state and 5 for a county, leading '
        f"zeros included.{hint}",
        near,
    )


def _unknown(text: str, typed: Typed, index: NameIndex) -> UnknownPlace:
    near = nearest(typed, _states(index.gazetteer), index)
    where = f" in {index.gazetteer.state_by_postal(typed.state).name}" if typed.state else ""
    note = ""
    if typed.state and county_core(list(typed.words), typed.state):
        note = NO_LONGER.get(typed.state, "")
    if not near:
        return UnknownPlace(
            f'No place{where} has a name like "{text}". Type a county, a city or a state, such as '
            '"Lee County, FL", or an id.' + note
        )
    shown = "; ".join(label(place, index.gazetteer) for place in near)
    return UnknownPlace(
        f'No place is named "{text}". Nearest: {shown}. Type one of these names or ids.{note}',
        tuple(place.full_name for place in near),
    )
