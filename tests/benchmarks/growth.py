"""Whether a brief costs more with more places in the batch, or with more lists in the store."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

from counties import ALL, spread
from whole import Row, batch

from reportkit.store import EMBEDDED
from reportkit.store.tables import dump, pack_rows, unpack_rows

Table = list[dict[str, str]]
_PLACES = (100, 1000, ALL)
_FEW = 20
_TIMES = 10


def by_places(folder: Path, jobs: int) -> list[Row]:
    """Batches of different size; the smaller ones are spread evenly over the country."""
    rows: list[Row] = []
    for number in _PLACES:
        cost = batch(spread(number), folder / str(number), jobs)
        rows.append(
            {
                "places": number,
                "seconds": cost.wall,
                "s_a_brief": cost.wall / number,
                "CPU_s_a_brief": cost.cpu / number,
            }
        )
    return rows


def by_lists(folder: Path) -> list[Row]:
    """The same places with the embedded store and with one of ten times the lists, one worker.

    The difference of a large and a small batch leaves start-up out, where tables are read.
    """
    long = tenfold(EMBEDDED, folder / "tenfold")
    some = spread(_PLACES[0])
    rows: list[Row] = []
    for store in (EMBEDDED, long):
        few, many = (
            batch(names, folder / f"{store.name} {len(names)}", 1, "--store", store)
            for names in (some[:_FEW], some)
        )
        each = (many.cpu - few.cpu) / (len(some) - _FEW)
        rows.append(
            {
                "store": store.name,
                "participating_lists": sum(
                    row["kind"] == "participating" for row in _rows(store, "lists")
                ),
                "CPU_s_a_brief": each,
                "start_CPU_s": few.cpu - _FEW * each,
            }
        )
    return rows


def tenfold(source: Path, out: Path, times: int = _TIMES) -> Path:
    """Write a store in which each list is followed by copies of itself, up to the next list.

    The days between two lists are shared evenly, so first and last day stay as they are; copies
    have names and hashes of their own. Rows of agreements are on every copy.
    """
    out.mkdir(parents=True)
    manifest = json.loads((source / "manifest.json").read_bytes())
    for path in source.iterdir():
        (out / path.name).write_bytes(path.read_bytes())
    lists = _rows(source, "lists")
    changed = {"lists": list(_copies(lists, times))}
    for name in ("listings", "pending"):
        rows = _rows(source, name)
        for row in rows:
            row["rows"] = pack_rows(
                {
                    number * times + copy: line
                    for number, line in unpack_rows(row["rows"]).items()
                    for copy in range(times)
                }
            )
        changed[name] = rows
    copied = {row["sha256"]: row for row in _rows(source, "files")}
    changed["files"] = [*copied.values()]
    for row in changed["lists"]:
        if row["sha256"] not in copied:
            origin = next(
                item for item in copied.values() if item["file"] == row["file"].split("~")[0]
            )
            changed["files"].append({**origin, "file": row["file"], "sha256": row["sha256"]})
    for name, rows in changed.items():
        data = dump(name, rows)
        (out / f"{name}.csv").write_bytes(data)
        manifest["tables"][f"{name}.csv"] = {
            "sha256": hashlib.sha256(data).hexdigest(),
            "rows": len(rows),
        }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return out


def _copies(lists: Table, times: int) -> Iterator[dict[str, str]]:
    for _, group in itertools.groupby(lists, lambda row: row["kind"]):
        kind = list(group)
        for row, after in itertools.zip_longest(kind, kind[1:]):
            first = dt.date.fromisoformat(row["date"])
            last = dt.date.fromisoformat((after or row)["date"])
            for copy in range(times):
                day = first + (last - first) * copy // times
                mark = f"~{copy}" if copy else ""
                yield {
                    **row,
                    "number": str(int(row["number"]) * times + copy),
                    "date": day.isoformat(),
                    "file": row["file"] + mark,
                    "sha256": hashlib.sha256((row["sha256"] + mark).encode()).hexdigest()
                    if copy
                    else row["sha256"],
                }


def _rows(store: Path, name: str) -> Table:
    text = (store / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))
