"""Cited facts as claims: what a source says, and by whom it is reported where it was not read itself."""

from __future__ import annotations

import datetime as dt

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.library import Fact, load_facts
from reportkit.library.conflicts import Conflict


def known(fact: Fact | Conflict, as_of: dt.date) -> bool:
    """Whether a brief of a day may state a fact or conflict: it was so by then, or has no date."""
    return fact.known_by is None or fact.known_by <= as_of


def fact_claim(identity: str, prefix: str, cite: Citations, dated: str = "") -> Claim:
    """The claim `<prefix>.<id>` that states a fact; of medium confidence it says who reports it.

    Args:
        identity: of the fact.
        prefix: of the claim's id.
        cite: makes the citation.
        dated: a message of `statement`, `publisher` and `published` that adds the source to a fact
            of high confidence, where it has one; those of medium confidence always show it.
    """
    fact = load_facts()[identity]
    evidence = (cite.fact(identity),)
    if fact.confidence == "high" and fact.published and dated:
        return claim(
            f"{prefix}.{identity}",
            dated,
            "cited fact",
            evidence,
            statement=f"fact.{identity}",
            publisher=fact.publisher,
            published=fact.published,
        )
    if fact.confidence == "high":
        return claim(f"{prefix}.{identity}", f"fact.{identity}", "cited fact", evidence)
    return claim(
        f"{prefix}.{identity}",
        "cited.reported" if fact.published else "cited.reported.undated",
        "cited fact, read in a source that reports it",
        evidence,
        statement=f"fact.{identity}",
        publisher=fact.publisher,
        published=fact.published or None,
    )
