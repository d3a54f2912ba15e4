"""Loads the facts from published sources that briefs cite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Literal

from reportkit.library.fields import (
    anything,
    filled,
    last_day,
    locator,
    one_of,
    period,
    public_url,
    shaped,
    state,
)
from reportkit.library.reading import Record, Schema, read_records

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
    "office",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact from a published source. The message `fact.<id>` states it in our words.

    `published` is an ISO date, month ("2025-02") or year, empty where the source has none;
    `confidence` is high where the document itself was read, medium where a secondary source
    reports it; `stance` is the source's. `since` is the newest day, month or year (ISO) that the
    sentence speaks of. `state` is the postal code of the one state that the fact is about,
    `effect` what the law of that state that the sentence speaks of does about agreements.
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

    @property
    def known_by(self) -> dt.date | None:
        """The day by which the fact was surely so; None where it has no date."""
        return last_day(self.since or self.published)


def _rules(record: Record) -> Iterator[tuple[str, str]]:
    if record.get("effect") and not record.get("state"):
        yield "state", "is missing, but effect is there; name the state whose law it is"


_FILE = "library/data/facts.yaml"
_SCHEMA = Schema(
    texts={
        "id": shaped(r"[a-z]+-[a-z0-9-]+", "st-g1"),
        "topic": one_of(Topic),
        "publisher": filled,
        "title": filled,
        "url": public_url,
        "published": period,
        "locator": locator,
        "confidence": one_of(Confidence),
        "stance": one_of(Stance),
        "read_at": filled,
        "note": anything,
        "since": period,
        "state": state,
        "effect": one_of(Effect, empty=True),
    },
    required=tuple(field.name for field in fields(Fact) if field.default is MISSING),
    rules=_rules,
)


@cache
def load_facts() -> dict[str, Fact]:
    """The cited facts of the package by id.

    Raises:
        InputError: as `read_facts`.
    """
    return read_facts(data_text("facts"), _FILE)


def read_facts(text: str, file: str) -> dict[str, Fact]:
    """The cited facts of a text in YAML by id, in its order.

    Args:
        text: a list of records.
        file: what errors call the text.

    Raises:
        InputError: with a line for each problem: the file, the number and id of the record, the
            field, what is wrong with it and what to do.
    """
    return {name: Fact(**record) for name, record in read_records(text, file, _SCHEMA).items()}


def data_text(name: str) -> str:
    """The text of a data file of this package."""
    return files("reportkit.library").joinpath("data", f"{name}.yaml").read_text("utf-8")
