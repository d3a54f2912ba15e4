"""How the program grew: agreements and agencies on each list, by model, state and kind of agency."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.national import Counts, National, count
from reportkit.roster.values import MODELS
from reportkit.store import Agreement, ListRecord

# Rows of the table of states; the others are counted together.
_STATES = 12
_YEAR = 365


@dataclass(frozen=True)
class Point:
    """One list and the agreements that it shows."""

    list: ListRecord
    held: tuple[Agreement, ...]

    @cached_property
    def counts(self) -> Counts:
        """Agreements, agencies and agreements by model on the list."""
        return count(self.held)

    @cached_property
    def by_state(self) -> Mapping[str, Counts]:
        """The same by postal code; no entry for a state without agreements."""
        return _grouped(self.held, lambda item: item.agency.state)

    @cached_property
    def by_kind(self) -> Mapping[str, Counts]:
        """The same by kind of agency."""
        return _grouped(self.held, lambda item: item.agency.kind)

    @property
    def date(self) -> str:
        """The ISO date of the list."""
        return self.list.date.isoformat()


def _grouped(held: tuple[Agreement, ...], key: Callable[[Agreement], str]) -> Mapping[str, Counts]:
    groups: dict[str, list[Agreement]] = defaultdict(list)
    for item in held:
        groups[key(item)].append(item)
    return {name: count(items) for name, items in sorted(groups.items())}


@dataclass(frozen=True)
class Growth:
    """The participating lists up to a day, in order of time."""

    points: tuple[Point, ...]

    @property
    def newest(self) -> Point:
        """The newest list."""
        return self.points[-1]

    @property
    def year_before(self) -> Point | None:
        """The newest list at least a year older than the newest, None where the record is shorter."""
        return self.on(self.newest.list.date - dt.timedelta(_YEAR))

    @property
    def year_ends(self) -> tuple[Point, ...]:
        """The first list, the last of each year, and the newest."""
        last = {point.list.date.year: point for point in self.points}
        return tuple(dict.fromkeys((self.points[0], *last.values())))

    def on(self, day: dt.date) -> Point | None:
        """The newest list on or before a day, None before the first."""
        known = [point for point in self.points if point.list.date <= day]
        return known[-1] if known else None

    def first_with(self, model: str) -> Point | None:
        """The first list that shows a model, None where none does."""
        return next((point for point in self.points if model in point.counts.models), None)


@lru_cache(maxsize=4)
def find_growth(national: National) -> Growth:
    """Who stood on each list up to the as-of date."""
    lists = national.snapshot.lists
    shown: list[list[Agreement]] = [[] for _ in lists]
    for agreement in national.snapshot.agreements:
        for number in national.store.shown_on(agreement.id):
            if number < len(lists):
                shown[number].append(agreement)
    return Growth(tuple(Point(item, tuple(held)) for item, held in zip(lists, shown, strict=True)))


def growth_claims(national: National, cite: Citations) -> tuple[Claim, ...]:
    """The number of agreements and agencies over time, then today's by state and kind."""
    growth = find_growth(national)
    return (
        *_span(growth, cite),
        _chart(growth, cite),
        *_models(growth, cite),
        *_signings(national, growth, cite),
        _gaps(growth, cite),
        *(_year(point, cite) for point in growth.year_ends),
        *_states(national, growth, cite),
        _holders(growth, cite),
        *_kinds(growth, cite),
    )


def _span(growth: Growth, cite: Citations) -> Iterator[Claim]:
    first, newest = growth.points[0], growth.newest
    low = min(growth.points, key=lambda point: (point.counts.agreements, point.date))
    yield _counted("growth.first", first, cite)
    if low.counts.agreements < min(first.counts.agreements, newest.counts.agreements):
        yield _counted("growth.low", low, cite)
    yield _counted("growth.newest", newest, cite)
    if before := growth.year_before:
        added = newest.counts.agreements - before.counts.agreements
        yield claim(
            "growth.year_before",
            "growth.year_before" if added >= 0 else "growth.year_before.fewer",
            "agreements and agencies on two lists a year apart",
            (cite.list(before.list), cite.list(newest.list)),
            list_date=before.date,
            agreements=before.counts.agreements,
            agencies=before.counts.agencies,
            added=abs(added),
        )


def _counted(identity: str, point: Point, cite: Citations) -> Claim:
    return claim(
        identity,
        identity,
        "agreements on the list, and the agencies that hold them",
        (cite.list(point.list),),
        list_date=point.date,
        agreements=point.counts.agreements,
        agencies=point.counts.agencies,
    )


def _chart(growth: Growth, cite: Citations) -> Claim:
    first, newest = growth.points[0], growth.newest
    return claim(
        "growth.chart",
        "growth.chart",
        "agreements on each list by model",
        (*dict.fromkeys((cite.list(first.list), cite.list(newest.list))), cite.table("listings")),
        first=first.date,
        last=newest.date,
        before=first.counts.agreements,
        after=newest.counts.agreements,
    )


