"""The two charts of a brief, as SVG: where the place lies in its state, and what happened when.

Altair describes them and vl-convert draws them with the packed font's measures. Positions are
pixels of the drawing; the marks of the models are the ones that text and tables use, so colour
never speaks alone.

Briefs of a state share most of both, so that is drawn once: the map with its key, and the state's
line under the timeline. What is the place's own is drawn for each and joined to it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from reportkit.brief.drawing import Rows, draw
from reportkit.brief.templates.outline import Ring, fit, rings
from reportkit.brief.templates.svg import (
    Drawing,
    above,
    compact,
    put_together,
    repeat_text,
    stacked,
    taken_apart,
)

INK, MUTED, RULE, PAPER = "#1F1D1A", "#5E5A52", "#D8D3C7", "#FFFFFF"
FONT = "Public Sans, system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif"
COLOURS: Mapping[str, str] = {
    "TFM": "#B4532A",
    "JEM": "#2F6690",
    "WSO": "#7A8B3C",
    "none": "#C9C7C1",
}
SHAPES: Mapping[str, str] = {
    "TFM": "square",
    "JEM": "diamond",
    "WSO": "triangle-up",
    "none": "square",
}
WIDTH = 480
_CONFIG = {
    "background": None,
    # Screen readers get the chart's text and table, see templates/svg.py; labels would take time.
    "aria": False,
    "font": FONT,
    "padding": 2,
    "view": {"stroke": None},
    "text": {"fontSize": 13, "color": INK},
    "axis": {
        "aria": False,
        "labelFontSize": 12,
        "labelColor": MUTED,
        "gridColor": RULE,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    },
    "axisX": {"grid": False, "domain": True, "ticks": True},
}
VALIDATE = False
_LINE, _LEADING = 60, 16
_MAP_HEIGHT = 300
_COUNTS_HEIGHT, _SPACING = 96, 26
_UNPROJECTED = {"type": "identity", "scale": 1, "translate": [0, 0]}
# Enough for all states on one day, so that any order of briefs draws what they share once.
_STATES = 64


@dataclass(frozen=True, slots=True)
class Bar:
    """One agreement in the timeline; dates are ISO, `end` None while it is listed."""

    agency: str
    model: str
    start: str
    end: str | None
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The counties of a state in pixels: rings by GEOID, width and height that all take up.

    Equal only to itself, so what is drawn of it can be kept.
    """

    counties: Mapping[str, Sequence[Ring]]
    width: float
    height: float


def to_outlines(features: Iterable[Mapping[str, Any]]) -> Outlines:
    """GeoJSON features, one a county, with `id` its GEOID, as pixels; no ring crosses 180°."""
    counties = {str(feature["id"]): rings(feature["geometry"]) for feature in features}
    return Outlines(*fit(counties, WIDTH, _MAP_HEIGHT))


def locator_map(
    outlines: Outlines,
    models: Mapping[str, str],
    place: str | None,
    place_label: str,
    key: Mapping[str, str],
    *,
    note: str = "",
) -> str:
    """The counties of a state by their most far-reaching county-wide model, the place outlined.

    Args:
        outlines: The counties.
        models: The model of each GEOID. A shape without one is left blank: it stands for no county
            of today, which is not the same as a county without agreements.
        place: GEOID of the county to outline, None to outline none.
        place_label: What to write beside the outline.
        key: What to write for each model, for example "Task Force: 53 counties".
        note: A line under the map, such as that the place has no outline in these boundaries.
    """
    height = outlines.height + 14 + 22 * (key_lines(key) + bool(note))
    parts = [_ground(outlines, tuple(models.items()))]
    if place is not None and place in outlines.counties:
        parts.append(_marked(outlines.counties[place], place_label, outlines.width))
    parts.append(_key(tuple(key.items()), outlines.height + 14, note, height))
    return put_together(stacked(parts), patterns=COLOURS)


