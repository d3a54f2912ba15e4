"""Assembles the brief on the nation: how the program grew, what its agreements say, who watches."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from reportkit.brief.assemble import nation_as_of, open_store
from reportkit.brief.edition import Edition
from reportkit.evidence import Ledger
from reportkit.findings import Citations, National, as_of_date
from reportkit.findings.coverage import coverage_claims
from reportkit.findings.departures import departure_claims
from reportkit.findings.factcheck import factcheck_claims
from reportkit.findings.generation_counts import generation_claims
from reportkit.findings.growth import growth_claims
from reportkit.findings.nation import answer_claim, nation_answer, open_claims
from reportkit.findings.overseers import overseer_claims
from reportkit.findings.published_figures import figure_claims
from reportkit.messages import catalogue
from reportkit.store import Agreement, Store, default_folder

NATION = "us"
"""The id of the nation, beside the ids of places."""


@dataclass(frozen=True)
class Program(Edition):
    """The facts of the brief on the nation."""

    @property
    def subject(self) -> str:
        """The id of the nation."""
        return NATION

    @property
    def answer(self) -> str:
        """What the record can say as of the day: participating, or too_old for an old list."""
        return nation_answer(self.national)

    @property
    def command(self) -> str:
        """The command that makes this brief."""
        return f"reportkit program --as-of {self.as_of} --lang {self.words.lang}"

    @property
    def held(self) -> tuple[Agreement, ...]:
        """The agreements on any list up to the day."""
        return self.national.snapshot.agreements


def make_program(
    as_of: str | dt.date | None = None,
    store: str | Path | Store | None = None,
    lang: str = "en",
) -> Program:
    """Find all that the brief on the nation says.

    Args:
        as_of: the day; by default that of the newest list.
        store: a store or its folder; by default the one that REPORTKIT_STORE names, or the
            embedded one.
        lang: the language of the sentences.

    Raises:
        DateError, StoreError: the input cannot be used.
    """
    opened = store if isinstance(store, Store) else open_store(str(store or default_folder()))
    return assemble_program(nation_as_of(opened, as_of_date(as_of, opened)), lang)


def assemble_program(national: National, lang: str) -> Program:
    """Make the claims of the brief, in the order in which a reader meets them."""
    cite, ledger = Citations(national.store), Ledger()
    for claim in (
        answer_claim(national, cite),
        *growth_claims(national, cite),
        *departure_claims(national, cite),
        *generation_claims(national, cite),
        *coverage_claims(national, cite),
        *figure_claims(national, cite),
        *factcheck_claims(national, cite),
        *overseer_claims(national, cite),
        *open_claims(national, cite),
    ):
        ledger.add(claim)
    return Program(national, ledger, catalogue(lang))
