"""Loads how views and findings are chosen: where law-enforcement bodies stand, what research asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reportkit.errors import InputError
from reportkit.library.facts import data_text, load_facts
from reportkit.library.fields import filled, one_of, shaped, shown
from reportkit.library.reading import Schema, read_records

Stand = Literal["wary", "in_favor", "both"]

SIDES = frozenset(("wary", "in_favor"))
"""Where law-enforcement bodies stand on agreements."""

_SIDES: Mapping[Stand, frozenset[str]] = {
    "wary": frozenset(("wary",)),
    "in_favor": frozenset(("in_favor",)),
    "both": SIDES,
}
_BODIES, _RESEARCH = "viewpoint-law-enforcement", "research-finding"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question that research asked, and the ids of the facts that answer it, first choice first.

    `reason` says why they stand in this order.
    """

    id: str
    question: str
    facts: tuple[str, ...]
    reason: str


def _body(identity: str) -> str:
    return _of_topic(identity, _BODIES)


def _findings(facts: list[Any]) -> str:
    if not facts:
        return "is empty; write it like [rf-1, rf-2]"
    return next(filter(None, (_of_topic(identity, _RESEARCH) for identity in facts)), "")


def _of_topic(identity: object, topic: str) -> str:
    fact = load_facts().get(str(identity))
    ours = fact is not None and fact.topic == topic
    return "" if ours else f"{shown(identity)} is no fact of topic {topic}; correct the id"


_VOICES = Schema(texts={"id": _body, "side": one_of(Stand)}, required=("id", "side"))
_INQUIRIES = Schema(
    texts={"id": shaped(r"[a-z][a-z-]*", "crime"), "question": filled, "reason": filled},
    required=("id", "question", "facts", "reason"),
    lists={"facts": _findings},
)


@cache
def load_sides() -> Mapping[str, frozenset[str]]:
    """The sides that each fact on a law-enforcement body tells, by the id of the fact.

    Raises:
        InputError: as `read_sides`.
    """
    return read_sides(data_text("voices"), "library/data/voices.yaml")


def read_sides(text: str, file: str) -> Mapping[str, frozenset[str]]:
    """The sides of a text in YAML: a list of records with id, of a fact, and side.

    Raises:
        InputError: with a line for each problem: file, record, field, what is wrong with it and
            what to do; also where a fact on a law-enforcement body has no record.
    """
    found = read_records(text, file, _VOICES)
    for fact in load_facts().values():
        if fact.topic == _BODIES and fact.id not in found:
            raise InputError(f"{file}: {fact.id} has no record; add one with its side")
    return {identity: _SIDES[record["side"]] for identity, record in found.items()}


@cache
def load_inquiries() -> tuple[Inquiry, ...]:
    """The questions of research in the order of telling.

    Raises:
        InputError: as `read_inquiries`.
    """
    return read_inquiries(data_text("research"), "library/data/research.yaml")


def read_inquiries(text: str, file: str) -> tuple[Inquiry, ...]:
    """The questions of a text in YAML: a list of records with id, question, facts and reason.

    Raises:
        InputError: with a line for each problem: file, record, field, what is wrong with it and
            what to do.
    """
    return tuple(
        Inquiry(name, record["question"], tuple(record["facts"]), record["reason"])
        for name, record in read_records(text, file, _INQUIRIES).items()
    )
