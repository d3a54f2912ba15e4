"""The file that says what a run is to make: YAML, each key checked, all problems told at once."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import yaml

from reportkit.errors import InputError
from reportkit.library.entries import Loader, document, file_text
from reportkit.library.fields import Check, nearest, shown, state, text_problem
from reportkit.places.model import Kind
from reportkit.production.formats import BRIEF, ENGINES, LANGUAGES, PROCESSES, SECONDS

# All municipalities by name are 1 MB.
_LARGEST = 8 * 2**20
_TOLD = 30
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What a key is called in a request, where not the same.
_FIELDS = {"all": "everywhere", "limit": "seconds"}
_INSTEAD = "a plain list of names goes to standard input: reportkit batch - < FILE"

Faults = Iterator[tuple[str, str]]
"""For each fault of a value: which item of a list, empty where it is none, and what is wrong."""


class _Whole(int):
    """A number and how it is written, as 01001 is 513 to YAML."""

    written: str


class _ParamsLoader(Loader):
    """Keeps how numbers are written."""

    def whole(self, node: yaml.ScalarNode) -> _Whole:
        """A number as written."""
        number = _Whole(self.construct_yaml_int(node))
        number.written = str(node.value)
        return number


_ParamsLoader.add_constructor("tag:yaml.org,2002:int", _ParamsLoader.whole)


def read_params(path: Path) -> dict[str, Any]:
    """The settings of a params file: fields of a `Request` by name, and `jobs`.

    Paths are relative to the current folder; one that begins with ~ to the user's.

    Raises:
        InputError: it cannot be read or is no params file; else a line for each problem with file,
            key and item.
    """
    held = _mapping(path)
    problems = [f"{path}: {problem}" for problem in _problems(held)]
    if len(problems) > _TOLD:
        problems[_TOLD:] = [f"{path}: and {len(problems) - _TOLD:,} more like these"]
    if problems:
        raise InputError("\n".join(problems))
    found = {_FIELDS.get(key, key): _MADE.get(key, _as_is)(value) for key, value in held.items()}
    if "places" in held:
        numbers = enumerate(held["places"], start=1)
        found["where"] = {name: f"places item {number}" for number, name in reversed([*numbers])}
    return found


def _mapping(path: Path) -> dict[Any, Any]:
    try:
        too_large = path.stat().st_size > _LARGEST
    except OSError as error:
        raise InputError(f"{path}: it cannot be read: {error.strerror}") from error
    if too_large:
        raise InputError(f"{path}: it is too large for a params file; {_INSTEAD}")
    held = document(file_text(path)[0], str(path), _ParamsLoader)
    if held is None:
        raise InputError(f"{path}: it is empty; write a line like 'states: [FL]'")
    if not isinstance(held, dict):
        raise InputError(f"{path}: it holds no keys; write lines like 'states: [FL]' ({_INSTEAD})")
    return held


def _problems(held: dict[Any, Any]) -> Iterator[str]:
    for key, value in held.items():
        if key not in _CHECKS:
            name = (
                key if isinstance(key, str) and key.isprintable() and len(key) < 80 else shown(key)
            )
            yield f"{name}: no such key{nearest(key, _CHECKS)}"
            continue
        for item, problem in _CHECKS[key](value):
            yield f"{key}{item}: {problem}"


def _text(check: Check) -> Callable[[object], Faults]:
    """A value that is text and passes a check."""

    def faults(value: object) -> Faults:
        if value is None:
            yield "", "is empty; fill it in, or leave the key out"
        elif isinstance(value, _Whole):
            yield (
                "",
                check(value.written)
                or f"is a number to YAML and no text; put it in quotes: {shown(value.written)}",
            )
        elif problem := text_problem(value, check):
            yield "", problem

    return faults


def _texts(check: Check, like: str) -> Callable[[object], Faults]:
    """A value that is a list of such texts, told by an example."""
    of_one = _text(check)

    def faults(value: object) -> Faults:
        if not isinstance(value, list) or not value:
            yield "", f"is no list with an entry; write one like {like}, or leave the key out"
            return
        for number, item in enumerate(value, start=1):
            for _, problem in of_one(item):
                yield f" item {number}", problem

    return faults


def _whole(least: int, most: int) -> Callable[[object], Faults]:
    """A value that is a whole number in these bounds."""

    def faults(value: object) -> Faults:
        if not isinstance(value, _Whole) or not least <= value <= most:
            yield "", f"{shown(value)} is no whole number from {least:,} to {most:,}; write one"

    return faults


def _flag(value: object) -> Faults:
    if not isinstance(value, bool):
        yield "", f"{shown(value)} is neither true nor false; write true, or leave the key out"


def _filled(text: str) -> str:
    return "" if text.strip() else "is empty; fill it in, or leave it out"


def _state(text: str) -> str:
    return _filled(text) or (state(text.upper()) and state(text))


def _day(text: str) -> str:
    try:
        dt.date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        return f"{shown(text)} is no day; write it like 2026-05-18"
    return ""


def _among(*known: str) -> Check:
    def check(text: str) -> str:
        return "" if text in known else f"{shown(text)} is not known{nearest(text, known)}"

    return check


_CHECKS: dict[Any, Callable[[object], Faults]] = {
    "places": _texts(_filled, "['12071', 'Cook County, IL']"),
    "states": _texts(_state, "[FL, TX]"),
    "all": _flag,
    "kinds": _texts(_among(*get_args(Kind)), "[county, state]"),
    "as_of": _text(_day),
    "lang": _text(_among(*LANGUAGES)),
    "formats": _texts(_among(*BRIEF), "[html, pdf]"),
    "out": _text(_filled),
    "store": _text(_filled),
    "notebook": _text(_filled),
    "engine": _text(_among(*ENGINES)),
    "jobs": _whole(*PROCESSES),
    "limit": _whole(*SECONDS),
}


def _as_is(value: Any) -> Any:
    return value


def _unique(value: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value))


_MADE: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("places", "kinds", "formats"), _unique),
    "states": lambda value: _unique([text.upper() for text in value]),
    # No shell has done so.
    **dict.fromkeys(("out", "store", "notebook"), os.path.expanduser),
    **dict.fromkeys(("jobs", "limit"), int),
}
