"""A roster as the rows of a store's tables."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from reportkit.roster import Agency, Printed, Roster
from reportkit.roster.agreements import Agreement, agency_id
from reportkit.roster.sightings import Sighting
from reportkit.store.tables import pack_rows

Row = dict[str, object]


def encode(roster: Roster) -> dict[str, list[Row]]:
    """The tables of a roster, each sorted so that equal rosters give equal bytes."""
    return {
        "lists": list(_lists(roster)),
        "agencies": [_agency(item) for item in roster.agencies],
        "agreements": [_agreement(item) for item in roster.agreements],
        "listings": _listings(roster),
        "pending": _pending(roster),
    }


def _lists(roster: Roster) -> Iterable[Row]:
    for kind, lists in (
        ("participating", roster.archive.participating),
        ("pending", roster.archive.pending),
    ):
        for number, item in enumerate(lists):
            yield {
                "kind": kind,
                "number": number,
                "date": item.date.isoformat(),
                "order": item.order,
                "file": item.file.name,
                "sha256": item.file.sha256,
                "generation": item.file.generation,
                "rows": len(item.file.rows),
                "dated": item.rule,
            }


def _agency(agency: Agency) -> Row:
    return {
        "id": agency.id,
        "state": agency.state,
        "name": agency.name,
        "kind": agency.kind,
        "type_printed": agency.type_printed,
        "scope": agency.area.scope,
        "county": agency.area.county or "",
        "covers": " ".join(agency.area.covers),
        "place": agency.place or "",
        "rule": agency.area.rule,
        "note": agency.area.note,
        "spellings": json.dumps(agency.spellings, ensure_ascii=False),
    }


def _agreement(agreement: Agreement) -> Row:
    return {
        "id": agreement.id,
        "agency": agency_id(agreement.agency),
        "model": agreement.model,
        "signed": agreement.signed.isoformat() if agreement.signed else "",
        "mistyped": agreement.mistyped.isoformat() if agreement.mistyped else "",
        "continues_as": agreement.continues_as or "",
        "succession": agreement.succession,
    }


def _listings(roster: Roster) -> list[Row]:
    rows: list[Row] = []
    for agreement in roster.agreements:
        doubles = sorted(agreement.doubles, key=lambda row: (row.index, row.row))
        for group in (agreement.rows.values(), *([row] for row in doubles)):
            for printed, numbers in _stretches(group):
                rows.append({"agreement": agreement.id, **_cells(printed), "rows": numbers})
    return rows


def _pending(roster: Roster) -> list[Row]:
    groups: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for table in (roster.pending.atoms.items(), roster.pending.doubles.items()):
        for (node, model, _), seen in table:
            rows = seen.values() if isinstance(seen, dict) else seen
            groups[agency_id(roster.identities.root(node)), model].extend(rows)
    found: list[Row] = []
    for (agency, model), group in sorted(groups.items()):
        by_list: dict[int, list[Sighting]] = defaultdict(list)
        for row in sorted(group, key=lambda row: (row.index, row.row)):
            by_list[row.index].append(row)
        depth = max(len(rows) for rows in by_list.values())
        for level in range(depth):
            layer = [rows[level] for rows in by_list.values() if len(rows) > level]
            for printed, numbers in _stretches(layer):
                cells = _cells(printed)
                del cells["signed"], cells["addendum"], cells["addendum_url"]
                found.append({"agency_id": agency, "model_code": model, **cells, "rows": numbers})
    return found


def _stretches(rows: Iterable[Sighting]) -> list[tuple[Printed, str]]:
    """Rows that read the same, as one line with the lists and sheet rows where they stand."""
    same: dict[Printed, dict[int, int]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.index):
        same[row.printed][row.index] = row.row
    return sorted(
        ((printed, pack_rows(numbers)) for printed, numbers in same.items()),
        key=lambda item: (min(same[item[0]]), item[1]),
    )


def _cells(printed: Printed) -> Row:
    return asdict(printed)
