"""The status of a place: who can act here, what ended, who waits, where the record disagrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.covering import Area, Covering, covering
from reportkit.findings.national import National, count
from reportkit.findings.waiting import unanswered
from reportkit.places import Gazetteer, Place
from reportkit.store import Agreement, Snapshot, Waiting

TOO_OLD_DAYS = 180
"""A list older than this at the as-of date cannot tell who has an agreement: within such a time in
2025 and 2026 the number of agreements grew by between a third and four times."""


@dataclass(frozen=True)
class Status:
    """What the record says of a place on a day.

    `answer` is participating, pending, ended, not_listed or too_old; or unclear, where the only
    local agencies listed act in an area that may or may not take in a municipality (it lies on a
    county line, or they are a regional police or a constable of a part of the county). It speaks
    of local agencies: a statewide agency alone makes no place participating, except its state.
    """

    place: Place
    answer: str
    listed: tuple[Covering[Agreement], ...]
    ended: tuple[Covering[Agreement], ...]
    pending: tuple[Covering[Waiting], ...]
    waited: tuple[Covering[Waiting], ...]

    @property
    def local(self) -> tuple[Covering[Agreement], ...]:
        """Listed agreements that count for the answer: certain local ones; for a state, all."""
        if self.place.kind == "state":
            return self.listed
        return tuple(item for item in self.listed if item.local and item.certain)

    @property
    def uncertain(self) -> tuple[Covering[Agreement], ...]:
        """Listed agreements of local agencies whose area may or may not take the place in."""
        return tuple(item for item in self.listed if not item.certain)

    @property
    def statewide(self) -> tuple[Covering[Agreement], ...]:
        """Listed agreements of agencies that act statewide."""
        return tuple(item for item in self.listed if not item.local)


def find_status(place: Place, snapshot: Snapshot, gazetteer: Gazetteer) -> Status:
    """Find the status of a place as of a snapshot's day."""
    area = Area(place, gazetteer)
    held = covering(area, snapshot.by_state.get(place.state, ()))
    listed = tuple(item for item in held if item.held.status == "listed")
    ended = tuple(item for item in held if item.held.status == "ended")
    waiting = covering(area, unanswered(snapshot))
    pending = tuple(item for item in waiting if item.held.listed)
    waited = tuple(item for item in waiting if not item.held.listed)
    answer = _answer(place, snapshot, listed, ended, pending, area.counties)
    return Status(place, answer, listed, ended, pending, waited)


def _answer(
    place: Place,
    snapshot: Snapshot,
    listed: tuple[Covering[Agreement], ...],
    ended: tuple[Covering[Agreement], ...],
    pending: tuple[Covering[Waiting], ...],
    counties: frozenset[str],
) -> str:
    if snapshot.age_days > TOO_OLD_DAYS:
        return "too_old"
    counts = [item for item in listed if item.local or place.kind == "state"]
    if any(item.certain for item in counts) or (counties and counties <= _county_wide(counts)):
        return "participating"
    if counts:
        return "unclear"
    for answer, items in (("pending", pending), ("ended", ended)):
        if any(item.certain and (item.local or place.kind == "state") for item in items):
            return answer
    return "not_listed"


def _county_wide(items: list[Covering[Agreement]]) -> set[str]:
    """Counties that the county-wide agencies among these act in."""
    return {geoid for item in items if item.reason == "county" for geoid in item.agency.covers}


def status_claims(status: Status, national: National, cite: Citations) -> tuple[Claim, ...]:
    """One claim for each agreement and each wait; for a state, one for each county instead."""
    names = {item.held.id: item.held for item in (*status.listed, *status.ended)}
    if status.place.kind == "state":
        return (
            *_county_rows(status, national, cite),
            *(_row(item, cite) for item in status.statewide),
            *(_ended(item.held, names, cite) for item in status.ended),
            *(_pending(item.held, "pending", cite) for item in status.pending),
        )
    return (
        *(_row(item, cite) for item in status.listed),
        *(_ended(item.held, names, cite) for item in status.ended),
        *(gap for item in status.listed for gap in _gaps(item.held, cite)),
        *(_pending(item.held, "pending", cite) for item in status.pending),
        *(_pending(item.held, "waited", cite) for item in status.waited),
    )


