"""Context: state and nation on the same day, people covered, neighbouring counties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.places import Place


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbouring county and the models of its county-wide agencies, widest first."""

    county: Place
    models: tuple[str, ...]


def neighbours(place: Place, national: National) -> tuple[Neighbour, ...]:
    """The counties that border on a county, by state and name; none where that is not known."""
    if place.kind != "county":
        return ()
    found = [national.gazetteer.place(g) for g in national.gazetteer.neighbours(place.geoid) or ()]
    return tuple(
        Neighbour(county, national.county_models.get(county.geoid, ()))
        for county in sorted(found, key=lambda county: (county.state, county.name))
    )


def context_claims(place: Place, national: National, cite: Citations) -> tuple[Claim, ...]:
    """State and nation, people, neighbours: each counted on the newest list."""
    return (
        _state(place, national, cite),
        _nation(national, cite),
        *_people(place, national, cite),
        *_neighbours(place, national, cite),
    )


def _state(place: Place, national: National, cite: Citations) -> Claim:
    counts = national.by_state.get(place.state)
    newest = national.snapshot.list
    return claim(
        "context.state",
        "context.state" if counts else "context.state.none",
        "rows of the newest list with this state",
        (cite.list(newest),),
        state=place.state_name,
        list_date=newest.date.isoformat(),
        agencies=counts.agencies if counts else 0,
        agreements=counts.agreements if counts else 0,
        models=tuple(f"{number} {model}" for model, number in counts.models.items())
        if counts
        else (),
    )


def _nation(national: National, cite: Citations) -> Claim:
    return claim(
        "context.nation",
        "context.nation",
        "rows of the newest list",
        (cite.list(national.snapshot.list),),
        agencies=national.nation.agencies,
        agreements=national.nation.agreements,
        states=national.states,
        territories=national.territories,
    )


def _people(place: Place, national: National, cite: Citations) -> Iterator[Claim]:
    evidence = (cite.list(national.snapshot.list), cite.input("census-2023"))
    rule = "population of counties with a county-wide agency on the newest list"
    people = national.people(place.state)
    if not people or not people.covered:
        return
    yield claim(
        "context.people",
        "context.people",
        rule,
        evidence,
        state=place.state_name,
        covered=people.covered,
        people=people.total,
        share=people.share,
    )
    people = national.people_nation
    yield claim(
        "context.people.nation",
        "context.people.nation",
        rule,
        evidence,
        covered=people.covered,
        people=people.total,
        share=people.share,
    )


def _neighbours(place: Place, national: National, cite: Citations) -> Iterator[Claim]:
    found = neighbours(place, national)
    if place.kind == "county" and (why := national.gazetteer.neighbours_note(place.geoid)):
        yield claim(
            "context.neighbours.note",
            "context.neighbours.partly" if found else "context.neighbours.unknown",
            "county borders in the boundaries on hand",
            (cite.input("us-atlas"),),
            place=place.name,
            why=why,
        )
    if not found:
        return
    taking_part = [item for item in found if item.models]
    one = ".one" if len(found) == 1 else ""
    yield claim(
        "context.neighbours",
        f"context.neighbours{one}" if taking_part else f"context.neighbours.none{one}",
        "counties that share a stretch of border, with a county-wide agency on the newest list",
        (cite.list(national.snapshot.list), cite.input("us-atlas")),
        place=place.name,
        n=len(found),
        k=len(taking_part),
        counties=tuple(
            f"{','.join(item.models)} {_named(item.county, place)}" for item in taking_part
        ),
    )


def _named(county: Place, beside: Place) -> str:
    """The county's name, with its state where that is another."""
    return county.name if county.state == beside.state else county.full_name
