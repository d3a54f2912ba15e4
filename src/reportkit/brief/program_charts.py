"""The charts of the brief on the nation: agreements of each model over time, counties on a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportkit.brief.charts import (
    MUTED,
    PAPER,
    WIDTH,
    areas,
    by_model,
    inline,
    key_lines,
    load_altair,
    map_key,
    polygon,
    shape_by_model,
    to_svg,
)
from reportkit.brief.templates.nation import BLANK, BORDERS, nation_shapes
from reportkit.roster.values import MODELS

_PLOT, _HEIGHT = 244, 230
# A label has two lines and keeps off the next one; a letter of a wide face takes so much.
_LABEL, _LEADING, _LETTER = 34, 15, 7.6
_LABELS = 196
# The ground comes first: what is drawn later lies over it.
_DRAWN = ("none", *MODELS)


def growth_lines(
    counts: Mapping[str, Sequence[tuple[str, int]]],
    labels: Mapping[str, tuple[str, str]],
    as_of: str,
) -> str:
    """Agreements of each model on each list as steps, named at their ends.

    Args:
        counts: ISO date of a list and its number of agreements, ascending, by model.
        labels: two lines to write at the end of each model's line.
        as_of: ISO date at which the lines end.
    """
    alt = load_altair()
    first = min(date for held in counts.values() for date, _ in held)
    most = max(count for held in counts.values() for _, count in held)
    x = alt.X(
        "date:T",
        scale=alt.Scale(type="utc", domain=[first, as_of], range=[4, _PLOT], nice=False),
        axis=alt.Axis(title=None, format="%Y", tickCount="year", labelFlush=True),
    )
    y = alt.Y(
        "count:Q",
        scale=alt.Scale(domain=[0, most * 1.04], nice=False),
        axis=alt.Axis(title=None, tickCount=5, orient="left"),
    )
    rows = [
        {"model": model, "date": date, "count": count}
        for model, held in counts.items()
        for date, count in [*_changes(held), (as_of, held[-1][1])]
    ]
    last = {model: held[-1][1] for model, held in counts.items()}
    tops = _spread(tuple(last.values()), most * 1.04)
    ends = [
        {"model": model, "date": as_of, "count": last[model], "label": labels[model], "top": top}
        for model, top in zip(last, tops, strict=True)
    ]
    end = alt.Chart(inline(ends))
    longest = max(len(line) for label in labels.values() for line in label)
    beside = max(_LABELS, 14 + round(longest * _LETTER))
    return to_svg(
        alt.layer(
            alt.Chart(inline(rows))
            .mark_line(interpolate="step-after", strokeWidth=2)
            .encode(x=x, y=y, color=by_model(alt.Color)),
            end.mark_point(filled=True, size=80, opacity=1).encode(
                x=x, y=y, shape=shape_by_model(), fill=by_model(alt.Fill), stroke=alt.value(PAPER)
            ),
            end.mark_text(align="left", baseline="top", lineHeight=_LEADING).encode(
                x=alt.value(_PLOT + 14), y=alt.Y("top:Q", scale=None, axis=None), text="label:N"
            ),
        ).properties(width=_PLOT + beside, height=_HEIGHT)
    )


def _changes(held: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The first list and each with another number than the one before: all that a step shows.

    A line begins with the first agreement.
    """
    changes = [item for n, item in enumerate(held) if n == 0 or item[1] != held[n - 1][1]]
    return changes[1:] if changes[0][1] == 0 and len(changes) > 1 else changes


def _spread(counts: Sequence[int], most: float) -> list[float]:
    """The top of each label in pixels, beside its line's end, none over another."""
    tops = {n: _HEIGHT * (1 - count / most) - _LEADING for n, count in enumerate(counts)}
    below = float(_HEIGHT)
    for n in sorted(tops, key=lambda n: -tops[n]):
        tops[n] = below = min(tops[n], below - _LABEL)
    return [round(tops[n], 1) for n in range(len(counts))]


def nation_map(models: Mapping[str, str], key: Mapping[str, str], *, note: str = "") -> str:
    """The counties of the 50 states by their most far-reaching county-wide model.

    Args:
        models: the model of each county by GEOID, "none" for none. Counties of one model are
            drawn as one area; a state whose counties have no outline is an empty shape.
        key: what to write for each model, for example "Task Force: 53 counties".
        note: a line under the map.
    """
    alt = load_altair()
    drawn, height = nation_shapes(models, WIDTH)
    coloured = [{"model": model, **polygon(drawn[model])} for model in _DRAWN if drawn.get(model)]
    borders = {"type": "MultiLineString", "coordinates": drawn[BORDERS]}
    layers = [
        areas("areas", stroke=None).encode(fill=by_model(alt.Fill)),
        areas(BORDERS, fill=None),
        areas(BLANK, fill=None, stroke=MUTED),
        *map_key(key, height + 14, note),
    ]
    lines = key_lines(key) + bool(note)
    chart = alt.layer(*layers).properties(width=WIDTH, height=height + 14 + 22 * lines)
    rows = {
        "areas": coloured,
        BORDERS: [{"type": "Feature", "geometry": borders}],
        BLANK: [polygon(drawn[BLANK])],
    }
    return to_svg(chart.project(type="identity", scale=1, translate=[0, 0]), rows)
