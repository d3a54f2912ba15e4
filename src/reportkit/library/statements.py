"""Loads statements to check against the record: who said what, of which day, how to measure it.

The statements of the package and those of a newsroom's file have one schema. `text` is in the words
of whoever wrote the record, never the source's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reportkit.library.entries import Entry, read_entries
from reportkit.library.facts import data_text, load_facts
from reportkit.library.fields import (
    Check,
    anything,
    filled,
    nearest,
    one_of,
    period,
    public_url,
    shown,
    span,
    state,
)
from reportkit.moa.declared import declared

Measure = Literal[
    "agencies",
    "agreements",
    "states",
    "models",
    "growth",
    "memoranda",
    "variation",
    "facts",
    "none",
]
Comparison = Literal["over", "at least", "under", "up to", "about", "between", "exactly"]
Unit = Literal["agencies", "agreements"]
Model = Literal["TFM", "JEM", "WSO"]
Status = Literal["listed", "pending", "ended"]
Share = Literal["some", "most", "all"]
Kind = Literal[
    "sheriff",
    "municipal police",
    "state",
    "constable",
    "campus",
    "corrections",
    "prosecutor",
    "other",
]

_FILE = "library/data/statements.yaml"
TOLERANCE = 5.0
"""Percent that "about" allows where nothing else is said."""
_MOST = 1_000_000_000
_ALWAYS = ("id", "text", "source", "measure", "facts")
_SOURCE = ("publisher", "title", "published", "url")
_COUNT = ("date", "comparison", "value")
_SPAN = ("to", "tolerance")


@dataclass(frozen=True, slots=True)
class Said:
    """Who said it: publisher, title, date (ISO day, month or year) and, where known, the address."""

    publisher: str
    title: str
    published: str
    url: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement and what is to be measured.

    `date` is the day, month or year (ISO) that it speaks of, `since` that from which growth is
    counted. `value` is a number, or percent for growth and variation; `to` the end of a range,
    `tolerance` the percent that "about" allows. `model`, `state` (postal code), `kind` and `status`
    narrow a count. `terms` are terms of memoranda that it names, `instead` those that come nearest
    where the memoranda do not say it; `share` is of how many memoranda it must be so. `group`
    narrows a variation. Facts in `supported_by` and `contradicted_by` decide where nothing is
    counted; those in `facts` only bear on it.
    """

    id: str
    text: str
    source: Said
    measure: Measure
    date: str = ""
    since: str = ""
    of: Unit = "agreements"
    comparison: Comparison = "exactly"
    value: float = 0
    to: float = 0
    tolerance: float = TOLERANCE
    model: str = ""
    state: str = ""
    kind: str = ""
    status: Status = "listed"
    terms: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    share: Share = "some"
    group: str = ""
    supported_by: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that it speaks of."""
        return span(self.date)


# For each measure the fields that it needs and those that it may have.
_FIELDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "agencies": (_COUNT, (*_SPAN, "model", "state", "kind", "status")),
    "agreements": (_COUNT, (*_SPAN, "model", "state", "kind", "status")),
    "states": (_COUNT, (*_SPAN, "model", "kind", "status")),
    "models": (_COUNT, (*_SPAN, "state", "kind", "status")),
    "growth": ((*_COUNT, "since", "of"), (*_SPAN, "model", "state", "kind")),
    "memoranda": (("share",), ("model", "terms", "instead")),
    "variation": (("comparison", "value"), (*_SPAN, "group")),
    "facts": ((), ("supported_by", "contradicted_by")),
    "none": ((), ()),
}
_ANY = {*_ALWAYS, *(name for needs, may in _FIELDS.values() for name in (*needs, *may))}


def _identity(text: str) -> str:
    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text):
        return ""
    return f"{shown(text)} is no id; write small letters, digits and hyphens, like growth-2025"


def _dated(text: str) -> str:
    return period(text) if text else "is empty; write it like 2025-10-05, 2025-10 or 2025"


_CHECKS: Mapping[str, Check] = {
    "id": _identity,
    "text": filled,
    "date": _dated,
    "since": _dated,
    "measure": one_of(Measure),
    "of": one_of(Unit),
    "comparison": one_of(Comparison),
    "model": one_of(Model),
    "state": state,
    "kind": one_of(Kind),
    "status": one_of(Status),
    "share": one_of(Share),
    "source.publisher": filled,
    "source.title": filled,
    "source.published": _dated,
    "source.url": lambda text: public_url(text) if text else "",
    "group": anything,
}
_NUMBERS = ("value", "to", "tolerance")
_DATES = {"date", "since", "published"}


@cache
def load_statements() -> tuple[Statement, ...]:
    """The statements of the package, in the order of the file.

    Raises:
        InputError: a record does not fit; the message names file, record and field.
    """
    return read_statements(data_text("statements"), _FILE)


def read_statements(text: str, file: str) -> tuple[Statement, ...]:
    """The statements of a file's text.

    Args:
        text: YAML, a list of records, as the packed file shows.
        file: its name, for messages.

    Raises:
        InputError: a record does not fit; the message names file, record and field.
    """
    return tuple(read_entries(text, file, _statement).values())


def _statement(entry: Entry) -> Statement:
    entry = Entry(entry.file, entry.number, entry.name, _plain(entry.held))
    _require(entry, ("id", "text", "source", "measure"))
    measure = entry.field("measure", _CHECKS["measure"])
    needs, may = _FIELDS[measure]
    for name in sorted((entry.held.keys() & _ANY) - {*_ALWAYS, *needs, *may}):
        entry.fail(name, f"does not go with measure: {measure}; take it out")
    entry.only((*_ALWAYS, *needs, *may))
    _require(entry, needs)
    values: dict[str, Any] = {
        name: entry.field(name, check)
        for name, check in _CHECKS.items()
        if name in entry.held and "." not in name
    }
    values |= {name: _number(entry, name) for name in _NUMBERS if name in entry.held}
    values |= {
        name: entry.names(name, entry.held[name], load_facts(), "fact of library/data/facts.yaml")
        for name in ("supported_by", "contradicted_by", "facts")
        if name in entry.held
    }
    terms = [term.id for term in declared()]
    values |= {
        name: entry.names(name, entry.held[name], terms, "term of moa/data/terms.yaml")
        for name in ("terms", "instead")
        if name in entry.held
    }
    held = Statement(source=_said(entry), **values)
    _fits(entry, held)
    return held


def _plain(held: Mapping[str, Any]) -> dict[str, Any]:
    """Fields with years as text: YAML reads 2025 as a number."""
    plain = {
        name: str(value) if name in _DATES and type(value) is int else value
        for name, value in held.items()
    }
    if isinstance(source := plain.get("source"), dict) and "source" not in source:
        plain["source"] = _plain(source)
    return plain


def _require(entry: Entry, names: Iterable[str], held: Any = None, within: str = "") -> None:
    fields = entry.held if held is None else held
    strange = [item for item in map(str, fields) if item not in _ANY and item not in _SOURCE]
    for name in names:
        if name not in fields:
            unknown = [item for item in strange if nearest(item, [name]).endswith("?")]
            meant = f"; is it what you wrote as {unknown[0]}?" if unknown else "; add it"
            entry.fail(f"{within}{name}", f"is missing{meant}")


def _number(entry: Entry, name: str) -> float:
    value = entry.held[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        entry.fail(
            name, f"{shown(value)} is no number; write it without quotes and commas, like 1000"
        )
    # Only a change can be less than none, and nothing falls by more than all.
    least = -100 if entry.held["measure"] == "growth" and name != "tolerance" else 0
    if not least <= value <= _MOST:
        entry.fail(name, f"{shown(value)} is out of range; write a number from {least} to {_MOST}")
    return value


def _said(entry: Entry) -> Said:
    source = entry.held["source"]
    if not isinstance(source, dict):
        entry.fail("source", "has no fields; give publisher, title and published")
    entry.only(_SOURCE, "source.", source)
    _require(entry, _SOURCE[:3], source, "source.")
    return Said(
        *(entry.field(f"source.{name}", _CHECKS[f"source.{name}"], source) for name in _SOURCE)
    )


def _fits(entry: Entry, held: Statement) -> None:
    """Refuse fields that do not go together."""
    has = entry.held.keys()
    if ("to" in has) != (held.comparison == "between"):
        entry.fail("to", "goes with comparison: between, which needs it")
    if "to" in has and held.to < held.value:
        entry.fail("to", f"{held.to} is less than value {held.value}; turn them round")
    if "tolerance" in has and held.comparison != "about":
        entry.fail("tolerance", "goes with comparison: about only")
    if held.measure == "memoranda" and bool(held.terms) == bool(held.instead):
        entry.fail("terms", "give either terms or, where memoranda do not say it, instead")
    if held.measure == "facts" and not (held.supported_by or held.contradicted_by):
        entry.fail("supported_by", "is missing; name facts here or in contradicted_by")
    if held.measure == "growth" and span(held.since)[0] > held.span[0]:
        entry.fail("since", f"{held.since} is later than date {held.date}; turn them round")
    groups = {term.group for term in declared()}
    if held.group and held.group not in groups:
        entry.fail("group", f"{shown(held.group)} is not known{nearest(held.group, groups)}")
