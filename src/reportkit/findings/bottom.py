"""The bottom line: three to five sentences that answer whether, who, what and under whose watch."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.covering import Covering
from reportkit.findings.national import National
from reportkit.findings.papers import Paper
from reportkit.findings.permits import permit_claim
from reportkit.findings.status import Status
from reportkit.roster.values import MODELS
from reportkit.store import Agreement, Snapshot

# So many other agencies are named in the bottom line; more are counted there and listed below.
_NAMED = 8
_FACTS = {"TFM": ("tfm-1", "tfm-2"), "JEM": ("jem-1",), "WSO": ("wso-1",)}


def bottom_claims(
    status: Status, papers: tuple[Paper, ...], national: National, cite: Citations
) -> tuple[Claim, ...]:
    """The bottom line of a place, the answer first."""
    snapshot = national.snapshot
    found = [_answer(status, snapshot, cite)]
    if status.place.kind == "state":
        found += [*_within_state(status, national, cite)]
    else:
        found += [*_holders(status, cite), *_uncertain(status, cite), *_statewide(status, cite)]
    counted = status.local or status.uncertain
    models = {item.held.model for item in counted}
    ids = {item.held.id for item in counted}
    own = [paper for paper in papers if paper.held.id in ids]
    for model in MODELS:
        if model in models:
            found += [
                permit_claim(fact, own, cite, whole=status.place.kind == "state")
                or _fact(fact, cite)
                for fact in _FACTS[model]
            ]
    if not models:
        found.append(_fact("st-g10", cite))
    return tuple(found)


def _answer(status: Status, snapshot: Snapshot, cite: Citations) -> Claim:
    waiting = [item for item in status.pending if item.local or status.place.kind == "state"]
    gone = [item for item in status.ended if item.local or status.place.kind == "state"]
    shown = {
        "ended": [item.agency for item in gone],
        "pending": [item.agency for item in waiting],
        "unclear": [item.agency for item in status.uncertain],
    }
    evidence = [cite.list(snapshot.list)]
    if status.answer == "pending" and snapshot.pending_list:
        evidence.append(cite.list(snapshot.pending_list))
    if status.answer == "ended":
        evidence += [cite.row(item.held.last) for item in gone]
    if status.answer in {"not_listed", "ended"}:
        evidence.append(cite.list(snapshot.lists[0]))
    suffix = ".state" if status.place.kind == "state" else ""
    if status.answer == "participating" and not status.local:
        suffix = ".either"
    if status.answer == "too_old" and not status.local:
        suffix = ".none"
    names = dict.fromkeys(f"the {agency.name}" for agency in shown.get(status.answer, ()))
    return claim(
        "bottom.answer",
        f"bottom.{status.answer}{suffix}",
        "status of the local agencies that can act in the place",
        tuple(dict.fromkeys(evidence)),
        place=status.place.full_name,
        list_date=snapshot.list.date.isoformat(),
        age=snapshot.age_days,
        agencies=tuple(names) if names else len({item.agency.id for item in status.local}),
        agreements=len(status.local),
        first=snapshot.lists[0].date.isoformat(),
        pending_date=snapshot.pending_list.date.isoformat() if snapshot.pending_list else None,
    )


def _holders(status: Status, cite: Citations) -> Iterator[Claim]:
    """The county-wide agencies and the municipality's own, each with what it holds; then the rest."""
    held: dict[str, list[Covering[Agreement]]] = {}
    for item in status.local:
        held.setdefault(item.agency.id, []).append(item)
    others = []
    for items in held.values():
        first = items[0]
        if first.reason not in {"county", "own"}:
            others.append(items)
            continue
        yield claim(
            f"bottom.holder.{first.agency.id}",
            "bottom.holder" if first.reason == "county" else "bottom.own",
            "agreements of the agency on the newest list",
            tuple(cite.row(item.held.last) for item in items),
            agency=first.agency.name,
            signings=tuple(f"{item.held.model} {item.held.signed or ''}".strip() for item in items),
        )
    if others:
        many = len(others) > _NAMED
        yield claim(
            "bottom.others",
            "bottom.others.many" if many else "bottom.others",
            "agencies on the newest list that act in a part of the place or beyond it",
            tuple(cite.row(item.held.last) for items in others for item in items),
            n=len(others),
            agencies=tuple(f"the {items[0].agency.name}" for items in others),
        )


def _uncertain(status: Status, cite: Citations) -> Iterator[Claim]:
    """Agencies whose area may or may not take the place in, where the answer does not name them."""
    agencies = {item.agency.id: item for item in status.uncertain}
    if agencies and status.answer != "unclear":
        yield claim(
            "bottom.uncertain",
            "bottom.uncertain",
            "agencies on the newest list whose area may or may not take in the place",
            tuple(cite.row(item.held.last) for item in agencies.values()),
            place=status.place.name,
            agencies=tuple(f"the {item.agency.name}" for item in agencies.values()),
        )


def _statewide(status: Status, cite: Citations) -> Iterator[Claim]:
    agencies = {item.agency.id: item for item in status.statewide}
    if agencies:
        one = len(agencies) == 1
        yield claim(
            "bottom.statewide",
            "bottom.statewide.one" if one else "bottom.statewide",
            "agencies on the newest list that act statewide",
            tuple(cite.row(item.held.last) for item in agencies.values()),
            n=len(agencies),
            agency=status.statewide[0].agency.name,
            place=status.place.name,
        )


def _within_state(status: Status, national: National, cite: Citations) -> Iterator[Claim]:
    """How far agreements reach within a state: statewide agencies, counties."""
    statewide = {item.agency.id: item for item in status.statewide}
    if statewide:
        yield claim(
            "bottom.statewide",
            "bottom.statewide.state.one" if len(statewide) == 1 else "bottom.statewide.state",
            "agencies on the newest list that act statewide",
            tuple(cite.row(item.held.last) for item in statewide.values()),
            n=len(statewide),
            agency=f"the {status.statewide[0].agency.name}",
        )
    counties = national.gazetteer.counties(status.place.state)
    if counties and status.listed:
        yield claim(
            "bottom.counties",
            "bottom.counties",
            "counties with a county-wide agency on the newest list",
            (cite.list(national.snapshot.list),),
            n=len(counties),
            k=sum(county.geoid in national.county_models for county in counties),
        )


def _fact(identity: str, cite: Citations) -> Claim:
    return claim(f"bottom.{identity}", f"fact.{identity}", "cited fact", (cite.fact(identity),))
