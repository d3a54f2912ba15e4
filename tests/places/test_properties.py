"""What holds for every text and every place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.errors import AmbiguousPlace, PlaceError
from reportkit.places import Gazetteer, Place, county_by_name, fold, nearest_counties, resolve

GAZETTEER = Gazetteer.load()
COUNTIES = [c for s in GAZETTEER.states for c in GAZETTEER.counties(s.state)]
TOWNS = [m for s in GAZETTEER.states for m in GAZETTEER.municipalities(s.state)]
PLACES = [*GAZETTEER.states, *COUNTIES, *TOWNS]
STATES = [s.state for s in GAZETTEER.states]

# Pieces that steer a text into the corners of the grammar more often than random letters do.
PIECES = st.sampled_from(
    ["county", "parish", "city of", ",", "TX", "la", "Co", "st.", "ft", "'s", "sheriff's office",
     "police department", "constable", "precinct", "4", "01", "48085", "gn", "&", "-", "é", "of",
     "new york", "washington", "borough", "town of", "/", "..", "\u0000", "ß", "İ"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=7).map(" ".join))


def found(name: str) -> set[str]:
    try:
        return {resolve(name, GAZETTEER).geoid}
    except AmbiguousPlace as error:
        return set(error.candidates)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_only_place_errors_are_raised(text: str) -> None:
    try:
        place = resolve(text, GAZETTEER, [(text, "TX", "48085"), ("", "ZZ", "x")])
    except PlaceError as error:
        assert str(error)
    else:
        assert place.geoid in GAZETTEER


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.sampled_from(STATES), TEXTS)
@settings(max_examples=100, deadline=None)
def test_printed_counties_never_fail(state: str, text: str) -> None:
    county_by_name(state, text)
    assert len(nearest_counties(state, text, limit=2)) <= 2


def test_every_place_answers_to_its_id_and_name() -> None:
    for place in PLACES:
        assert found(place.geoid) == {place.geoid}
        assert place.geoid in found(place.full_name), place


def test_every_county_answers_to_its_name_alone() -> None:
    for county in COUNTIES:
        assert found(county.full_name) == {county.geoid}
        assert found(f"{county.name} {county.state}") == {county.geoid}
        assert county_by_name(county.state, county.name) == county
        assert county_by_name(county.state, county.name.upper()) == county


@given(st.sampled_from(PLACES))
@settings(max_examples=200, deadline=None)
def test_spelling_does_not_matter(place: Place) -> None:
    if place.kind != "state":
        expected = found(f"{place.name}, {place.state}")
        for name in (place.name.upper(), place.name.lower(), f"  {place.name} ", fold(place.name)):
            assert found(f"{name}, {place.state_name.lower()}") == expected
