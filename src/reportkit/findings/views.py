"""What officials, critics and law-enforcement bodies say; what research found, with its limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reportkit.evidence import Claim
from reportkit.findings.balance import Candidate, Near, choose
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim, known
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.findings.papers import Paper
from reportkit.findings.status import Status
from reportkit.library import Fact, load_facts
from reportkit.library.voices import SIDES, load_inquiries, load_sides
from reportkit.messages import catalogue

VOICES = {
    "officials": "viewpoint-official",
    "critics": "viewpoint-critic",
    "bodies": "viewpoint-law-enforcement",
}
"""The voices in reading order, each with the topic of its facts."""

# Lengths are measured in this language, so that briefs in all languages choose the same facts.
_LANG = "en"
# Statements of each voice and findings: the preferred number, and that of a short brief.
_SIZES, _SIZES_SHORT = (2, 1), (1, 2)
_FINDINGS, _FINDINGS_SHORT = 3, 0


def view_claims(
    status: Status, papers: tuple[Paper, ...], national: National, cite: Citations
) -> tuple[Claim, ...]:
    """Views in equal room, then research; fewer where no listed agency can act in the place."""
    as_of = national.snapshot.as_of
    short = not status.listed
    return (*_views(status, as_of, short, cite), *_research(as_of, short, cite))


def _views(status: Status, as_of: dt.date, short: bool, cite: Citations) -> Iterator[Claim]:
    voices = [
        {
            fact.id: fact_claim(fact.id, f"views.{voice}", cite)
            for fact in load_facts().values()
            if fact.topic == topic and _dated(fact, as_of)
        }
        for voice, topic in VOICES.items()
    ]
    chosen = choose(
        tuple(
            tuple(_statement(identity, item, status) for identity, item in claims.items())
            for claims in voices
        ),
        _SIZES_SHORT if short else _SIZES,
        SIDES,
    )
    for claims, statements in zip(voices, chosen, strict=False):
        for statement in statements:
            yield claims[statement.id]
    if not chosen:
        yield claim(
            "views.none",
            "views.none",
            "no choice of cited facts known by the day gives all voices as many and equal room",
            (cite.library("facts"),),
            as_of=as_of.isoformat(),
        )


def _statement(identity: str, item: Claim, status: Status) -> Candidate:
    fact = load_facts()[identity]
    near: Near = "elsewhere" if fact.state else "nation"
    if fact.state == status.place.state:
        near = "here"
    return Candidate(
        identity,
        len(catalogue(_LANG).text(item.message, item.values)),
        near,
        fact.known_by.toordinal() if fact.known_by else 0,
        load_sides().get(identity, frozenset()),
    )


def _research(as_of: dt.date, short: bool, cite: Citations) -> Iterator[Claim]:
    """To each question the first finding known by the day, and what limits it."""
    answers = [
        next((identity for identity in item.facts if _dated(load_facts()[identity], as_of)), None)
        for item in load_inquiries()
    ]
    found = [identity for identity in answers if identity]
    for identity in found[: _FINDINGS_SHORT if short else _FINDINGS]:
        yield fact_claim(identity, "views.research", cite, dated="views.published")
        yield claim(
            f"views.limit.{identity}",
            f"limit.{identity}",
            "limits of a finding, from what its source says of its method",
            (cite.fact(identity),),
        )


def _dated(fact: Fact, as_of: dt.date) -> bool:
    return fact.known_by is not None and known(fact, as_of)
