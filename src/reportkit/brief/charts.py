"""The two charts of a brief, as SVG: where the place lies in its state, and what happened when.

Altair describes them and vl-convert draws them with the packed font's measures. Positions are
pixels of the drawing; the marks of the models are the ones that text and tables use, so colour
never speaks alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportkit.brief.drawing import draw
from reportkit.brief.templates.outline import Ring, fit, rings
from reportkit.brief.templates.svg import compact

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
    "font": FONT,
    "padding": 2,
    "view": {"stroke": None},
    "text": {"fontSize": 13, "color": INK},
    "axis": {
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


@dataclass(frozen=True, slots=True)
class Bar:
    """One agreement in the timeline; dates are ISO, `end` None while it is listed."""

    agency: str
    model: str
    start: str
    end: str | None
    label: str


def locator_map(
    features: Iterable[Mapping[str, Any]],
    models: Mapping[str, str],
    place: str | None,
    place_label: str,
    key: Mapping[str, str],
    *,
    note: str = "",
) -> str:
    """The counties of a state by their most far-reaching county-wide model, the place outlined.

    Args:
        features: GeoJSON features, one a county, with `id` its GEOID; no ring crosses 180°.
        models: The model of each GEOID. A shape without one is left blank: it stands for no county
            of today, which is not the same as a county without agreements.
        place: GEOID of the county to outline, None to outline none.
        place_label: What to write beside the outline.
        key: What to write for each model, for example "Task Force: 53 counties".
        note: A line under the map, such as that the place has no outline in these boundaries.
    """
    alt = load_altair()
    counties = {str(feature["id"]): rings(feature["geometry"]) for feature in features}
    counties, width, height = fit(counties, WIDTH, _MAP_HEIGHT)
    groups: dict[str | None, list[Ring]] = {}
    for geoid, outline in counties.items():
        groups.setdefault(models.get(geoid), []).extend(outline)
    blank = groups.pop(None, [])
    shapes = [{"model": model, **polygon(groups[model])} for model in COLOURS if model in groups]
    layers = [areas(shapes).encode(fill=by_model(alt.Fill))]
    if blank:
        layers.append(areas([polygon(blank)], fill=None, stroke=MUTED))
    if place in counties:
        outline = counties[place]
        layers.append(areas([polygon(outline)], fill=None, stroke=INK, strokeWidth=2.2))
        layers.extend(_place_label(outline, place_label, width))
    layers.extend(map_key(key, height + 14, note))
    rows = key_lines(key) + bool(note)
    chart = alt.layer(*layers).properties(width=WIDTH, height=height + 14 + 22 * rows)
    return to_svg(chart.project(type="identity", scale=1, translate=[0, 0]))


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
    alt = load_altair()
    first = min([bar.start for bar in bars] + [date for date, _ in counts] or [as_of])
    # Marks at either end stay inside the drawing, so that it lines up with the text around it.
    scale = alt.Scale(type="utc", domain=[first, as_of], range=[6, WIDTH - 4], nice=False)
    panels = []
    if bars:
        panels.append(_bars(bars, scale, as_of))
    if counts:
        panels.append(_counts(counts, scale, as_of, counts_label, today_label))
    return to_svg(alt.vconcat(*panels, spacing=26))


def _bars(bars: Sequence[Bar], scale: Any, as_of: str) -> Any:
    alt = load_altair()
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
    base = alt.Chart(inline(rows))
    x = alt.X("start:T", scale=scale, axis=None)
    y = alt.Y("y:Q", scale=None, axis=None)
    ended = [row for row, bar in zip(rows, bars, strict=True) if bar.end]
    colour = by_model(alt.Color)
    lines = base.mark_rule(strokeWidth=3).encode(x=x, x2="end:T", y=y, color=colour)
    starts = base.mark_point(filled=True, size=95, opacity=1).encode(
        x=x, y=y, shape=shape_by_model(), fill=by_model(alt.Fill), stroke=alt.value(PAPER)
    )
    stops = (
        alt.Chart(inline(ended))
        .mark_tick(orient="vertical", size=13, thickness=2.2, opacity=1)
        .encode(x=alt.X("end:T", scale=scale, axis=None), y=y, color=colour)
    )
    text = base.mark_text(align="left", baseline="top", lineHeight=_LEADING).encode(
        x=alt.value(0), y=alt.Y("text:Q", scale=None, axis=None), text="label:N"
    )
    return alt.layer(lines, starts, stops, text).properties(width=WIDTH, height=top)


def _counts(
    counts: Sequence[tuple[str, int]],
    scale: Any,
    as_of: str,
    label: str,
    today_label: str,
) -> Any:
    alt = load_altair()
    last = counts[-1][1]
    rows = [{"date": date, "count": count} for date, count in counts]
    rows.append({"date": as_of, "count": last})
    x = alt.X(
        "date:T",
        scale=scale,
        axis=alt.Axis(title=None, format="%Y", tickCount="year", labelFlush=True),
    )
    y = alt.Y(
        "count:Q",
        axis=alt.Axis(title=None, tickCount=3, orient="right"),
        scale=alt.Scale(zero=True),
    )
    line = alt.Chart(inline(rows)).mark_line(interpolate="step-after", color=INK, strokeWidth=1.6)
    end = alt.Chart(inline(rows[-1:])).encode(x=x, y=y)
    heading = alt.Chart(inline([{"label": label}])).mark_text(align="left", baseline="bottom")
    return alt.layer(
        line.encode(x=x, y=y),
        end.mark_point(filled=True, color=INK, size=34, opacity=1),
        end.mark_text(align="right", dx=-8, fontWeight=600).encode(
            text=alt.value(today_label or f"{last:,}")
        ),
        heading.encode(x=alt.value(0), y=alt.value(-8), text="label:N"),
    ).properties(width=WIDTH, height=96)


def _place_label(outline: Sequence[Ring], text: str, width: float) -> list[Any]:
    """The place's name beside its outline, on a halo that keeps it readable over borders."""
    alt = load_altair()
    xs = [x for ring in outline for x, _ in ring]
    ys = [y for ring in outline for _, y in ring]
    above = min(ys) > 24
    y = min(ys) - 9 if above else max(ys) + 15
    middle = (min(xs) + max(xs)) / 2
    align = "left" if middle < width * 0.3 else "right" if middle > width * 0.7 else "center"
    anchor = {"left": min(xs), "right": max(xs), "center": middle}[align]
    point = inline([{"x": anchor, "y": y, "text": text}])
    encoding = {
        "x": alt.X("x:Q", scale=None, axis=None),
        "y": alt.Y("y:Q", scale=None, axis=None),
        "text": alt.Text("text:N"),
    }
    style = {"align": align, "fontWeight": 600, "fontSize": 14}
    halo = alt.Chart(point).mark_text(
        stroke=PAPER, strokeWidth=4, strokeJoin="round", color=PAPER, **style
    )
    return [halo.encode(**encoding), alt.Chart(point).mark_text(**style).encode(**encoding)]


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


def areas(features: list[dict[str, Any]], **style: Any) -> Any:
    """A layer of outlines in pixels."""
    alt = load_altair()
    look = {"stroke": PAPER, "strokeWidth": 0.6, "strokeJoin": "round", **style}
    return alt.Chart(inline(features)).mark_geoshape(**look)


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


def to_svg(chart: Any) -> str:
    """A chart drawn with the look that all share."""
    # Altair's check of every part against its schema takes longer than drawing; tests make it.
    spec = {**chart.to_dict(validate=VALIDATE), "config": _CONFIG}
    return compact(draw(spec), patterns=COLOURS)


@cache
def load_altair() -> Any:
    """Altair takes a second to import, which only a brief with charts should pay."""
    import altair
    from altair.utils import schemapi

    schemapi.enable_debug_mode() if VALIDATE else schemapi.disable_debug_mode()
    return altair
