"""What the record shows on a day: counts over lists, growth between them, terms over memoranda."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reportkit.findings.generation_counts import find_held
from reportkit.findings.growth import find_growth
from reportkit.findings.national import TERRITORIES, National
from reportkit.findings.points import form_of
from reportkit.library.fields import span
from reportkit.library.statements import Statement
from reportkit.moa.declared import declared
from reportkit.moa.values import Found
from reportkit.roster.values import MODELS
from reportkit.store import Agency, Agreement, ListRecord, MemorandumRecord, Store
from reportkit.store.tables import unpack_rows


@dataclass(frozen=True, slots=True)
class Wait:
    """An agency on a pending list, and the model that it waits for, "" where none is printed."""

    agency: Agency
    model: str


@dataclass(frozen=True)
class Reading:
    """One list and what of it a statement speaks of."""

    list: ListRecord
    held: tuple[Agreement | Wait, ...]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Agreements, agencies, states (the District of Columbia among them), territories, models."""
        states = {item.agency.state for item in self.held}
        return {
            "agreements": len(self.held),
            "agencies": len({item.agency.id for item in self.held}),
            "states": len(states - TERRITORIES),
            "territories": len(states & TERRITORIES),
            "areas": len(states),
            "models": len(self.models),
        }

    @cached_property
    def models(self) -> tuple[str, ...]:
        """The models that it shows."""
        shown = {item.model for item in self.held}
        return tuple(model for model in MODELS if model in shown)


@dataclass(frozen=True)
class Bracket:
    """The lists that tell of a time: from the newest before it to the first after it.

    `covered` says whether lists on hand reach to both its ends.
    """

    readings: tuple[Reading, ...]
    covered: bool


@dataclass(frozen=True, slots=True)
class TermsHeld:
    """Of the memoranda of each model that say yes or no to some terms, how many say yes.

    `unread` counts those that could not be read where the terms stand.
    """

    held: Mapping[str, int]
    read: Mapping[str, int]
    unread: int


@dataclass(frozen=True, slots=True)
class Variation:
    """Of `terms` terms, on how many memoranda differ: within one standard form, and over all."""

    terms: int
    within: int
    across: int
    memoranda: int


def bracket(statement: Statement, national: National, time: str) -> Bracket:
    """The lists that tell of a day, month or year, with what a statement counts on them.

    Args:
        statement: narrows what is counted.
        national: the record up to its as-of date.
        time: an ISO day, month or year.
    """
    first, last = span(time)
    lists = (
        [item for item in national.store.pending_lists if item.date <= national.snapshot.as_of]
        if statement.status == "pending"
        else list(national.snapshot.lists)
    )
    if not lists or last < lists[0].date or lists[-1].date < first:
        return Bracket((), False)
    start = max(sum(item.date <= first for item in lists) - 1, 0)
    end = sum(item.date <= last for item in lists) + 1
    return Bracket(
        tuple(Reading(item, _held(item, statement, national)) for item in lists[start:end]),
        lists[0].date <= first and last <= lists[-1].date,
    )


def _held(
    item: ListRecord, statement: Statement, national: National
) -> tuple[Agreement | Wait, ...]:
    """What a list shows (or, for ended ones, no longer shows) of what a statement counts."""
    shown: Iterable[Agreement | Wait]
    if statement.status == "pending":
        shown = _waits(national.store)[item.number]
    elif statement.status == "ended":
        shown = _ended(item.number, national)
    else:
        shown = find_growth(national).points[item.number].held
    return tuple(held for held in shown if _counts(held, statement))


@lru_cache(maxsize=4)
def _waits(store: Store) -> Mapping[int, list[Wait]]:
    """Who stands on each pending list, by its number."""
    found: dict[int, list[Wait]] = defaultdict(list)
    for line in store.table("pending"):
        for number in unpack_rows(line["rows"]):
            found[number].append(Wait(store.agencies[line["agency_id"]], line["model_code"]))
    return found


def _ended(number: int, national: National) -> Iterable[Agreement]:
    for agreement in national.snapshot.agreements:
        lists = national.store.shown_on(agreement.id)
        if number not in lists and min(lists) < number:
            yield agreement


def _counts(held: Agreement | Wait, statement: Statement) -> bool:
    return (
        statement.model in ("", held.model)
        and statement.state in ("", held.agency.state)
        and statement.kind in ("", held.agency.kind)
    )


def first_with(least: float, statement: Statement, national: National) -> Reading | None:
    """The first list on which what a statement counts is so high, None where none is."""
    for point in find_growth(national).points:
        held = tuple(item for item in point.held if _counts(item, statement))
        reading = Reading(point.list, held)
        if reading.counts[statement.measure] >= least:
            return reading
    return None


def memoranda(national: National) -> tuple[MemorandumRecord, ...]:
    """The memorandum on hand of each agreement known by the as-of date."""
    return tuple(item.memorandum for item in find_held(national))


def terms_held(terms: Iterable[str], model: str, national: National) -> TermsHeld:
    """How many memoranda have all of some terms; those of one model, or of all ("")."""
    held: Counter[str] = Counter()
    read: Counter[str] = Counter()
    unread = 0
    names = tuple(terms)
    for item in memoranda(national):
        if item.model is None or model not in ("", item.model):
            continue
        states = [item.found[name].state if name in item.found else "unreadable" for name in names]
        if "absent" in states or set(states) == {"present"}:
            read[item.model] += 1
            held[item.model] += "absent" not in states
        else:
            unread += 1
    return TermsHeld(held, read, unread)


def variation(group: str, national: National) -> Variation:
    """On how many terms memoranda differ; those of one group, or all ("")."""
    records = memoranda(national)
    forms: dict[str, list[MemorandumRecord]] = defaultdict(list)
    for item in records:
        if form := form_of(item.generation):
            forms[form].append(item)
    terms = [term.id for term in declared() if group in ("", term.group)]
    return Variation(
        len(terms),
        sum(any(_differ(items, term) for items in forms.values()) for term in terms),
        sum(_differ(records, term) for term in terms),
        len(records),
    )


def _differ(records: Iterable[MemorandumRecord], term: str) -> bool:
    """Whether memoranda say different things on a term; pages that cannot be read say nothing."""
    said = {_said(item.found[term]) for item in records if term in item.found}
    return len(said - {None}) > 1


def _said(found: Found) -> tuple[str, object] | None:
    if found.state == "unreadable" or (found.state == "present" and found.value is None):
        return None
    return found.state, found.value
