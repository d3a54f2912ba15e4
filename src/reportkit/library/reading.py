"""Reads a data file of flat records by their schema, and says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportkit.errors import InputError
from reportkit.library.entries import Entry, read_entries
from reportkit.library.fields import Check, nearest, text_problem

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Schema:
    """What a record may hold: `texts` and `lists` by field with their checks.

    `required` fields must be there. `rules` finds what is wrong between fields, as pairs of a
    field and what is wrong with it; `key` identifies a record.
    """

    texts: Mapping[str, Check]
    required: tuple[str, ...]
    lists: Mapping[str, Callable[[list[Any]], str]] = field(default_factory=dict)
    rules: Callable[[Record], Iterator[tuple[str, str]]] = lambda record: iter(())
    key: str = "id"


def read_records(text: str, file: str, schema: Schema) -> dict[str, Record]:
    """The records of a text in YAML by the field that identifies them, in its order.

    Args:
        text: a list of records.
        file: what errors call the text.
        schema: what each record must be.

    Raises:
        InputError: with a line for each problem: the file, the number and id of the record, the
            field, what is wrong with it and what to do.
    """

    def fitting(entry: Entry) -> Record:
        problems = [entry.problem(*problem) for problem in _problems(entry.held, schema)]
        if problems:
            raise InputError("\n".join(problems))
        return entry.held

    return read_entries(text, file, fitting, schema.key)


def _problems(record: Record, schema: Schema) -> Iterator[tuple[str, str]]:
    for name in schema.required:
        if name not in record:
            yield name, "is missing; add it"
    for name, value in record.items():
        if problem := _problem(name, value, schema):
            yield name, problem
    yield from schema.rules(record)


def _problem(name: str, value: Any, schema: Schema) -> str:
    if name in schema.lists:
        ours = isinstance(value, list)
        return schema.lists[name](value) if ours else "is no list; write it like [gr-2, gr-7]"
    if name not in schema.texts:
        return f"no such field{nearest(name, (*schema.texts, *schema.lists))}"
    return text_problem(value, schema.texts[name])
