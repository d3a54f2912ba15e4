"""What the index takes from a brief.json: some of its fields, checked; the rest is left unread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import StringConstraints, TypeAdapter

Answer = Literal["participating", "pending", "ended", "not_listed", "unclear", "too_old"]
Model = Literal["TFM", "JEM", "WSO"]
State = Literal["in_place", "partly", "absent", "unknown"]
Version = Annotated[str, StringConstraints(pattern=r"^1\.\d+$")]
ReportId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

ANSWERS: tuple[str, ...] = get_args(Answer)
STATEWIDE = "statewide"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a brief is about."""

    geoid: str
    kind: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The newest list of a brief; `age_days` at its as-of date."""

    list_date: dt.date
    file: str
    sha256: Sha256
    age_days: int
    pending_list_date: dt.date | None


@dataclass(frozen=True, slots=True)
class Memorandum:
    """Where ICE links the memorandum of an agreement, and whether the store holds it."""

    url: str | None
    on_file: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement, listed or ended, of an agency that covers the place."""

    id: str
    agency: str
    agency_kind: str
    model: Model
    signed: dt.date | None
    first_listed: dt.date
    last_listed: dt.date
    first_absent: dt.date | None
    status: Literal["listed", "ended"]
    covers: str
    covers_certain: bool
    county_geoid: str | None
    moa: Memorandum


@dataclass(frozen=True, slots=True)
class Waiting:
    """An agency on a pending list."""

    agency: str
    agency_kind: str
    model: Model | None
    status: Literal["pending", "no longer pending"]
    covers: str


@dataclass(frozen=True, slots=True)
class Share:
    """Agreements of the nation with a gap, of those that are known on the point."""

    lack: int
    known: int


@dataclass(frozen=True, slots=True)
class Safeguard:
    """A safeguard of the rubric and what the record says of it here."""

    indicator: str
    scope: Literal["own", "programme"]
    state: State
    share: Share | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Agreements and agencies of an area on the list."""

    agreements: int
    agencies: int
    models: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Nation(Counts):
    """The same of the country."""

    states: int
    territories: int


@dataclass(frozen=True, slots=True)
class Context:
    """Counts around the place."""

    state: Counts
    nation: Nation


@dataclass(frozen=True, slots=True)
class Said:
    """A claim and its sentence."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What the JSON of any brief begins with."""

    schema_version: Version
    report_id: ReportId
    lang: str
    jurisdiction: Subject
    as_of: dt.date
    roster: Roster


@dataclass(frozen=True, slots=True)
class PlaceFacts(Opening):
    """A brief on a place."""

    answer: Answer
    agreements: tuple[Held, ...]
    pending: tuple[Waiting, ...]
    ended: tuple[Held, ...]
    gaps: tuple[Safeguard, ...]
    context: Context
    claims: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The two days of a digest."""

    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Named:
    """A place by its id."""

    geoid: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a digest is narrowed to: postal codes and places, none for the nation."""

    states: tuple[str, ...]
    places: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """A digest."""

    lang: str
    period: Period
    scope: Scope


PLACE: TypeAdapter[PlaceFacts] = TypeAdapter(PlaceFacts)
NATION: TypeAdapter[Opening] = TypeAdapter(Opening)
"""A brief on the nation; the index says of it only that it is there."""
DIGEST: TypeAdapter[DigestFacts] = TypeAdapter(DigestFacts)
