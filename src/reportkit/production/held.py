"""Reads editions that were written: the facts in a brief.json, whoever made it and when."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reportkit.errors import InputError
from reportkit.production.editions import kind_of

NAME = "brief.json"
_ID = re.compile(r"[0-9a-f]{16}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEVERAL = 3
_NONE = f"no {NAME} there; make the brief again with --format json"


def edition_file(path: Path) -> Path:
    """The brief.json that a path means: itself, that of a folder, or the only one below a folder.

    Raises:
        InputError: there is none, or there are several.
    """
    if not path.is_dir():
        if path.is_file():
            return path
        raise InputError(f"{path}: no such file or folder; name the folder of one edition")
    if (path / NAME).is_file():
        return path / NAME
    below = sorted(path.rglob(NAME))
    if len(below) == 1:
        return below[0]
    if not below:
        raise InputError(f"{path}: {_NONE}")
    some = ", ".join(str(file.parent) for file in below[:_SEVERAL])
    raise InputError(f"{path}: {len(below)} editions are below it; name one, such as {some}")


def briefs_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The brief.json of each path: the file itself, or all below a folder.

    Raises:
        InputError: a path holds none.
    """
    for path in paths:
        found = sorted(path.rglob(NAME)) if path.is_dir() else [edition_file(path)]
        if not found:
            raise InputError(f"{path}: {_NONE}")
        yield from found


def read_facts(path: Path) -> dict[str, Any]:
    """The facts of an edition, of any version of the schema that names its report and subject.

    Raises:
        InputError: the file is no whole brief.json.
    """
    file = edition_file(path)
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            f"{file}: it cannot be read as JSON ({error}); make the brief again"
        ) from error
    if problem := _no_brief(data):
        raise InputError(f"{file}: it is no brief: {problem}; make the brief again")
    facts: dict[str, Any] = data
    return facts


def _no_brief(data: Any) -> str:
    """What a brief has and these data have not, empty where they are one."""
    if not isinstance(data, dict):
        return "it holds no object"
    if not _ID.fullmatch(str(data.get("report_id"))):
        return "report_id is no id of a report"
    if not _DAY.fullmatch(str(data.get("as_of"))):
        return "as_of is no day"
    subject = data.get("jurisdiction")
    if not isinstance(subject, dict) or not {"geoid", "kind", "name"} <= set(subject):
        return "jurisdiction names no place and not the nation"
    if not isinstance(data.get("claims"), list):
        return "claims is no list"
    return ""


@cache
def validator(schema: str) -> Any:
    """What checks facts by a schema of the package."""
    from jsonschema import Draft202012Validator

    text = files("reportkit.brief").joinpath(schema).read_text("utf-8")
    return Draft202012Validator(json.loads(text))


def require_current(file: Path, facts: dict[str, Any]) -> None:
    """Refuse facts of another version of the schema, or facts that do not keep to it.

    Raises:
        InputError: they do not; the message names the first place.
    """
    from reportkit.brief.envelope import SCHEMA_VERSION

    version = facts.get("schema_version")
    if version != SCHEMA_VERSION:
        raise InputError(
            f"{file}: it has version {version} of the facts, where this reportkit reads "
            f"{SCHEMA_VERSION}; make the brief again"
        )
    for error in validator(kind_of(facts["jurisdiction"]["kind"]).schema).iter_errors(facts):
        where = "/".join(map(str, error.absolute_path)) or NAME
        raise InputError(f"{file}: {where}: {error.message[:160]}; make the brief again")
