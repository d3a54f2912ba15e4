"""Assembles the digest: what changed between two days, of the nation or of states and places."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reportkit.addresses import edition_folder, place_folder
from reportkit.brief.assemble import nation_as_of, open_store
from reportkit.brief.block import Block, make_block
from reportkit.brief.edition import Edition
from reportkit.errors import DateError
from reportkit.evidence import Ledger
from reportkit.findings import Citations, National, find_place
from reportkit.findings.block import state_claims
from reportkit.findings.news import Changes, changes_between, concerning
from reportkit.findings.news_items import KINDS, Item
from reportkit.findings.news_summary import Tally, summary_claims, tally
from reportkit.messages import catalogue
from reportkit.places import Gazetteer, Place
from reportkit.store import Agreement, Store, default_folder

HOME = "us/digest"
"""Where digests lie below OUT."""
_NAME = 80
"""The longest name of a scope that a folder's name spells out."""


@dataclass(frozen=True)
class Digest(Edition):
    """What changed between two days. `national` is the nation as of the last day.

    `items` are those that concern `states` (postal codes) or `places`, all where both are empty, in
    the order of `Item.order`. Every item's claim is in the ledger, and so are those of `blocks`, one
    for each of these states and places. `address` is where OUT is published, for links in e-mails;
    where it is empty, links lead up from the digest's folder.
    """

    before: National
    changes: Changes
    items: tuple[Item, ...]
    states: tuple[str, ...]
    places: tuple[Place, ...]
    blocks: tuple[Block, ...]
    address: str = ""

    @property
    def since(self) -> dt.date:
        """The first day; what was known on it is not told."""
        return self.changes.since

    @property
    def until(self) -> dt.date:
        """The last day."""
        return self.changes.until

    @property
    def scope(self) -> str:
        """Its states and places as a name for a folder, empty for the nation."""
        parts = [state.lower() for state in self.states]
        parts += [f"{place.state.lower()}-{place.slug}" for place in self.places]
        name = "-".join(parts)
        if len(name) <= _NAME:
            return name
        known = hashlib.sha256("\n".join((*self.states, *_ids(self.places))).encode())
        return f"{len(parts)}-areas-{known.hexdigest()[:12]}"

    @property
    def edition(self) -> str:
        """Its period and scope: <since>--<until>[-<scope>]."""
        return "-".join(filter(None, (f"{self.since}--{self.until}", self.scope)))

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters of the notebook that make it."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "states": " ".join(self.states),
            "places": ";".join(_ids(self.places)),
        }

    @property
    def subject(self) -> str:
        """What it is about: the two days, states and places by their ids."""
        return " ".join(("digest", f"{self.since}--{self.until}", *self.states, *_ids(self.places)))

    @property
    def about(self) -> Mapping[str, str | None]:
        """Its subject as what it is about."""
        return {"geoid": self.subject, "name": self.title, "kind": "digest", "state": None}

    @property
    def command(self) -> str:
        """The command that makes this digest."""
        return " ".join(
            (
                f"reportkit digest --since {self.since} --until {self.until}",
                *(f"--state {state}" for state in self.states),
                *(f"--place {place}" for place in _ids(self.places)),
                f"--lang {self.words.lang}",
            )
        )

    @property
    def held(self) -> Iterator[Agreement]:
        """The agreements that items tell of."""
        told = {item.agreement for item in self.items}
        return (item for item in self.national.snapshot.agreements if item.id in told)

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        """How many items there are of each kind that has any."""
        return {
            kind: tally(told)
            for kind in KINDS
            if (told := [item for item in self.items if item.kind == kind])
        }

    def of(self, *kinds: str) -> tuple[Item, ...]:
        """The items of some kinds."""
        return tuple(item for item in self.items if item.kind in kinds)

    def concerning(self, place: Place) -> tuple[Item, ...]:
        """The items that concern one place: of agencies that can act there."""
        return at(place, self.items, self.store)

    @property
    def area(self) -> str:
        """What it is about in words: the nation, or its states and places."""
        if not self.names:
            return self.words.text("program.place")
        return self.words.join(tuple(map(self.words.heading, self.names)))

    @property
    def names(self) -> tuple[str, ...]:
        """The full names of its states and places."""
        states = (self.national.gazetteer.state_by_postal(state).name for state in self.states)
        return (*states, *(place.full_name for place in self.places))

    @property
    def title(self) -> str:
        """Its title: the two days."""
        days = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return self.words.text("digest.title", days)

    @property
    def by_state(self) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        """The items of each state (postal code), states by name; files are of none."""

        def name(item: Item) -> tuple[str, str]:
            return self.national.gazetteer.state_by_postal(item.state).name, item.state

        told = sorted((item for item in self.items if item.state), key=name)
        return tuple(
            (state, tuple(items)) for (_, state), items in itertools.groupby(told, key=name)
        )

    def home(self, item: Item) -> Place | None:
        """The place whose brief tells more of an item, None for one that is of no place."""
        return self.national.gazetteer.place(item.places[0]) if item.places else None

    def brief_path(self, place: Place) -> str:
        """Where below OUT the page of a place's brief of the last day lies, once it is made."""
        folder = edition_folder(place_folder(place), self.until, self.words.lang)
        return f"{folder}/brief.html"

    def brief_link(self, place: Place) -> str:
        """The same from the folder of this digest, or from where OUT is published."""
        if self.address:
            return f"{self.address.rstrip('/')}/{self.brief_path(place)}"
        depth = edition_folder(f"{HOME}/x", self.edition, self.words.lang).count("/")
        return "../" * depth + self.brief_path(place)


