"""The claims ledgers of the editions that were checked, in one file, with the state of each check."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from reportkit.brief.edition import Edition
from reportkit.errors import OutputError
from reportkit.production.ledger import CSV, JSON, Checks, ledger_files
from reportkit.production.verify.report import Report
from reportkit.render.write import PART

_LINES = ".jsonl"


def checked(brief: Edition, report: Report) -> Mapping[str, bytes]:
    """The ledger of an edition after its check, by file name."""
    claims = {
        name: "differs" if state == "differs" else "recomputed"
        for name, state in report.claims.items()
    }
    return ledger_files(brief, Checks(claims, report.evidence))


@contextmanager
def writing(path: Path | None) -> Iterator[Callable[[Report], None]]:
    """What enters a report's ledger into the file at `path`, which is there when all are.

    CSV has one head and the rows of all; JSON one line for each brief, the object of claims.json.
    Without a path nothing is entered; where no edition has a ledger, nothing is written.

    Raises:
        OutputError: it cannot be written; what stood there before still stands.
    """
    if path is None:
        yield lambda report: None
        return
    draft = path.with_name(f".{path.name}{PART}")
    entered: list[Path] = []

    def enter(report: Report) -> None:
        if report.ledger:
            with _named(path), draft.open("ab") as file:
                file.write(_entry(report.ledger, path, first=not entered))
            entered.append(report.path)

    with _named(path):
        draft.write_bytes(b"")
    try:
        yield enter
        if entered:
            with _named(path):
                draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Names the ledger in what the system says against writing it."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path}: the ledger cannot be written: {error.strerror or error}"
        ) from error


def _entry(ledger: Mapping[str, bytes], path: Path, *, first: bool) -> bytes:
    if path.suffix == _LINES:
        return json.dumps(json.loads(ledger[JSON]), ensure_ascii=False).encode() + b"\n"
    return ledger[CSV] if first else ledger[CSV].split(b"\r\n", 1)[1]
