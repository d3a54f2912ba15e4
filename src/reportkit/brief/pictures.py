"""The two charts of a brief as blocks: title, drawing, words for those who cannot see it, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import Chart, Model, Span, Spans, Table
from reportkit.brief.charts import Bar, Outlines, locator_map, timeline, to_outlines
from reportkit.evidence import Value
from reportkit.findings import Covering
from reportkit.places import has_outline, state_outline
from reportkit.store import Agreement

_SHOWN: tuple[Model, ...] = ("TFM", "JEM", "WSO", "none")
# More bars than this make no readable picture; the table of the status section has them all.
_BARS = 14


def map_chart(brief: Brief) -> Chart | None:
    """The counties of the state by widest county-wide model; None where it would be empty."""
    national, words, place = brief.national, brief.words, brief.place
    counties = national.gazetteer.counties(place.state)
    if not counties:
        return None
    models = {county.geoid: national.widest(county.geoid) for county in counties}
    numbers = Counter(models.values())
    taking_part = len(counties) - numbers["none"]
    if not taking_part:
        return None
    title = words.text(
        "map.title",
        {"participating": taking_part, "counties": len(counties), "state": place.state_name},
    )
    key: dict[str, str] = {
        model: words.text("map.key", {"model": _model_words(brief, model), "n": numbers[model]})
        for model in _SHOWN
        if numbers[model]
    }
    county = place.county_geoid
    outlined = county if county and has_outline(county) else None
    note = ""
    if county and not outlined:
        note = words.text("map.note.missing", {"place": national.gazetteer.place(county).name})
    elif any(not has_outline(item.geoid) for item in counties):
        note = words.text("map.note.state")
    name = national.gazetteer.place(county).name if county else ""
    svg = locator_map(
        _outlines(place.state_fips), models, outlined, words.name(name), key, note=note
    )
    alt = words.text(
        "map.alt" if outlined else "map.alt.state",
        {
            "state": place.state_name,
            "place": name,
            "parts": tuple(
                words.text("map.part", {"key": _model_words(brief, model), "n": numbers[model]})
                for model in key
            ),
        },
    )
    rows = tuple(
        (_cell(_model_words(brief, model)), _cell(words.number(numbers[model]))) for model in key
    )
    table = _folded(
        words.text("chart.table.map", {"state": place.state_name}),
        (words.text("head.models"), words.text("head.county")),
        rows,
    )
    return Chart(title, svg, alt, _source(brief, "map.source"), table)


@lru_cache(maxsize=64)
def _outlines(state_fips: str) -> Outlines:
    """The counties of a state in pixels, kept for all its briefs."""
    return to_outlines(state_outline(state_fips)["features"])


def timeline_chart(brief: Brief) -> Chart | None:
    """The place's agreements above its state's number on each list; None where it has none."""
    words, place, lists = brief.words, brief.place, brief.national.snapshot.lists
    counts = brief.national.growth[place.state]
    held = [] if place.kind == "state" else [*brief.status.local, *_ended(brief)]
    if not held and (place.kind != "state" or not any(number for _, number in counts)):
        return None
    drawn = held[:_BARS]
    bars = [
        Bar(
            agency=item.agency.name,
            label=words.text(
                "timeline.bar", {"agency": item.agency.name, "model": item.held.model}
            ),
            model=item.held.model,
            start=item.held.first.list.date.isoformat(),
            end=item.held.absent.date.isoformat() if item.held.absent else None,
        )
        for item in drawn
    ]
    values: dict[str, Value] = {
        "n": len(held),
        "state": place.state_name,
        "before": counts[0][1],
        "after": counts[-1][1],
        "first": lists[0].date.isoformat(),
        "last": lists[-1].date.isoformat(),
    }
    svg = timeline(
        bars,
        counts,
        brief.as_of.isoformat(),
        words.text("timeline.counts", {"state": place.state_name}),
    )
    spoken = tuple(
        words.text(
            "timeline.bar.alt.ended" if item.held.absent else "timeline.bar.alt",
            {
                "agency": item.agency.name,
                "model": item.held.model,
                "start": item.held.first.list.date.isoformat(),
                "end": item.held.last.list.date.isoformat(),
            },
        )
        for item in drawn
    )
    kind = ".state" if place.kind == "state" else ""
    return Chart(
        words.text(f"timeline.title{kind}", values),
        svg,
        words.text(f"timeline.alt{kind}", {**values, "bars": spoken}),
        _source(brief, "timeline.source"),
        _growth_table(brief, counts),
    )


def _ended(brief: Brief) -> Iterator[Covering[Agreement]]:
    return (item for item in brief.status.ended if item.local)


def _growth_table(brief: Brief, counts: tuple[tuple[str, int], ...]) -> Table:
    words = brief.words
    last_of_year = {date[:4]: (date, number) for date, number in counts}
    rows = tuple(
        (_cell(words.date(date)), _cell(words.number(number)))
        for date, number in last_of_year.values()
    )
    return _folded(
        words.text("chart.table.timeline", {"state": brief.place.state_name}),
        (words.text("head.list_date"), words.text("head.agreements")),
        rows,
    )


def _folded(caption: str, head: tuple[str, str], rows: tuple[tuple[Spans, ...], ...]) -> Table:
    return Table(caption, head, rows, ("left", "right"), folded=True, in_pdf=False)


def _source(brief: Brief, message: str) -> Spans:
    lists = brief.national.snapshot.lists
    text = brief.words.text(
        message,
        {
            "list_date": lists[-1].date.isoformat(),
            "first": lists[0].date.isoformat(),
            "last": lists[-1].date.isoformat(),
        },
    )
    claim = brief.claim("context.state")
    return (Span(text, cites=brief.ledger.numbers(claim) if claim else ()),)


def _model_words(brief: Brief, model: str) -> str:
    return brief.words.text("map.key.none") if model == "none" else brief.words.model(model)


def _cell(text: str) -> Spans:
    return (Span(text),)
