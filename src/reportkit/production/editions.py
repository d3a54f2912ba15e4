"""The kinds of briefs: what makes, lays out and checks one on a place, and one on the nation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportkit.brief.display import Display
    from reportkit.brief.edition import Edition
    from reportkit.store import Store

NATION = "nation"


@dataclass(frozen=True, slots=True)
class Beside:
    """Files that lie beside a brief and need no notebook: their names, and what makes them."""

    names: tuple[str, ...]
    make: Callable[[Any], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is particular to one kind of brief.

    `parameters` are those of its notebook, `sections` what the notebook's cells show, in order,
    `facts` its JSON-safe data, `beside` the files beside it by the format that asks for them.
    `again` makes the brief that such data says it is, from a store.
    """

    notebook: str
    schema: str
    parameters: Callable[[Any], Mapping[str, str]]
    sections: tuple[Callable[[Any], Display], ...]
    facts: Callable[[Any], dict[str, Any]]
    beside: Mapping[str, Beside]
    again: Callable[[Mapping[str, Any], Store], Edition]


def kind_of(subject: str) -> Kind:
    """The kind of brief for the kind of its subject: nation, or a kind of place."""
    return _nation() if subject == NATION else _place()


@cache
def _place() -> Kind:
    from reportkit.brief import make_brief, sections
    from reportkit.brief.facts import brief_facts
    from reportkit.production import letters

    return Kind(
        "brief.ipynb",
        "schema.json",
        lambda brief: {"jurisdiction": brief.subject},
        sections.ORDER,
        brief_facts,
        {"letters": Beside(letters.FILES, letters.letter_files), **_ledger()},
        lambda data, store: make_brief(
            data["jurisdiction"]["geoid"], data["as_of"], store, data["lang"]
        ),
    )


@cache
def _nation() -> Kind:
    from reportkit.brief import program_sections
    from reportkit.brief.program import make_program
    from reportkit.brief.program_facts import program_facts

    return Kind(
        "program.ipynb",
        "program.schema.json",
        lambda program: {},
        program_sections.ORDER,
        program_facts,
        _ledger(),
        lambda data, store: make_program(data["as_of"], store, data["lang"]),
    )


def _ledger() -> Mapping[str, Beside]:
    """The claims ledger, which every kind of brief has."""
    from reportkit.production import ledger

    return {"ledger": Beside(ledger.FILES, ledger.ledger_files)}
