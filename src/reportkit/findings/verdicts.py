"""Verdicts on statements: each is measured in its own unit and, where it fails, in the nearest one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from reportkit.evidence import Value
from reportkit.findings.cited import known
from reportkit.findings.measures import (
    Bracket,
    Reading,
    bracket,
    first_with,
    terms_held,
    variation,
)
from reportkit.findings.national import National
from reportkit.library import load_facts
from reportkit.library.statements import Statement
from reportkit.roster.values import MODELS
from reportkit.store import ListRecord

Verdict = Literal["holds", "other_unit", "other_power", "other_forms", "fails", "unknown"]
"""Of the six, three say that it holds for something else: another unit than it names, a power that
comes near it, or memoranda of different standard forms only."""

VERDICTS: tuple[Verdict, ...] = (
    "holds",
    "other_unit",
    "other_power",
    "other_forms",
    "fails",
    "unknown",
)

_OTHER_UNIT = {"agencies": "agreements", "agreements": "agencies", "states": "areas"}
_FAMILY = {"agencies": "held", "agreements": "held", "states": "areas", "models": "models"}
_RULES = {
    "count": "counted on the newest list on or before the time and on those up to the first after it",
    "growth": "change between the lists that bracket the two times",
    "memoranda": "memoranda on hand of agreements listed by the as-of date, by model",
    "variation": "terms on which memoranda on hand say different things",
    "facts": "cited facts known by the as-of date",
    "none": "nothing on hand that bears on it",
}


@dataclass(frozen=True)
class Checked:
    """A statement, the verdict and what it rests on.

    `message` and `values` say what the record shows. `lists`, `tables`, `facts` and `libraries`
    (data files that hold nothing on it) are the evidence. `reached` is the first list with as high
    a count, where the record shows less.
    """

    statement: Statement
    verdict: Verdict
    message: str
    rule: str
    values: Mapping[str, Value] = field(default_factory=dict)
    lists: tuple[ListRecord, ...] = ()
    tables: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    reached: Reading | None = None


def check(statement: Statement, national: National) -> Checked:
    """Measure what a statement says and judge it."""
    checks: Mapping[str, Callable[[Statement, National], Checked]] = {
        "growth": _growth,
        "memoranda": _memoranda,
        "variation": _variation,
        "facts": _facts,
        "none": _facts,
    }
    return checks.get(statement.measure, _count)(statement, national)


def fits(statement: Statement, number: float) -> bool:
    """Whether a number is what a statement says."""
    value = statement.value
    near = abs(number - value) * 100 <= statement.tolerance * abs(value)
    return {
        "over": number > value,
        "at least": number >= value,
        "under": number < value,
        "up to": number <= value,
        "about": near,
        "between": value <= number <= statement.to,
        "exactly": number == value,
    }[statement.comparison]


def _bearing(statement: Statement, national: National) -> tuple[str, ...]:
    """The facts of a statement that are known by the as-of date."""
    named = (*statement.supported_by, *statement.contradicted_by, *statement.facts)
    facts = load_facts()
    return tuple(
        name for name in dict.fromkeys(named) if known(facts[name], national.snapshot.as_of)
    )


def _count(statement: Statement, national: National) -> Checked:
    told = bracket(statement, national, statement.date)
    if not told.readings:
        return _outside(statement, national)
    unit = statement.measure
    verdict, shown = _judge(statement, told, unit)
    other = _OTHER_UNIT.get(unit)
    if verdict == "fails" and other:
        otherwise, there = _judge(statement, told, other)
        if otherwise == "holds":
            verdict, shown = "other_unit", there
    family = _FAMILY[unit] if statement.status == "listed" else statement.status
    values: dict[str, Value] = {"of": _of(statement, national)}
    for number, reading in enumerate(shown, start=1):
        values |= {f"{name}_{number}": count for name, count in reading.counts.items()}
        values |= {f"date_{number}": reading.list.date.isoformat()}
        values |= {f"shown_{number}": reading.models}
    return Checked(
        statement,
        verdict,
        f"check.{family}.{'two' if len(shown) > 1 else 'one'}",
        _RULES["count"],
        values,
        tuple(reading.list for reading in shown),
        facts=_bearing(statement, national),
        reached=None if verdict == "holds" else _reached(statement, national, told),
    )


def _judge(statement: Statement, told: Bracket, unit: str) -> tuple[Verdict, tuple[Reading, ...]]:
    """The verdict in a unit and the lists to show, two at most.

    Of a month or year that is the first list that fits, one of that time before one beside it;
    else those with the lowest and the highest count.
    """
    first, last = statement.span
    fit = [reading for reading in told.readings if fits(statement, reading.counts[unit])]
    if fit and first < last:
        inside = [reading for reading in fit if first <= reading.list.date <= last]
        return "holds", ((inside or fit)[0],)
    low = min(told.readings, key=lambda reading: reading.counts[unit])
    high = max(told.readings, key=lambda reading: reading.counts[unit])
    shown = {item.list.number: item for item in sorted((low, high), key=_number)}
    verdict: Verdict = "holds" if fit else "fails" if told.covered else "unknown"
    return verdict, tuple(shown.values())


def _number(reading: Reading) -> int:
    return reading.list.number


def _reached(statement: Statement, national: National, told: Bracket) -> Reading | None:
    """The first list with as many as the statement says, where those of its time show fewer."""
    unit = statement.measure
    if statement.status != "listed" or statement.comparison in ("under", "up to"):
        return None
    least = int(statement.value) + 1 if statement.comparison == "over" else statement.value
    if any(reading.counts[unit] >= least for reading in told.readings):
        return None
    return first_with(least, statement, national)


def _of(statement: Statement, national: National) -> tuple[str, ...]:
    """What a count is narrowed to, as messages."""
    parts = (
        f"check.of.model {statement.model}" if statement.model else "",
        f"kind.{statement.kind.replace(' ', '-')}" if statement.kind else "",
        f"check.of.state {_state(statement, national)}" if statement.state else "",
    )
    return tuple(part for part in parts if part) or ("check.of.all",)


def _state(statement: Statement, national: National) -> str:
    return national.gazetteer.state_by_postal(statement.state).name


def _outside(statement: Statement, national: National) -> Checked:
    lists = national.snapshot.lists
    return Checked(
        statement,
        "unknown",
        "check.outside",
        _RULES["count"],
        {"first": lists[0].date.isoformat(), "last": lists[-1].date.isoformat()},
        (lists[0], lists[-1]),
        facts=_bearing(statement, national),
    )


def _growth(statement: Statement, national: National) -> Checked:
    start, end = (bracket(statement, national, time) for time in (statement.since, statement.date))
    units: dict[str, Verdict] = {statement.of: "holds", _OTHER_UNIT[statement.of]: "other_unit"}
    for unit, verdict in units.items():
        for before, after in itertools.product(start.readings, end.readings):
            share = _share(before, after, unit)
            if share is not None and fits(statement, _percent(statement, share)):
                return _grown(statement, national, before, after, unit, verdict)
    if not (start.readings and end.readings):
        return _outside(statement, national)
    if not start.readings[0].counts[statement.of]:
        return _from_none(statement, national, start.readings[0].list)
    failed: Verdict = "fails" if start.covered and end.covered else "unknown"
    return _grown(statement, national, start.readings[0], end.readings[0], statement.of, failed)


def _from_none(statement: Statement, national: National, start: ListRecord) -> Checked:
    return Checked(
        statement,
        "unknown",
        "check.growth.none",
        _RULES["growth"],
        {"of": _of(statement, national), "start_date": start.date.isoformat()},
        (start,),
        facts=_bearing(statement, national),
    )


def _percent(statement: Statement, share: float) -> float:
    """A share in percent; whole where a statement gives an exact figure, as such figures are."""
    return float(round(share * 100)) if statement.comparison == "exactly" else share * 100


def _share(before: Reading, after: Reading, unit: str) -> float | None:
    base = before.counts[unit]
    return (after.counts[unit] - base) / base if base else None


def _grown(
    statement: Statement,
    national: National,
    before: Reading,
    after: Reading,
    unit: str,
    verdict: Verdict,
) -> Checked:
    share = _share(before, after, unit) or 0.0
    return Checked(
        statement,
        verdict,
        f"check.growth.{unit}",
        _RULES["growth"],
        {
            "of": _of(statement, national),
            "start": before.counts[unit],
            "start_date": before.list.date.isoformat(),
            "end": after.counts[unit],
            "end_date": after.list.date.isoformat(),
            "share": round(share, 4),
        },
        tuple(dict.fromkeys((before.list, after.list))),
        facts=_bearing(statement, national),
    )


def _memoranda(statement: Statement, national: National) -> Checked:
    found = terms_held(statement.terms or statement.instead, statement.model, national)
    held, read = sum(found.held.values()), sum(found.read.values())
    verdict: Verdict = "fails"
    if _enough(statement.share, held, read + found.unread):
        verdict = "other_power" if statement.instead else "holds"
    elif not read or _enough(statement.share, held + found.unread, read + found.unread):
        # What could not be read may say so.
        verdict = "unknown"
    message = "check.memoranda" if held else "check.memoranda.none"
    if statement.instead and held:
        message = "check.memoranda.instead"
    return Checked(
        statement,
        verdict,
        message if read else "check.memoranda.unread",
        _RULES["memoranda"],
        {
            "held": _counted(found.held),
            "read": _counted(found.read),
            "terms": statement.terms,
            "instead": tuple(f"moa.term.{term}" for term in statement.instead),
        },
        tables=("terms",),
        facts=_bearing(statement, national),
    )


def _enough(share: str, held: int, number: int) -> bool:
    """Whether so many of a number are some, most or all of them."""
    return {"some": held > 0, "most": held * 2 > number, "all": held == number > 0}[share]


def _counted(models: Mapping[str, int]) -> tuple[str, ...]:
    """Numbers of models as the catalogue's format takes them, those of none left out."""
    return tuple(f"{models[model]} {model}" for model in MODELS if models.get(model))


