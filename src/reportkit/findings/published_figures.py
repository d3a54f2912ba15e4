"""What sources say of the size of the program, held against the lists of the same days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from reportkit.evidence import Claim, Value
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim, known
from reportkit.findings.claims import claim
from reportkit.findings.coverage import people_covered
from reportkit.findings.growth import Growth, Point, find_growth
from reportkit.findings.national import National
from reportkit.library import load_facts
from reportkit.library.conflicts import load_conflicts
from reportkit.library.figures import Figure, load_figures
from reportkit.library.statements import TOLERANCE

_TOPIC = "growth-figures"
_DISPUTED = {"growth", "coverage"}
_RULE = "published figure beside the lists on hand of that day or month"


@dataclass(frozen=True, slots=True)
class Compared:
    """A published figure and the same count on the lists of its time.

    `low` and `high` are lists, the same one where one list answers; None where no list on hand is
    as old or as new. `record` holds their counts.
    """

    figure: Figure
    low: Point | None
    high: Point | None
    record: tuple[int, int] | None

    @property
    def agrees(self) -> bool:
        """Whether the record shows the published number, as exactly as the source gives it."""
        if self.record is None:
            return False
        low, high = self.record
        value = self.figure.value
        near = value * TOLERANCE / 100
        checks: Mapping[str, bool] = {
            "exactly": low <= value <= high,
            "more_than": high > value,
            "almost": low < value <= high + near,
            "about": low - near <= value <= high + near,
        }
        return checks[self.figure.said]


def find_compared(national: National) -> tuple[Compared, ...]:
    """The published figures known by the as-of date, each with the record of its time."""
    growth, as_of, facts = find_growth(national), national.snapshot.as_of, load_facts()
    return tuple(
        _compare(item, growth, _counter(item, national))
        for item in load_figures()
        if known(facts[item.fact], as_of) and item.span[1] <= as_of
    )


def _counter(figure: Figure, national: National) -> Callable[[Point], int]:
    counters: Mapping[str, Callable[[Point], int]] = {
        "agreements": lambda point: point.counts.agreements,
        "agencies": lambda point: point.counts.agencies,
        "states": lambda point: len(point.by_state),
        "task_force": lambda point: point.counts.models.get("TFM", 0),
        "people": lambda point: people_covered(point.held, national.gazetteer),
    }
    return counters[figure.unit]


def _compare(figure: Figure, growth: Growth, counter: Callable[[Point], int]) -> Compared:
    """The lists in force at the time: for a month, on its first day and since; for a day, the list
    before it and, where that says otherwise, the one after, as lists change within a day too."""
    first, last = figure.span
    points = [point for point in growth.points if first < point.list.date <= last]
    if before := growth.on(first):
        points.insert(0, before)
        after = next((point for point in growth.points if point.list.date > last), None)
        if first == last and after and counter(before) != figure.value:
            points.append(after)
    if not points or growth.newest.list.date < first:
        return Compared(figure, None, None, None)
    counted = [(counter(point), number) for number, point in enumerate(points)]
    low, high = min(counted), max(counted)
    if low[0] == high[0]:
        high = low
    return Compared(figure, points[low[1]], points[high[1]], (low[0], high[0]))


def figure_claims(national: National, cite: Citations) -> tuple[Claim, ...]:
    """How many figures the record bears out, a row for each, then figures that name no day."""
    compared = find_compared(national)
    facts, as_of = load_facts(), national.snapshot.as_of
    told = {item.figure.fact for item in compared}
    others = [
        fact.id
        for fact in facts.values()
        if fact.topic == _TOPIC and fact.id not in told and known(fact, as_of)
    ]
    return (
        *_summary(compared, cite),
        *_rows(compared, find_growth(national), cite),
        *(fact_claim(name, "figures.other", cite) for name in others),
        *_conflicts(as_of, cite),
    )


def _conflicts(as_of: dt.date, cite: Citations) -> Iterator[Claim]:
    """Why sources disagree, as far as that and two of the sources were known by the as-of date."""
    facts = load_facts()
    for conflict in load_conflicts().values():
        held = [facts[name] for name in conflict.facts if known(facts[name], as_of)]
        if conflict.topic in _DISPUTED and len(held) > 1 and known(conflict, as_of):
            yield claim(
                f"figures.conflict.{conflict.id}",
                f"conflict.{conflict.id}",
                "cited facts that do not agree, and why",
                (*(cite.fact(fact.id) for fact in held), cite.library("conflicts", conflict.id)),
            )


def _summary(compared: tuple[Compared, ...], cite: Citations) -> Iterator[Claim]:
    answered = [item for item in compared if item.record is not None]
    if answered:
        yield claim(
            "figures.summary",
            "figures.summary",
            _RULE,
            (cite.library("figures"), cite.table("lists")),
            n=len(answered),
            k=sum(item.agrees for item in answered),
        )


def _shape(item: Compared, growth: Growth) -> str:
    """How the record answers: one list, a range of lists, or none as old or as new."""
    if item.record is None:
        return "later" if item.figure.span[0] > growth.newest.list.date else "before"
    return "one" if item.low is item.high else "range"


def _rows(compared: tuple[Compared, ...], growth: Growth, cite: Citations) -> Iterator[Claim]:
    for item in compared:
        figure, fact = item.figure, load_facts()[item.figure.fact]
        points = (item.low, item.high) if item.record else (growth.points[0], growth.newest)
        lists = [cite.list(point.list) for point in points if point]
        shape = _shape(item, growth)
        said = "" if figure.said == "exactly" else ".said"
        read = f"figures.source.{fact.confidence}"
        values: dict[str, Value] = {
            "source": f"{read} {fact.publisher}",
            "said": f"figures.said.{figure.said}",
            "value": figure.value,
            "unit": f"figures.unit.{figure.unit}",
            "day": figure.day,
        }
        if item.record is not None:
            low, high = cast(Point, item.low), cast(Point, item.high)
            values |= {
                "record": item.record[0],
                "high": item.record[1],
                "list_date": low.date,
                "high_date": high.date,
            }
        yield claim(
            f"figures.row.{figure.id}",
            f"figures.row.{shape}{said}",
            _RULE,
            tuple(dict.fromkeys((cite.fact(figure.fact), *lists))),
            **values,
        )
