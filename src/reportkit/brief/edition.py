"""What every brief is, on a place or on the nation: claims of one day, in one language."""

from __future__ import annotations

import datetime as dt
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from reportkit import __version__
from reportkit.evidence import Claim, Ledger
from reportkit.findings import National
from reportkit.messages import Catalogue, Run
from reportkit.store import Agreement, CorrectionRecord, Store


@dataclass(frozen=True)
class Edition(ABC):
    """Claims on one subject. All are in the ledger, which numbers their evidence."""

    national: National
    ledger: Ledger
    words: Catalogue

    @property
    @abstractmethod
    def subject(self) -> str:
        """The id of what it is about."""

    @property
    @abstractmethod
    def command(self) -> str:
        """The command that makes it again."""

    @property
    @abstractmethod
    def held(self) -> Iterable[Agreement]:
        """The agreements that it names or counts."""

    @property
    def edition(self) -> str:
        """What tells it apart from others on the same subject: its day. Its folder's name."""
        return self.as_of.isoformat()

    @cached_property
    def corrections(self) -> tuple[CorrectionRecord, ...]:
        """The corrections to the agencies of its agreements, with rows of lists up to the day."""
        newest: dict[str, Agreement] = {}
        for item in self.held:
            known = newest.setdefault(item.agency.id, item)
            if item.last.list.number > known.last.list.number:
                newest[item.agency.id] = item
        return tuple(
            replace(item, rows=self._rows(item, newest[item.agency]))
            for item in self.store.corrections
            if item.agency in newest
        )

    def _rows(self, correction: CorrectionRecord, newest: Agreement) -> tuple[str, ...]:
        """The rows that print what is corrected; the store may name those of later lists."""
        lists = {item.file for item in self.national.snapshot.lists}
        rows = tuple(row for row in correction.rows if row.rpartition("#")[0] in lists)
        if not rows and correction.printed == newest.county_printed:
            return (f"{newest.last.list.file}#{newest.last.row}",)
        return rows

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
        """A hash of the inputs: subject, day, language, code, and what was known on the day.

        Citations and corrections are hashed too, as a store may learn of copies and mistakes later.
        A store that grew by lists of later days gives the same id.
        """
        inputs = (
            self.subject,
            self.words.lang,
            __version__,
            self.national.snapshot.sha256,
            *self.ledger.citations,
            *self.corrections,
        )
        return hashlib.sha256("\n".join(map(repr, inputs)).encode()).hexdigest()[:16]

    @property
    def about(self) -> Mapping[str, str | None]:
        """Id, name, kind and state of what it is about: the nation, unless said otherwise."""
        # As in the gazetteer, whatever the language of the texts.
        return {"geoid": self.subject, "name": "United States", "kind": "nation", "state": None}

    def text(self, claim: Claim) -> str:
        """The sentence of a claim; those of its own claims are made once."""
        if self.ledger.get(claim.id) is not claim:
            return self.words.text(claim.message, claim.values)
        if claim.id not in self._sentences:
            self._sentences[claim.id] = self.words.text(claim.message, claim.values)
        return self._sentences[claim.id]

    @cached_property
    def _sentences(self) -> dict[str, str]:
        return {}

    def runs(self, claim: Claim) -> tuple[Run, ...]:
        """The same in parts, those of another language apart."""
        return self.words.runs(claim.message, claim.values)

    def cells(self, claim: Claim) -> tuple[tuple[Run, ...], ...]:
        """The cells of a claim that stands for a table row, each in such parts."""
        return self.words.cells(claim.message, claim.values)

    def claim(self, identity: str) -> Claim | None:
        """The claim of this id, None where it is not made."""
        return self.ledger.get(identity)

    def claims(self, *prefixes: str) -> tuple[Claim, ...]:
        """The claims whose id begins with one of these, in order."""
        return tuple(item for item in self.ledger.claims if item.id.startswith(prefixes))
