"""Memoranda and addenda: newly linked by ICE, linked anew, and newly on hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportkit.evidence import Value
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.news_items import Event, agency_item, state_name
from reportkit.roster.links import file_name
from reportkit.store import Agreement, ListRecord, Row, Store

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Link:
    """A cell of the lists that links a file: the column, and the kinds of news that it makes."""

    column: str
    first: str
    changed: str


_LINKS = (_Link("moa_url", "memorandum", "link"), _Link("addendum_url", "addendum", "addendum"))


def paper_events(store: Store) -> Iterator[Event]:
    """Links that came or lead elsewhere, and memoranda that were copied.

    What the first list with an agreement links comes with the agreement. A link that is missing from
    a list and back on a later one is no news, nor is the same file at another address.
    """
    cite = Citations(store)
    for held in store.snapshot(store.lists[-1].date).agreements:
        for link in _LINKS:
            yield from _linked(store, held, link, cite)
    yield from _copied(store, cite)


def _linked(store: Store, held: Agreement, link: _Link, cite: Citations) -> Iterator[Event]:
    shown = sorted(store.rows(held.id).items())
    (earlier, (old_row, printed)), *rest = shown
    url = printed[link.column]
    known = file_name(url)
    for number, (row, printed) in rest:
        last, url = url, printed[link.column]
        if url != last and (file := file_name(url)) and _spelt(file) != _spelt(known):
            window = Row(store.lists[earlier], old_row), Row(store.lists[number], row)
            kind = link.changed if known else link.first
            yield _link_event(store, held.id, link, kind, window, (known, file), cite)
            known = file
        earlier, old_row = number, row


def _spelt(file: str) -> str:
    """A file's name without what a respelling changes: capitals, blanks and signs."""
    return _SIGNS.sub("", file).casefold()


def _link_event(
    store: Store,
    agreement: str,
    link: _Link,
    kind: str,
    window: tuple[Row, Row],
    files: tuple[str, str],
    cite: Citations,
) -> Event:
    before, here = window
    now = store.agreement_on(agreement, here.list)
    assert now is not None
    url = now.moa_url if link.column == "moa_url" else now.addendum_url
    told = claim(
        f"news.{kind}.{now.id}.{here.list.date}",
        f"news.{kind}{'.changed' if files[0] and kind == link.first else ''}",
        "the row of an agreement links a file, and the row of the list before another or none",
        (cite.row(here), cite.row(before)),
        **_named(now),
        file=files[1],
        old_file=files[0] or None,
        url=url,
        after=before.list.date.isoformat(),
        until=here.list.date.isoformat(),
    )
    days = before.list.date, here.list.date
    return Event(agency_item(kind, now.agency, now.model, now.id, days, told))


def _copied(store: Store, cite: Citations) -> Iterator[Event]:
    """Memoranda by the day of the copy; where that is not on record, they are told in no period."""
    for record in store.memoranda:
        captured = store.origins.get(record.sha256, {}).get("captured")
        if not captured or not record.agreement:
            continue
        day = dt.date.fromisoformat(captured[:10])
        held = store.agreement_on(record.agreement, _newest(store, day))
        if held is None:
            continue
        told = claim(
            f"news.on_hand.{held.id}.{day}.{record.sha256[:8]}",
            "news.on_hand",
            "the day on which a copy of a memorandum in the store was made",
            (cite.memorandum(record, held),),
            **_named(held),
            pages=record.pages,
            until=day.isoformat(),
        )
        yield Event(agency_item("on_hand", held.agency, held.model, held.id, (day, day), told))


def _newest(store: Store, day: dt.date) -> ListRecord:
    """The newest participating list of a day, the first one for an earlier day."""
    known = [item for item in store.lists if item.date <= day]
    return known[-1] if known else store.lists[0]


def _named(held: Agreement) -> dict[str, Value]:
    return {"agency": held.agency.name, "state": state_name(held.agency), "model": held.model}
