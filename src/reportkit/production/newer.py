"""Which lists a store holds that are newer than a brief's, and whether they concern its subject.

A brief is what was known on its day, so it says nothing of later lists itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportkit.brief.assemble import nation_as_of
from reportkit.findings.lookup import as_of_date
from reportkit.findings.national import National
from reportkit.findings.standing import Standing, changes, standing
from reportkit.messages import Catalogue
from reportkit.places import Gazetteer, Place
from reportkit.production.editions import NATION
from reportkit.store import ListRecord, Store


@dataclass(frozen=True, slots=True)
class Newer:
    """What a store holds beyond a brief: ISO dates of newer lists of either kind, in order.

    `changes` has an English line for each thing on record about the brief's subject that is not
    what it was; none where the newer lists say nothing new of it. `subject` is a kind of place, or
    nation.
    """

    subject: str
    list_date: str
    lists: tuple[str, ...]
    pending_lists: tuple[str, ...]
    changes: tuple[str, ...]


def newer(facts: Mapping[str, Any], store: Store) -> Newer | None:
    """What a store holds that is newer than the brief with these facts; None where nothing is.

    Args:
        facts: what its brief.json holds.
        store: the store to look in.

    Raises:
        ReportkitError: the subject is no place, or the store knows nothing of the brief's day.
    """
    roster, subject = facts["roster"], facts["jurisdiction"]
    lists = _after(roster["list_date"], store.lists)
    pending = _after(roster["pending_list_date"] or roster["list_date"], store.pending_lists)
    if not lists and not pending:
        return None
    before = nation_as_of(store, _day(facts, store))
    newest = max(*(item.date for item in (*lists, *pending)), before.snapshot.as_of)
    now = nation_as_of(store, newest)
    about = [_standing(subject, national) for national in (before, now)]
    return Newer(
        subject["kind"],
        roster["list_date"],
        tuple(item.date.isoformat() for item in lists),
        tuple(item.date.isoformat() for item in pending),
        tuple(changes(*about)),
    )


def newer_on(day: str, place: Place | None, store: Store) -> Newer | None:
    """The same of a brief that this store would make of a day; `place` None for the nation's.

    Raises:
        DateError: the store knows nothing of the day.
    """
    snapshot = nation_as_of(store, as_of_date(day, store)).snapshot
    pending = snapshot.pending_list
    return newer(
        {
            "as_of": day,
            "jurisdiction": {"kind": place.kind, "geoid": place.geoid}
            if place
            else {"kind": NATION},
            "roster": {
                "list_date": snapshot.list.date.isoformat(),
                "pending_list_date": pending.date.isoformat() if pending else None,
            },
        },
        store,
    )


def newer_text(found: Newer, words: Catalogue) -> str:
    """The same in one or two sentences."""
    lists, pending = found.lists, found.pending_lists
    told = "newer.lists" if lists else "newer.pending"
    kind = "nation" if found.subject == NATION else "place"
    return " ".join(
        (
            words.text(
                told,
                {
                    "n": len(lists or pending),
                    "date": found.list_date,
                    "newest": (lists or pending)[-1],
                },
            ),
            words.text(
                f"newer.{'changed' if found.changes else 'same'}.{kind}",
                {"n": len(found.changes)},
            ),
        )
    )


def _after(day: str, lists: Iterable[ListRecord]) -> tuple[ListRecord, ...]:
    return tuple(item for item in lists if item.date.isoformat() > day)


def _day(facts: Mapping[str, Any], store: Store) -> dt.date:
    """The brief's day; that of its list, where this store holds a later one for the brief's day."""
    day = as_of_date(facts["as_of"], store)
    held = facts["roster"]["list_date"]
    later = any(item.date <= day for item in _after(held, store.lists))
    return as_of_date(held, store) if later else day


def _standing(subject: Mapping[str, str], national: National) -> Standing:
    if subject["kind"] != NATION:
        return standing(Gazetteer.load().place(subject["geoid"]), national)
    return {
        item.id: {
            "about": f"{item.agency.name}, {item.agency.state} ({item.model})",
            "status": item.status,
        }
        for item in national.snapshot.agreements
    }
