"""Compares an edition with made.json, the record that a run leaves beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportkit.brief.edition import Edition
from reportkit.production.record import NAME, Record
from reportkit.production.verify.report import Report


def read_record(folder: Path, report: Report) -> Record | None:
    """The record beside an edition; None where there is none, or one that cannot be read."""
    try:
        data = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        report.problems.append(f"{NAME}: cannot be read ({error.strerror}); check the file")
        return None
    record = Record.from_bytes(data)
    if record is None:
        report.problems.append(f"{NAME}: is no record of an edition; make the brief again")
    elif record.to_bytes() != data:
        report.problems.append(f"{NAME}: is not written as records are; make the brief again")
    return record


def identity(record: Record) -> dict[str, Any]:
    """What an edition says it is about, as far as its record tells; enough to make it again."""
    return {
        "jurisdiction": {"geoid": record.geoid, "kind": "place"},
        "as_of": record.as_of,
        "lang": record.lang,
        "report_id": record.report_id,
    }


def compare(record: Record, brief: Edition, folder: Path, report: Report) -> None:
    """Note what a record tells otherwise than the edition and its files are.

    A file that is not the recorded one and was found to say what it must was drawn anew from a
    notebook with words of its own; then a record that is out of date is no fault.
    """
    told = {
        "place": record.geoid,
        "as-of date": record.as_of,
        "language": record.lang,
        "report id": record.report_id,
    }
    true = {
        "place": brief.subject,
        "as-of date": brief.as_of.isoformat(),
        "language": brief.words.lang,
        "report id": brief.report_id,
    }
    others = [f"{name} {told[name]}, not {true[name]}" for name in told if told[name] != true[name]]
    if others:
        report.problems.append(f"{NAME}: is of another edition: {'; '.join(others)}")
        return
    own_words = "displays" in report.files.values()
    for problem in _files(record.files, folder):
        if own_words and (folder / problem.split(":")[0]).is_file():
            report.notes.append(f"{problem}, changed since")
        else:
            report.problems.append(problem)


def _files(recorded: Mapping[str, tuple[int, str]], folder: Path) -> Iterator[str]:
    for name, (size, digest) in recorded.items():
        file = folder / name
        if Path(name).name != name or not file.is_file():
            yield f"{name}: {NAME} tells of it, and it is gone"
            continue
        data = file.read_bytes()
        if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
            yield f"{name}: is not the file of which {NAME} tells"
