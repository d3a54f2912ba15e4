"""The county that a populated place lies in, or the reason why that cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reportkit.errors import InputError
from reportkit.places.area import BORDERING, SEVERAL, former_area
from reportkit.places.coextensive import COEXTENSIVE, ONE_CITY, SEVERAL_COUNTIES
from reportkit.places.names import base_name, key
from reportkit.places.populated import TERRITORIES, Populated
from reportkit.places.topology import Ring

BORDER = 0.01
"""Degrees, about 1 km. The outlines are simplified, so nearer to a border the side is a guess.

Checked against the counties that ICE prints for some 500 police departments of towns: beyond this
distance every difference was an error of the list, a town in two counties or a namesake; within it
the printed county was always one of those that remain possible.
"""


def locate(
    places: Iterable[Populated],
    counties: Mapping[str, str],
    outlines: Mapping[str, Sequence[Sequence[Ring]]],
) -> list[Populated]:
    """Give each place its county; drop those that are a county equivalent or a part of one.

    Args:
        places: what GeoNames has.
        counties: Census name of every county by geoid.
        outlines: rings of the counties of 2017 by geoid, those that are no more among them.

    Raises:
        InputError: a city that should be a county equivalent is not among the places.
    """
    cities = {
        geoid: {key(name) for name in (*COEXTENSIVE.get(geoid, ()), base_name(county))}
        for geoid, county in counties.items()
        if geoid in COEXTENSIVE or county.endswith(" city")
    }
    absorbed: set[str] = set()
    kept: dict[tuple[str, str, tuple[str, ...]], Populated] = {}
    near = _Nearby(outlines)
    for place in places:
        candidates = near(place)
        whole = {c for c in candidates if key(place.name) in cities.get(c, ())}
        absorbed |= whole
        if whole or (
            candidates
            and all(c in ONE_CITY or counties.get(c, "").endswith(" city") for c in candidates)
            and f"gn{place.number}" not in SEVERAL_COUNTIES
        ):
            continue
        # GeoNames may hold a town twice, as town and as statistical area. Nobody could tell the
        # two apart by name, so the larger one stands for both.
        same = (place.state, key(place.name), tuple(candidates))
        if same not in kept or place.population > kept[same].population:
            kept[same] = replace(place, area=_area(place, candidates, counties))
    if missing := sorted(set(cities) - absorbed):
        raise InputError(f"GeoNames has no city for the county equivalents {', '.join(missing)}")
    return sorted(kept.values(), key=lambda place: place.number)


def _area(place: Populated, candidates: list[str], counties: Mapping[str, str]) -> str:
    """Where the place lies, as `places.area` reads it."""
    if several := SEVERAL_COUNTIES.get(f"gn{place.number}"):
        return SEVERAL.join(several)
    if place.state in TERRITORIES or not candidates:
        return place.fips
    if former := [c for c in candidates if c not in counties]:
        return former_area(former[0])
    return BORDERING.join(candidates)


class _Nearby:
    """The counties of a place's state that it may lie in, by geoid."""

    def __init__(self, outlines: Mapping[str, Sequence[Sequence[Ring]]]) -> None:
        from shapely.geometry import GeometryCollection, LineString, Polygon

        self._by_state: dict[str, list[tuple[str, Any]]] = {}
        for geoid in sorted(outlines):
            # Falls Church has shrunk to a line in the simplified outlines; a line has a distance.
            parts = [
                Polygon(shell, [h for h in holes if len(h) > 3]).buffer(0)
                if len(shell) > 3
                else LineString(shell)
                for shell, *holes in outlines[geoid]
            ]
            self._by_state.setdefault(geoid[:2], []).append((geoid, GeometryCollection(parts)))

    def __call__(self, place: Populated) -> list[str]:
        import shapely

        geoids, shapes = zip(*self._by_state[place.fips], strict=True)
        if len(geoids) == 1:
            return list(geoids)
        distances = shapely.distance(shapes, shapely.Point(place.lon, place.lat))
        # Off a simplified shore a place lies in no outline; then the one county near it counts.
        for reach in (BORDER, 3 * BORDER):
            if near := [g for g, far in zip(geoids, distances, strict=True) if far < reach]:
                return near
        return []
