"""Checks cited facts and conflicts: records against their schema, and against the messages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from reportkit.errors import InputError
from reportkit.library.asking import load_questions, load_requests
from reportkit.library.conflicts import read_conflicts
from reportkit.library.facts import Fact, data_text, read_facts
from reportkit.library.figures import load_figures
from reportkit.library.public_records import load_statutes
from reportkit.library.rubric import load_rubric
from reportkit.library.statements import load_statements
from reportkit.library.voices import load_inquiries, load_sides
from reportkit.messages import catalogue

_FACTS = "library/data/facts.yaml"
_CONFLICTS = "library/data/conflicts.yaml"
_LIMITED = "research-finding"
_OTHERS: tuple[Callable[[], object], ...] = (
    *(load_rubric, load_statutes, load_requests, load_questions),
    *(load_sides, load_inquiries, load_figures, load_statements),
)
"""What reads the other data files of the library."""


def package_facts(lang: str = "en") -> tuple[dict[str, Fact], list[str]]:
    """The facts of the package and a line for each problem with them or another data file.

    Args:
        lang: of the messages.
    """
    facts, problems = checked(data_text("facts"), _FACTS)
    if problems:
        return facts, problems
    try:
        conflicts = read_conflicts(data_text("conflicts"), _CONFLICTS)
    except InputError as error:
        return facts, str(error).splitlines()
    limited = [fact.id for fact in facts.values() if fact.topic == _LIMITED]
    return facts, [
        *_messages("fact", facts, _FACTS, lang),
        *_messages("limit", limited, _FACTS, lang),
        *_messages("conflict", conflicts, _CONFLICTS, lang),
        *(problem for load in _OTHERS for problem in _refused(load)),
    ]


def _refused(load: Callable[[], object]) -> list[str]:
    try:
        load()
    except InputError as error:
        return str(error).splitlines()
    return []


def checked(text: str, file: str) -> tuple[dict[str, Fact], list[str]]:
    """The facts of a text in YAML, none where a record is wrong, and a line for each problem.

    Args:
        text: a list of records.
        file: what the lines call the text.
    """
    try:
        return read_facts(text, file), []
    except InputError as error:
        return {}, str(error).splitlines()


def _messages(prefix: str, ids: Collection[str], file: str, lang: str) -> Iterator[str]:
    """Records without their message and messages without their record."""
    held = {
        message.removeprefix(f"{prefix}.")
        for message in catalogue(lang)
        if message.startswith(f"{prefix}.")
    }
    for identity in ids:
        if identity not in held:
            yield f"{file} ({identity}): there is no message {prefix}.{identity}; write it"
    for identity in sorted(held - set(ids)):
        yield f"{file}: {prefix}.{identity} is a message without a record; add the record or take it out"
