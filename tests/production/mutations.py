"""Changes to a store, one cell each, that some brief must show; and stores with one such change."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportkit.store import EMBEDDED
from reportkit.store.tables import dump, pack_rows, unpack_rows

Table = list[dict[str, str]]


@dataclass(frozen=True)
class Mutation:
    """One cell with another value; `named` must stand in a line of what verify finds."""

    table: str
    row: int
    column: str
    value: str
    named: str


def tables() -> dict[str, Table]:
    """The tables of the embedded store."""
    return {
        path.stem: list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
        for path in EMBEDDED.glob("*.csv")
    }


def store_with(mutation: Mutation, held: Mapping[str, Table], folder: Path) -> Path:
    """A store like the embedded one but for one cell, its manifest made to fit."""
    manifest = json.loads((EMBEDDED / "manifest.json").read_text("utf-8"))
    rows = [dict(row) for row in held[mutation.table]]
    rows[mutation.row][mutation.column] = mutation.value
    data = dump(mutation.table, rows)
    name = f"{mutation.table}.csv"
    manifest["tables"][name]["sha256"] = hashlib.sha256(data).hexdigest()
    folder.mkdir()
    for path in EMBEDDED.glob("*.csv"):
        if path.name != name:
            (folder / path.name).symlink_to(path)
    (folder / name).write_bytes(data)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def mutations(facts: Mapping[str, Any], held: Mapping[str, Table]) -> Iterator[Mutation]:
    """Every change of a cell that a brief rests on, read off the brief's JSON alone."""
    yield from _agreements(facts, held)
    yield from _memoranda(facts, held)
    yield from _sources(facts, held)
    yield from _pending(facts, held)
    yield from _nation(facts, held)


def _agreements(facts: Mapping[str, Any], held: Mapping[str, Table]) -> Iterator[Mutation]:
    shown = {item["id"]: item for item in (*facts["agreements"], *facts["ended"])}
    lists = {row["file"]: int(row["number"]) for row in held["lists"]}
    newest = {key: lists[item["list_file"]] for key, item in shown.items()}
    for number, row in enumerate(held["listings"]):
        key = row["agreement"]
        rows = unpack_rows(row["rows"])
        if key not in shown or newest[key] not in rows:
            continue
        yield Mutation("listings", number, "signed", _other_day(row["signed"]), key)
        if row["moa_url"]:
            yield Mutation("listings", number, "moa_url", row["moa_url"] + "x", key)
        moved = {**rows, newest[key]: rows[newest[key]] + 1}
        yield Mutation("listings", number, "rows", pack_rows(moved), key)
    for number, row in enumerate(held["agreements"]):
        if row["id"] in shown:
            other = {"TFM": "JEM", "JEM": "WSO", "WSO": "TFM"}[row["model"]]
            yield Mutation("agreements", number, "model", other, row["id"])
    names = {item["agency"]: key for key, item in shown.items()}
    for number, row in enumerate(held["agencies"]):
        if row["name"] in names and row["state"] == facts["jurisdiction"]["state"]:
            yield Mutation("agencies", number, "name", row["name"] + " II", names[row["name"]])
            other = "other" if row["kind"] != "other" else "state"
            yield Mutation("agencies", number, "kind", other, names[row["name"]])


def _memoranda(facts: Mapping[str, Any], held: Mapping[str, Table]) -> Iterator[Mutation]:
    papers = {
        item["sha256"][:16]: item
        for item in facts["terms"]
        if item["basis"] == "memorandum" and item["terms"]
    }
    for number, row in enumerate(held["memoranda"]):
        if row["sha256"][:16] in papers:
            agreement = papers[row["sha256"][:16]]["agreements"][0]
            yield Mutation("memoranda", number, "pages", str(int(row["pages"]) + 1), agreement)
            yield Mutation("memoranda", number, "file", "other.pdf", agreement)
    for number, row in enumerate(held["terms"]):
        paper = papers.get(row["memorandum"])
        if paper is None or row["name"] not in paper["terms"]:
            continue
        if row["page"]:
            page = int(row["page"])
            other = page - 1 or page + 1
            yield Mutation("terms", number, "page", str(other), paper["agreements"][0])
        flipped = {"present": "unreadable", "absent": "unreadable", "unreadable": "absent"}
        yield Mutation("terms", number, "state", flipped[row["state"]], row["name"])
        if row["value"] not in {"", "yes", "no"}:
            yield Mutation("terms", number, "state", "unreadable", row["name"])
    for number, row in enumerate(held["deviations"]):
        if row["memorandum"] in papers:
            agreement = papers[row["memorandum"]]["agreements"][0]
            yield Mutation("deviations", number, "page", str(int(row["page"]) % 5 + 1), agreement)


def _sources(facts: Mapping[str, Any], held: Mapping[str, Table]) -> Iterator[Mutation]:
    cited = {item["sha256"] for item in facts["evidence"]}
    for number, row in enumerate(held["lists"]):
        if row["sha256"] in cited:
            yield Mutation("lists", number, "sha256", f"{int(row['sha256'][:4], 16) ^ 1:04x}"
                           + row["sha256"][4:], row["file"])  # fmt: skip
        if row["sha256"] == facts["roster"]["sha256"]:
            yield Mutation("lists", number, "date", _other_day(row["date"]), "limits.list")
    for number, row in enumerate(held["files"]):
        if row["sha256"] in cited:
            yield Mutation("files", number, "origin", row["origin"] + "x", row["file"])


def _pending(facts: Mapping[str, Any], held: Mapping[str, Table]) -> Iterator[Mutation]:
    waiting = {item["agency"] for item in facts["pending"]}
    agencies = {row["id"]: row["name"] for row in held["agencies"]}
    for number, row in enumerate(held["pending"]):
        name = agencies.get(row["agency_id"])
        state = row["agency_id"][:2].upper() == facts["jurisdiction"]["state"]
        if name in waiting and state and row["model_code"]:
            rows = unpack_rows(row["rows"])
            moved = {key: value + 1 for key, value in rows.items()}
            yield Mutation("pending", number, "rows", pack_rows(moved), row["agency_id"])


def _nation(facts: Mapping[str, Any], held: Mapping[str, Table]) -> Iterator[Mutation]:
    """Agreements of other states that the newest list no longer shows: the nation's counts."""
    newest = max(int(row["number"]) for row in held["lists"] if row["kind"] == "participating")
    for number, row in enumerate(held["listings"]):
        rows = unpack_rows(row["rows"])
        state = row["agreement"][:2].upper()
        if newest in rows and len(rows) > 1 and state != facts["jurisdiction"]["state"]:
            del rows[newest]
            yield Mutation("listings", number, "rows", pack_rows(rows), "context.nation")


def _other_day(text: str) -> str:
    return (dt.date.fromisoformat(text) - dt.timedelta(days=1)).isoformat()
