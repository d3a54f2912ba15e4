"""Who came onto the pending lists, and who left them without an agreement."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from reportkit.evidence import Citation, Value
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.news_items import Event, agency_item, state_name
from reportkit.places import fold
from reportkit.store import Agency, ListRecord, Row, Store

Wait = tuple[str, str | None]
"""An agency's id and a model, None where the pending lists print none."""
_SLIP = 2
_NEAR = dt.timedelta(days=60)
"""A misprinted wait was mended within this time; as for agreements, see `roster.agreements`."""


@lru_cache(maxsize=4)
def waits(store: Store) -> Mapping[Wait, tuple[Row, ...]]:
    """The rows of each wait in order of time, those that were misprinted with the others."""
    shown = {wait: tuple(row for row, _ in rows.values()) for wait, rows in store.waits.items()}
    begun = {wait: rows[0].list.date for wait, rows in shown.items()}
    for held in store.snapshot(store.lists[-1].date).agreements:
        day = held.first.list.date
        begun[held.agency.id, held.model] = min(day, begun.get((held.agency.id, held.model), day))
    found: dict[Wait, set[Row]] = defaultdict(set)
    for wait, rows in shown.items():
        found[_mended(store, wait, rows[-1].list.date, begun)].update(rows)
    return {
        wait: tuple(sorted(rows, key=lambda row: (row.list.number, row.row)))
        for wait, rows in sorted(found.items(), key=str)
    }


def _mended(store: Store, wait: Wait, last: dt.date, begun: Mapping[Wait, dt.date]) -> Wait:
    """The wait that a misprinted one is: one without its model, under a wrong state, or misspelt.

    A wait whose model is not printed is that for the model which is. One under a name that no place
    of its state has is that of an agency of the same name in another state, or of a name that
    differs by a letter or two, whose own begins soon after.
    """
    agency, model = store.agencies[wait[0]], wait[1]
    if model and agency.rule != "unknown":
        return wait
    like = [
        other
        for other, day in begun.items()
        if other != wait
        and dt.timedelta() <= day - last <= _NEAR
        and (
            other[0] == agency.id
            if agency.rule != "unknown"
            else other[1] == model and _alike(agency, store.agencies[other[0]])
        )
    ]
    return min(like, key=lambda other: (begun[other], str(other)), default=wait)


def _alike(agency: Agency, other: Agency) -> bool:
    if agency.state != other.state:
        return fold(agency.name) == fold(other.name)
    return OSA.distance(agency.name, other.name) <= _SLIP


class _Answers:
    """The agreements that end a wait."""

    def __init__(self, store: Store) -> None:
        self._lists = store.lists
        self._days = [item.date for item in store.lists]
        self._held: dict[Wait, list[tuple[int, frozenset[int]]]] = defaultdict(list)
        for held in store.snapshot(store.lists[-1].date).agreements:
            shown = held.first.list.number, store.shown_on(held.id)
            self._held[held.agency.id, held.model].append(shown)
            self._held[held.agency.id, None].append(shown)

    def list_from(self, day: dt.date) -> ListRecord | None:
        """The first participating list on or after a day."""
        number = bisect_left(self._days, day)
        return self._lists[number] if number < len(self._lists) else None

    def known(self, wait: Wait, since: dt.date, day: dt.date) -> bool:
        """True where the newest list of a day shows one, or one was first listed since a day."""
        newest = bisect_right(self._days, day) - 1
        return any(
            newest in shown or (first <= newest and since <= self._days[first])
            for first, shown in self._held.get(wait, ())
        )

    def after(self, wait: Wait, day: dt.date) -> dt.date | None:
        """The first list after a day that shows one."""
        later = bisect_right(self._days, day)
        numbers = [
            number for _, shown in self._held.get(wait, ()) for number in shown if number >= later
        ]
        return self._days[min(numbers)] if numbers else None


def waiting_events(store: Store) -> Iterator[Event]:
    """Each time that an agency came onto the pending lists, or left them without an agreement.

    A wait that an agreement on the participating lists answers is no news of its own: that of the
    agreement tells it. The first pending list on hand does not tell who is new on it.
    """
    answers, cite = _Answers(store), Citations(store)
    for wait, rows in waits(store).items():
        runs = _runs(rows)
        for index, run in enumerate(runs):
            again = runs[index + 1][0].list.date if index + 1 < len(runs) else None
            left = list(_left(store, wait, run, again, answers, cite))
            gone = min((event.item.until for event in left), default=None)
            yield from _came(store, wait, run, gone, answers, cite, back=index > 0)
            yield from left


def _runs(rows: tuple[Row, ...]) -> list[list[Row]]:
    """The rows of a wait, apart where a pending list between does not show it."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and row.list.number - runs[-1][-1].list.number <= 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _came(
    store: Store,
    wait: Wait,
    run: list[Row],
    gone: dt.date | None,
    answers: _Answers,
    cite: Citations,
    *,
    back: bool,
) -> Iterator[Event]:
    """What was answered, or has left the pending lists, is pending no more."""
    here = run[0].list
    if here.number == 0 or answers.known(wait, here.date, here.date):
        return
    before = store.pending_lists[here.number - 1]
    yield _event(
        store,
        "pending",
        wait,
        (before, here),
        "again" if back else "",
        "row of a pending list that the one before does not show, without an agreement listed",
        (cite.row(run[0]), cite.list(before)),
        min(filter(None, (gone, answers.after(wait, here.date))), default=None),
    )


def _left(
    store: Store,
    wait: Wait,
    run: list[Row],
    again: dt.date | None,
    answers: _Answers,
    cite: Citations,
) -> Iterator[Event]:
    """Told with the first participating list that is as new as the pending list without it.

    Most that leave the pending lists are on the next participating list: before it, nothing is known.
    """
    last = run[-1].list
    if last.number + 1 == len(store.pending_lists):
        return
    absent = store.pending_lists[last.number + 1]
    listed = answers.list_from(absent.date)
    if listed is None or answers.known(wait, run[0].list.date, listed.date):
        return
    if again and again <= listed.date:
        return
    later = [day for day in (again, answers.after(wait, listed.date)) if day]
    yield _event(
        store,
        "no_longer_pending",
        wait,
        (last, listed),
        "",
        "row of a pending list that the next does not show, nor a participating list as new",
        (cite.row(run[-1]), cite.list(absent), cite.list(listed)),
        min(later, default=None),
        first=run[0].list.date.isoformat(),
        absent=absent.date.isoformat(),
    )


def _event(
    store: Store,
    kind: str,
    wait: Wait,
    window: tuple[ListRecord, ListRecord],
    variant: str,
    rule: str,
    evidence: tuple[Citation, ...],
    undone: dt.date | None,
    **values: Value,
) -> Event:
    agency, model = store.agencies[wait[0]], wait[1]
    before, after = window
    # Two pending lists of one day are not told apart by their dates.
    same_day = "later" if values.get("absent", after.date.isoformat()) == str(before.date) else ""
    parts = "news", kind, variant, same_day, "" if model else "unprinted"
    message = ".".join(filter(None, parts))
    told = claim(
        f"news.{kind}.{agency.id}.{(model or 'any').lower()}.{after.date}",
        message,
        rule,
        evidence,
        agency=agency.name,
        state=state_name(agency),
        model=model,
        after=before.date.isoformat(),
        until=after.date.isoformat(),
        **values,
    )
    days = before.date, after.date
    return Event(agency_item(kind, agency, model, None, days, told), undone)
