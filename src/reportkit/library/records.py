"""Loads the records that the building of a store uses: corrections, identities, jurisdictions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from reportkit.library.entries import entries
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
        InputError: a record does not fit its schema; the message names file, record and field.
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
    for entry in entries(texts[name], f"library/data/{name}.yaml"):
        try:
            found.append(model.model_validate(entry.held))
        except ValidationError as error:
            problem = error.errors()[0]
            field = ".".join(map(str, problem["loc"])) or "all"
            entry.fail(field, f"{problem['msg']}; correct it")
    return tuple(found)
