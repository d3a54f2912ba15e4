"""The known generations of the standard form, and when each was signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reportkit.moa.datafile import entries
from reportkit.moa.values import Template


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation as declared in data/generations.yaml; `first` and `last` are signing dates."""

    id: str
    model: str
    revision: str | None
    text: str
    first: dt.date
    last: dt.date
    marks: tuple[str, ...]
    without: tuple[str, ...]


@cache
def generations() -> Mapping[str, Generation]:
    """The known generations by id."""
    return {
        name: Generation(
            name,
            entry["model"],
            entry["revision"].isoformat() if entry["revision"] else None,
            entry["text"],
            entry["first"],
            entry["last"],
            tuple(entry["marks"]),
            tuple(entry["without"]),
        )
        for name, entry in entries("generations.yaml").items()
    }


def implied(model: str, signed: dt.date) -> tuple[str, ...]:
    """The generations that were in use on a signing date, as far as files show; () for unknown."""
    return tuple(
        name
        for name, item in generations().items()
        if item.model == model and item.first <= signed <= item.last
    )


def is_new(form: Template) -> bool:
    """Whether a form prints a revision that no known generation of its model has."""
    known = {item.revision for item in generations().values() if item.model == form.model}
    return form.generation is None and form.revision is not None and form.revision not in known
