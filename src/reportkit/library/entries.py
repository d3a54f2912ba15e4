"""Records of data files: reads them and says which file, record and field does not fit."""

from __future__ import annotations

import reprlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from reportkit.errors import InputError
from reportkit.library.fields import Check
from reportkit.library.reading import Loader, yaml_records

# So many known names are told in full.
_FEW = 30
_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxstring, _SHORT.maxother = 1, 80, 80


class _Loader(Loader):
    """Leaves dates as they are written, so that a bad one is refused by record and field."""


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_str)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file. `name` is its id, for messages; `held` its fields."""

    file: str
    number: int
    name: str
    held: Mapping[str, Any]

    def fail(self, field: str, problem: str) -> NoReturn:
        """Refuse the record.

        Raises:
            InputError: always; the message names file, record and field.
        """
        record = f"record {self.number}" + (f" ({self.name})" if self.name else "")
        raise InputError(f"{self.file} {record} {field}: {problem}")

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

    def field(self, name: str, check: Check, held: Any = None) -> str:
        """A field that holds text, empty where it is missing and may be."""
        value = (self.held if held is None else held).get(name.rpartition(".")[2], "")
        if not isinstance(value, str):
            self.fail(name, f"{shown(value)} is no text; put it in quotes")
        if not value.isprintable():
            self.fail(name, "has a line break or a character that cannot be seen; take it out")
        if problem := check(value):
            self.fail(name, problem)
        return value


def entries(text: str, file: str, key: str) -> Iterator[Entry]:
    """The records of a file.

    Args:
        text: YAML, a list of records.
        file: its name, for messages.
        key: the field that identifies a record.

    Raises:
        InputError: the text is no YAML or no list of records, or two share a key.
    """
    seen: dict[object, int] = {}
    for number, record in enumerate(yaml_records(text, file, _Loader), start=1):
        name = record.get(key)
        entry = Entry(file, number, name if isinstance(name, str) else "", record)
        if entry.name and seen.setdefault(name, number) != number:
            entry.fail(key, f"record {seen[name]} has the same; rename one")
        yield entry


def shown(value: object) -> str:
    """A value as a message shows it, however large it is."""
    return _SHORT.repr(value)


def nearest(name: object, known: Collection[str]) -> str:
    """What to write instead of an unknown name, as the end of a sentence."""
    # Only a file that is refused needs it.
    from rapidfuzz import fuzz, process

    names, text = sorted(known), str(name)
    if found := process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=60):
        return f"; did you mean {found[0]}?"
    if len(names) > _FEW:
        names = [item for item, *_ in process.extract(text, names, limit=3)]
        return f"; the nearest are {', '.join(names)}"
    return f"; use {', '.join(names)}"
