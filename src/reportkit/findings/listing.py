"""The roster as rows: agreements and waits as of a day, the shape that `reportkit roster` prints."""

from __future__ import annotations

from typing import Any, Literal

from reportkit.findings.waiting import unanswered
from reportkit.places import Gazetteer
from reportkit.roster.codes import is_missing
from reportkit.store import Agency, Agreement, Row, Snapshot, Waiting

Shown = Literal["listed", "pending", "ended", "all"]
COLUMNS = (
    *("id", "state", "agency", "agency_printed", "agency_kind", "type_printed", "county"),
    *(
        "county_printed",
        "county_geoid",
        "covers",
        "model",
        "signed",
        "moa_url",
        "addendum_url",
        "first_listed",
    ),
    *("last_listed", "first_absent", "status", "continues_as", "list_file", "list_row"),
)


def roster_rows(
    snapshot: Snapshot, state: str | None = None, shown: Shown = "listed"
) -> list[dict[str, Any]]:
    """Agreements (and, where asked for, pending ones) as of a snapshot's day.

    Args:
        snapshot: the day.
        state: a postal code, or None for all.
        shown: listed, pending, ended, or all of them.
    """
    rows = [
        *(_agreement(item) for item in snapshot.agreements if shown in {item.status, "all"}),
        *(
            _waiting(item)
            for item in unanswered(snapshot)
            if item.listed and shown in {"pending", "all"}
        ),
    ]
    return [row for row in rows if state is None or row["state"] == state]


def _agreement(held: Agreement) -> dict[str, Any]:
    return {
        "id": held.id,
        **_agency(held.agency, held.name_printed),
        "county_printed": None if is_missing(held.county_printed) else held.county_printed,
        "model": held.model,
        "signed": held.signed.isoformat() if held.signed else None,
        "moa_url": held.moa_url,
        "addendum_url": held.addendum_url,
        **_dates(held.first, held.last),
        "first_absent": held.absent.date.isoformat() if held.absent else None,
        "status": held.status,
        "continues_as": held.continues_as,
    }


def _waiting(held: Waiting) -> dict[str, Any]:
    return {
        "id": f"{held.agency.id}-{(held.model or 'any').lower()}-pending",
        **_agency(held.agency, held.name_printed),
        "county_printed": None,
        "model": held.model,
        "signed": None,
        "moa_url": None,
        "addendum_url": None,
        **_dates(held.first, held.last),
        "first_absent": None,
        "status": "pending",
        "continues_as": None,
    }


def _agency(agency: Agency, printed: str) -> dict[str, Any]:
    return {
        "state": agency.state,
        "agency": agency.name,
        "agency_printed": printed,
        "agency_kind": agency.kind,
        "type_printed": agency.type_printed or None,
        "county": Gazetteer.load().place(agency.county).name if agency.county else None,
        "county_geoid": agency.county,
        "covers": list(agency.covers),
    }


def _dates(first: Row, last: Row) -> dict[str, Any]:
    return {
        "first_listed": first.list.date.isoformat(),
        "last_listed": last.list.date.isoformat(),
        "list_file": last.list.file,
        "list_row": last.row,
    }
