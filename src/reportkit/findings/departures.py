"""Who left the lists and when. A renewal, a change of model and a new agency's name are no end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reportkit.evidence import Claim, Value
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.roster.values import MODELS
from reportkit.store import Agreement, Snapshot

# So many states are named, and any with as many departures as the last of them.
_STATES = 5
_SUCCESSIONS = {
    "renewal": "departures.renewals",
    "model switch": "departures.switches",
    "listed under another agency": "departures.moved",
}
_NO_AGREEMENT_NEEDED = "st-g10"


@dataclass(frozen=True, slots=True)
class Departure:
    """An agreement that is on no list any more and that no other took the place of.

    `still` holds the models with which its agency stands on the newest list.
    """

    held: Agreement
    still: tuple[str, ...]

    @property
    def year(self) -> int:
        """The year of the first list without it."""
        assert self.held.absent is not None
        return self.held.absent.date.year


@dataclass(frozen=True)
class Departures:
    """What left the lists up to a day.

    `ended` is sorted from the newest, `succeeded` are agreements that another took the place of,
    `returned` those that are on the newest list after a time off the lists.
    """

    ended: tuple[Departure, ...]
    succeeded: tuple[Agreement, ...]
    returned: tuple[Agreement, ...]

    @cached_property
    def gone(self) -> dict[str, int]:
        """Agencies that hold no agreement any more, with the year in which the last one ended."""
        years: dict[str, int] = {}
        for item in self.ended:
            if not item.still:
                agency = item.held.agency.id
                years[agency] = max(item.year, years.get(agency, 0))
        return years


@lru_cache(maxsize=4)
def find_departures(snapshot: Snapshot) -> Departures:
    """What left the lists up to the as-of date of a snapshot."""
    still: dict[str, set[str]] = defaultdict(set)
    for item in snapshot.listed:
        still[item.agency.id].add(item.model)
    off = [item for item in snapshot.agreements if item.status == "ended"]
    ended = [
        Departure(item, tuple(model for model in MODELS if model in still[item.agency.id]))
        for item in off
        if not item.continues_as
    ]
    return Departures(
        tuple(sorted(ended, key=_newest_first)),
        tuple(item for item in off if item.continues_as),
        tuple(item for item in snapshot.listed if item.gaps),
    )


def _newest_first(item: Departure) -> tuple[int, str, str, str]:
    assert item.held.absent is not None
    agency = item.held.agency
    return -item.held.absent.date.toordinal(), agency.state, agency.name, item.held.model


def departure_claims(national: National, cite: Citations) -> tuple[Claim, ...]:
    """Ends by year, by model and state, each end, then what is counted apart from ends."""
    found = find_departures(national.snapshot)
    history = cite.table("history")
    if not found.ended:
        newest = cite.list(national.snapshot.list)
        first = national.snapshot.lists[0].date.isoformat()
        return (
            claim(
                "departures.none",
                "departures.none",
                "agreements off the newest list that no other took the place of",
                (newest, history),
                first=first,
            ),
        )
    return (
        claim(
            "departures.total",
            "departures.total",
            "agreements off the newest list that no other took the place of",
            (cite.list(national.snapshot.list), history),
            first=national.snapshot.lists[0].date.isoformat(),
            agreements=len(found.ended),
            agencies=len({item.held.agency.id for item in found.ended}),
            gone=len(found.gone),
        ),
        fact_claim(_NO_AGREEMENT_NEEDED, "departures", cite),
        *_spread(national, found, cite),
        *_years(found, cite),
        *(_row(item, national, cite) for item in found.ended),
        *_successions(found, cite),
        *_returns(found, cite),
    )


def _spread(national: National, found: Departures, cite: Citations) -> Iterator[Claim]:
    """The models and the states of most ends."""
    models = Counter(item.held.model for item in found.ended)
    states = Counter(item.held.agency.state for item in found.ended)
    order = sorted(states.items(), key=lambda item: (-item[1], item[0]))
    least = order[min(_STATES, len(order)) - 1][1]
    name = national.gazetteer.state_by_postal
    yield claim(
        "departures.spread",
        "departures.spread",
        "ended agreements by model and by state",
        (cite.table("history"),),
        models=tuple(f"{models[model]} {model}" for model in MODELS if models[model]),
        states=tuple(f"{name(state).name} ({n})" for state, n in order if n >= least),
    )


def _years(found: Departures, cite: Citations) -> Iterator[Claim]:
    ended = Counter(item.year for item in found.ended)
    gone = Counter(found.gone.values())
    for year in sorted(ended):
        yield claim(
            f"departures.year.{year}",
            "departures.year",
            "ended agreements by the year of the first list without them; agencies by that of the "
            "last of theirs",
            (cite.table("history"),),
            year=str(year),
            agreements=ended[year],
            gone=gone[year],
        )


def _row(item: Departure, national: National, cite: Citations) -> Claim:
    held = item.held
    assert held.absent is not None
    values: dict[str, Value] = {
        "agency": held.agency.name,
        "state": held.agency.state,
        "model": held.model,
        "last": held.last.list.date.isoformat(),
        "absent": held.absent.date.isoformat(),
        "still": len(item.still),
    }
    return claim(
        f"departures.row.{held.id}",
        "departures.row" if item.still else "departures.row.gone",
        "agreement on a list and absent from the list that follows and from the newest",
        (cite.row(held.last), cite.list(held.absent)),
        **values,
    )


def _successions(found: Departures, cite: Citations) -> Iterator[Claim]:
    kinds = Counter(item.succession for item in found.succeeded)
    for kind, message in _SUCCESSIONS.items():
        if kinds[kind]:
            yield claim(
                message,
                message,
                "agreements off the newest list that another took the place of, by how",
                (cite.table("history"),),
                agreements=kinds[kind],
            )


def _returns(found: Departures, cite: Citations) -> Iterator[Claim]:
    for held in found.returned:
        for before, after in held.gaps:
            yield claim(
                f"departures.returned.{held.id}.{after.date.isoformat()}",
                "departures.returned",
                "agreement absent from the lists between two that show it",
                (cite.list(before), cite.list(after)),
                agency=held.agency.name,
                state=held.agency.state,
                model=held.model,
                last=before.date.isoformat(),
                first=after.date.isoformat(),
                days=(after.date - before.date).days,
            )
