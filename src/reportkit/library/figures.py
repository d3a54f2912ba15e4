"""Loads the published figures that can be held against the record: number, unit and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reportkit.library.facts import data_text, load_facts
from reportkit.library.fields import one_of, period, shaped, span
from reportkit.library.reading import Record, Schema, read_records

Unit = Literal["agreements", "agencies", "states", "task_force", "people"]
Said = Literal["exactly", "more_than", "almost", "about"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a cited fact gives: `value` of `unit`, as it stood on `day`.

    `day` is an ISO date, or a month ("2025-06") where the source gives no day. `said` tells how
    exact the source is.
    """

    id: str
    fact: str
    day: str
    unit: Unit
    value: int
    said: Said = "exactly"

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that it may speak of."""
        return span(self.day)


def _rules(record: Record) -> Iterator[tuple[str, str]]:
    if len(str(record.get("day", ""))) < 7:
        yield "day", "has no month; write a day or a month"


def _fact(identity: str) -> str:
    return "" if identity in load_facts() else "is not in facts.yaml; correct the id"


_FILE = "library/data/figures.yaml"
_SCHEMA = Schema(
    texts={
        "id": shaped(r"[a-z0-9-]+", "gr-5-agreements"),
        "fact": _fact,
        "day": period,
        "unit": one_of(Unit),
        "value": shaped(r"0|[1-9][0-9]{0,9}", "'832'"),
        "said": one_of(Said),
    },
    required=("id", "fact", "day", "unit", "value"),
    rules=_rules,
)


@cache
def load_figures() -> tuple[Figure, ...]:
    """The published figures of the package.

    Raises:
        InputError: as `read_figures`.
    """
    return read_figures(data_text("figures"), _FILE)


def read_figures(text: str, file: str) -> tuple[Figure, ...]:
    """The published figures of a text in YAML, in its order.

    Args:
        text: a list of records.
        file: what errors call the text.

    Raises:
        InputError: with a line for each problem: the file, the number and id of the record, the
            field, what is wrong with it and what to do. A fact that is not in facts.yaml is one.
    """
    records = read_records(text, file, _SCHEMA).values()
    return tuple(Figure(**{**record, "value": int(record["value"])}) for record in records)
