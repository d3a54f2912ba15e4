"""What the index says of each place: its newest edition, what that counts, what is newer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportkit.places import Place
from reportkit.production.folders import FIRST, place_folder
from reportkit.production.signoff import SignOff, counts
from reportkit.production.site.facts import STATEWIDE, Held, PlaceFacts
from reportkit.production.site.read import Written, WrittenBrief
from reportkit.roster.values import MODELS

LACKING = ("absent", "partly")
NONE, UNTOLD = "none", "untold"
"""No county-wide agency on the list; no brief to tell."""


@dataclass(frozen=True)
class Entry:
    """A place and its editions, the newest first."""

    place: Place
    editions: tuple[WrittenBrief, ...]

    @property
    def home(self) -> str:
        """The folder of the place below the root."""
        return place_folder(self.place)

    @property
    def newest(self) -> WrittenBrief:
        """The newest edition; of two of one day the one in English, as they tell the same."""
        return self.editions[0]

    @property
    def facts(self) -> PlaceFacts:
        """Those of the newest edition."""
        return self.newest.facts

    def told_in(self, lang: str) -> WrittenBrief:
        """The newest edition, in a language where there is one of the same day in it."""
        day = self.facts.as_of
        same = (item for item in self.editions if item.facts.as_of == day)
        return next((item for item in same if item.facts.lang == lang), self.newest)

    @cached_property
    def counted(self) -> tuple[Held, ...]:
        """Listed agreements that count for the answer: those of local agencies that surely cover
        the place; for a state, all."""
        return tuple(filter(self._counts, self.facts.agreements))

    @cached_property
    def ended(self) -> tuple[Held, ...]:
        """Ended agreements of such agencies."""
        return tuple(filter(self._counts, self.facts.ended))

    def _counts(self, held: Held) -> bool:
        return self.place.kind == "state" or (held.covers != STATEWIDE and held.covers_certain)

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The agencies of the counted agreements."""
        return tuple(dict.fromkeys(held.agency for held in self.counted))

    @cached_property
    def models(self) -> tuple[str, ...]:
        """Their models, the most far-reaching first."""
        held = {item.model for item in self.counted}
        return tuple(model for model in MODELS if model in held)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of their agencies."""
        return tuple(sorted({item.agency_kind for item in self.counted}))

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """The safeguards that are absent or partly there, in the brief's order."""
        return tuple(
            item.indicator
            for item in self.facts.gaps
            if item.scope == "own" and item.state in LACKING
        )

    @property
    def signed(self) -> tuple[SignOff, ...]:
        """The sign-offs of the newest edition that count."""
        return valid(self.newest)

    @property
    def widest(self) -> str:
        """For a county, the most far-reaching model of its county-wide agencies, or `NONE`."""
        held = {item.model for item in self.counted if item.covers == "county"}
        return next((model for model in MODELS if model in held), NONE)


def to_entries(briefs: Iterable[WrittenBrief]) -> tuple[Entry, ...]:
    """The places of briefs by state and name, a state before its places."""
    held: dict[str, list[WrittenBrief]] = defaultdict(list)
    for brief in briefs:
        held[brief.place.geoid].append(brief)
    entries = (Entry(items[0].place, _newest_first(items)) for items in held.values())
    return tuple(sorted(entries, key=_order))


def _order(entry: Entry) -> tuple[str, bool, str, str]:
    place = entry.place
    return place.state_name, place.kind != "state", place.slug, place.geoid


def _newest_first(items: Sequence[WrittenBrief]) -> tuple[WrittenBrief, ...]:
    by_language = sorted(items, key=lambda item: (item.facts.lang != FIRST, item.facts.lang))
    return tuple(sorted(by_language, key=lambda item: item.facts.as_of, reverse=True))


def valid(edition: Written) -> tuple[SignOff, ...]:
    """The sign-offs of an edition that speak of the report as it is."""
    return tuple(item for item in edition.signoffs if counts(item, edition.facts.report_id))


def by_state(entries: Iterable[Entry]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Postal codes with their entries."""
    held: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        held[entry.place.state].append(entry)
    return ((state, tuple(items)) for state, items in held.items())
