"""The brief on the nation as JSON-safe data: the shape of `program.schema.json`."""

from __future__ import annotations

from typing import Any

from reportkit.brief.envelope import closing_facts, opening_facts
from reportkit.brief.program import Program
from reportkit.evidence import Claim
from reportkit.findings.coverage import widest_models
from reportkit.findings.departures import Departure, find_departures
from reportkit.findings.generation_counts import CHANGED, Form, find_forms, tally
from reportkit.findings.growth import Point, find_growth
from reportkit.findings.national import Counts
from reportkit.findings.published_figures import Compared, find_compared
from reportkit.store import Agreement


def program_facts(brief: Program) -> dict[str, Any]:
    """The brief as JSON-safe data."""
    national = brief.national
    growth, left = find_growth(national), find_departures(national.snapshot)
    return {
        **opening_facts(brief),
        "answer": brief.answer,
        "growth": {
            "lists": [_point(point) for point in growth.points],
            "states": {state: _counts(held) for state, held in growth.newest.by_state.items()},
            "kinds": {kind: _counts(held) for kind, held in growth.newest.by_kind.items()},
        },
        "departures": {
            "ended": [_departure(item) for item in left.ended],
            "agencies_without_any": len(left.gone),
            "succeeded": [
                {**_agreement(item), "how": item.succession, "continues_as": item.continues_as}
                for item in left.succeeded
            ],
            "returned": [
                {
                    **_agreement(item),
                    "absences": [
                        {"last_listed": before.date.isoformat(), "back": after.date.isoformat()}
                        for before, after in item.gaps
                    ],
                }
                for item in left.returned
            ],
        },
        "generations": [_form(form) for form in find_forms(national)],
        "coverage": _coverage(brief),
        "figures": [_figure(item) for item in find_compared(national)],
        "factcheck": [
            _checked(claim) for claim in brief.claims("check.") if "said" in claim.values
        ],
        **closing_facts(brief),
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "agreements": counts.agreements,
        "agencies": counts.agencies,
        "models": dict(counts.models),
    }


def _point(point: Point) -> dict[str, Any]:
    return {"list_date": point.date, **_counts(point.counts), "states": len(point.by_state)}


def _agreement(held: Agreement) -> dict[str, Any]:
    return {
        "id": held.id,
        "state": held.agency.state,
        "agency": held.agency.name,
        "model": held.model,
    }


def _departure(item: Departure) -> dict[str, Any]:
    held = item.held
    assert held.absent is not None
    return {
        **_agreement(held),
        "last_listed": held.last.list.date.isoformat(),
        "first_absent": held.absent.date.isoformat(),
        "still_listed": list(item.still),
        "list_file": held.last.list.file,
        "list_row": held.last.row,
    }


def _form(form: Form) -> dict[str, Any]:
    counts = {term: tally(form.held, term) for term in CHANGED}
    return {
        "form": form.id,
        "model": form.model,
        "memoranda": len(form.held),
        "terms": {
            term: {"present": held.present, "unreadable": held.unread, "of": held.n}
            for term, held in counts.items()
        },
    }


def _coverage(brief: Program) -> dict[str, Any]:
    national = brief.national
    states = {state.state: national.people(state.state) for state in national.gazetteer.states}
    people = national.people_nation
    return {
        "people": people.total,
        "people_covered": people.covered,
        "states": {
            state: {"people": held.total, "people_covered": held.covered}
            for state, held in sorted(states.items())
            if held
        },
        "counties": {
            geoid: model
            for geoid, model in sorted(widest_models(national).items())
            if model != "none"
        },
    }


def _figure(item: Compared) -> dict[str, Any]:
    figure = item.figure
    return {
        "fact": figure.fact,
        "day": figure.day,
        "unit": figure.unit,
        "value": figure.value,
        "said": figure.said,
        "record": list(item.record) if item.record else None,
        "lists": [point.date for point in (item.low, item.high) if point],
        "agrees": item.agrees if item.record else None,
    }


def _checked(claim: Claim) -> dict[str, Any]:
    values = claim.values
    return {
        "id": claim.id.removeprefix("check."),
        "said": values["said"],
        "publisher": values["publisher"],
        "published": values["published"],
        "verdict": str(values["verdict"]).removeprefix("check.verdict."),
    }
