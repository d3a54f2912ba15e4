"""From what a user types to a place and a day."""

from __future__ import annotations

import datetime as dt

from reportkit.errors import DateError
from reportkit.places import Gazetteer, Place, resolve
from reportkit.store import Store


def find_place(name: str, store: Store, gazetteer: Gazetteer) -> Place:
    """The one place that a name or id means; an agency's name means the place it acts in.

    Raises:
        AmbiguousPlace, UnknownPlace: see `places.resolve`.
    """
    if name in gazetteer:
        return gazetteer.place(name)
    return resolve(name, gazetteer, agency_places(store, gazetteer))


def agency_places(store: Store, gazetteer: Gazetteer) -> tuple[tuple[str, str, str], ...]:
    """Name, postal code and place id of every agency on any list, under all its spellings.

    An agency of several counties, or of none that is known, is found by its state.
    """
    found = []
    for spelling, identity in store.spellings:
        agency = store.agencies[identity]
        place = agency.place or agency.county or gazetteer.state_by_postal(agency.state).geoid
        found.append((spelling, agency.state, place))
    return tuple(found)


def as_of_date(text: str | dt.date | None, store: Store) -> dt.date:
    """The as-of date; by default the day of the newest list.

    Raises:
        DateError: no date, in the future, or before the first list on hand.
    """
    if not text:
        return store.lists[-1].date
    try:
        day = dt.date.fromisoformat(text if isinstance(text, str) else text.strftime("%Y-%m-%d"))
    except ValueError:
        raise DateError(f"as-of date {text!r}: write it like 2026-05-18") from None
    if day > dt.date.today():
        raise DateError(f"as-of date {day}: lies in the future; choose today or an earlier day")
    if day < store.lists[0].date:
        raise DateError(
            f"as-of date {day}: the first list on hand is of {store.lists[0].date}; "
            "choose that day or a later one"
        )
    return day
