"""Sign-offs: who looked a brief through, when, and which report that was.

They lie in sign-off.json beside the brief, a JSON list of objects with `by`, `when` (ISO date),
`report_id` and `notes`. A sign-off speaks of one report id. When a brief is made anew with other
inputs its id changes, and the sign-off stays in the file as a record and no longer counts. Whether
the files beside it are what those inputs give is for `verify` to say.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock
from pydantic import ConfigDict, TypeAdapter, ValidationError

from reportkit.errors import InputError
from reportkit.moa.shelf import cache_folder
from reportkit.production.held import edition_file, read_facts
from reportkit.render.write import write_all

NAME = "sign-off.json"
_LARGEST = 1 << 20
_NAME, _NOTES = 200, 20_000
_ID = re.compile(r"[0-9a-f]{16}")
_MEND = "write it like the others there, or move the file away and sign again"


@dataclass(frozen=True, slots=True)
class SignOff:
    """One reviewer's statement on one report; `when` is an ISO date, `notes` may have lines."""

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    by: str
    when: str
    report_id: str
    notes: str


_SIGNED = TypeAdapter(list[SignOff])


def counts(signoff: SignOff, report_id: str) -> bool:
    """True where a sign-off speaks of this report."""
    return signoff.report_id == report_id


def read_signoffs(folder: Path) -> tuple[SignOff, ...]:
    """The sign-offs beside a brief, in the order of signing; none where there is no file.

    Raises:
        InputError: the file is malformed; the message names it, the entry and what is wrong.
    """
    file = folder / NAME
    if not file.exists() and not file.is_symlink():
        return ()
    if not file.is_file():
        raise InputError(f"{file}: it is no file; move it away")
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(f"{file}: it cannot be read: {error.strerror or error}") from error
    if len(data) > _LARGEST:
        raise InputError(f"{file}: it is larger than sign-offs are (1 MB); {_MEND}")
    try:
        found = _SIGNED.validate_json(data)
    except ValidationError as error:
        raise InputError(f"{file}: {_first(error)}; {_MEND}") from error
    problems = [
        f"{file}: entry {number}: {problem}; {_MEND}"
        for number, item in enumerate(found, start=1)
        for problem in _problems(item)
    ]
    if problems:
        raise InputError("\n".join(problems))
    return tuple(found)


def add_signoff(
    folder: Path, by: str, notes: str = "", when: str | None = None, report_id: str | None = None
) -> SignOff:
    """Sign the brief of a folder, beside the sign-offs that are there.

    Args:
        folder: the folder of one edition, or its brief.json.
        by: who signs.
        notes: what the reviewer wants to say.
        when: ISO date; by default today, for this is a person's statement and no part of the brief.
        report_id: the id of the report that was looked through; by default that of the brief there.

    Raises:
        InputError: there is no brief, it is another report, the person signed it already, or a
            value cannot be used; nothing was written.
        OutputError: the file could not be written; what was there still stands.
    """
    file = edition_file(folder)
    facts = read_facts(file)
    if report_id and report_id != facts["report_id"]:
        raise InputError(
            f"{file}: report {facts['report_id']} on {facts['jurisdiction']['name']} as of "
            f"{facts['as_of']} is there, and not {report_id}; look that one through, or name the "
            "folder of the other"
        )
    given = SignOff(
        _line(by),
        when or dt.date.today().isoformat(),
        facts["report_id"],
        "\n".join(map(_line, notes.splitlines())).strip(),
    )
    if problem := next(_unfit(given, facts), None):
        raise InputError(f"{file.with_name(NAME)}: {problem}; nothing was signed")
    with _lock(file.parent):
        held = read_signoffs(file.parent)
        for item in held:
            if counts(item, given.report_id) and _same(item.by, given.by):
                raise InputError(
                    f"{file.with_name(NAME)}: {item.by} signed report {item.report_id} on "
                    f"{item.when} already; nothing was added"
                )
        write_all(file.parent, {NAME: to_bytes((*held, given))})
    return given


def to_bytes(signoffs: tuple[SignOff, ...]) -> bytes:
    """Sign-offs as their file holds them."""
    held = [asdict(item) for item in signoffs]
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode()


def _line(text: str) -> str:
    """Text with single blanks."""
    return " ".join(text.split())


def _same(one: str, other: str) -> bool:
    return _line(one).casefold() == _line(other).casefold()


def _lock(folder: Path) -> FileLock:
    """Two reviewers who sign at once both stand in the file."""
    locks = cache_folder() / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return FileLock(locks / f"sign-{name}")


def _problems(item: SignOff) -> Iterator[str]:
    """What no sign-off may hold."""
    if not any(map(str.isalnum, item.by)) or len(item.by) > _NAME:
        yield f"by is no name of up to {_NAME} characters"
    # A bidirectional mark or an escape could make a page or a terminal show another name.
    elif not item.by.isprintable():
        yield "by has a character that cannot be seen"
    if not _is_day(item.when):
        yield f"when is {_short(item.when)}, no date like 2026-05-18"
    if not _ID.fullmatch(item.report_id):
        yield f"report_id is {_short(item.report_id)}, no id of a report (16 digits 0-9a-f)"
    if len(item.notes) > _NOTES:
        yield f"notes has more than {_NOTES} characters"
    elif not all(line.isprintable() for line in item.notes.split("\n")):
        yield "notes has a character that cannot be seen"


def _unfit(given: SignOff, facts: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a new sign-off."""
    yield from _problems(given)
    if given.when < facts["as_of"]:
        yield f"when is {given.when}, before the brief's day, {facts['as_of']}"
    if given.when > dt.date.today().isoformat():
        yield f"when is {given.when}, a day to come"


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _short(text: str) -> str:
    return ascii(text if len(text) <= 40 else f"{text[:37]}...")


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, with the entry and field."""
    found = error.errors(include_url=False, include_input=False)[0]
    entry, *field = found["loc"] or ("",)
    where = f"entry {entry + 1}: " if isinstance(entry, int) else ""
    return f"{where}{' '.join(map(str, field))} {found['msg']}".strip()