def _variation(statement: Statement, national: National) -> Checked:
    found = variation(statement.group, national)
    within, across = (100 * count / found.terms for count in (found.within, found.across))
    verdict: Verdict = "fails"
    if found.memoranda < 2:
        verdict = "unknown"
    elif fits(statement, within):
        verdict = "holds"
    elif fits(statement, across):
        verdict = "other_forms"
    return Checked(
        statement,
        verdict,
        "check.variation" if found.within else "check.variation.none",
        _RULES["variation"],
        {
            "n": found.terms,
            "within": found.within,
            "across": found.across,
            "memoranda": found.memoranda,
        },
        tables=("terms",),
        facts=_bearing(statement, national),
    )


def _facts(statement: Statement, national: National) -> Checked:
    facts = _bearing(statement, national)
    supported = any(name in facts for name in statement.supported_by)
    contradicted = any(name in facts for name in statement.contradicted_by)
    verdict: Verdict = "unknown"
    if supported != contradicted:
        verdict = "holds" if supported else "fails"
    message = "check.facts.differ" if supported and contradicted else "check.facts"
    return Checked(
        statement,
        verdict,
        message if facts else "check.none",
        _RULES["facts" if facts else "none"],
        facts=facts,
        libraries=() if facts else ("facts",),
    )
