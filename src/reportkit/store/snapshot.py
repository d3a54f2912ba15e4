"""The roster as of a day: every agreement known by then, with its status on that day."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from reportkit.store.facts import Agency, Agreement, ListRecord, Row, Waiting


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What was known on a day. `list` is the newest participating list, `pending_list` likewise.

    `lists` are all participating lists up to then, in order of time; `undated` are the hashes of
    the tables that speak of no list.
    """

    as_of: dt.date
    list: ListRecord
    pending_list: ListRecord | None
    lists: Sequence[ListRecord]
    agreements: tuple[Agreement, ...]
    waiting: tuple[Waiting, ...]
    undated: Mapping[str, str]

    @cached_property
    def sha256(self) -> str:
        """One hash for all that was known on the day: the same in every store that knew it."""
        known = (self.as_of, *self.lists, self.pending_list, *self.agreements, *self.waiting)
        text = "\n".join(map(repr, (*known, *sorted(self.undated.items()))))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def age_days(self) -> int:
        """Days from the newest list to the as-of date."""
        return (self.as_of - self.list.date).days

    @cached_property
    def by_state(self) -> Mapping[str, tuple[Agreement, ...]]:
        """Agreements by postal code."""
        found: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in self.agreements:
            found[agreement.agency.state].append(agreement)
        return MappingProxyType({state: tuple(items) for state, items in found.items()})

    @cached_property
    def listed(self) -> tuple[Agreement, ...]:
        """The agreements on the newest list."""
        return tuple(item for item in self.agreements if item.status == "listed")


@dataclass(slots=True)
class Stretch:
    """An agreement's printed row over the lists that print it so, as a store's table has it."""

    printed: Mapping[str, str]
    rows: Mapping[int, int]


def shown_rows(
    stretches: Iterable[Stretch], known: int
) -> dict[int, tuple[int, Mapping[str, str]]]:
    """Sheet row and printed values of an agreement on each of the first `known` lists that show it."""
    rows: dict[int, tuple[int, Mapping[str, str]]] = {}
    for stretch in stretches:
        for number, row in stretch.rows.items():
            if number < known and number not in rows:
                rows[number] = (row, stretch.printed)
    return rows


def agreement_as_of(
    key: Mapping[str, str],
    agency: Agency,
    stretches: Sequence[Stretch],
    lists: Sequence[ListRecord],
    models_known: Mapping[str, int],
) -> Agreement | None:
    """One agreement as the lists up to a day show it, None where none shows it yet.

    `lists` are those lists; `models_known` maps each agreement to the number of its first list, so
    that a successor counts only once it is there.
    """
    known = len(lists)
    rows = shown_rows(stretches, known)
    if not rows:
        return None
    numbers = sorted(rows)
    first, last = numbers[0], numbers[-1]
    printed = rows[last][1]
    listed = last == known - 1
    successor = key["continues_as"]
    succeeded = bool(successor) and not listed and models_known.get(successor, known) < known
    signed, mistyped = _signed(key, [rows[number][1] for number in reversed(numbers)])
    return Agreement(
        id=key["id"],
        agency=agency,
        name_printed=printed["agency"],
        county_printed=printed["county"],
        model=key["model"],
        signed=signed,
        mistyped=mistyped,
        status="listed" if listed else "ended",
        first=Row(lists[first], rows[first][0]),
        last=Row(lists[last], rows[last][0]),
        absent=None if listed else lists[last + 1],
        moa_url=printed["moa_url"] or None,
        moa_words=printed["moa"],
        pending_since=None if printed["moa_url"] else lists[_unlinked_since(numbers, rows)],
        addendum_url=printed["addendum_url"] or None,
        continues_as=successor if succeeded else None,
        succession=key["succession"] if succeeded else "",
        gaps=tuple((lists[a], lists[b]) for a, b in itertools.pairwise(numbers) if b - a > 1),
    )


def _signed(
    key: Mapping[str, str], rows: Iterable[Mapping[str, str]]
) -> tuple[dt.date | None, dt.date | None]:
    """The date that the newest of the rows prints and, where its year is a slip, what is printed."""
    for printed in rows:
        try:
            shown = dt.date.fromisoformat(printed["signed"])
        except ValueError:
            continue
        if key["mistyped"] and shown.isoformat() == key["mistyped"]:
            return dt.date.fromisoformat(key["signed"]), shown
        return shown, None
    return None, None


def _unlinked_since(
    numbers: Sequence[int], rows: Mapping[int, tuple[int, Mapping[str, str]]]
) -> int:
    """The first of the last lists that show the agreement without an address."""
    since = numbers[-1]
    for number in reversed(numbers):
        if rows[number][1]["moa_url"]:
            break
        since = number
    return since
