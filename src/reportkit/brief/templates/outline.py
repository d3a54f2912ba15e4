"""County outlines as pixels: an equal-area projection, then points on a half-pixel grid.

Rounding works point by point, so neighbours that share a border share it afterwards as well.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

_GRID = 0.5


def rings(geometry: Mapping[str, Any]) -> list[Ring]:
    """The rings of a GeoJSON Polygon or MultiPolygon, outer ones and holes alike."""
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [[(lon, lat) for lon, lat in ring] for polygon in polygons for ring in polygon]


def fit(
    outlines: Mapping[str, list[Ring]],
    width: float,
    height: float,
    *,
    grid: float = _GRID,
    lines: Collection[str] = (),
) -> tuple[dict[str, list[Ring]], float, float]:
    """Outlines projected into a box, with the width and height that they take up in it.

    Args:
        outlines: rings of longitude and latitude by name.
        width, height: of the box in pixels.
        grid: the pixels that points are rounded to.
        lines: names of those that are lines, not rings; no line is too small to see.
    """
    project = _albers(point for outline in outlines.values() for ring in outline for point in ring)
    projected = {
        name: [[project(*point) for point in ring] for ring in outline]
        for name, outline in outlines.items()
    }
    points = [point for outline in projected.values() for ring in outline for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    # Two pixels on each side leave room for the outline of a place at the edge.
    scale = min((width - 4) / (right - left), (height - 4) / (bottom - top))
    fitted = {
        name: list(
            filter(
                None,
                (
                    _snap(ring, left, top, scale, grid, 2 if name in lines else 4)
                    for ring in outline
                ),
            ),
        )
        for name, outline in projected.items()
    }
    return fitted, (right - left) * scale + 4, (bottom - top) * scale + 4


def _snap(ring: Ring, left: float, top: float, scale: float, grid: float, shortest: int) -> Ring:
    """A ring on the grid, without points that say nothing; empty where it is too small to see."""
    kept: Ring = []
    for x, y in ring:
        point = (
            _round((x - left) * scale + 2, grid),
            _round((y - top) * scale + 2, grid),
        )
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept if len(kept) >= shortest else []


def _round(value: float, grid: float) -> float:
    return round(value / grid) * grid


def _straight(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _albers(points: Iterable[Point]) -> Any:
    """Albers' equal-area conic projection, centred on the points; y grows downwards."""
    known = list(points)
    lons, lats = [lon for lon, _ in known], [lat for _, lat in known]
    centre = math.radians((min(lons) + max(lons)) / 2)
    low, high = math.radians(min(lats)), math.radians(max(lats))
    first, second = low + (high - low) / 6, high - (high - low) / 6
    n = (math.sin(first) + math.sin(second)) / 2
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)

    def project(lon: float, lat: float) -> Point:
        rho = math.sqrt(c - 2 * n * math.sin(math.radians(lat))) / n
        theta = n * (math.radians(lon) - centre)
        return rho * math.sin(theta), rho * math.cos(theta)

    return project
