"""What a store says: plain records, as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reportkit.moa.values import Deviation, Found

Status = Literal["listed", "ended"]


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A good list: where it stands among those of its kind, its date, the file and its hash."""

    kind: str
    number: int
    date: dt.date
    file: str
    sha256: str
    rows: int
    dated: str


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency and where it acts; see `roster.jurisdictions.Area` for scope, rule and note.

    `place` is the id of the county or municipality that its name names.
    """

    id: str
    state: str
    name: str
    kind: str
    type_printed: str
    scope: str
    county: str | None
    covers: tuple[str, ...]
    place: str | None
    rule: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: the file, the sheet row (1 = header) and the list's hash."""

    list: ListRecord
    row: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement as of a day.

    `signed` is the date that the row prints (or what it should be, where `mistyped` holds what it
    prints). `last` is its newest row, `absent` the first list without it. `pending_since` is the
    first list on which its link stands as pending without a break, `gaps` the pairs of lists
    (last before, first after) between which it was off the lists. `continues_as` names the
    agreement that took its place, `succession` how.
    """

    id: str
    agency: Agency
    name_printed: str
    county_printed: str
    model: str
    signed: dt.date | None
    mistyped: dt.date | None
    status: Status
    first: Row
    last: Row
    absent: ListRecord | None
    moa_url: str | None
    moa_words: str
    pending_since: ListRecord | None
    addendum_url: str | None
    continues_as: str | None
    succession: str
    gaps: tuple[tuple[ListRecord, ListRecord], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An agency and a model on a pending list as of a day; `model` is None where none is printed."""

    agency: Agency
    name_printed: str
    model: str | None
    first: Row
    last: Row
    listed: bool


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """A value that the store holds otherwise than ICE printed it; `rows` are "file#row"."""

    agency: str
    agreement: str | None
    field: str
    printed: str
    value: str
    reason: str
    source: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemorandumRecord:
    """What one memorandum says, see `moa.Memorandum`, and the agreement that it is.

    `found` holds fields and terms by name; `unread` are the pages that could not be read.
    `compared` says whether its text was compared with the standard text of its generation.
    `agreement`, `rule`, `misplaced` and `differs` are those of `moa.matching.Match`.
    """

    sha256: str
    file: str
    pages: int
    unread: tuple[int, ...]
    model: str | None
    generation: str | None
    revision: str | None
    signatures: tuple[Mapping[str, Any], ...]
    compared: bool
    reader: str
    found: Mapping[str, Found]
    deviations: tuple[Deviation, ...]
    agreement: str | None = None
    rule: str = ""
    misplaced: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
