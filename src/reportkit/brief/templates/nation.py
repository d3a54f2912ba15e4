"""The country in pixels: areas of counties, and with them borders or states; Alaska and Hawaii apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from reportkit.brief.templates.outline import Ring, fit, rings
from reportkit.places import has_outline, merged_counties, nation_outline, state_borders

BORDERS, BLANK = "borders", "blank"
"""The lines between states, and states that are drawn and whose counties are not."""
# FIPS codes of the states that are drawn apart, with the box of each: left, share of the height
# above it, width and height in pixels.
_INSETS = {"02": (0.0, 0.77, 112.0, 74.0), "15": (122.0, 0.86, 62.0, 40.0)}
_MAINLAND = "mainland"
# Half a pixel, as for a state, would double the size of the drawing and show nothing more.
_GRID = 1.0


def nation_shapes(
    models: Mapping[str, str], width: float, *, states: bool = False
) -> tuple[dict[str, list[Ring]], float]:
    """The areas of the models, and the map's height.

    Args:
        models: the model of each county by GEOID, "none" for none. Counties of one model are one
            area; all of them lie under it as the area "none".
        width: of the map in pixels.
        states: give each state's outline too, by its FIPS code, in place of the lines between them.

    Returns:
        Rings by model, by `BLANK`, and by `BORDERS` or the codes of states.
    """
    counties: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for geoid, model in models.items():
        if has_outline(geoid):
            # All counties lie below, which takes fewer points than those that are left.
            for name in dict.fromkeys(("none", model)):
                counties[_frame(geoid)][name].append(geoid)
    frames = {
        frame: {model: merged_counties(geoids) for model, geoids in held.items()}
        for frame, held in counties.items()
    }
    known = {geoid[:2] for geoid in models if has_outline(geoid)}
    wanted = {geoid[:2] for geoid in models}
    outlines = {
        feature["id"]: rings(feature["geometry"])
        for feature in nation_outline()["features"]
        if feature["id"] in wanted
    }
    blank = [ring for fips, outline in outlines.items() if fips not in known for ring in outline]
    frames[_MAINLAND][BLANK] = blank
    if states:
        for fips, outline in outlines.items():
            frames[_frame(fips)][fips] = outline
    else:
        frames[_MAINLAND][BORDERS] = state_borders()
    drawn, _, height = fit(frames[_MAINLAND], width, width, grid=_GRID, lines=(BORDERS,))
    for state, (right, share, wide, tall) in _INSETS.items():
        inset, _, _ = fit(frames[state], wide, tall, grid=_GRID)
        for name, outline in _moved(inset, right, round(height * share)).items():
            drawn.setdefault(name, []).extend(outline)
    return drawn, max(y for outline in drawn.values() for ring in outline for _, y in ring)


def _frame(geoid: str) -> str:
    """The part of the map that a county is drawn in."""
    return geoid[:2] if geoid[:2] in _INSETS else _MAINLAND


def _moved(outlines: Mapping[str, list[Ring]], right: float, down: float) -> dict[str, list[Ring]]:
    return {
        name: [[(x + right, y + down) for x, y in ring] for ring in outline]
        for name, outline in outlines.items()
    }