def make_digest(
    since: str | dt.date,
    until: str | dt.date | None = None,
    states: str | Sequence[str] = (),
    places: str | Sequence[str] = (),
    store: str | Path | Store | None = None,
    lang: str = "en",
) -> Digest:
    """Find all that changed between two days.

    Args:
        since: the first day; what the newest list of that day shows is known already.
        until: the last day; by default that of the newest list.
        states: postal codes; as one text, with spaces between.
        places: names or ids of places; as one text, with semicolons between.
        store: a store or its folder; by default the one that REPORTKIT_STORE names, or the
            embedded one.
        lang: the language of the sentences.

    Raises:
        DateError, PlaceError, StoreError: the input cannot be used.
    """
    opened = store if isinstance(store, Store) else open_store(str(store or default_folder()))
    gazetteer = Gazetteer.load()
    codes = states.split() if isinstance(states, str) else states
    names = places.split(";") if isinstance(places, str) else places
    named = [find_place(name.strip(), opened, gazetteer) for name in names if name.strip()]
    chosen = {gazetteer.state_by_postal(code).state for code in codes}
    chosen |= {place.state for place in named if place.kind == "state"}
    local = {place.geoid: place for place in named if place.kind != "state"}
    return assemble_digest(
        opened,
        _day(since, "since"),
        _day(until, "until") if until else opened.lists[-1].date,
        tuple(sorted(chosen)),
        tuple(local[geoid] for geoid in sorted(local)),
        lang,
    )


def assemble_digest(
    store: Store,
    since: dt.date,
    until: dt.date,
    states: tuple[str, ...],
    places: tuple[Place, ...],
    lang: str,
) -> Digest:
    """Make the claims of a digest, in the order in which a reader meets them."""
    changes = changes_between(store, since, until)
    items = concerning(changes.items, store, states, places)
    ends = nation_as_of(store, since), nation_as_of(store, until)
    ledger = Ledger()
    named = (*map(ends[1].gazetteer.state_by_postal, states), *places)
    whole, areas = ((), tuple(place.full_name for place in named)) if places else (states, ())
    for claim in summary_claims(changes, items, ends, whole, Citations(store), areas):
        ledger.add(claim)
    for item in items:
        ledger.add(item.claim)
    for claim in state_claims(items, ends):
        ledger.add(claim)
    words = catalogue(lang)
    blocks = tuple(make_block(place, at(place, items, store), *ends, words) for place in named)
    for block in blocks:
        for claim in (*block.claims, block.chart):
            ledger.add(claim)
    return Digest(ends[1], ledger, words, ends[0], changes, items, states, places, blocks)


def at(place: Place, items: Iterable[Item], store: Store) -> tuple[Item, ...]:
    """Those of some items that concern one place: of agencies that can act there."""
    return tuple(item for item in concerning(items, store, (), (place,)) if item.agency_id)


def _day(text: str | dt.date, name: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text if isinstance(text, str) else text.strftime("%Y-%m-%d"))
    except ValueError:
        raise DateError(f"{name} {text!r}: write it like 2026-05-18") from None
    if day > dt.date.today():
        raise DateError(f"{name} {day}: lies in the future; choose today or an earlier day")
    return day


def _ids(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(place.geoid for place in places)
