"""What every brief is, on a place or on the nation: claims of one day, in one language."""

from __future__ import annotations

import datetime as dt
import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

from reportkit import __version__
from reportkit.evidence import Claim, Ledger
from reportkit.findings import National
from reportkit.messages import Catalogue
from reportkit.store import CorrectionRecord, Store


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
    def corrections(self) -> tuple[CorrectionRecord, ...]:
        """The corrections to agencies that it names or counts."""

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

        Citations and corrections are hashed too, as they may tell of copies and lists that came
        later. So a store that grew by what does not concern a brief gives it the same id.
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

    def text(self, claim: Claim) -> str:
        """The sentence of a claim."""
        return self.words.text(claim.message, claim.values)

    def claim(self, identity: str) -> Claim | None:
        """The claim of this id, None where it is not made."""
        return self.ledger.get(identity)

    def claims(self, *prefixes: str) -> tuple[Claim, ...]:
        """The claims whose id begins with one of these, in order."""
        return tuple(item for item in self.ledger.claims if item.id.startswith(prefixes))
