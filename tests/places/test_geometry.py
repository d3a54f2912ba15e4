"""Outlines as GeoJSON."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from reportkit.places import (
    Gazetteer,
    county_outline,
    has_outline,
    nation_outline,
    state_outline,
    state_projection,
)

GAZETTEER = Gazetteer.load()


def rings(feature: dict[str, Any]) -> list[list[list[list[float]]]]:
    return list(feature["geometry"]["coordinates"])


def area(ring: list[list[float]]) -> float:
    """Signed, in square degrees; negative is clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def test_which_outlines_there_are() -> None:
    missing = [
        c.geoid
        for s in GAZETTEER.states
        for c in GAZETTEER.counties(s.state)
        if not has_outline(c.geoid)
    ]
    assert [g for g in missing if not g.startswith("09")] == ["02063", "02066", "51610"]
    assert len(missing) == 12
    assert all(has_outline(s.geoid) for s in GAZETTEER.states)
    assert not has_outline("09001")
    assert not has_outline("gn5304391")
    assert not has_outline("")


def test_a_state() -> None:
    florida = state_outline("12")
    assert florida["type"] == "FeatureCollection"
    assert {f["id"] for f in florida["features"]} == {c.geoid for c in GAZETTEER.counties("FL")}
    assert all(f["properties"]["current"] for f in florida["features"])
    assert len(json.dumps(state_outline("48"))) < 150_000


def test_shapes_that_are_no_county_of_today_are_marked() -> None:
    old = {
        fips: [f["id"] for f in state_outline(fips)["features"] if not f["properties"]["current"]]
        for fips in ("02", "09", "72")
    }
    assert old == {"02": ["02261"], "09": ["09"], "72": ["72"]}
    assert state_outline("99")["features"] == []
    assert state_outline("")["features"] == []


@pytest.mark.parametrize("fips", [s.geoid for s in GAZETTEER.states])
def test_rings_are_closed_and_wound_for_d3(fips: str) -> None:
    for feature in state_outline(fips)["features"]:
        for outer, *holes in rings(feature):
            assert outer[0] == outer[-1]
            assert len(outer) > 3
            assert area(outer) <= 0
            assert all(hole[0] == hole[-1] and area(hole) >= 0 for hole in holes)


def test_alaska_hangs_together() -> None:
    longitudes = [p[0] for f in state_outline("02")["features"] for r in rings(f) for p in r[0]]
    assert max(longitudes) < -129
    assert min(longitudes) > -188
    assert state_projection("02")["rotate"][0] == pytest.approx(152.7, abs=1)


def test_projection_and_nation() -> None:
    texas = state_projection("48")
    assert texas["type"] == "conicEqualArea"
    assert 25 < texas["parallels"][0] < texas["center"][1] < texas["parallels"][1] < 37
    assert len(nation_outline()["features"]) == 56


def test_one_county() -> None:
    lee = county_outline("12071")
    assert lee is not None
    assert lee["id"] == "12071"
    assert county_outline("09110") is None
    assert county_outline("12") is None
