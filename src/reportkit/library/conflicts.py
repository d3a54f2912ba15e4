"""Loads where cited facts, or the sources behind them, do not agree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reportkit.library.facts import data_text, load_facts
from reportkit.library.fields import last_day, one_of, period, shaped, shown, state
from reportkit.library.reading import Schema, read_records

Topic = Literal["growth", "coverage", "training", "complaint", "cost", "law", "research"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A disagreement between sources. The message `conflict.<id>` says what differs and why.

    `facts` are the ids of the facts concerned, none where no fact of ours is; `since` is the
    newest day, month or year (ISO) that the message speaks of. `state` is the postal code of the
    one state concerned, empty where it is none or several.
    """

    id: str
    topic: Topic
    facts: tuple[str, ...]
    since: str
    state: str = ""

    @property
    def known_by(self) -> dt.date | None:
        """The day by which the disagreement was surely there."""
        return last_day(self.since)


def _ids(facts: list[Any]) -> str:
    unknown = [
        shown(fact) for fact in facts if not isinstance(fact, str) or fact not in load_facts()
    ]
    if unknown:
        return f"{', '.join(unknown)}: not in facts.yaml; correct the id"
    twice = len(set(facts)) < len(facts)
    return "an id is there twice; name each fact once" if twice else ""


_FILE = "library/data/conflicts.yaml"
_SCHEMA = Schema(
    texts={
        "id": shaped(r"[a-z][a-z0-9-]*", "who-pays"),
        "topic": one_of(Topic),
        "since": period,
        "state": state,
    },
    required=("id", "topic", "facts", "since"),
    lists={"facts": _ids},
)


@cache
def load_conflicts() -> dict[str, Conflict]:
    """The conflicts of the package by id.

    Raises:
        InputError: as `read_conflicts`.
    """
    return read_conflicts(data_text("conflicts"), _FILE)


def read_conflicts(text: str, file: str) -> dict[str, Conflict]:
    """The conflicts of a text in YAML by id, in its order.

    Args:
        text: a list of records.
        file: what errors call the text.

    Raises:
        InputError: with a line for each problem: the file, the number and id of the record, the
            field, what is wrong with it and what to do. A fact that is not in facts.yaml is one.
    """
    return {
        name: Conflict(**{**record, "facts": tuple(record["facts"])})
        for name, record in read_records(text, file, _SCHEMA).items()
    }


def conflicts_of(fact: str) -> tuple[Conflict, ...]:
    """The conflicts that a fact is part of.

    Args:
        fact: its id; one that is part of none, or unknown, has none.
    """
    return tuple(conflict for conflict in load_conflicts().values() if fact in conflict.facts)
