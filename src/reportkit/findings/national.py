"""Counts over a snapshot that many briefs share: agreements, agencies, people, by state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from reportkit.places import Gazetteer
from reportkit.roster.links import file_name
from reportkit.roster.values import MODELS
from reportkit.store import Agreement, Snapshot, Store

TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})
"""Postal codes of those that are no states; the District of Columbia counts as a state."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Agreements and agencies, which are never the same thing, and agreements by model."""

    agreements: int
    agencies: int
    models: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class People:
    """People living in counties where a county-wide agency takes part, of all in the area."""

    covered: int
    total: int

    @property
    def share(self) -> float:
        """The fraction covered, to four places."""
        return round(self.covered / self.total, 4)


@dataclass(frozen=True, eq=False, repr=False)
class National:
    """The nation as of a day, computed once for all briefs of that day, so none may change it."""

    store: Store
    snapshot: Snapshot
    gazetteer: Gazetteer

    @cached_property
    def by_state(self) -> Mapping[str, Counts]:
        """Counts on the newest list by postal code; no entry for a state without agreements."""
        held: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in self.snapshot.listed:
            held[agreement.agency.state].append(agreement)
        return MappingProxyType({state: count(items) for state, items in sorted(held.items())})

    @cached_property
    def nation(self) -> Counts:
        """Counts on the newest list over all states and territories."""
        return count(self.snapshot.listed)

    @property
    def states(self) -> int:
        """States (the District of Columbia among them) with an agency on the newest list."""
        return len(self.by_state.keys() - TERRITORIES)

    @property
    def territories(self) -> int:
        """Territories with an agency on the newest list."""
        return len(self.by_state.keys() & TERRITORIES)

    @cached_property
    def county_models(self) -> Mapping[str, tuple[str, ...]]:
        """Models of the county-wide agencies on the newest list, by county, widest first."""
        found: dict[str, set[str]] = defaultdict(set)
        for agreement in self.snapshot.listed:
            if agreement.agency.scope == "county" and agreement.agency.county:
                found[agreement.agency.county].add(agreement.model)
        return MappingProxyType(
            {
                county: tuple(model for model in MODELS if model in models)
                for county, models in found.items()
            }
        )

    def widest(self, county: str) -> str:
        """The most far-reaching model of a county's county-wide agencies; "none" for none."""
        return (self.county_models.get(county) or ("none",))[0]

    def people(self, state: str) -> People | None:
        """People of a state, None where the Census has no figures (territories)."""
        counties = self.gazetteer.counties(state)
        if not counties:
            return None
        total = sum(county.population or 0 for county in counties)
        covered = sum(c.population or 0 for c in counties if c.geoid in self.county_models)
        return People(covered, total)

    @cached_property
    def people_nation(self) -> People:
        """People of the 50 states and the District of Columbia."""
        parts = [self.people(state.state) for state in self.gazetteer.states]
        known = [part for part in parts if part]
        return People(sum(p.covered for p in known), sum(p.total for p in known))

    @cached_property
    def growth(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """For each state: ISO date of each list and the agreements that it shows there."""
        lists = self.snapshot.lists
        shown: dict[str, Counter[int]] = defaultdict(Counter)
        for agreement in self.snapshot.agreements:
            for number in self.store.shown_on(agreement.id):
                shown[agreement.agency.state][number] += 1
        return MappingProxyType(
            {
                state.state: tuple(
                    (item.date.isoformat(), shown[state.state][number])
                    for number, item in enumerate(lists)
                )
                for state in self.gazetteer.states
            }
        )

    @cached_property
    def sharing(self) -> Mapping[str, tuple[Agreement, ...]]:
        """Agreements on the newest list by the name of the linked file."""
        found: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in self.snapshot.listed:
            if agreement.moa_url:
                found[file_name(agreement.moa_url).lower()].append(agreement)
        return MappingProxyType({name: tuple(items) for name, items in found.items()})


def count(agreements: tuple[Agreement, ...] | list[Agreement]) -> Counts:
    """Count agreements and the agencies that hold them."""
    models = Counter(item.model for item in agreements)
    return Counts(
        len(agreements),
        len({item.agency.id for item in agreements}),
        MappingProxyType({model: models[model] for model in MODELS if models[model]}),
    )
