"""Loads the rubric: the safeguards that a brief looks for, and what each level of one needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NoReturn, get_args

import yaml

from reportkit.errors import InputError
from reportkit.library.facts import data_text, load_facts
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
    "own": {"id", "group", "weight", "scope", "ask", "why"},
    "programme": {"id", "group", "weight", "scope", "findings"},
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
    return read_rubric(data_text("rubric"))


def read_rubric(text: str, file: str = _FILE) -> tuple[Indicator, ...]:
    """The indicators of a rubric's text.

    Args:
        text: YAML, as the head of the packed file explains.
        file: its name, for messages.

    Raises:
        InputError: a record does not fit; the message names file, record and field.
    """
    try:
        records = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise InputError(f"{file}: this is no YAML; mend it: {error}") from error
    if not isinstance(records, list):
        raise InputError(f"{file}: no list of records; begin each with '- id:'")
    found: dict[str, Indicator] = {}
    for number, record in enumerate(records, start=1):
        item = _Record(file, number, record).indicator()
        if item.id in found:
            raise InputError(f"{file} record {number} id: {item.id} is there twice; rename one")
        found[item.id] = item
    return tuple(found.values())


class _Record:
    """One record of a rubric, which says where it does not fit."""

    def __init__(self, file: str, number: int, record: object) -> None:
        self.file, self.number = file, number
        self.name = ""
        if not isinstance(record, dict):
            self.fail("id", "the record has no fields; give it an id")
        self.held: dict[str, Any] = record
        self.name = str(record.get("id", ""))

    def fail(self, field: str, problem: str) -> NoReturn:
        record = f"record {self.number}" + (f" ({self.name})" if self.name else "")
        raise InputError(f"{self.file} {record} {field}: {problem}")

    def indicator(self) -> Indicator:
        scope = self._code("scope", get_args(Scope))
        for name in sorted(_FIELDS[scope] - self.held.keys()):
            self.fail(name, "is missing; add it")
        for name in sorted(map(str, self.held.keys() - _FIELDS[scope])):
            self.fail(name, f"no such field; use {', '.join(sorted(_FIELDS[scope]))}")
        if not isinstance(self.held["id"], str) or not self.held["id"]:
            self.fail("id", "is no text; give a name")
        weight = self.held["weight"]
        if type(weight) is not int or weight not in _WEIGHTS:
            self.fail("weight", f"{weight!r} is out of range; use {_WEIGHTS[0]} to {_WEIGHTS[-1]}")
        group: Any = self._code("group", get_args(Group))
        if scope == "programme":
            findings = tuple(map(self._finding, self._list("findings", self.held["findings"])))
            return Indicator(self.held["id"], group, weight, "programme", findings=findings)
        ask = self._ask()
        why = self._facts("why", self.held["why"])
        return Indicator(self.held["id"], group, weight, "own", *ask, why)

    def _code(self, field: str, codes: tuple[str, ...]) -> str:
        value = self.held.get(field)
        if value not in codes:
            self.fail(field, f"{value!r} is unknown; use one of {', '.join(codes)}")
        return str(value)

    def _list(self, field: str, value: object) -> list[Any]:
        if not isinstance(value, list) or not value:
            self.fail(field, "is no list with an entry; write [ … ]")
        return value

    def _facts(self, field: str, value: object) -> tuple[str, ...]:
        names = self._list(field, value)
        for name in names:
            if not isinstance(name, str) or name not in load_facts():
                self.fail(field, f"no fact {name!r} in library/data/facts.yaml; add it there first")
        return tuple(names)

    def _finding(self, value: object) -> Finding:
        if not isinstance(value, dict) or value.keys() != {"models", "state", "facts"}:
            self.fail("findings", "an entry needs models, state and facts, and nothing else")
        models = self._list("findings.models", value["models"])
        for model in models:
            if model not in MODELS:
                self.fail("findings.models", f"{model!r} is unknown; use {', '.join(MODELS)}")
        if str(value["state"]) not in get_args(SafeguardState):
            states = ", ".join(get_args(SafeguardState))
            self.fail("findings.state", f"{value['state']!r} is unknown; use one of {states}")
        facts = self._facts("findings.facts", value["facts"])
        return Finding(tuple(models), value["state"], facts)

    def _ask(self) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
        ask = self.held["ask"]
        if not isinstance(ask, dict) or "in_place" not in ask:
            self.fail("ask", "does not say when the safeguard is in place; add in_place: [ … ]")
        for level in sorted(map(str, ask.keys() - set(_LEVELS))):
            self.fail(f"ask.{level}", f"no such level; use {' and '.join(_LEVELS)}")
        in_place, partly = (
            tuple(
                self._condition(f"ask.{level}", held)
                for held in self._list(f"ask.{level}", ask[level])
            )
            if level in ask
            else ()
            for level in _LEVELS
        )
        return in_place, partly

    def _condition(self, field: str, held: object) -> Condition:
        if not isinstance(held, dict) or not held:
            self.fail(
                field, "a condition maps terms to what they need, such as {refresher: present}"
            )
        needs = {str(term): self._need(field, str(term), need) for term, need in held.items()}
        return MappingProxyType(needs)

    def _need(self, field: str, term: str, need: object) -> tuple[str, ...]:
        values = _values()
        if term not in values:
            self.fail(field, f"no term {term!r} in moa/data/terms.yaml; add it there first")
        needs = need if isinstance(need, list) else [need]
        for one in needs:
            known = values[term]
            if one in _STATES and len(needs) == 1:
                continue
            if not isinstance(one, str) or (known is not None and one not in known):
                fit = ", ".join((*_STATES, *(known or ())))
                self.fail(field, f"{term} cannot be {one!r}; use {fit}")
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