def timeline(
    bars: Sequence[Bar],
    counts: Sequence[tuple[str, int]],
    as_of: str,
    counts_label: str,
    *,
    today_label: str = "",
) -> str:
    """The place's agreements over time, and under them how many its state had on each list.

    Args:
        bars: The agreements, in the order to show them; their labels stand above them.
        counts: ISO date of a list and the state's number of agreements on it, ascending.
        as_of: ISO date at which open bars end.
        counts_label: What to write above the state's line.
        today_label: What to write at the end of the line; the last number where it is empty.
    """
    first = min([bar.start for bar in bars] + [date for date, _ in counts] or [as_of])
    if not counts:
        return put_together(_bars(bars, first, as_of, alone=True), patterns=COLOURS)
    drawing = _counts(tuple(counts), first, as_of, counts_label, today_label)
    if bars:
        drawing = above(_bars(bars, first, as_of, alone=False), drawing)
    return put_together(drawing, patterns=COLOURS)


@lru_cache(maxsize=_STATES)
def _ground(outlines: Outlines, models: tuple[tuple[str, str], ...]) -> Drawing:
    """The areas of the models, and those that are no county."""
    groups: dict[str | None, list[Ring]] = {}
    known = dict(models)
    for geoid, outline in outlines.counties.items():
        groups.setdefault(known.get(geoid), []).extend(outline)
    blank = groups.pop(None, [])
    shapes = [{"model": model, **polygon(groups[model])} for model in COLOURS if model in groups]
    rows = {"areas": shapes, "blank": [polygon(blank)] if blank else []}
    return _drawn(_ground_shape(bool(blank)), rows)


@cache
def _ground_shape(blank: bool) -> dict[str, Any]:
    alt = load_altair()
    layers = [areas("areas").encode(fill=by_model(alt.Fill))]
    if blank:
        layers.append(areas("blank", fill=None, stroke=MUTED))
    return to_spec(_part_of_map(alt.layer(*layers)))


def _marked(outline: Sequence[Ring], text: str, width: float) -> Drawing:
    """The place's outline and beside it its name."""
    xs = [x for ring in outline for x, _ in ring]
    ys = [y for ring in outline for _, y in ring]
    above_it = min(ys) > 24
    y = min(ys) - 9 if above_it else max(ys) + 15
    middle = (min(xs) + max(xs)) / 2
    align = "left" if middle < width * 0.3 else "right" if middle > width * 0.7 else "center"
    anchor = {"left": min(xs), "right": max(xs), "center": middle}[align]
    point = {"x": anchor, "y": y}
    rows = {
        "place": [polygon(outline)],
        "halo": [{**point, "text": text}],
        # To measure words takes vl-convert longer than all else; the halo reaches further anyway.
        "label": [{**point, "text": "A"}],
    }
    return repeat_text(_drawn(_marked_shape(align), rows))


@cache
def _marked_shape(align: str) -> dict[str, Any]:
    """An outline, and a name on a halo that keeps it readable over borders."""
    alt = load_altair()
    encoding = {
        "x": alt.X("x:Q", scale=None, axis=None),
        "y": alt.Y("y:Q", scale=None, axis=None),
        "text": alt.Text("text:N"),
    }
    style = {"align": align, "fontWeight": 600, "fontSize": 14}
    halo, label = (alt.Chart(alt.NamedData(name)) for name in ("halo", "label"))
    halo = halo.mark_text(stroke=PAPER, strokeWidth=4, strokeJoin="round", color=PAPER, **style)
    chart = alt.layer(
        areas("place", fill=None, stroke=INK, strokeWidth=2.2),
        halo.encode(**encoding),
        label.mark_text(**style).encode(**encoding),
    )
    return to_spec(_part_of_map(chart))


def _part_of_map(chart: Any) -> Any:
    # One height for all maps, so that one chart serves all; the key is drawn with the map's own.
    return chart.properties(width=WIDTH, height=1, projection=_UNPROJECTED)


@lru_cache(maxsize=_STATES)
def _key(key: tuple[tuple[str, str], ...], top: float, note: str, height: float) -> Drawing:
    chart = load_altair().layer(*map_key(dict(key), top, note))
    return _drawn(to_spec(chart.properties(width=WIDTH, height=height)), {})


