"""Loads the facts from published sources that briefs cite."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import yaml

from reportkit.errors import InputError

Kind = Literal["statute", "memorandum", "fact"]
Confidence = Literal["high", "medium"]
Stance = Literal["neutral", "official", "critic", "law enforcement"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact from a published source. The message `fact.<id>` states it in our words.

    `published` is an ISO date or a year; `confidence` is high where the document itself was read,
    medium where a secondary source reports it; `stance` is the source's.
    """

    id: str
    publisher: str
    title: str
    url: str
    published: str
    locator: str
    kind: Kind
    confidence: Confidence
    stance: Stance

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if not isinstance(getattr(self, name), str):
                raise TypeError(f"{name} is not text")
        for name, codes in (("kind", Kind), ("confidence", Confidence), ("stance", Stance)):
            if getattr(self, name) not in get_args(codes):
                raise TypeError(f"{name} is none of {', '.join(get_args(codes))}")


@cache
def load_facts() -> dict[str, Fact]:
    """The cited facts by id.

    Raises:
        InputError: a record does not fit its schema, or two share an id.
    """
    found: dict[str, Fact] = {}
    for number, record in enumerate(yaml.safe_load(data_text("facts")) or [], start=1):
        try:
            fact = Fact(**record)
        except TypeError as error:
            raise InputError(f"library/data/facts.yaml record {number}: {error}") from error
        if fact.id in found:
            raise InputError(f"library/data/facts.yaml record {number}: {fact.id} is there twice")
        found[fact.id] = fact
    return found


def data_text(name: str) -> str:
    """The text of a data file of this package."""
    return files("reportkit.library").joinpath("data", f"{name}.yaml").read_text("utf-8")
