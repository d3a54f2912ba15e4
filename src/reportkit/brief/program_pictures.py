"""The charts of the brief on the nation as blocks: title, drawing, alternative text, figures."""

from __future__ import annotations

from collections import Counter

from reportkit.brief.blocks import Chart, Span, Spans, Table
from reportkit.brief.program import Program
from reportkit.brief.program_charts import growth_lines, nation_map
from reportkit.brief.spans import need, row_cells
from reportkit.findings.coverage import widest_models
from reportkit.findings.growth import find_growth
from reportkit.roster.values import MODELS

_SHOWN = (*MODELS, "none")


def growth_chart(brief: Program) -> Chart:
    """Agreements of each model on each list, with the last list of each year as a table."""
    words, growth = brief.words, find_growth(brief.national)
    held = {
        model: [(point.date, point.counts.models.get(model, 0)) for point in growth.points]
        for model in MODELS
        if growth.first_with(model)
    }
    labels = {
        model: (
            words.model(model),
            words.text("growth.chart.count", {"n": counts[-1][1]}),
        )
        for model, counts in held.items()
    }
    title = need(brief, "growth.chart")
    models = tuple(f"{counts[-1][1]} {model}" for model, counts in held.items())
    rows = brief.claims("growth.point.")
    table = Table(
        words.text("growth.points"),
        (
            *(words.text(f"head.{name}") for name in ("list_date", "agencies", "agreements")),
            *(words.model(model) for model in MODELS),
        ),
        tuple(row_cells(brief, claim) for claim in rows),
        ("left", *("right",) * 5),
        folded=True,
        widths=(1.6, 1.1, 1.2, 1.1, 1.5, 1.9),
    )
    return Chart(
        brief.text(title),
        growth_lines(held, labels, brief.as_of.isoformat()),
        words.text("growth.chart.alt", {**title.values, "models": models}),
        (
            Span(
                words.text("growth.chart.source", title.values),
                claim=title.id,
                cites=brief.ledger.numbers(title),
            ),
        ),
        table,
    )


def coverage_map(brief: Program) -> Chart:
    """The counties by the most far-reaching model of their county-wide agencies."""
    words, models = brief.words, widest_models(brief.national)
    numbers = Counter(models.values())
    shown = [model for model in _SHOWN if numbers[model]]
    names = {m: words.text("map.key.none") if m == "none" else words.model(m) for m in shown}
    key = {m: words.text("map.key", {"model": names[m], "n": numbers[m]}) for m in shown}
    counties = need(brief, "people.counties")
    parts = tuple(words.text("map.part", {"key": names[m], "n": numbers[m]}) for m in shown)
    date = brief.national.snapshot.list.date.isoformat()
    return Chart(
        words.text("people.map.title", counties.values),
        nation_map(models, key, note=words.text("people.map.note")),
        words.text("people.map.alt", {"parts": parts}),
        (
            Span(
                words.text("map.source", {"list_date": date}),
                claim=counties.id,
                cites=brief.ledger.numbers(counties),
            ),
        ),
        Table(
            words.text("people.map.table"),
            (words.text("head.models"), words.text("head.county")),
            tuple((_cell(names[m]), _cell(words.number(numbers[m]))) for m in shown),
            ("left", "right"),
            folded=True,
            in_pdf=False,
        ),
    )


def _cell(text: str) -> Spans:
    return (Span(text),)
