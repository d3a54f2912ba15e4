"""Assembles a brief: findings in reading order, evidence numbered, as JSON and as sections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportkit.brief.edition import Edition
from reportkit.errors import PlaceError
from reportkit.evidence import Ledger
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
    gap_claims,
    law_claims,
    limit_claims,
    status_claims,
    term_claims,
    unknown_claims,
    view_claims,
)
from reportkit.messages import catalogue
from reportkit.places import Gazetteer, Place
from reportkit.store import Agreement, Store, default_folder


@dataclass(frozen=True)
class Brief(Edition):
    """The facts of the brief on one place."""

    place: Place
    status: Status
    papers: tuple[Paper, ...]

    @property
    def subject(self) -> str:
        """The id of the place."""
        return self.place.geoid

    @property
    def about(self) -> Mapping[str, str | None]:
        """Id, name, kind and state of the place."""
        place = self.place
        return {
            "geoid": place.geoid,
            "name": place.name,
            "kind": place.kind,
            "state": place.state,
        }

    @property
    def command(self) -> str:
        """The command that makes this brief."""
        return f"reportkit brief {self.place.geoid} --as-of {self.as_of} --lang {self.words.lang}"

    @property
    def held(self) -> Iterator[Agreement]:
        """The agreements, listed and ended, of agencies that can act in the place."""
        return (item.held for item in (*self.status.listed, *self.status.ended))


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
    if not isinstance(jurisdiction, str):
        raise PlaceError(
            f"jurisdiction {jurisdiction!r}: it is no text; give it to papermill with -r, not with -p"
        )
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
        *gap_claims(status, papers, national, cite),
        *law_claims(status, papers, national, cite),
        *context_claims(place, national, cite),
        *view_claims(status, papers, national, cite),
        *unknown_claims(status, papers, national, cite),
    ):
        ledger.add(claim)
    return Brief(national, ledger, catalogue(lang), place, status, papers)
