"""The tables of a store: small CSV files, one line a fact, columns declared once."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, count
from pathlib import Path

from reportkit.errors import StoreError

SCHEMA_VERSION = 2
"""Of the tables and the manifest together."""
STANDARDS = "standard.json"
"""File of a store with the standard text of each form, where memoranda were added to it."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    # One line a good list, in order of time; `number` counts from 0 within the kind.
    "lists": ("kind", "number", "date", "order", "file", "sha256", "generation", "rows", "dated"),
    # One line a file that was read, with its verdict.
    "files": ("file", "sha256", "kind", "verdict", "list", "rows", "reason", "origin", "captured"),
    "agencies": (
        *("id", "state", "name", "kind", "type_printed", "scope", "county", "covers", "place"),
        *("rule", "note", "spellings"),
    ),
    "agreements": ("id", "agency", "model", "signed", "mistyped", "continues_as", "succession"),
    # One line for each stretch of lists on which an agreement's row reads the same.
    "listings": (
        *("agreement", "state", "agency", "type", "county", "model", "signed", "moa", "moa_url"),
        *("addendum", "addendum_url", "rows"),
    ),
    # The same for the pending lists, where a row is an agency and a model.
    "pending": (
        *("agency_id", "model_code", "state", "agency", "type", "county", "model", "moa"),
        *("moa_url", "rows"),
    ),
    # Departures, returns, renames, renewals and moves, with the rows that show them.
    "history": ("kind", "agency", "agreement", "from", "to", "rule", "evidence"),
    "corrections": ("agency", "agreement", "field", "printed", "value", "reason", "source", "rows"),
    # One line a memorandum that was read: its form, and the agreement that it is.
    "memoranda": (
        *("sha256", "file", "pages", "unread", "model", "generation", "revision", "signatures"),
        *("compared", "reader", "agreement", "rule", "misplaced", "differs"),
    ),
    # One line for each thing that a memorandum says or does not say, with the page.
    "terms": ("memorandum", "name", "state", "value", "page", "section", "note", "quote"),
    # Where a memorandum differs from the standard text of its generation.
    "deviations": ("memorandum", "kind", "page", "section", "standard", "words"),
    # Inputs other than lists and memoranda: hash, origin, licence.
    "sources": ("id", "kind", "title", "publisher", "url", "sha256", "retrieved", "licence"),
}


def dump(name: str, rows: Iterable[Mapping[str, object]]) -> bytes:
    """A table as CSV bytes (UTF-8, one header line)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS[name], lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def load(folder: Path, name: str, sha256: str) -> Iterator[dict[str, str]]:
    """The rows of a table of a store, whose bytes must be those that the manifest names.

    Raises:
        StoreError: the file is missing, has other bytes or other columns.
    """
    path = folder / f"{name}.csv"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be read ({error.strerror}); build the store again"
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreError(f"{path}: other bytes than the manifest says; build the store again")
    try:
        reader = csv.DictReader(io.StringIO(data.decode(), newline=""))
    except UnicodeDecodeError as error:
        raise StoreError(f"{path}: is no text ({error}); build the store again") from error
    if tuple(reader.fieldnames or ()) != COLUMNS[name]:
        raise StoreError(f"{path}: other columns than expected; build the store again")
    return reader


def pack_rows(rows: Mapping[int, int]) -> str:
    """List numbers and sheet rows as text.

    "110:45,0*2,1;130:50" says row 45 of lists 110 to 112, row 46 of list 113, row 50 of list 130:
    after the first row of a stretch come differences, with a count where they repeat.
    """
    parts: list[str] = []
    steps: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for number, row in sorted(rows.items()):
        if previous is None or number != previous[0] + 1:
            parts.append(_steps(steps))
            parts.append(f"{';' if previous else ''}{number}:{row}")
            steps = []
        elif steps and steps[-1][0] == row - previous[1]:
            steps[-1] = (steps[-1][0], steps[-1][1] + 1)
        else:
            steps.append((row - previous[1], 1))
        previous = number, row
    return "".join([*parts, _steps(steps)])


def _steps(steps: Iterable[tuple[int, int]]) -> str:
    return "".join(f",{step}*{times}" if times > 1 else f",{step}" for step, times in steps)


def unpack_rows(text: str) -> dict[int, int]:
    """The reverse of `pack_rows`."""
    rows: dict[int, int] = {}
    for part in filter(None, text.split(";")):
        head, *steps = part.split(",")
        number, row = head.split(":")
        sizes = [int(row)]
        for step in steps:
            size, _, times = step.partition("*")
            sizes += [int(size)] * int(times or 1)
        rows.update(zip(count(int(number)), accumulate(sizes), strict=False))
    return rows
