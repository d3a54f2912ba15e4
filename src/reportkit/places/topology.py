"""Reading TopoJSON: arcs and rings in degrees of longitude and latitude."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import Any

Point = tuple[float, float]
Ring = list[Point]


class Topology:
    """The geometries of a TopoJSON file, decoded when asked for."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._arcs: list[list[list[int]]] = document["arcs"]
        self._scale: list[float] = document["transform"]["scale"]
        self._translate: list[float] = document["transform"]["translate"]
        self.objects: dict[str, dict[str, dict[str, Any]]] = {
            name: {shape["id"]: shape for shape in collection["geometries"] if "id" in shape}
            for name, collection in document["objects"].items()
        }

    def polygons(self, geometry: dict[str, Any], digits: int = 4) -> list[list[Ring]]:
        """The polygons of a geometry: each an outer ring, then holes; closed, `digits` decimals.

        Rings keep the winding of the file (outer rings clockwise, as d3 wants them). Rings that
        quantization has shrunk to a line are left out.
        """
        return [
            [rings[0], *(hole for hole in rings[1:] if len(hole) > 3)]
            for rings in self.rings(geometry, digits)
            if len(rings[0]) > 3
        ]

    def rings(self, geometry: dict[str, Any], digits: int = 4) -> list[list[Ring]]:
        """The same with every ring, also those of two or three points that hold no area."""
        return [[self._ring(ring, digits) for ring in rings] for rings in _rings(geometry)]

    def merge(self, geometries: Iterable[dict[str, Any]], digits: int = 4) -> list[Ring]:
        """The rings around geometries taken together, holes among them; closed, winding kept.

        They run along the arcs that are left when those walked both ways cancel each other: what
        two geometries share lies inside.
        """
        net: Counter[int] = Counter()
        for geometry in geometries:
            for arc in chain.from_iterable(chain.from_iterable(_rings(geometry))):
                net[arc if arc >= 0 else ~arc] += 1 if arc >= 0 else -1
        ahead: dict[Point, list[Ring]] = {}
        for arc, count in net.items():
            # What is left after cancelling leaves each point as often as it comes to it.
            for _ in range(abs(count)):
                points = self._arc(arc if count > 0 else ~arc, digits)
                ahead.setdefault(points[0], []).append(points)
        merged = []
        while ahead:
            start = next(iter(ahead))
            ring = [start]
            while ring[-1] in ahead:
                following = ahead[ring[-1]]
                points = following.pop()
                if not following:
                    del ahead[ring[-1]]
                ring.extend(points[1:])
            if len(ring) > 3:
                merged.append(ring)
        return merged

    def mesh(self, geometries: Iterable[dict[str, Any]], digits: int = 4) -> list[Ring]:
        """The lines along which geometries border on each other, each once."""
        uses = Counter(chain.from_iterable(arc_numbers(geometry) for geometry in geometries))
        return [self._arc(arc, digits) for arc, count in sorted(uses.items()) if count > 1]

    def _ring(self, arcs: list[int], digits: int) -> Ring:
        ring: Ring = []
        for index in arcs:
            points = self._arc(index, digits)
            ring.extend(points[1:] if ring else points)
        return ring

    def _arc(self, index: int, digits: int) -> Ring:
        # A negative index is the one's complement of an arc that is walked backwards.
        steps = self._arcs[index if index >= 0 else ~index]
        xs = accumulate(step[0] for step in steps)
        ys = accumulate(step[1] for step in steps)
        points = [
            (
                round(x * self._scale[0] + self._translate[0], digits),
                round(y * self._scale[1] + self._translate[1], digits),
            )
            for x, y in zip(xs, ys, strict=True)
        ]
        return points if index >= 0 else points[::-1]


def _rings(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The arcs of a geometry as polygons of rings."""
    arcs = geometry["arcs"]
    return list(arcs) if geometry["type"] == "MultiPolygon" else [arcs]


def arc_numbers(geometry: dict[str, Any]) -> Iterator[int]:
    """The number of every arc that a geometry uses, whichever way it is walked."""
    for index in chain.from_iterable(chain.from_iterable(_rings(geometry))):
        yield index if index >= 0 else ~index


def neighbours(geometries: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """Which geometries share an arc, by id. Touching in a point only is not sharing."""
    owners: dict[int, set[str]] = {}
    result: dict[str, set[str]] = {}
    for geometry in geometries:
        result[geometry["id"]] = set()
        for arc in arc_numbers(geometry):
            owners.setdefault(arc, set()).add(geometry["id"])
    for ids in owners.values():
        for one in ids:
            result[one] |= ids - {one}
    return result


def keep(document: dict[str, Any], wanted: dict[str, dict[str, dict[str, Any]]]) -> dict[str, Any]:
    """A smaller document that has only the `wanted` geometries and the arcs they use."""
    used = sorted(
        {arc for shapes in wanted.values() for g in shapes.values() for arc in arc_numbers(g)}
    )
    number = {old: new for new, old in enumerate(used)}

    def renumber(value: Any) -> Any:
        if isinstance(value, list):
            return [renumber(item) for item in value]
        return number[value] if value >= 0 else ~number[~value]

    return {
        "type": "Topology",
        "transform": document["transform"],
        "objects": {
            name: {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": g["type"], "id": geoid, "arcs": renumber(g["arcs"])}
                    for geoid, g in sorted(shapes.items())
                ],
            }
            for name, shapes in wanted.items()
        },
        "arcs": [document["arcs"][old] for old in used],
    }
