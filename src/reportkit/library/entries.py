"""Reads the records of a data file one by one; each says what does not fit by record and field."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml

from reportkit.errors import InputError
from reportkit.library.fields import Check, nearest, shown, text_problem

_Made = TypeVar("_Made")

# Text of which so much can nest is first looked at: C code calls itself for each level.
_NESTING = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file. `name` is its id, for messages; `held` its fields."""

    file: str
    number: int
    name: str
    held: Mapping[str, Any]

    def problem(self, field: str, problem: str) -> str:
        """What is wrong with a field, as a line with file, record and field."""
        record = f"record {self.number}" + (f" ({_short(self.name)})" if self.name else "")
        return f"{self.file} {record}: {_short(field)}: {problem}"

    def fail(self, field: str, problem: str) -> NoReturn:
        """Refuse the record.

        Raises:
            InputError: always; the message names file, record and field.
        """
        raise InputError(self.problem(field, problem))

    def only(self, known: Collection[str], within: str = "", held: Any = None) -> None:
        """Refuse fields that are not known, with the nearest known name.

        Args:
            known: the names.
            within: the field that holds them, where not the record itself does.
            held: what it holds.
        """
        for name in self.held if held is None else held:
            if name not in known:
                self.fail(f"{within}{name}", f"no such field{nearest(name, known)}")

    def whole(self, names: Collection[str]) -> None:
        """Refuse a record that lacks one of these fields or has one more."""
        self.only(names)
        for name in names:
            if name not in self.held:
                self.fail(name, "is missing; add it")

    def field(self, name: str, check: Check, held: Any = None) -> str:
        """A field that holds text, empty where it is missing and may be."""
        value = (self.held if held is None else held).get(name.rpartition(".")[2], "")
        if problem := text_problem(value, check):
            self.fail(name, problem)
        return str(value)

    def names(
        self, field: str, value: object, known: Collection[str], called: str
    ) -> tuple[str, ...]:
        """A list, not empty, of known names; `called` is what one of them is, for messages."""
        if not isinstance(value, list) or not value:
            self.fail(field, "is no list with an entry; write one like [a, b]")
        for item in value:
            if not isinstance(item, str) or item not in known:
                self.fail(field, f"{shown(item)} is no {called}{nearest(item, known)}")
        return tuple(value)


def read_entries(
    text: str, file: str, make: Callable[[Entry], _Made], key: str = "id"
) -> dict[str, _Made]:
    """What is made of each record of a file, by the field that identifies it, in its order.

    Args:
        text: YAML, a list of records. Dates need no quotes.
        file: its name, for messages.
        make: makes one; it refuses a record by an InputError.
        key: the field that identifies a record.

    Raises:
        InputError: the text is no YAML or no list of records; else a line for each problem with
            file, record and field.
    """
    found: dict[str, _Made] = {}
    numbers: dict[str, int] = {}
    problems: list[str] = []
    for entry in entries(text, file, key):
        try:
            made = make(entry)
            if entry.name in found:
                entry.fail(key, f"record {numbers[entry.name]} has the same; rename one")
        except InputError as error:
            problems.append(str(error))
        else:
            found[entry.name], numbers[entry.name] = made, entry.number
    if problems:
        raise InputError("\n".join(problems))
    return found


def file_text(path: Path) -> tuple[str, str]:
    """The text of a file of records, and the SHA-256 of its bytes.

    Raises:
        InputError: it cannot be read, or is no text in UTF-8.
    """
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig"), hashlib.sha256(content).hexdigest()
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: it is no text in UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: it cannot be read: {error.strerror}") from error


def entries(text: str, file: str, key: str = "id") -> Iterator[Entry]:
    """The records of a file, whatever their fields.

    Args:
        text: YAML, a list of records. Dates need no quotes.
        file: its name, for messages.
        key: the field whose text is the name of a record, for messages.

    Raises:
        InputError: the text is no YAML, no list, or one of its members has no fields.
    """
    records = document(text, file)
    if not isinstance(records, list):
        raise InputError(f"{file}: it is no list; begin each record with '- id:'")
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise InputError(f"{file} record {number}: it has no fields; write 'id: …' and so on")
        name = record.get(key)
        yield Entry(file, number, name if isinstance(name, str) else "", record)


def document(text: str, file: str, loader: type[Loader] | None = None) -> Any:
    """What a YAML text holds, read by `Loader` or one derived from it.

    Raises:
        InputError: it is no YAML.
    """
    try:
        _not_too_deep(text)
        return yaml.load(text, loader or Loader)
    # A ValueError is that of a number with more digits than Python reads.
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split()).replace('in "<unicode string>", line', "at line")
        raise InputError(f"{file}: it is no valid YAML; correct it: {reason}") from error


def _not_too_deep(text: str) -> None:
    longest = max(map(len, text.splitlines()), default=0)
    if text.count("[") + text.count("{") + longest <= _NESTING:
        return
    depth = 0
    for event in yaml.parse(text, Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _NESTING:
            raise yaml.YAMLError(f"it nests more than {_NESTING} levels deep")


def _short(name: object) -> str:
    """A name as far as it fits into a line."""
    fits = isinstance(name, str) and name.isprintable() and len(name) <= 80
    return str(name) if fits else shown(name)


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Refuses a field that a record has twice, and fields taken over from another record.

    It leaves dates as they are written, so that a bad one is refused by record and field. In C it
    is ten times as fast as in Python.
    """

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Refuse what would let a small file grow without bounds."""
        for name, _ in node.value:
            if name.tag == "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(
                    problem="fields cannot be taken over with <<; write them out",
                    problem_mark=name.start_mark,
                )

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The fields of a record, each of which may be there once."""
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(found) < len(node.value):
            names = [name.value for name, _ in node.value]
            twice = next(name for name in names if names.count(name) > 1)
            record = f"record {_short(found['id'])}: " if "id" in found else ""
            raise yaml.constructor.ConstructorError(
                problem=f"{record}{_short(twice)}: the field is there twice",
                problem_mark=node.start_mark,
            )
        return found


Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.construct_yaml_str)
