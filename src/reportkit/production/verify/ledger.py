"""Every claim of the editions that were checked, with the state of its check, as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from reportkit.errors import OutputError
from reportkit.production.verify.report import ClaimState, Report

COLUMNS = ("path", "subject", "as_of", "lang", "report_id", "claim", "check")
CHECKS: dict[ClaimState, str] = {
    "recomputed": "recomputed",
    "reopened": "source reopened and holds",
    "not on hand": "source not on hand",
    "differs": "differs",
}


@contextmanager
def writing(path: Path | None) -> Iterator[Callable[[Report], None]]:
    """What enters a report into the ledger at `path`, which is there when all are; None for none.

    Raises:
        OutputError: it cannot be written; what stood there before still stands.
    """
    if path is None:
        yield lambda report: None
        return
    try:
        with NamedTemporaryFile(
            "w",
            dir=path.parent,
            prefix=f".{path.name}.",
            encoding="utf-8",
            newline="",
            delete=False,
        ) as draft:
            try:
                table = csv.writer(draft, lineterminator="\n")
                table.writerow(COLUMNS)
                yield lambda report: table.writerows(_rows(report))
                draft.flush()
                Path(draft.name).replace(path)
            finally:
                Path(draft.name).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path}: the ledger cannot be written: {error.strerror or error}"
        ) from error


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    edition = (str(report.path), report.subject, report.as_of, report.lang, report.report_id)
    return ((*edition, name, CHECKS[state]) for name, state in report.claims.items())
