"""Loads the public-records statutes that a letter may cite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Literal

from reportkit.library.entries import entries
from reportkit.library.facts import Confidence, data_text
from reportkit.library.fields import Check, filled, one_of, period, public_url, state

FEDERAL = "US"
"""Stands for a state in the record of the federal act."""

_FILE = "library/data/public_records.yaml"


@dataclass(frozen=True, slots=True)
class Statute:
    """A public-records law: the name and citation that a letter gives, and where both were read.

    `state` is a postal code, or US for the federal act. `published` is an ISO date, month or year,
    empty where the source has none. `confidence` is high where the statute's own text or a page of
    a public body was read, medium where another source reports it.
    """

    state: str
    name: str
    citation: str
    url: str
    publisher: str
    published: str
    confidence: Literal["high", "medium"]
    read_at: str


def _place(text: str) -> str:
    if text == FEDERAL:
        return ""
    return state(text) if text else "is empty; write a postal code like FL, or US"


_CHECKS: Mapping[str, Check] = {
    "state": _place,
    "name": filled,
    "citation": filled,
    "url": public_url,
    "publisher": filled,
    "published": period,
    "confidence": one_of(Confidence),
    "read_at": filled,
}


@cache
def load_statutes() -> Mapping[str, Statute]:
    """The statutes by postal code; none for a state where nothing was verified.

    Raises:
        InputError: a record does not fit its schema; the message names file, record and field.
    """
    return read_statutes(data_text("public_records"))


def read_statutes(text: str, file: str = _FILE) -> Mapping[str, Statute]:
    """The statutes of a file's text, see `load_statutes`."""
    found: dict[str, Statute] = {}
    names = [field.name for field in fields(Statute)]
    for entry in entries(text, file, "state"):
        entry.only(names)
        for name in names:
            if name not in entry.held:
                entry.fail(name, "is missing; add it")
        values = {name: entry.field(name, _CHECKS[name]) for name in names}
        found[values["state"]] = Statute(**values)  # type: ignore[arg-type]
    return found
