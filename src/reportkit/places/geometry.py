"""Outlines for maps: counties and states as GeoJSON, boundaries of 2017.

Rings are wound as d3 and Vega want them, the outer one clockwise, which is the reverse of the
GeoJSON standard: read the other way round a county would cover the whole globe but for itself.
Coordinates are degrees, unprojected. Alaska's islands beyond 180° carry longitudes below -180; d3
folds those back, so a map of one state should use `state_projection`, which turns the globe first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from reportkit.places.gazetteer import DATA, Gazetteer
from reportkit.places.topology import Ring, Topology

ALASKA = "02"

Feature = dict[str, Any]
FeatureCollection = dict[str, Any]


def has_outline(geoid: str) -> bool:
    """Whether the boundaries of 2017 hold this state or county. No municipality has an outline."""
    shapes = _topology().objects
    return geoid in Gazetteer.load() and (geoid in shapes["counties"] or geoid in shapes["states"])


def state_outline(state_fips: str) -> FeatureCollection:
    """The counties of a state as GeoJSON features whose `id` is the geoid.

    A shape without a county of today has the property `current` false: it fills the map but is no
    place. It is the whole state for Connecticut and the territories, and one former census area in
    Alaska. Empty for an unknown code.
    """
    shapes = _topology().objects["counties"]
    geoids = [g for g in shapes if g.startswith(state_fips) and len(state_fips) == 2]
    if geoids:
        return _collection([_feature(shapes[g], current=g in Gazetteer.load()) for g in geoids])
    return _collection([_feature(s, current=False) for s in _state_shapes(state_fips)])


def county_outline(county_geoid: str) -> Feature | None:
    """One county as a GeoJSON feature; None where the boundaries of 2017 do not hold it."""
    if not has_outline(county_geoid) or len(county_geoid) == 2:
        return None
    return _feature(_topology().objects["counties"][county_geoid], current=True)


def nation_outline() -> FeatureCollection:
    """The states, the District of Columbia and the territories as GeoJSON features."""
    shapes = _topology().objects["states"].values()
    return _collection([_feature(shape, current=True) for shape in shapes])


def merged_counties(geoids: Iterable[str]) -> list[Ring]:
    """The rings around counties of one state or of several, without the borders between them.

    Counties that the boundaries of 2017 do not hold are left out. Those of Alaska must not be
    merged with others: its rings are turned as in `state_outline`.
    """
    shapes = _topology().objects["counties"]
    known = [shapes[geoid] for geoid in geoids if geoid in shapes]
    rings = _topology().merge(known)
    alaska = any(shape["id"].startswith(ALASKA) for shape in known)
    return [_turned(ring) for ring in rings] if alaska else rings


def state_borders() -> list[Ring]:
    """The lines along which states border on each other, each once; no coasts."""
    return _topology().mesh(_topology().objects["states"].values())


def state_projection(state_fips: str) -> dict[str, Any]:
    """A conic equal-area projection fit for a map of one state, as Vega-Lite's `projection`."""
    points = [
        p for shape in _state_shapes(state_fips) for rings in _polygons(shape) for p in rings[0]
    ]
    if not points:
        return {"type": "albersUsa"}
    south, north = min(y for _, y in points), max(y for _, y in points)
    sixth = (north - south) / 6
    return {
        "type": "conicEqualArea",
        # The meridian of the mainland stands upright: Alaska would lean with that of its extent.
        "rotate": [-(Gazetteer.load().place(state_fips).lon or 0.0), 0, 0],
        "center": [0, round((south + north) / 2, 2)],
        # Standard parallels a sixth in from either end keep the distortion small and even.
        "parallels": [round(south + sixth, 2), round(north - sixth, 2)],
    }


@lru_cache(maxsize=1)
def _topology() -> Topology:
    return Topology(json.loads((DATA / "counties-2017.json").read_text(encoding="utf-8")))


def _state_shapes(state_fips: str) -> list[dict[str, Any]]:
    shape = _topology().objects["states"].get(state_fips)
    return [shape] if shape else []


def _polygons(shape: dict[str, Any]) -> list[list[Ring]]:
    polygons = _topology().polygons(shape)
    if not shape["id"].startswith(ALASKA):
        return polygons
    return [[_turned(ring) for ring in rings] for rings in polygons]


def _turned(ring: Ring) -> Ring:
    """A ring of Alaska without the step at 180°."""
    return [(x - 360 if x > 0 else x, y) for x, y in ring]


def _feature(shape: dict[str, Any], *, current: bool) -> Feature:
    coordinates = [
        [[[round(x, 4), y] for x, y in ring] for ring in rings] for rings in _polygons(shape)
    ]
    return {
        "type": "Feature",
        "id": shape["id"],
        "properties": {"geoid": shape["id"], "current": current},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def _collection(features: list[Feature]) -> FeatureCollection:
    drawn = [f for f in features if f["geometry"]["coordinates"]]
    return {"type": "FeatureCollection", "features": drawn}
