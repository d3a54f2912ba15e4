"""Counties taken together: the same land, without the borders between them."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon
from shapely.ops import unary_union

from reportkit.places import (
    Gazetteer,
    county_outline,
    has_outline,
    merged_counties,
    state_borders,
    state_outline,
)

TEXAS = [f["id"] for f in state_outline("48")["features"]]


def area(rings):
    """The signed area in square degrees; holes count against it."""
    return sum(
        a[0] * b[1] - b[0] * a[1]
        for ring in rings
        for a, b in itertools.pairwise(ring)
    ) / 2  # fmt: skip


def own(geoid):
    return [
        ring for polygon in county_outline(geoid)["geometry"]["coordinates"] for ring in polygon
    ]


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(TEXAS), min_size=1))
def test_merged_counties_cover_the_same_land_with_closed_rings(geoids):
    rings = merged_counties(geoids)
    assert all(ring[0] == ring[-1] for ring in rings)
    assert area(rings) == pytest.approx(sum(area(own(geoid)) for geoid in geoids), rel=1e-6)


@pytest.mark.parametrize("state", ["48", "12", "02", "15", "51"])
def test_a_whole_state_has_no_borders_inside(state):
    geoids = [f["id"] for f in state_outline(state)["features"] if has_outline(f["id"])]
    merged = merged_counties(geoids)
    land = unary_union([Polygon(ring).buffer(0) for geoid in geoids for ring in own(geoid)])
    assert (
        unary_union([Polygon(ring).buffer(0) for ring in merged]).symmetric_difference(land).area
        < land.area * 0.001
    )
    assert sum(map(len, merged)) < sum(len(ring) for geoid in geoids for ring in own(geoid))


def test_alaska_is_turned_and_counties_without_outline_are_left_out():
    rings = merged_counties([f["id"] for f in state_outline("02")["features"]])
    assert all(x < 0 for ring in rings for x, _ in ring)
    connecticut = [county.geoid for county in Gazetteer.load().counties("CT")]
    assert merged_counties(connecticut) == []


def test_borders_of_states_are_lines_between_two_states():
    lines = state_borders()
    points = {point for line in lines for point in line}
    # The four corners, and no point of Hawaii, which borders on nothing.
    assert any(abs(x + 109.05) < 0.01 and abs(y - 37) < 0.01 for x, y in points)
    assert not any(x < -150 for x, _ in points)
    segments = [frozenset(pair) for line in lines for pair in itertools.pairwise(line)]
    assert len(segments) == len(set(segments))
