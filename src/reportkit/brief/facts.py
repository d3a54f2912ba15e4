"""A brief as JSON-safe data: the shape of `schema.json`."""

from __future__ import annotations

from typing import Any

from reportkit.brief.assemble import Brief
from reportkit.brief.envelope import closing_facts, opening_facts
from reportkit.brief.gaps import gap_facts
from reportkit.brief.papers import on_file, terms_facts
from reportkit.findings import Citations, Covering
from reportkit.findings.context import neighbours
from reportkit.store import Agreement, Waiting


def brief_facts(brief: Brief) -> dict[str, Any]:
    """The brief as JSON-safe data."""
    cite = Citations(brief.store)
    return {
        **opening_facts(brief),
        "answer": brief.status.answer,
        "agreements": [_agreement(brief, item, cite) for item in brief.status.listed],
        "pending": [
            _waiting(brief, item, cite) for item in (*brief.status.pending, *brief.status.waited)
        ],
        "ended": [_agreement(brief, item, cite) for item in brief.status.ended],
        "terms": terms_facts(brief),
        "gaps": gap_facts(brief),
        "context": _context(brief),
        **closing_facts(brief),
    }


def _date(item: Any) -> str | None:
    return item.date.isoformat() if item else None


def _agreement(brief: Brief, item: Covering[Agreement], cite: Citations) -> dict[str, Any]:
    held = item.held
    return {
        "id": held.id,
        "agency": held.agency.name,
        "agency_kind": held.agency.kind,
        "model": held.model,
        "signed": held.signed.isoformat() if held.signed else None,
        "first_listed": held.first.list.date.isoformat(),
        "last_listed": held.last.list.date.isoformat(),
        "first_absent": _date(held.absent),
        "status": held.status,
        "covers": item.reason,
        "covers_certain": item.certain,
        "county_geoid": held.agency.county,
        "continues_as": held.continues_as,
        "moa": {
            "url": held.moa_url,
            **on_file(brief.store, held),
            "addendum_url": held.addendum_url,
            "link_pending_since": _date(held.pending_since) if not held.moa_url else None,
        },
        "list_file": held.last.list.file,
        "list_row": held.last.row,
        "evidence": _rows(brief, held, cite),
    }


def _waiting(brief: Brief, item: Covering[Waiting], cite: Citations) -> dict[str, Any]:
    held = item.held
    return {
        "agency": held.agency.name,
        "agency_kind": held.agency.kind,
        "model": held.model,
        "status": "pending" if held.listed else "no longer pending",
        "first_listed": held.first.list.date.isoformat(),
        "last_listed": held.last.list.date.isoformat(),
        "covers": item.reason,
        "list_file": held.last.list.file,
        "list_row": held.last.row,
        "evidence": _rows(brief, held, cite),
    }


def _rows(brief: Brief, held: Agreement | Waiting, cite: Citations) -> list[int]:
    """Evidence numbers of the newest and the first row; of the list, where that is cited whole."""
    find = brief.ledger.find
    newest = find(cite.row(held.last)) or find(cite.list(held.last.list))
    return sorted({number for number in (newest, find(cite.row(held.first))) if number})


def _context(brief: Brief) -> dict[str, Any]:
    national = brief.national
    counts = national.by_state.get(brief.place.state)
    people = national.people(brief.place.state)
    return {
        "state": {
            "agreements": counts.agreements if counts else 0,
            "agencies": counts.agencies if counts else 0,
            "models": dict(counts.models) if counts else {},
            "people": people.total if people else None,
            "people_covered": people.covered if people else None,
        },
        "nation": {
            "agreements": national.nation.agreements,
            "agencies": national.nation.agencies,
            "models": dict(national.nation.models),
            "states": national.states,
            "territories": national.territories,
            "people": national.people_nation.total,
            "people_covered": national.people_nation.covered,
        },
        "neighbours": [
            {"geoid": item.county.geoid, "name": item.county.full_name, "models": list(item.models)}
            for item in neighbours(brief.place, national)
        ],
    }
