"""What changed between two days: the core of the digest and of `reportkit diff` of two list dates.

Changes come from the store's agreements, waits and memoranda, never from rows: a respelling, a
repost, a mistyped year or a row under a wrong state is none. Each lies between two lists, never on a
day. See `news_items.KINDS` for the kinds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportkit.errors import DateError
from reportkit.findings.covering import Area
from reportkit.findings.news_agreements import Agreements
from reportkit.findings.news_files import correction_events, file_events
from reportkit.findings.news_items import Event, Item
from reportkit.findings.news_papers import paper_events
from reportkit.findings.news_waiting import waiting_events
from reportkit.places import Gazetteer, Place
from reportkit.store import ListRecord, Store


@dataclass(frozen=True, slots=True)
class Compared:
    """The lists of one kind that stand at both ends of a period; None before the first on hand."""

    before: ListRecord | None
    after: ListRecord | None
    between: int

    @property
    def same(self) -> bool:
        """True where no list of the kind was published in the period."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two days, in reading order, and the lists that were compared."""

    since: dt.date
    until: dt.date
    listed: Compared
    pending: Compared
    items: tuple[Item, ...]


def changes_between(store: Store, since: dt.date, until: dt.date) -> Changes:
    """All that changed between two days.

    `listed.before` is the newest list of `since`, `listed.after` that of `until`; what is told lies
    between the two. For a before b before c, the items of (a, c) are those of (b, c) and those of
    (a, b) that no list up to c undoes: an end is undone by a return or by an agreement that took the
    place. An item of one period is the same item, claim and all, in any other that tells it, and a
    store that grew by later lists tells the same.

    Args:
        store: the evidence store.
        since: a day that a list on hand is as old as, or older.
        until: a later day.

    Raises:
        DateError: the period is reversed or empty, or begins before the first list.
    """
    if until < since:
        raise DateError(
            f"period {since} to {until}: it ends before it begins; give the earlier day first"
        )
    if since == until:
        raise DateError(
            f"period {since} to {until}: it ends when it begins; begin on an earlier day (the "
            f"newest list on hand is of {store.lists[-1].date})"
        )
    if since < store.lists[0].date:
        raise DateError(
            f"period from {since}: the first list on hand is of {store.lists[0].date}; begin on "
            "that day or a later one"
        )
    return Changes(
        since,
        until,
        _compared(store.lists, since, until),
        _compared(store.pending_lists, since, until),
        tuple(event.item for event in events(store) if event.told(since, until)),
    )


def concerning(
    items: Iterable[Item], store: Store, states: tuple[str, ...], places: tuple[Place, ...]
) -> tuple[Item, ...]:
    """Those of some items that concern any of these states or places; all where none is named.

    A place is concerned by agencies that can act there. A file that could not be used concerns all.
    """
    if not states and not places:
        return tuple(items)
    gazetteer = Gazetteer.load()
    areas = [Area(place, gazetteer) for place in places]
    return tuple(
        item
        for item in items
        if item.agency_id is None
        or item.state in states
        or any(area.reason(store.agencies[item.agency_id]) for area in areas)
    )


@lru_cache(maxsize=4)
def events(store: Store) -> tuple[Event, ...]:
    """Every change that the lists of a store show, in reading order."""
    found = [
        *Agreements(store).events(),
        *waiting_events(store),
        *paper_events(store),
        *correction_events(store),
        *file_events(store),
    ]
    return tuple(sorted(found, key=lambda event: event.item.order))


def _compared(lists: tuple[ListRecord, ...], since: dt.date, until: dt.date) -> Compared:
    early = [item for item in lists if item.date <= since]
    late = [item for item in lists if item.date <= until]
    return Compared(
        early[-1] if early else None, late[-1] if late else None, len(late) - len(early)
    )