def _models(growth: Growth, cite: Citations) -> Iterator[Claim]:
    newest = growth.newest
    for model in MODELS:
        first, now = growth.first_with(model), newest.counts.models.get(model, 0)
        since = ".since" if first is growth.points[0] else ""
        yield claim(
            f"growth.model.{model}",
            f"growth.model{since}" if first else "growth.model.none",
            "agreements of the model on the first list that shows one, and on the newest",
            tuple(cite.list(point.list) for point in dict.fromkeys((first, newest)) if point),
            model=model,
            first=first.date if first else None,
            before=first.counts.models[model] if first else 0,
            agreements=now,
            share=round(now / newest.counts.agreements, 4),
        )


def _signings(national: National, growth: Growth, cite: Citations) -> Iterator[Claim]:
    """The month of most signings, by the dates that the lists print; the first of equal ones."""
    months = Counter(
        item.signed.isoformat()[:7] for item in national.snapshot.agreements if item.signed
    )
    if months:
        month, signed = min(months.items(), key=lambda item: (-item[1], item[0]))
        yield claim(
            "growth.month",
            "growth.month",
            "signing dates of all agreements on any list on hand, by month",
            (cite.table("listings"),),
            month=month,
            agreements=signed,
        )


def _gaps(growth: Growth, cite: Citations) -> Claim:
    """How close the lists stand: a change is known to lie between two of them, never a day."""
    pairs = list(itertools.pairwise(point.list for point in growth.points))
    if not pairs:
        only = growth.newest.list
        return claim(
            "growth.lists",
            "growth.lists.one",
            "participating lists up to the as-of date",
            (cite.list(only),),
            list_date=only.date.isoformat(),
        )
    before, after = max(pairs, key=lambda pair: pair[1].date - pair[0].date)
    return claim(
        "growth.lists",
        "growth.lists",
        "participating lists up to the as-of date, and the longest time between two of them",
        (cite.list(before), cite.list(after)),
        n=len(growth.points),
        before=before.date.isoformat(),
        after=after.date.isoformat(),
        days=(after.date - before.date).days,
    )


def _year(point: Point, cite: Citations) -> Claim:
    models = point.counts.models
    return claim(
        f"growth.point.{point.date}",
        "growth.point",
        "agreements and agencies on the list",
        (cite.list(point.list),),
        list_date=point.date,
        agencies=point.counts.agencies,
        agreements=point.counts.agreements,
        **{model.lower(): models.get(model, 0) for model in MODELS},
    )


def _states(national: National, growth: Growth, cite: Citations) -> Iterator[Claim]:
    """A row for each of the states with most agreements and one for the rest together."""
    newest, before = growth.newest, growth.year_before
    order = sorted(newest.by_state, key=lambda state: (-newest.by_state[state].agreements, state))
    # Those that have left since are told among the rest.
    left = sorted(set(before.by_state) - set(order)) if before else []
    top, rest = order[:_STATES], [*order[_STATES:], *left]
    evidence = tuple(cite.list(point.list) for point in (newest, before) if point)
    first = newest.by_state[order[0]]
    yield claim(
        "growth.top",
        "growth.top",
        "the state with most agreements on the newest list",
        (cite.list(newest.list),),
        state=national.gazetteer.state_by_postal(order[0]).name,
        agencies=first.agencies,
        agreements=first.agreements,
        share=round(first.agreements / newest.counts.agreements, 4),
    )
    for name, states in (*((state, (state,)) for state in top), ("rest", tuple(rest))):
        if not states:
            continue
        now = _sum(newest, states)
        was = _sum(before, states)[1] if before else None
        yield claim(
            f"growth.state.{name}",
            f"growth.{'rest' if name == 'rest' else 'state'}{'' if before else '.only'}",
            "agreements and agencies of the state on the newest list and on that of a year before",
            evidence,
            state=national.gazetteer.state_by_postal(name).name if name != "rest" else None,
            n=len(states),
            agencies=now[0],
            agreements=now[1],
            before=was,
            change=now[1] - was if was is not None else None,
        )


def _sum(point: Point, states: tuple[str, ...]) -> tuple[int, int]:
    """Agencies and agreements of some states; an agency is of one state."""
    counts = [point.by_state[state] for state in states if state in point.by_state]
    return sum(item.agencies for item in counts), sum(item.agreements for item in counts)


def _holders(growth: Growth, cite: Citations) -> Claim:
    """How many agencies hold one, two or three agreements: why the two are counted apart."""
    held = Counter(Counter(item.agency.id for item in growth.newest.held).values())
    return claim(
        "growth.holders",
        "growth.holders",
        "agencies on the newest list by the number of agreements they hold there",
        (cite.list(growth.newest.list),),
        one=held[1],
        two=held[2],
        three=held[3],
    )


def _kinds(growth: Growth, cite: Citations) -> Iterator[Claim]:
    newest = growth.newest
    for kind, counts in sorted(newest.by_kind.items(), key=lambda item: -item[1].agreements):
        yield claim(
            f"growth.kind.{kind.replace(' ', '-')}",
            "growth.kind",
            "agencies on the newest list by kind, which is ours: from name and printed type",
            (cite.list(newest.list), cite.table("agencies")),
            kind=f"kind.{kind.replace(' ', '-')}",
            agencies=counts.agencies,
            agreements=counts.agreements,
            **{model.lower(): counts.models.get(model, 0) for model in MODELS},
        )