def _bars(bars: Sequence[Bar], first: str, as_of: str, *, alone: bool) -> Drawing:
    """The agreements; unless alone, above the place that `_counts` will take."""
    rows, top = [], 0
    for bar in bars:
        # Shorter than the drawing is wide, for small screens enlarge the words.
        lines = textwrap.wrap(bar.label, _LINE)
        bottom = top + _LEADING * len(lines) + 8
        rows.append(
            {
                "label": lines,
                "model": bar.model,
                "start": bar.start,
                "end": bar.end or as_of,
                "y": bottom,
                "text": top,
            }
        )
        top = bottom + 14
    ended = [row for row, bar in zip(rows, bars, strict=True) if bar.end]
    spec = _bars_shape(first, as_of)
    panel, *under = spec["vconcat"]
    panels = [{**panel, "height": top}, *(() if alone else under)]
    return _drawn({**spec, "vconcat": panels}, {"bars": rows, "ended": ended})


@lru_cache(maxsize=8)
def _bars_shape(first: str, as_of: str) -> dict[str, Any]:
    alt = load_altair()
    scale = _scale(first, as_of)
    x = alt.X("start:T", scale=scale, axis=None)
    y = alt.Y("y:Q", scale=None, axis=None)
    colour = by_model(alt.Color)
    base, ended = (alt.Chart(alt.NamedData(name)) for name in ("bars", "ended"))
    lines = base.mark_rule(strokeWidth=3).encode(x=x, x2="end:T", y=y, color=colour)
    starts = base.mark_point(filled=True, size=95, opacity=1).encode(
        x=x, y=y, shape=shape_by_model(), fill=by_model(alt.Fill), stroke=alt.value(PAPER)
    )
    stops = ended.mark_tick(orient="vertical", size=13, thickness=2.2, opacity=1).encode(
        x=alt.X("end:T", scale=scale, axis=None), y=y, color=colour
    )
    text = base.mark_text(align="left", baseline="top", lineHeight=_LEADING).encode(
        x=alt.value(0), y=alt.Y("text:Q", scale=None, axis=None), text="label:N"
    )
    agreements = alt.layer(lines, starts, stops, text).properties(width=WIDTH)
    place = _heading(inline([{"label": "A"}])).properties(width=WIDTH, height=_COUNTS_HEIGHT)
    return to_spec(alt.vconcat(agreements, alt.layer(place), spacing=_SPACING))


@lru_cache(maxsize=_STATES)
def _counts(
    counts: tuple[tuple[str, int], ...], first: str, as_of: str, label: str, today_label: str
) -> Drawing:
    last = counts[-1][1]
    rows = [{"date": date, "count": count} for date, count in counts]
    rows.append({"date": as_of, "count": last, "text": today_label or f"{last:,}"})
    spec = _counts_shape(first, as_of)
    return _drawn(spec, {"counts": rows, "last": rows[-1:], "heading": [{"label": label}]})


@lru_cache(maxsize=8)
def _counts_shape(first: str, as_of: str) -> dict[str, Any]:
    alt = load_altair()
    x = alt.X(
        "date:T",
        scale=_scale(first, as_of),
        axis=alt.Axis(title=None, format="%Y", tickCount="year", labelFlush=True),
    )
    y = alt.Y(
        "count:Q",
        axis=alt.Axis(title=None, tickCount=3, orient="right"),
        scale=alt.Scale(zero=True),
    )
    line = alt.Chart(alt.NamedData("counts")).mark_line(
        interpolate="step-after", color=INK, strokeWidth=1.6
    )
    end = alt.Chart(alt.NamedData("last")).encode(x=x, y=y)
    panel = alt.layer(
        line.encode(x=x, y=y),
        end.mark_point(filled=True, color=INK, size=34, opacity=1),
        end.mark_text(align="right", dx=-8, fontWeight=600).encode(text="text:N"),
        _heading(alt.NamedData("heading")),
    ).properties(width=WIDTH, height=_COUNTS_HEIGHT)
    return to_spec(alt.vconcat(panel, spacing=_SPACING))


