"""Loads what a brief asks: the items of the records letters and the questions to go deeper.

Both are chosen by what is found of a place. A record's `when` maps conditions to codes; it holds
where for each condition named one of its codes applies to the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from reportkit.library.entries import Entry, read_entries
from reportkit.library.facts import Effect, data_text
from reportkit.library.fields import filled, shown
from reportkit.library.rubric import load_rubric
from reportkit.messages import catalogue

To = Literal["agency", "federal"]
When = Mapping[str, frozenset[str]]

ANSWERS = frozenset({"participating", "pending", "ended", "not_listed", "unclear", "too_old"})
RECORD = frozenset(
    {
        "agreement",
        "pending",
        "ended",
        "none_ever",
        "text_missing",
        "text_complete",
        "addendum_missing",
        "unread",
        "departures",
        "statewide",
        "several_agencies",
    }
)
"""What can be said of a place's record; `findings.asks` tells which of these apply."""


@cache
def conditions() -> Mapping[str, frozenset[str]]:
    """The codes that each condition knows.

    `answer` is the status, `kind` the kind of place, `models` those of the local agreements, `law`
    what verified state law does about agreements ("unverified" where nothing is held), `record`
    see RECORD; `lacks` are safeguards of the rubric that are absent or only partly there, by the
    memoranda or else by the standard forms.
    """
    safeguards = frozenset(item.id for item in load_rubric() if item.scope == "own")
    return {
        "answer": ANSWERS,
        "kind": frozenset({"state", "county", "municipality"}),
        "models": frozenset({"TFM", "JEM", "WSO"}),
        "law": frozenset({*get_args(Effect), "unverified"}),
        "record": RECORD,
        "lacks": safeguards,
    }


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a letter asks for; the messages `request.<id>` and `request.<id>.short`."""

    id: str
    to: frozenset[To]
    when: When


@dataclass(frozen=True, slots=True)
class Question:
    """A question to go deeper; the message `question.<id>`.

    A brief shows at most one of each topic, those of the lowest `priority` first.
    """

    id: str
    topic: str
    priority: int
    when: When


@cache
def load_requests() -> tuple[Item, ...]:
    """The items of the letters, in the order in which a letter asks for them.

    Raises:
        InputError: a record does not fit; the message names file, record and field.
    """
    return read_requests(data_text("requests"), "library/data/requests.yaml")


@cache
def load_questions() -> tuple[Question, ...]:
    """The questions, the most specific first.

    Raises:
        InputError: a record does not fit; the message names file, record and field.
    """
    return read_questions(data_text("questions"), "library/data/questions.yaml")


def read_requests(text: str, file: str) -> tuple[Item, ...]:
    """The items of a file's text, as its head explains.

    Raises:
        InputError: see `load_requests`.
    """
    return tuple(read_entries(text, file, _item).values())


def read_questions(text: str, file: str) -> tuple[Question, ...]:
    """The questions of a file's text, as its head explains, by priority.

    Raises:
        InputError: see `load_questions`.
    """
    found = read_entries(text, file, _question).values()
    return tuple(sorted(found, key=lambda item: item.priority))


def _item(entry: Entry) -> Item:
    entry.whole(("id", "to", "when"))
    (identity,) = _texts(entry, "id")
    _told(entry, "request.{}", "request.{}.short")
    to: Any = entry.names("to", entry.held["to"], get_args(To), "code")
    return Item(identity, frozenset(to), _when(entry))


def _question(entry: Entry) -> Question:
    entry.whole(("id", "topic", "priority", "when"))
    identity, topic = _texts(entry, "id", "topic")
    _told(entry, "question.{}")
    priority = entry.held["priority"]
    if type(priority) is not int:
        entry.fail("priority", f"{shown(priority)} is no whole number; write one like 20")
    return Question(identity, topic, priority, _when(entry))


def _told(entry: Entry, *messages: str) -> None:
    """Refuse a record without its messages."""
    for message in messages:
        if (wanted := message.format(entry.name)) not in catalogue("en"):
            entry.fail("id", f"no message {shown(wanted)}; write it first")


def _texts(entry: Entry, *names: str) -> tuple[str, ...]:
    return tuple(entry.field(name, filled) for name in names)


def _when(entry: Entry) -> When:
    given, known = entry.held["when"], conditions()
    if not isinstance(given, dict) or not given:
        entry.fail("when", "no condition; map one to a list of codes")
    entry.only(known, "when.", given)
    return {
        name: frozenset(entry.names(f"when.{name}", codes, known[name], "code"))
        for name, codes in given.items()
    }