def _row(item: Covering[Agreement], cite: Citations) -> Claim:
    held = item.held
    return claim(
        f"status.row.{held.id}",
        _row_message(held),
        "row of the newest list whose agency can act in the place",
        tuple(dict.fromkeys((cite.row(held.last), cite.row(held.first)))),
        agency=held.agency.name,
        model=held.model,
        reason=item.reason if item.certain else "maybe",
        signed=held.signed.isoformat() if held.signed else None,
        first=held.first.list.date.isoformat(),
    )


def _row_message(held: Agreement) -> str:
    """An agreement on the first list on hand may have been listed before the record begins."""
    since = ".since" if held.first.list.number == 0 else ""
    return f"status.row{since}" if held.signed else f"status.row.undated{since}"


def _county_rows(status: Status, national: National, cite: Citations) -> Iterator[Claim]:
    """Counties of a state with local agencies on the newest list; several-county agencies in each."""
    by_county: dict[str, list[Agreement]] = defaultdict(list)
    for item in status.listed:
        if item.local:
            for geoid in item.agency.covers:
                by_county[geoid].append(item.held)
    for geoid in sorted(by_county, key=lambda geoid: national.gazetteer.place(geoid).name):
        counts = count(by_county[geoid])
        yield claim(
            f"status.county_row.{geoid}",
            "status.county.row",
            "local agencies on the newest list whose area takes in the county or a part of it",
            (cite.list(national.snapshot.list),),
            county=national.gazetteer.place(geoid).name,
            agencies=counts.agencies,
            agreements=counts.agreements,
            models=tuple(counts.models),
        )


_ENDED = {
    "": "status.ended",
    "renewal": "status.ended.renewal",
    "model switch": "status.ended.switch",
    "listed under another agency": "status.ended.moved",
}


def _ended(held: Agreement, names: dict[str, Agreement], cite: Citations) -> Claim:
    assert held.absent is not None
    successor = names.get(held.continues_as or "")
    evidence = [cite.row(held.last), cite.list(held.absent)]
    if successor:
        evidence.append(cite.row(successor.first))
    return claim(
        f"status.ended.{held.id}",
        _ENDED[held.succession if successor else ""],
        "agreement on a list and absent from the list that follows and from the newest",
        tuple(evidence),
        agency=held.agency.name,
        model=held.model,
        signed=held.signed.isoformat() if held.signed else None,
        last=held.last.list.date.isoformat(),
        absent=held.absent.date.isoformat(),
        next=successor.signed.isoformat() if successor and successor.signed else None,
        next_model=successor.model if successor else None,
        next_agency=successor.agency.name if successor else None,
    )


def _gaps(held: Agreement, cite: Citations) -> Iterator[Claim]:
    for before, after in held.gaps:
        yield claim(
            f"status.returned.{held.id}.{after.date.isoformat()}",
            "status.returned",
            "agreement absent from the lists between two that show it",
            (cite.list(before), cite.list(after)),
            agency=held.agency.name,
            model=held.model,
            last=before.date.isoformat(),
            first=after.date.isoformat(),
        )


def _pending(held: Waiting, kind: str, cite: Citations) -> Claim:
    message = f"status.{kind}" if held.model else "status.pending.unprinted"
    return claim(
        f"status.{kind}.{held.agency.id}.{(held.model or 'any').lower()}",
        message,
        "row of a pending list without a later row of the participating lists",
        tuple(dict.fromkeys((cite.row(held.last), cite.row(held.first)))),
        agency=held.agency.name,
        model=held.model,
        date=held.last.list.date.isoformat(),
        first=held.first.list.date.isoformat(),
    )
