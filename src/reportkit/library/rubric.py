"""Loads the rubric: the safeguards that a brief looks for, and what each level of one needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from reportkit.library.entries import Entry, read_entries
from reportkit.library.facts import data_text, load_facts
from reportkit.library.fields import filled, nearest, one_of, shown
from reportkit.moa.declared import declared
from reportkit.roster.values import MODELS

Group = Literal[
    "transparency",
    "accountability",
    "governance",
    "supervision",
    "rights",
    "federal",
    "resources",
]
Scope = Literal["own", "programme"]
SafeguardState = Literal["in_place", "partly", "absent", "unknown"]

LINKED = "memorandum_linked"
"""What a condition asks of ICE's list and not of a memorandum: does it link the memorandum?"""

Condition = Mapping[str, tuple[str, ...]]
"""Terms with what they need: ("present",), ("absent",) or the values that fit. All must fit."""

_FILE = "library/data/rubric.yaml"
_FIELDS = {
    "own": ("id", "group", "weight", "scope", "ask", "why"),
    "programme": ("id", "group", "weight", "scope", "findings"),
}
_LEVELS = ("in_place", "partly")
_WEIGHTS = range(1, 6)
_STATES = ("present", "absent")


@dataclass(frozen=True, slots=True)
class Finding:
    """What published sources report of the agreements of some models: a state, by these facts."""

    models: tuple[str, ...]
    state: SafeguardState
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One safeguard. `in_place` and `partly` hold alternative conditions, the better level first.

    `weight` is 1 to 5, `why` the ids of facts that say why it matters. A programme-wide one has
    `findings` and no conditions.
    """

    id: str
    group: Group
    weight: int
    scope: Scope
    in_place: tuple[Condition, ...] = ()
    partly: tuple[Condition, ...] = ()
    why: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def terms(self) -> frozenset[str]:
        """Everything that its conditions ask."""
        return frozenset(term for held in (*self.in_place, *self.partly) for term in held)


@cache
def load_rubric() -> tuple[Indicator, ...]:
    """The indicators of the packed rubric, in its order.

    Raises:
        InputError: a record does not fit; the message names file, record and field.
    """
    return read_rubric(data_text("rubric"), _FILE)


def read_rubric(text: str, file: str) -> tuple[Indicator, ...]:
    """The indicators of a rubric's text.

    Args:
        text: YAML, as the head of the packed file explains.
        file: its name, for messages.

    Raises:
        InputError: a record does not fit; the message names file, record and field.
    """
    return tuple(read_entries(text, file, _indicator).values())


def _indicator(entry: Entry) -> Indicator:
    scope = entry.field("scope", one_of(Scope))
    entry.whole(_FIELDS[scope])
    identity = entry.field("id", filled)
    weight = entry.held["weight"]
    if type(weight) is not int or weight not in _WEIGHTS:
        entry.fail(
            "weight", f"{shown(weight)} is out of range; use {_WEIGHTS[0]} to {_WEIGHTS[-1]}"
        )
    group: Any = entry.field("group", one_of(Group))
    if scope == "programme":
        held = _list(entry, "findings", entry.held["findings"])
        findings = tuple(_finding(entry, value) for value in held)
        return Indicator(identity, group, weight, "programme", findings=findings)
    ask = _ask(entry)
    why = _facts(entry, "why", entry.held["why"])
    return Indicator(identity, group, weight, "own", *ask, why)


def _list(entry: Entry, field: str, value: object) -> list[Any]:
    if not isinstance(value, list) or not value:
        entry.fail(field, "is no list with an entry; write [ … ]")
    return value


def _facts(entry: Entry, field: str, value: object) -> tuple[str, ...]:
    return entry.names(field, value, load_facts(), "fact of library/data/facts.yaml")


def _finding(entry: Entry, value: object) -> Finding:
    if not isinstance(value, dict) or value.keys() != {"models", "state", "facts"}:
        entry.fail("findings", "an entry needs models, state and facts, and nothing else")
    models = entry.names("findings.models", value["models"], MODELS, "model")
    state: Any = entry.field("findings.state", one_of(SafeguardState), value)
    return Finding(models, state, _facts(entry, "findings.facts", value["facts"]))


def _ask(entry: Entry) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    ask = entry.held["ask"]
    if not isinstance(ask, dict) or "in_place" not in ask:
        entry.fail("ask", "does not say when the safeguard is in place; add in_place: [ … ]")
    entry.only(_LEVELS, "ask.", ask)
    in_place, partly = (
        tuple(
            _condition(entry, f"ask.{level}", held)
            for held in _list(entry, f"ask.{level}", ask[level])
        )
        if level in ask
        else ()
        for level in _LEVELS
    )
    return in_place, partly


def _condition(entry: Entry, field: str, held: object) -> Condition:
    if not isinstance(held, dict) or not held:
        entry.fail(field, "a condition maps terms to what they need, such as {refresher: present}")
    needs = {str(term): _need(entry, field, str(term), need) for term, need in held.items()}
    return MappingProxyType(needs)


def _need(entry: Entry, field: str, term: str, need: object) -> tuple[str, ...]:
    values = _values()
    if term not in values:
        entry.fail(field, f"{shown(term)} is no term of moa/data/terms.yaml{nearest(term, values)}")
    known = values[term]
    needs = need if isinstance(need, list) else [need]
    for one in needs:
        if one in _STATES and len(needs) == 1:
            continue
        if not isinstance(one, str) or (known is not None and one not in known):
            fit = ", ".join((*_STATES, *(known or ())))
            entry.fail(field, f"{term} cannot be {shown(one)}; use {fit}")
    return tuple(needs)


@cache
def _values() -> Mapping[str, tuple[str, ...] | None]:
    """The values that each term can have; None where it is a number."""
    return {
        LINKED: (),
        **{
            term.id: None
            if term.number is not None
            else tuple(value for value in term.values if isinstance(value, str))
            for term in declared()
        },
    }
