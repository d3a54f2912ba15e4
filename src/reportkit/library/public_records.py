"""Loads the public-records statutes that a letter may cite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Literal

from reportkit.library.facts import Confidence, data_text
from reportkit.library.fields import filled, one_of, period, public_url, state
from reportkit.library.reading import Schema, read_records

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


_SCHEMA = Schema(
    texts={
        "state": _place,
        "name": filled,
        "citation": filled,
        "url": public_url,
        "publisher": filled,
        "published": period,
        "confidence": one_of(Confidence),
        "read_at": filled,
    },
    required=tuple(field.name for field in fields(Statute)),
    key="state",
)


@cache
def load_statutes() -> Mapping[str, Statute]:
    """The statutes by postal code; none for a state where nothing was verified.

    Raises:
        InputError: as `read_statutes`.
    """
    return read_statutes(data_text("public_records"), _FILE)


def read_statutes(text: str, file: str) -> Mapping[str, Statute]:
    """The statutes of a text in YAML by postal code.

    Args:
        text: a list of records.
        file: what errors call the text.

    Raises:
        InputError: with a line for each problem: the file, the number and state of the record, the
            field, what is wrong with it and what to do.
    """
    records = read_records(text, file, _SCHEMA)
    return {name: Statute(**record) for name, record in records.items()}
