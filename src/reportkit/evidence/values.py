"""Source, Locator, Citation and Claim: what a sentence says and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Value = str | int | float | bool | None | tuple[str, ...]
"""A value of a claim. Dates are ISO text, shares are fractions of one."""

SourceKind = Literal[
    "list",
    "pending-list",
    "memorandum",
    "census",
    "gazetteer",
    "statute",
    "fact",
    "table",
    "library",
]
LocatorKind = Literal["row", "page", "section", "record", "whole"]


@dataclass(frozen=True, slots=True)
class Source:
    """One input whose bytes are identified by `sha256` (hex, lower case).

    `retrieved` is an ISO date or None where the origin does not tell, `published` an ISO date, month
    or year; `url` is the address to cite.
    """

    id: str
    kind: SourceKind
    title: str
    publisher: str
    url: str | None
    sha256: str | None
    retrieved: str | None
    origin: str | None = None
    licence: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a source: a row (1 = first line of the sheet), a page, a section, a record key."""

    kind: LocatorKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one source."""

    source: Source
    locator: Locator


@dataclass(frozen=True, slots=True)
class Claim:
    """One factual sentence: a message id, typed values, the rule that computed them, the evidence.

    `id` is unique in a brief and stable between editions that say the same thing about the same
    subject. A claim without evidence cannot be made.
    """

    id: str
    section: str
    message: str
    values: Mapping[str, Value]
    rule: str
    evidence: tuple[Citation, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"claim {self.id!r} ({self.message}) has no evidence")
