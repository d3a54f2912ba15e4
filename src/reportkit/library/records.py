"""Loads the records that the building of a store uses: corrections, identities, jurisdictions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from reportkit.errors import InputError
from reportkit.roster.aliases import Alias
from reportkit.roster.corrections import Correction
from reportkit.roster.jurisdictions import Jurisdiction


class Fact(BaseModel):
    """A fact from a published source. The message `fact.<id>` states it in our words.

    `published` is an ISO date or a year; `confidence` is high where the document itself was read,
    medium where a secondary source reports it; `stance` is the source's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    publisher: str
    title: str
    url: str
    published: str
    locator: str
    kind: Literal["statute", "memorandum", "fact"]
    confidence: Literal["high", "medium"]
    stance: Literal["neutral", "official", "critic", "law enforcement"]


_Record = TypeVar("_Record", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of the package. `sha256` identifies the three files together."""

    corrections: tuple[Correction, ...]
    aliases: tuple[Alias, ...]
    jurisdictions: tuple[Jurisdiction, ...]
    sha256: str


@cache
def load_records() -> Records:
    """Read and check the records.

    Raises:
        InputError: a record does not fit its schema; the message names the file and the record.
    """
    texts = {name: _text(name) for name in ("corrections", "identities", "jurisdictions")}
    digest = hashlib.sha256("".join(texts.values()).encode()).hexdigest()
    return Records(
        _parse(Correction, "corrections", texts),
        _parse(Alias, "identities", texts),
        _parse(Jurisdiction, "jurisdictions", texts),
        digest,
    )


@cache
def load_facts() -> dict[str, Fact]:
    """The cited facts by id.

    Raises:
        InputError: a record does not fit its schema, or two share an id.
    """
    facts = _parse(Fact, "facts", {"facts": _text("facts")})
    found = {fact.id: fact for fact in facts}
    if len(found) != len(facts):
        raise InputError("library/data/facts.yaml: two facts share an id")
    return found


def _text(name: str) -> str:
    return files("reportkit.library").joinpath("data", f"{name}.yaml").read_text("utf-8")


def _parse(model: type[_Record], name: str, texts: dict[str, str]) -> tuple[_Record, ...]:
    found = []
    for number, record in enumerate(yaml.safe_load(texts[name]) or [], start=1):
        try:
            found.append(model.model_validate(record))
        except ValidationError as error:
            raise InputError(f"library/data/{name}.yaml record {number}: {error}") from error
    return tuple(found)
