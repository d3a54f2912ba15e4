"""Agreements that came, went, came back or took the place of others, list by list.

Each event says what its own list showed, and knows nothing of later ones: so a digest of a past
period stays as it is when the store grows. Only `Event.undone` looks ahead, to the list from which
a longer period tells more.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reportkit.evidence import Citation, Value
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.news_items import Event, agency_item, state_name
from reportkit.findings.news_waiting import waits
from reportkit.roster.values import MODELS
from reportkit.store import Agreement, ListRecord, Row, Store

_SUCCESSIONS = {
    "renewal": "renewed",
    "model switch": "switched",
    "listed under another agency": "relisted",
}


@dataclass(frozen=True, slots=True)
class _Held:
    """An agreement and the numbers of the lists that show it, in order."""

    agreement: Agreement
    shown: tuple[int, ...]


class Agreements:
    """Every agreement of a store and the lists that show it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.cite = Citations(store)
        newest = store.snapshot(store.lists[-1].date).agreements
        self.held = {
            item.id: _Held(item, tuple(sorted(store.shown_on(item.id)))) for item in newest
        }
        self._of: dict[str, list[_Held]] = defaultdict(list)
        for held in self.held.values():
            self._of[held.agreement.agency.id].append(held)
        self._before = {
            item.continues_as: self.held[item.id] for item in newest if item.continues_as
        }

    def events(self) -> Iterator[Event]:
        """What happened to each agreement."""
        for held in self.held.values():
            yield from self._beginning(held)
            yield from self._absences(held)
            yield from self._end(held)

    def models_on(self, agency: str, number: int, but: str) -> tuple[str, ...]:
        """The models with which an agency stands on a list, another agreement than `but`."""
        models = {
            held.agreement.model
            for held in self._of[agency]
            if held.agreement.id != but and number in self.store.shown_on(held.agreement.id)
        }
        return tuple(model for model in MODELS if model in models)

    def _beginning(self, held: _Held) -> Iterator[Event]:
        """The first list that shows it; nothing is known of what the first list on hand shows."""
        first = held.shown[0]
        if first == 0:
            return
        earlier = self._before.get(held.agreement.id)
        if earlier and earlier.shown[-1] < first:
            yield self._succession(earlier, held, first)
            return
        undone = self._date(earlier.shown[-1] + 1) if earlier else None
        yield self._new(held, undone)

    def _new(self, held: _Held, undone: dt.date | None) -> Event:
        lists = self.store.lists
        before, here = lists[held.shown[0] - 1], lists[held.shown[0]]
        now = self._on(held, here)
        models = self.models_on(now.agency.id, before.number, now.id)
        waited = self._waited(held, here)
        kind, message = ("model_added", "added") if models else ("signed", "signed")
        if now.model in models:
            message = "again"
        elif not models and self._stood(now, before.number):
            message = "back"
        evidence = [self.cite.row(now.first), self.cite.list(before)]
        values: dict[str, Value] = {
            **self._named(now),
            "signed": now.signed.isoformat() if now.signed else None,
            "signing": f"news.on {now.signed}" if now.signed else "news.undated",
            "after": before.date.isoformat(),
            "until": here.date.isoformat(),
            "held": models,
        }
        variant = ""
        if waited:
            first, last = waited[0].list.date, waited[-1].list.date
            values |= {"pending": first.isoformat(), "pending_last": last.isoformat()}
            variant = ".pending.once" if first == last else ".pending"
            evidence += [self.cite.row(waited[-1]), self.cite.row(waited[0])]
        told = claim(
            f"news.{kind}.{now.id}.{here.date}",
            f"news.{message}{variant}",
            "agreement on a list and on none before it that is on hand",
            tuple(dict.fromkeys(evidence)),
            **values,
        )
        window = before.date, here.date
        since = waited[0].list.date if waited else None
        return Event(agency_item(kind, now.agency, now.model, now.id, window, told, since), undone)

    def _absences(self, held: _Held) -> Iterator[Event]:
        """Each time that it left the lists and came back."""
        for last, back in itertools.pairwise(held.shown):
            if back - last > 1:
                yield self._left(held, last, self._date(back))
                yield self._returned(held, last, back)

    def _end(self, held: _Held) -> Iterator[Event]:
        """The end of what is on no later list, unless another had taken its place by then."""
        last = held.shown[-1]
        if last + 1 == len(self.store.lists):
            return
        successor = self.held.get(held.agreement.continues_as or "")
        if successor is None:
            yield self._left(held, last, None)
        elif successor.shown[0] <= last:
            yield self._succession(held, successor, last + 1)
        elif successor.shown[0] > last + 1:
            yield self._left(held, last, self._date(successor.shown[0]))

    def _left(self, held: _Held, number: int, undone: dt.date | None) -> Event:
        lists = self.store.lists
        absent = lists[number + 1]
        was = self._on(held, lists[number])
        still = self.models_on(was.agency.id, absent.number, was.id)
        kind = "model_dropped" if still else "ended"
        told = claim(
            f"news.{kind}.{was.id}.{absent.date}",
            f"news.{kind}",
            "agreement on a list and absent from the list that follows",
            (self.cite.row(was.last), self.cite.list(absent)),
            **self._named(was),
            after=was.last.list.date.isoformat(),
            until=absent.date.isoformat(),
            held=still,
        )
        window = was.last.list.date, absent.date
        return Event(agency_item(kind, was.agency, was.model, was.id, window, told), undone)

    def _returned(self, held: _Held, last: int, back: int) -> Event:
        lists = self.store.lists
        was, now = self._on(held, lists[last]), self._on(held, lists[back])
        before = lists[back - 1]
        told = claim(
            f"news.returned.{now.id}.{lists[back].date}",
            "news.returned",
            "agreement absent from the lists between two that show it",
            (self.cite.row(was.last), self.cite.list(before), self.cite.row(now.last)),
            **self._named(now),
            last=lists[last].date.isoformat(),
            after=before.date.isoformat(),
            until=lists[back].date.isoformat(),
        )
        window = before.date, lists[back].date
        return Event(agency_item("returned", now.agency, now.model, now.id, window, told))

    def _succession(self, earlier: _Held, later: _Held, number: int) -> Event:
        """One that took the place of another, told on the first list that shows it without that."""
        here = self.store.lists[number]
        was, now = self._on(earlier, here), self._on(later, here)
        kind = _SUCCESSIONS[was.succession]
        told = claim(
            f"news.{kind}.{now.id}.{here.date}",
            f"news.{kind}",
            "agreement that took the place of one that left the lists",
            self._rows(was.last, now.first, here),
            **self._named(now),
            signing=f"news.on {now.signed}" if now.signed else "news.undated",
            signed=now.signed.isoformat() if now.signed else None,
            old_agency=was.agency.name,
            old_model=was.model,
            old_signed=was.signed.isoformat() if was.signed else None,
            after=was.last.list.date.isoformat(),
            until=here.date.isoformat(),
        )
        window = was.last.list.date, here.date
        return Event(agency_item(kind, now.agency, now.model, now.id, window, told))

    def _rows(self, old: Row, new: Row, here: ListRecord) -> tuple[Citation, ...]:
        """Row by row, and the list without the old one where it is not that of the new one's row."""
        rows = self.cite.row(old), self.cite.row(new)
        return rows if new.list == here else (*rows, self.cite.list(here))

    def _waited(self, held: _Held, here: ListRecord) -> tuple[Row, ...]:
        """The rows of pending lists that led to an agreement, in order of time."""
        agreement = held.agreement
        others = [
            self._date(other.shown[0])
            for other in self._of[agreement.agency.id]
            if other.agreement.model == agreement.model and other.shown[0] < held.shown[0]
        ]
        since = max(others, default=dt.date.min)
        for model in (agreement.model, None):
            shown = waits(self.store).get((agreement.agency.id, model), ())
            if rows := tuple(row for row in shown if since < row.list.date <= here.date):
                return rows
        return ()

    def _stood(self, agreement: Agreement, number: int) -> bool:
        """True where the agency stood on any list up to this one."""
        return any(held.shown[0] <= number for held in self._of[agreement.agency.id])

    def _on(self, held: _Held, item: ListRecord) -> Agreement:
        found = self.store.agreement_on(held.agreement.id, item)
        assert found is not None, (held.agreement.id, item.date)
        return found

    def _date(self, number: int) -> dt.date:
        return self.store.lists[number].date

    @staticmethod
    def _named(agreement: Agreement) -> dict[str, Value]:
        return {
            "agency": agreement.agency.name,
            "state": state_name(agreement.agency),
            "model": agreement.model,
        }
