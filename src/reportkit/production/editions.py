"""The kinds of briefs: what makes, lays out and checks one on a place, and one on the nation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from reportkit.production.folders import PROGRAM, place_folder
from reportkit.production.formats import DRAWN

if TYPE_CHECKING:
    from pathlib import Path

    from reportkit.brief.display import Display
    from reportkit.brief.edition import Edition
    from reportkit.store import Store

NATION, DIGEST = "nation", "digest"


@dataclass(frozen=True, slots=True)
class Beside:
    """Files that lie beside a brief and need no notebook: their names, and what makes them.

    `make` is given the edition. What is made `last` tells of the edition's other files, so it is
    given these too, by name.
    """

    names: tuple[str, ...]
    make: Callable[..., Mapping[str, bytes]]
    last: bool = False

    def again(self, edition: Edition, folder: Path) -> Mapping[str, bytes]:
        """The files that an edition should have beside it, from the edition and from its folder.

        What tells of files that are gone cannot be made again, so it is left out.
        """
        if not self.last:
            return self.make(edition)
        from reportkit.production.crate import told_of

        files = told_of(folder)
        return {} if None in files.values() else self.make(edition, files)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is particular to one kind of brief.

    `parameters` are those of its notebook, `sections` what the notebook's cells show, in order,
    `facts` its JSON-safe data, `beside` the files beside it by the format that asks for them.
    `again` makes the brief that such data says it is, from a store. `home` is the folder of all its
    editions (see `folders`), `stem` what its files are named before the dot, `drawn` the formats
    that are drawn from the notebook.
    """

    notebook: str
    schema: str
    parameters: Callable[[Any], Mapping[str, str]]
    sections: tuple[Callable[[Any], Display], ...]
    facts: Callable[[Any], dict[str, Any]]
    beside: Mapping[str, Beside]
    again: Callable[[Mapping[str, Any], Store], Edition]
    home: Callable[[Any], str]
    stem: str = "brief"
    drawn: tuple[str, ...] = DRAWN


def kind_of(subject: str) -> Kind:
    """The kind of brief for the kind of its subject: nation, digest, or a kind of place."""
    return {NATION: _nation, DIGEST: _digest}.get(subject, _place)()


def kind_of_facts(facts: Mapping[str, Any]) -> Kind:
    """The kind of brief whose facts these say they are; that on a place where they say nothing."""
    subject = facts.get("jurisdiction")
    return kind_of(str(subject.get("kind")) if isinstance(subject, dict) else "")


def kinds() -> tuple[Kind, ...]:
    """Every kind of brief."""
    return _place(), _nation(), _digest()


@cache
def _place() -> Kind:
    from reportkit.brief import make_brief, sections
    from reportkit.brief.facts import brief_facts
    from reportkit.production.letters import FILES, letter_files

    return Kind(
        "brief.ipynb",
        "schema.json",
        lambda brief: {"jurisdiction": brief.subject, "as_of": brief.as_of.isoformat()},
        sections.ORDER,
        brief_facts,
        {
            "letters": Beside(FILES, letter_files),
            "checklist": _checklist(brief_facts),
            "ledger": _ledger(),
            "crate": _crate(),
        },
        lambda data, store: make_brief(
            data["jurisdiction"]["geoid"], data["as_of"], store, data["lang"]
        ),
        lambda brief: place_folder(brief.place),
    )


@cache
def _nation() -> Kind:
    from reportkit.brief import program_sections
    from reportkit.brief.program import make_program
    from reportkit.brief.program_facts import program_facts

    return Kind(
        "program.ipynb",
        "program.schema.json",
        lambda program: {"as_of": program.as_of.isoformat()},
        program_sections.ORDER,
        program_facts,
        {"checklist": _checklist(program_facts), "ledger": _ledger(), "crate": _crate()},
        lambda data, store: make_program(data["as_of"], store, data["lang"]),
        lambda program: PROGRAM,
    )


@cache
def _digest() -> Kind:
    from reportkit.brief import digest_sections
    from reportkit.brief.digest import HOME, make_digest
    from reportkit.brief.digest_facts import digest_facts
    from reportkit.production import newsletter

    return Kind(
        "digest.ipynb",
        "digest.schema.json",
        lambda digest: digest.parameters,
        digest_sections.ORDER,
        digest_facts,
        {
            "html": Beside(("digest.html",), newsletter.page_files),
            "text": Beside(("digest.txt",), newsletter.text_files),
            "markdown": Beside(("digest.md",), newsletter.markdown_files),
            # Their names are those of the places.
            "blocks": Beside((), newsletter.block_files),
            "ledger": _ledger(),
        },
        lambda data, store: make_digest(
            data["period"]["since"],
            data["period"]["until"],
            data["scope"]["states"],
            [place["geoid"] for place in data["scope"]["places"]],
            store,
            data["lang"],
        ),
        lambda digest: HOME,
        "digest",
        ("pdf", "ipynb"),
    )


def _checklist(facts: Callable[[Any], dict[str, Any]]) -> Beside:
    """What the reviewer of a brief with these facts should look at."""
    from reportkit.production.checklist import NAME, checklist_files

    return Beside((NAME,), checklist_files(facts))


def _ledger() -> Beside:
    """The claims ledger, which every kind of brief has."""
    from reportkit.production import ledger

    return Beside(ledger.FILES, ledger.ledger_files)


def _crate() -> Beside:
    """What tells archives of the folder."""
    from reportkit.production import crate

    return Beside(crate.FILES, crate.crate_files, last=True)
