"""Assembles a brief: findings in reading order, evidence numbered, as JSON and as sections."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from reportkit import __version__
from reportkit.evidence import Claim, Ledger
from reportkit.findings import (
    Citations,
    National,
    Paper,
    Status,
    as_of_date,
    bottom_claims,
    check_claims,
    context_claims,
    described,
    document_claims,
    find_papers,
    find_place,
    find_status,
    limit_claims,
    status_claims,
    term_claims,
)
from reportkit.messages import Catalogue, catalogue
from reportkit.places import Gazetteer, Place
from reportkit.store import CorrectionRecord, Store, default_folder


@dataclass(frozen=True)
class Brief:
    """The facts of one brief. All claims are in the ledger, which numbers their evidence."""

    place: Place
    national: National
    status: Status
    papers: tuple[Paper, ...]
    ledger: Ledger
    words: Catalogue

    @property
    def store(self) -> Store:
        """The evidence store it rests on."""
        return self.national.store

    @property
    def as_of(self) -> dt.date:
        """The as-of date."""
        return self.national.snapshot.as_of

    @cached_property
    def report_id(self) -> str:
        """A hash of the inputs: place, day, language, store and code."""
        inputs = [
            self.place.geoid,
            self.as_of.isoformat(),
            self.words.lang,
            self.store.sha256,
            __version__,
        ]
        return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()[:16]

    def text(self, claim: Claim) -> str:
        """The sentence of a claim."""
        return self.words.text(claim.message, claim.values)

    def claim(self, identity: str) -> Claim | None:
        """The claim of this id, None where the brief does not make it."""
        return self.ledger.get(identity)

    def claims(self, *prefixes: str) -> tuple[Claim, ...]:
        """The claims whose id begins with one of these, in order."""
        return tuple(item for item in self.ledger.claims if item.id.startswith(prefixes))

    @cached_property
    def corrections(self) -> tuple[CorrectionRecord, ...]:
        """The corrections to agencies that the brief names."""
        held = (*self.status.listed, *self.status.ended)
        agencies = {item.agency.id for item in held}
        return tuple(item for item in self.store.corrections if item.agency in agencies)


def make_brief(
    jurisdiction: str,
    as_of: str | dt.date | None = None,
    store: str | Path | Store | None = None,
    lang: str = "en",
) -> Brief:
    """Find all that a brief says of a place.

    Args:
        jurisdiction: a name or id of one place.
        as_of: the day; by default that of the newest list.
        store: a store or its folder; by default the one that REPORTKIT_STORE names, or the
            embedded one.
        lang: the language of the sentences.

    Raises:
        PlaceError, DateError, StoreError: the input cannot be used.
    """
    opened = store if isinstance(store, Store) else open_store(str(store or default_folder()))
    place = find_place(jurisdiction, opened, Gazetteer.load())
    national = nation_as_of(opened, as_of_date(as_of, opened))
    return assemble(place, national, lang)


@lru_cache(maxsize=4)
def open_store(folder: str) -> Store:
    """A store, opened once for many briefs."""
    return Store(folder)


@lru_cache(maxsize=4)
def nation_as_of(store: Store, day: dt.date) -> National:
    """The counts that briefs of one day share."""
    return National(store, store.snapshot(day), Gazetteer.load())


def assemble(place: Place, national: National, lang: str) -> Brief:
    """Make the claims of a brief, in the order in which a reader meets them."""
    snapshot, cite = national.snapshot, Citations(national.store)
    status = find_status(place, snapshot, national.gazetteer)
    papers = find_papers(status, national.store)
    checked = status.listed if place.kind != "state" else status.statewide
    ledger = Ledger()
    for claim in (
        *bottom_claims(status, papers, national, cite),
        *limit_claims(place, snapshot, cite),
        *status_claims(status, national, cite),
        *check_claims(checked, national, cite),
        *term_claims(status, papers, national, cite),
        *document_claims(described(status, papers), national.store, cite),
        *context_claims(place, national, cite),
    ):
        ledger.add(claim)
    return Brief(place, national, status, papers, ledger, catalogue(lang))
