"""Maps of the country and of one state by model, each area a link to its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from reportkit.brief.charts import WIDTH, Outlines, to_outlines
from reportkit.brief.templates.nation import BLANK, nation_shapes
from reportkit.brief.templates.outline import Ring
from reportkit.places import Gazetteer, has_outline, state_outline
from reportkit.production.site.entries import NONE, UNTOLD, Entry
from reportkit.roster.values import MODELS

KINDS = (NONE, *MODELS, UNTOLD)
"""What an area can be, in the order of drawing: what comes later lies over what came before."""


@dataclass(frozen=True, slots=True)
class Area:
    """A shape as the `d` of a path; `geoid` is empty for one that is no link."""

    kind: str
    path: str
    geoid: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """The shapes of a map from the ground up, its size in pixels, and counties by kind."""

    areas: tuple[Area, ...]
    links: tuple[Area, ...]
    width: float
    height: float
    numbers: Mapping[str, int]

    @property
    def shown(self) -> tuple[str, ...]:
        """The kinds to name in the key, those with agreements first."""
        return tuple(kind for kind in (*MODELS, NONE, UNTOLD) if self.numbers.get(kind))


def nation_map(entries: Iterable[Entry]) -> Map:
    """The counties of the country; each state with a brief is a link over them."""
    held = {entry.place.geoid: entry for entry in entries}
    gazetteer = Gazetteer.load()
    models = {
        county.geoid: _kind(held.get(county.geoid))
        for state in gazetteer.states
        for county in gazetteer.counties(state.state)
    }
    areas, outlines, height = _nation(tuple(models.items()))
    told = {geoid[:2] for geoid in held}
    links = [Area("", path, geoid if geoid in told else "") for geoid, path in outlines.items()]
    return Map(areas, tuple(links), WIDTH, height, _numbers(models))


@lru_cache(maxsize=2)
def _nation(
    models: tuple[tuple[str, str], ...],
) -> tuple[tuple[Area, ...], Mapping[str, str], float]:
    """The areas of the country, the paths of states by id, and the height; kept for each language."""
    shapes, height = nation_shapes(dict(models), WIDTH, states=True)
    areas = [Area(kind, to_path(shapes[kind])) for kind in KINDS if shapes.get(kind)]
    if shapes.get(BLANK):
        areas.append(Area(UNTOLD, to_path(shapes[BLANK])))
    states = [state.geoid for state in Gazetteer.load().states if state.geoid in shapes]
    outlines = {geoid: to_path(shapes[geoid]) for geoid in states}
    return tuple(areas), MappingProxyType(outlines), height


def state_map(fips: str, entries: Iterable[Entry]) -> Map | None:
    """The counties of a state, each with a brief a link; None where no outline is on hand."""
    held = {entry.place.geoid: entry for entry in entries}
    outlines = _outlines(fips)
    counties = [geoid for geoid in outlines.counties if has_outline(geoid) and len(geoid) == 5]
    if not counties:
        return None
    models = {geoid: _kind(held.get(geoid)) for geoid in counties}
    blank = [shape for geoid, shape in outlines.counties.items() if geoid not in models]
    areas = [Area(UNTOLD, to_path(shape)) for shape in blank]
    areas += [
        Area(kind, to_path(outlines.counties[geoid]), geoid if geoid in held else "")
        for geoid, kind in models.items()
    ]
    return Map(tuple(areas), (), outlines.width, outlines.height, _numbers(models))


def _kind(entry: Entry | None) -> str:
    return entry.widest if entry else UNTOLD


def _numbers(models: Mapping[str, str]) -> Mapping[str, int]:
    held = list(models.values())
    return {kind: held.count(kind) for kind in KINDS}


@lru_cache(maxsize=64)
def _outlines(fips: str) -> Outlines:
    return to_outlines(state_outline(fips)["features"])


def to_path(rings: Sequence[Ring]) -> str:
    """Rings as the `d` of an SVG path, each point relative to the one before."""
    return "".join(map(_ring, rings))


def _ring(ring: Ring) -> str:
    (x, y), *rest = ring[:-1] if ring[0] == ring[-1] else ring
    parts = [f"M{x:g},{y:g}l"]
    for across, down in rest:
        parts.append(f"{_signed(across - x)}{_signed(down - y)}")
        x, y = across, down
    return "".join(parts).replace("l ", "l") + "z"


def _signed(number: float) -> str:
    """A number behind another one: a minus parts them, else a blank does."""
    text = f"{number:g}".replace("0.", ".") if abs(number) < 1 else f"{number:g}"
    return text if text.startswith("-") else f" {text}"
