"""What the law of the state requires, permits, conditions, limits or bars, as cited facts tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim, known
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.findings.papers import Paper
from reportkit.findings.status import Status
from reportkit.library import Fact, load_facts
from reportkit.library.conflicts import Conflict, load_conflicts

# A ruling or opinion counts as law of the state where it decides on agreements.
_DECIDING = "court-case"
_SILENT = {"", "none"}
_RULE = "cited facts on the law of the state, by the day that they were known"


def law_claims(
    status: Status, papers: tuple[Paper, ...], national: National, cite: Citations
) -> tuple[Claim, ...]:
    """What was known of the state's law by the day: nothing is inferred from lists."""
    return tuple(_claims(status, national.snapshot.as_of, cite))


def law_facts(state: str) -> tuple[Fact, ...]:
    """The dated facts on the law of a state: law on agreements first, the newest source first."""
    found = [
        fact
        for fact in load_facts().values()
        if fact.state == state
        and fact.known_by
        and (fact.topic == "state-law" or (fact.topic == _DECIDING and fact.effect not in _SILENT))
    ]
    found.sort(key=lambda fact: fact.id)
    found.sort(key=lambda fact: fact.published or fact.since, reverse=True)
    return tuple(sorted(found, key=lambda fact: fact.effect in _SILENT))


def _claims(status: Status, as_of: dt.date, cite: Citations) -> Iterator[Claim]:
    facts = law_facts(status.place.state)
    told = [fact for fact in facts if known(fact, as_of)]
    later = len(facts) - len(told)
    ours = (cite.library("facts"),)
    for fact in told:
        yield fact_claim(fact.id, "context.law", cite, dated="law.read")
    for conflict in _conflicts(status.place.state, as_of):
        yield claim(
            f"context.law.conflict.{conflict.id}",
            f"conflict.{conflict.id}",
            "disagreement on record between sources, known by the day",
            tuple(cite.fact(identity) for identity in conflict.facts),
        )
    if not told:
        yield claim(
            "context.law.none",
            "law.none.then" if later else "law.none",
            _RULE,
            ours,
            state=status.place.state_name,
            as_of=as_of.isoformat(),
        )
    if later:
        yield claim(
            "context.law.later",
            "law.later",
            _RULE,
            ours,
            n=later,
            state=status.place.state_name,
            as_of=as_of.isoformat(),
        )


def _conflicts(state: str, as_of: dt.date) -> tuple[Conflict, ...]:
    """Disagreements on the law of a state that were known by the day, and so were their facts."""
    facts = load_facts()
    return tuple(
        conflict
        for conflict in load_conflicts().values()
        if conflict.topic == "law"
        and conflict.state == state
        and conflict.facts
        and known(conflict, as_of)
        and all(known(facts[identity], as_of) for identity in conflict.facts)
    )
