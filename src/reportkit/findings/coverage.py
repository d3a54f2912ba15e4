"""How many people live where a county-wide agency takes part, and how many counties that are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.places import Gazetteer
from reportkit.roster.values import MODELS
from reportkit.store import Agreement

_RULE = "population of counties with a county-wide agency on the newest list"


def widest_models(national: National) -> Mapping[str, str]:
    """The most far-reaching model of the county-wide agencies of each county; "none" for none."""
    return {
        county.geoid: national.widest(county.geoid)
        for state in national.gazetteer.states
        for county in national.gazetteer.counties(state.state)
    }


def people_covered(held: tuple[Agreement, ...], gazetteer: Gazetteer) -> int:
    """People in the counties whose county-wide agencies hold these agreements."""
    counties = {item.agency.county for item in held if item.agency.scope == "county"}
    return sum(gazetteer.place(geoid).population or 0 for geoid in counties if geoid)


def coverage_claims(national: National, cite: Citations) -> tuple[Claim, ...]:
    """People and counties of the nation, then people of each state that has any covered."""
    return (_nation(national, cite), _counties(national, cite), *_states(national, cite))


def _nation(national: National, cite: Citations) -> Claim:
    people = national.people_nation
    return claim(
        "people.nation",
        "people.nation",
        _RULE,
        (cite.list(national.snapshot.list), cite.input("census-2023")),
        list_date=national.snapshot.list.date.isoformat(),
        covered=people.covered,
        people=people.total,
        share=people.share,
    )


def _counties(national: National, cite: Citations) -> Claim:
    models = Counter(widest_models(national).values())
    counties = sum(models.values())
    return claim(
        "people.counties",
        "people.counties",
        "counties with a county-wide agency on the newest list, by its most far-reaching model",
        (cite.list(national.snapshot.list), cite.input("census-2023")),
        k=counties - models["none"],
        n=counties,
        models=tuple(f"{models[model]} {model}" for model in MODELS if models[model]),
    )


def _states(national: National, cite: Citations) -> Iterator[Claim]:
    evidence = (cite.list(national.snapshot.list), cite.input("census-2023"))
    known = [(state, national.people(state.state)) for state in national.gazetteer.states]
    held = [(state, people) for state, people in known if people and people.covered]
    for state, people in sorted(held, key=lambda item: (-item[1].share, item[0].name)):
        yield claim(
            f"people.state.{state.state}",
            "people.state",
            _RULE,
            evidence,
            state=state.name,
            covered=people.covered,
            people=people.total,
            share=people.share,
        )
