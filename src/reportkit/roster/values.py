"""Plain values of the roster: a row as printed, a file that was read, a list in the archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Kind = Literal["participating", "pending"]
Verdict = Literal["used", "copy", "repost", "quarantined", "unreadable"]
MODELS = ("TFM", "JEM", "WSO")
"""The models from the most far-reaching: in the community, in the jail, at release from the jail."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What one row of a list says, blanks folded and straight apostrophes, else as printed.

    `signed` is an ISO date, or the text where it is none. `moa` and `addendum` are the words of
    the cell ("link", "link pending"); the addresses behind them are repaired, see `links`.
    """

    state: str
    agency: str
    type: str
    county: str
    model: str
    signed: str
    moa: str
    moa_url: str
    addendum: str
    addendum_url: str


@dataclass(frozen=True, slots=True)
class ListFile:
    """One workbook that was recognised as a list. `rows` pairs sheet row (1 = header) and content."""

    name: str
    sha256: str
    kind: Kind
    generation: str
    rows: tuple[tuple[int, Printed], ...]
    hidden: int = 0

    @property
    def content(self) -> frozenset[tuple[str, ...]]:
        """What makes two files the same list: the facts of the rows, without order or links."""
        return frozenset(
            (p.state, p.agency, p.type, p.county, p.model, p.signed) for _, p in self.rows
        )


@dataclass(frozen=True, slots=True)
class DatedList:
    """A list with its place in time. `order` sorts lists of one day; `rule` says how it was dated."""

    file: ListFile
    date: dt.date
    order: int
    rule: str

    @property
    def id(self) -> str:
        """Permanent id: kind, date and part of the day."""
        return f"{self.file.kind}-{self.date.isoformat()}-{self.order:06d}"


@dataclass(frozen=True, slots=True)
class FileNote:
    """What became of one file: used, a copy of a list that is already there, or quarantined."""

    name: str
    sha256: str
    kind: str
    verdict: Verdict
    list_id: str
    reason: str
    rows: int = 0