def _heading(data: Any) -> Any:
    alt = load_altair()
    mark = alt.Chart(data).mark_text(align="left", baseline="bottom")
    return mark.encode(x=alt.value(0), y=alt.value(-8), text="label:N")


def _scale(first: str, as_of: str) -> Any:
    # Marks at either end stay inside the drawing, so that it lines up with the text around it.
    return load_altair().Scale(type="utc", domain=[first, as_of], range=[6, WIDTH - 4], nice=False)


def map_key(key: Mapping[str, str], top: float, note: str) -> list[Any]:
    """A line for each model in the map: its mark and what it means."""
    alt = load_altair()
    shown = [model for model in COLOURS if model in key]
    rows = [
        {"model": model, "text": key[model], "x": 8, "y": top + 10 + 22 * index}
        for index, model in enumerate(shown)
    ]
    x = alt.X("x:Q", scale=None, axis=None)
    y = alt.Y("y:Q", scale=None, axis=None)
    base = alt.Chart(inline(rows))
    layers = [
        base.mark_point(shape="square", size=190, filled=True, opacity=1).encode(
            x=x, y=y, fill=by_model(alt.Fill)
        ),
        base.mark_text(align="left", baseline="middle", dx=14).encode(x=x, y=y, text="text:N"),
    ]
    if note:
        line = inline([{"text": note, "x": 0, "y": top + 10 + 22 * key_lines(key)}])
        mark = alt.Chart(line).mark_text(align="left", baseline="middle", color=MUTED, fontSize=12)
        layers.append(mark.encode(x=x, y=y, text="text:N"))
    return layers


def key_lines(key: Mapping[str, str]) -> int:
    """Lines that the key of a map takes."""
    return sum(model in key for model in COLOURS)


def polygon(outline: Sequence[Ring]) -> dict[str, Any]:
    """A GeoJSON feature of rings; holes tell themselves by their winding."""
    geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in outline]}
    return {"type": "Feature", "geometry": geometry}


def areas(data: str, **style: Any) -> Any:
    """A layer of outlines in pixels, GeoJSON features given by the name of their data set."""
    alt = load_altair()
    look = {"stroke": PAPER, "strokeWidth": 0.6, "strokeJoin": "round", **style}
    return alt.Chart(alt.NamedData(data)).mark_geoshape(**look)


def by_model(channel: Any) -> Any:
    """A colour channel for models, the same in all charts."""
    alt = load_altair()
    scale = alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    return channel("model:N", scale=scale, legend=None)


def shape_by_model() -> Any:
    """A shape channel for models, the same in all charts."""
    alt = load_altair()
    scale = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    return alt.Shape("model:N", scale=scale, legend=None)


def inline(rows: list[dict[str, Any]]) -> Any:
    """Rows as the data of a chart."""
    alt = load_altair()
    # Altair copies the parts of a chart again and again, and lists with them.
    return alt.InlineData(values=tuple(rows))


def to_svg(chart: Any, rows: Rows | None = None) -> str:
    """A chart drawn with the look that all share, from the rows of the data sets that it names."""
    return compact(draw(to_spec(chart), rows), patterns=COLOURS)


def to_spec(chart: Any) -> dict[str, Any]:
    """A chart as Vega-Lite, with the look that all share."""
    # Altair's check of every part against its schema takes longer than drawing; tests make it.
    return {**chart.to_dict(validate=VALIDATE), "config": _CONFIG}


def _drawn(spec: Mapping[str, Any], rows: Rows) -> Drawing:
    return taken_apart(draw(spec, rows))


@cache
def load_altair() -> Any:
    """Altair takes a second to import, which only a brief with charts should pay."""
    import altair
    from altair.utils import schemapi

    schemapi.enable_debug_mode() if VALIDATE else schemapi.disable_debug_mode()
    return altair
