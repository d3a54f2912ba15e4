"""What a brief cannot tell: how old the record is, and what it leaves open here."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.waiting import unanswered
from reportkit.places import Place
from reportkit.store import Agreement, Snapshot, Waiting


def limit_claims(place: Place, snapshot: Snapshot, cite: Citations) -> tuple[Claim, ...]:
    """Age of the lists, agencies without a known area, a place without a known county."""
    return (
        *list_limits(snapshot, cite),
        *_unplaced(place, snapshot, cite),
        *_county(place, cite),
    )


def list_limits(snapshot: Snapshot, cite: Citations) -> tuple[Claim, ...]:
    """How old the newest lists of either kind are."""
    newest, pending = cite.list(snapshot.list), snapshot.pending_list
    return (
        claim(
            "limits.list",
            "limits.list" if snapshot.age_days else "limits.list.today",
            "date of the newest participating list up to the as-of date",
            (newest,),
            list_date=snapshot.list.date.isoformat(),
            age=snapshot.age_days,
        ),
        claim(
            "limits.pending",
            "limits.pending" if pending else "limits.nopending",
            "date of the newest pending list up to the as-of date",
            (cite.list(pending) if pending else newest,),
            date=pending.date.isoformat() if pending else None,
        ),
    )


def _unplaced(place: Place, snapshot: Snapshot, cite: Citations) -> Iterator[Claim]:
    held = snapshot.by_state.get(place.state, ())
    waiting = [
        item for item in unanswered(snapshot) if item.listed and item.agency.state == place.state
    ]
    known: tuple[Agreement | Waiting, ...] = (*held, *waiting)
    items = [item for item in known if not item.agency.covers]
    agencies = {item.agency.id: item.agency.name for item in items}
    if agencies:
        yield claim(
            "limits.unplaced",
            "limits.unplaced",
            "agencies on any list on hand whose area is not known",
            tuple(cite.row(item.last) for item in items),
            n=len(agencies),
            state=place.state_name,
            agencies=tuple(agencies.values()),
        )


def _county(place: Place, cite: Citations) -> Iterator[Claim]:
    if place.kind == "municipality" and place.county_geoid is None:
        yield claim(
            "limits.county",
            "limits.nocounty",
            "county by point in the boundaries on hand",
            (cite.input("geonames", place.geoid), cite.input("us-atlas")),
            place=place.name,
            why=place.county_note or "",
        )
