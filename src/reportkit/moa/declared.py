"""The terms as declared (data/terms.yaml), and the message that says what was found on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reportkit.moa.datafile import entries
from reportkit.moa.values import Found


@dataclass(frozen=True, slots=True)
class Term:
    """One term as declared. `values` maps a value to its signs; a yes/no term has the value True."""

    id: str
    group: str
    place: Mapping[str, tuple[str, ...]]
    values: Mapping[str | bool, tuple[str, ...]]
    number: str | None
    patterns: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The message id of the heading of its group."""
        return f"moa.group.{self.group}"

    @property
    def valued(self) -> bool:
        """Whether the term has a value beyond yes and no."""
        return self.number is not None or True not in self.values


@cache
def declared() -> tuple[Term, ...]:
    """All terms, in the order in which readers see them."""
    return tuple(
        Term(
            name,
            entry["group"],
            {form: tuple(places) for form, places in entry["place"].items()},
            {key: tuple(signs) for key, signs in entry["values"].items()}
            if "values" in entry
            else {True: tuple(entry["signs"])},
            entry.get("number"),
            tuple(entry.get("patterns", ())),
        )
        for name, entry in entries("terms.yaml").items()
    )


def statement(term: str, found: Found) -> tuple[str, Mapping[str, str]]:
    """The message id, and its values, that says in plain language what was found on a term."""
    if found.state == "unreadable":
        return "moa.term.unreadable", {}
    if found.state == "absent":
        return f"moa.term.{term}.absent", {}
    declaration = next(item for item in declared() if item.id == term)
    if declaration.number is not None:
        unread = found.value is None
        return f"moa.term.{term}.unread" if unread else f"moa.term.{term}", {
            "value": str(found.value)
        }
    return f"moa.term.{term}.{found.value}" if declaration.valued else f"moa.term.{term}", {}
