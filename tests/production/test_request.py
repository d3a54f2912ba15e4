"""From what a run is asked for to its places."""

from __future__ import annotations

import pytest

from reportkit.errors import UnknownPlace
from reportkit.places import Gazetteer
from reportkit.production.request import Request, select, selects, settled
from reportkit.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    return Store()


def geoids(request: Request, store: Store) -> list[str]:
    places, held = select(request, store)
    assert not held
    return [place.geoid for place in places]


def test_a_place_that_is_named_twice_in_any_way_counts_once(store):
    named = ("12071", "Lee County, FL", "lee county florida", "Lee County Sheriff's Office, FL")
    assert geoids(Request(places=named), store) == ["12071"]
    assert sorted(geoids(Request(places=("10003",), states=("DE",)), store)) == [
        "10001", "10003", "10005"
    ]  # fmt: skip


def test_a_name_of_no_place_or_several_is_held_with_its_line_and_what_to_do(store):
    request = Request(
        places=("Nowhere", "1001", "St. Louis, Missouri", "12071", ""),
        where={"Nowhere": "line 7", "1001": "line 9"},
    )
    places, held = select(request, store)
    assert [place.geoid for place in places] == ["12071"]
    assert [(item.geoid, item.result) for item in held] == [
        ("Nowhere", "held"), ("1001", "held"), ("St. Louis, Missouri", "held"), ("", "held")
    ]  # fmt: skip
    first, short, several, empty = (" ".join(item.why) for item in held)
    assert first.startswith("line 7: No place ")
    assert short.startswith('line 9: No place has the id "1001".')
    assert short.endswith('Did you mean "01001"?')
    assert "(29189)" in several and "(29510)" in several
    assert empty == 'The name is empty. Type a name such as "Lee County, FL" or an id.'


def test_states_and_all_mean_the_kinds_that_are_asked_for(store):
    assert len(geoids(Request(everywhere=True), store)) == 3_144
    assert len(geoids(Request(everywhere=True, kinds=("state",)), store)) == 56
    assert geoids(Request(states=("DE",), kinds=("state", "county")), store) == [
        "10", "10001", "10003", "10005"
    ]  # fmt: skip
    towns = geoids(Request(states=("DE",), kinds=("municipality",)), store)
    assert set(towns) == {p.geoid for p in Gazetteer.load().municipalities("DE")}
    assert towns


def test_a_state_without_places_of_the_kind_is_refused(store):
    with pytest.raises(UnknownPlace) as refused:
        select(Request(states=("DE", "VI")), store)
    assert str(refused.value) == (
        "U.S. Virgin Islands (VI) has no county on hand; ask for its own brief with --kind state"
    )
    assert geoids(Request(states=("VI",), kinds=("county", "state")), store) == ["78"]


def test_later_settings_win_and_a_selection_as_a_whole():
    file = {"states": ("FL",), "kinds": ("state",), "lang": "en", "jobs": 2}
    assert settled(file, {"lang": "es"}) == {**file, "lang": "es"}
    assert settled(file, {"kinds": ("county",)}) == {**file, "kinds": ("county",)}
    assert settled(file, {"places": ("12071",)}) == {"places": ("12071",), "lang": "en", "jobs": 2}
    assert settled(file, {"places": (), "everywhere": False}) == {
        **file, "places": (), "everywhere": False
    }  # fmt: skip
    assert not selects({"kinds": ("state",), "where": {"a": "line 1"}, "everywhere": False})
    assert selects({"everywhere": True})
