"""What government auditors and others found about the oversight of the program as a whole."""

from __future__ import annotations

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim, known
from reportkit.findings.generation_counts import COMPARED
from reportkit.findings.national import National
from reportkit.library import Fact, load_facts

_TOPIC = "oversight-federal"
_AUDITORS = ("GAO", "DHS OIG")
_AUDITED = {_TOPIC, "training", "civil-rights"}


def overseer_claims(national: National, cite: Citations) -> tuple[Claim, ...]:
    """Findings known by the as-of date, the newest first: of auditors, then of others."""
    facts = [fact for fact in load_facts().values() if known(fact, national.snapshot.as_of)]
    beside = {name for names in COMPARED.values() for name in names}
    audited = [fact for fact in facts if _audits(fact)]
    others = [
        fact
        for fact in facts
        if fact.topic == _TOPIC and fact not in audited and fact.id not in beside
    ]
    return (
        *(fact_claim(fact.id, "oversight.auditors", cite) for fact in _newest_first(audited)),
        *(fact_claim(fact.id, "oversight.others", cite) for fact in _newest_first(others)),
    )


def _audits(fact: Fact) -> bool:
    return fact.topic in _AUDITED and fact.publisher.startswith(_AUDITORS)


def _newest_first(facts: list[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: fact.published, reverse=True)
