"""Loads the facts from published sources that briefs cite."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import yaml

from reportkit.errors import InputError

Confidence = Literal["high", "medium"]
Stance = Literal["neutral", "official", "critic"]
Effect = Literal["requires", "permits", "conditions", "limits", "bars", "none"]
Topic = Literal[
    "statute",
    "regulation",
    "model-jem",
    "model-tfm",
    "model-wso",
    "training",
    "oversight-federal",
    "complaint",
    "data-reporting",
    "civil-rights",
    "cost-liability",
    "growth-figures",
    "court-case",
    "state-law",
    "viewpoint-official",
    "viewpoint-critic",
    "viewpoint-law-enforcement",
    "research-finding",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact from a published source. The message `fact.<id>` states it in our words.

    `published` is an ISO date, month ("2025-02") or year, empty where the source has none;
    `confidence` is high where the document itself was read, medium where a secondary source
    reports it; `stance` is the source's. `since` is the newest day (ISO) that the sentence speaks
    of, where the source is younger than what it tells. `state` is the postal code of the one state
    that the fact is about, `effect` what that state's law does about agreements.
    """

    id: str
    topic: Topic
    publisher: str
    title: str
    url: str
    published: str
    locator: str
    confidence: Confidence
    stance: Stance
    read_at: str
    note: str = ""
    since: str = ""
    state: str = ""
    effect: Effect | Literal[""] = ""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if not isinstance(getattr(self, name), str):
                raise TypeError(f"{name} is not text")
        for name, codes in (("topic", Topic), ("confidence", Confidence), ("stance", Stance)):
            if getattr(self, name) not in get_args(codes):
                raise TypeError(f"{name} is none of {', '.join(get_args(codes))}")

    @property
    def known_by(self) -> dt.date | None:
        """The day by which the fact was surely so; None where it has no date."""
        told = self.since or self.published
        if not told:
            return None
        year, month, day = (*map(int, told.split("-")), 0, 0)[:3]
        if day:
            return dt.date(year, month, day)
        after = dt.date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
        return after - dt.timedelta(days=1)


@cache
def load_facts() -> dict[str, Fact]:
    """The cited facts by id.

    Raises:
        InputError: a record does not fit its schema, or two share an id.
    """
    found: dict[str, Fact] = {}
    # The loader in C is ten times as fast, which every brief waits for.
    records = yaml.load(data_text("facts"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for number, record in enumerate(records or [], start=1):
        try:
            fact = Fact(**record)
        except TypeError as error:
            raise InputError(f"library/data/facts.yaml record {number}: {error}") from error
        if fact.id in found:
            raise InputError(f"library/data/facts.yaml record {number}: {fact.id} is there twice")
        found[fact.id] = fact
    return found


def data_text(name: str) -> str:
    """The text of a data file of this package."""
    return files("reportkit.library").joinpath("data", f"{name}.yaml").read_text("utf-8")
