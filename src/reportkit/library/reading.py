"""Reads a data file that is a list of records, and says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from reportkit.errors import InputError
from reportkit.library.fields import Check

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Schema:
    """What a record may hold: `texts` and `lists` by field with their checks.

    `required` fields must be there. `rules` finds what is wrong between fields, each as
    "field: what; what to do".
    """

    texts: Mapping[str, Check]
    required: tuple[str, ...]
    lists: Mapping[str, Callable[[list[Any]], str]] = field(default_factory=dict)
    rules: Callable[[Record], Iterator[str]] = lambda record: iter(())


def read_records(text: str, file: str, schema: Schema) -> dict[str, dict[str, Any]]:
    """The records of a text in YAML by their `id`, in its order.

    Args:
        text: a list of records.
        file: what errors call the text.
        schema: what each record must be.

    Raises:
        InputError: with a line for each problem: the file, the number and id of the record, the
            field, what is wrong with it and what to do.
    """
    found: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for number, record in enumerate(yaml_records(text, file), start=1):
        name = record.get("id")
        where = f"{file} record {number}" + (f" ({_shown(name)})" if isinstance(name, str) else "")
        wrong = list(_problems(record, schema))
        if not wrong and name in found:
            wrong.append("id: it is there twice; give one of the two another id")
        problems += (f"{where}: {problem}" for problem in wrong)
        if not wrong:
            found[str(name)] = record
    if problems:
        raise InputError("\n".join(problems))
    return found


def _problems(record: Record, schema: Schema) -> Iterator[str]:
    for name in schema.required:
        if name not in record:
            yield f"{name}: it is missing; add it"
    for name, value in record.items():
        if problem := _problem(name, value, schema):
            yield f"{_shown(name)}: {problem}"
    yield from schema.rules(record)


def _shown(name: object) -> str:
    """A name as far as it fits into a line."""
    return name if isinstance(name, str) and name.isprintable() else repr(name)[:80]


def _problem(name: str, value: Any, schema: Schema) -> str:
    if name in schema.lists:
        ours = isinstance(value, list)
        return schema.lists[name](value) if ours else "it is no list; write it like [gr-2, gr-7]"
    if name not in schema.texts:
        return f"there is no such field; use one of {', '.join((*schema.texts, *schema.lists))}"
    if not isinstance(value, str):
        return "it is not text; put it in quotes"
    if not value.isprintable():
        return "it has a line break or a character that cannot be seen; take it out"
    return schema.texts[name](value)


def yaml_records(
    text: str, file: str, loader: type[yaml.SafeLoader] | None = None
) -> list[dict[str, Any]]:
    """The records of a text in YAML, whatever their fields.

    Args:
        text: a list of records.
        file: what errors call the text.
        loader: makes the values; by default that of the package.

    Raises:
        InputError: it is no YAML, no list, or one of its members has no fields.
    """
    try:
        held = yaml.load(text, loader or Loader)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{file}: it is no valid YAML; correct it: {reason}") from error
    if not isinstance(held, list):
        raise InputError(f"{file}: it is no list; begin each record with '- id:'")
    for number, record in enumerate(held, start=1):
        if not isinstance(record, dict):
            raise InputError(f"{file} record {number}: it has no fields; write 'id: …' and so on")
    return held


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Refuses a field that a record has twice. In C it is ten times as fast as in Python."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The fields of a record, each of which may be there once."""
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(found) < len(node.value):
            raise yaml.constructor.ConstructorError(
                problem="a record has a field twice", problem_mark=node.start_mark
            )
        return found
