"""Loads the records that the building of a store uses: corrections, identities, jurisdictions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from reportkit.errors import InputError
from reportkit.library.facts import data_text
from reportkit.roster.aliases import Alias
from reportkit.roster.corrections import Correction
from reportkit.roster.jurisdictions import Jurisdiction

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
    texts = {name: data_text(name) for name in ("corrections", "identities", "jurisdictions")}
    digest = hashlib.sha256("".join(texts.values()).encode()).hexdigest()
    return Records(
        _parse(Correction, "corrections", texts),
        _parse(Alias, "identities", texts),
        _parse(Jurisdiction, "jurisdictions", texts),
        digest,
    )


def _parse(model: type[_Record], name: str, texts: dict[str, str]) -> tuple[_Record, ...]:
    found = []
    for number, record in enumerate(yaml.safe_load(texts[name]) or [], start=1):
        try:
            found.append(model.model_validate(record))
        except ValidationError as error:
            raise InputError(f"library/data/{name}.yaml record {number}: {error}") from error
    return tuple(found)
