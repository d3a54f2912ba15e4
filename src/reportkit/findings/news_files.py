"""Corrections that lists of a period first call for, and files that could not be used."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from reportkit.evidence import Citation, Locator, Source, Value
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.news_items import Event, Item, agency_item, state_name
from reportkit.places import Gazetteer
from reportkit.roster.dates import named_date
from reportkit.store import CorrectionRecord, Row, Store

_USED = {"used", "copy"}


def correction_events(store: Store) -> Iterator[Event]:
    """Each correction, told with the first list that prints what it corrects.

    Where the first list on hand prints it already, it is no news.
    """
    cite = Citations(store)
    printed = sorted(_first_rows(store), key=lambda item: (_key(item[0]), item[1].list.number))
    for _, same in groupby(printed, key=lambda item: _key(item[0])):
        correction, row = next(same)
        if row.list.number:
            yield _corrected(store, correction, row, cite)


def _key(item: CorrectionRecord) -> tuple[str, str, str, str]:
    return item.agency, item.agreement or "", item.field, item.value


def _first_rows(store: Store) -> Iterator[tuple[CorrectionRecord, Row]]:
    """Each correction with the first row that prints what it corrects."""
    lists = {item.file: item for item in store.lists}
    held: dict[str, list[str]] = defaultdict(list)
    for agreement in store.snapshot(store.lists[-1].date).agreements:
        held[agreement.agency.id].append(agreement.id)
    for item in store.corrections:
        named = [row.rpartition("#") for row in item.rows]
        rows = [(lists[file].number, int(row)) for file, _, row in named if file in lists]
        if item.field == "county":
            # The record names the newest row alone.
            rows += [
                (number, row)
                for agreement in held[item.agency]
                for number, (row, printed) in store.rows(agreement).items()
                if printed["county"] == item.printed
            ]
        if rows:
            number, row = min(rows)
            yield item, Row(store.lists[number], row)


def _corrected(store: Store, item: CorrectionRecord, row: Row, cite: Citations) -> Event:
    agency, here = store.agencies[item.agency], row.list
    before = store.lists[here.number - 1]
    gazetteer = Gazetteer.load()
    value: Value = item.value
    if item.field == "state":
        value = gazetteer.state_by_postal(item.value).name
    elif item.field == "county":
        value = tuple(gazetteer.place(geoid).name for geoid in item.value.split())
    told = claim(
        f"news.correction.{agency.id}.{item.field}.{here.date}",
        f"news.correction.{item.field}",
        "value on record otherwise than ICE printed it, on the first list that prints it so",
        (cite.row(row),),
        agency=agency.name,
        state=state_name(agency),
        printed=item.printed,
        value=value,
        reason=item.reason,
        source=item.source,
        until=here.date.isoformat(),
    )
    days = before.date, here.date
    return Event(agency_item("correction", agency, None, item.agreement, days, told))


def file_events(store: Store) -> Iterator[Event]:
    """Files of lists that could not be used, by the day that their name names."""
    for row in store.origins.values():
        if row["verdict"] in _USED:
            continue
        day = named_date(row["file"]) or _iso(row["captured"])
        if day:
            source = Source(
                f"file-{row['sha256'][:16]}",
                "pending-list" if row["kind"] == "pending" else "list",
                row["file"],
                "ICE",
                None,
                row["sha256"],
                row["captured"] or None,
                row["origin"] or None,
            )
            told = claim(
                f"news.quarantined.{row['sha256'][:16]}.{day}",
                f"news.quarantined.{row['verdict']}",
                "file that was read and set apart",
                (Citation(source, Locator("whole")),),
                file=row["file"],
                reason=row["reason"],
                date=day.isoformat(),
            )
            yield Event(Item("quarantined", "", (), None, "", "", None, None, day, day, told))


def _iso(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None
