"""The facts of the newest briefs as tables for analysts: CSV, Parquet and JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from reportkit.production.formats import LANGUAGES
from reportkit.production.site.entries import Entry, valid
from reportkit.production.site.facts import ANSWERS, Held, State
from reportkit.production.tables import cell
from reportkit.roster.values import MODELS

Row = Mapping[str, Any]
Refers = Mapping[tuple[str, ...], tuple[str, tuple[str, ...]]]
"""Columns that name a row of another table: that table and its columns."""
FORMATS = ("csv", "parquet", "json")


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type in Frictionless' words, the message that tells what it means, what must
    hold of its values."""

    name: str
    type: str
    message: str
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, what makes its rows, its key, and keys of other tables in it."""

    name: str
    fields: tuple[Field, ...]
    rows: Callable[[Sequence[Entry]], Iterable[Row]]
    key: tuple[str, ...]
    refers: Refers = field(default_factory=dict)


_MUST = {"required": True}
_GEOID = {**_MUST, "pattern": r"([0-9]{2}|[0-9]{5}|gn[0-9]+)"}
_STATE = {**_MUST, "pattern": "[A-Z]{2}"}
_REPORT = {**_MUST, "pattern": "[0-9a-f]{16}"}
_MODEL = {**_MUST, "enum": list(MODELS)}
_COUNT = {**_MUST, "minimum": 0}


def _places(entries: Sequence[Entry]) -> Iterable[Row]:
    for entry in entries:
        place, facts = entry.place, entry.facts
        yield {
            "geoid": place.geoid,
            "name": place.name,
            "kind": place.kind,
            "state": place.state,
            "answer": facts.answer,
            "as_of": facts.as_of,
            "list_date": facts.roster.list_date,
            "list_age_days": facts.roster.age_days,
            "agencies": len(entry.agencies),
            "agreements": len(entry.counted),
            "models": " ".join(entry.models) or None,
            "gaps": len(entry.gaps) if facts.gaps else None,
            "signed_off": len(entry.signed),
            "report_id": facts.report_id,
            "path": entry.newest.folder,
        }


def _agreements(entries: Sequence[Entry]) -> Iterable[Row]:
    """Each agreement once: the newest brief that names it may know of its end."""
    newest: dict[str, tuple[dt.date, Held, Entry]] = {}
    for entry in entries:
        day = entry.facts.roster.list_date
        for held in (*entry.facts.agreements, *entry.facts.ended):
            known = newest.get(held.id)
            if known is None or known[0] < day:
                newest[held.id] = (day, held, entry)
    for _, (day, held, entry) in sorted(newest.items()):
        yield {
            "agreement": held.id,
            "state": entry.place.state,
            "agency": held.agency,
            "agency_kind": held.agency_kind,
            "county_geoid": held.county_geoid,
            "model": held.model,
            "signed": held.signed,
            "first_listed": held.first_listed,
            "last_listed": held.last_listed,
            "first_absent": held.first_absent,
            "status": held.status,
            "moa_url": held.moa.url,
            "moa_on_file": held.moa.on_file,
            "list_date": day,
            "report_id": entry.facts.report_id,
        }


def _coverage(entries: Sequence[Entry]) -> Iterable[Row]:
    for entry in entries:
        for held in (*entry.facts.agreements, *entry.facts.ended):
            yield {
                "geoid": entry.place.geoid,
                "agreement": held.id,
                "covers": held.covers,
                "covers_certain": held.covers_certain,
                "status": held.status,
                "report_id": entry.facts.report_id,
            }


def _gaps(entries: Sequence[Entry]) -> Iterable[Row]:
    for entry in entries:
        for item in entry.facts.gaps:
            yield {
                "geoid": entry.place.geoid,
                "safeguard": item.indicator,
                "scope": item.scope,
                "safeguard_state": item.state,
                "lack": item.share.lack if item.share else None,
                "known": item.share.known if item.share else None,
                "report_id": entry.facts.report_id,
            }


def _editions(entries: Sequence[Entry]) -> Iterable[Row]:
    for entry in entries:
        for item in entry.editions:
            roster = item.facts.roster
            yield {
                "geoid": entry.place.geoid,
                "as_of": item.facts.as_of,
                "lang": item.facts.lang,
                "newest": item.facts.as_of == entry.facts.as_of,
                "report_id": item.facts.report_id,
                "list_date": roster.list_date,
                "list_file": roster.file,
                "list_sha256": roster.sha256,
                "signed_off": len(valid(item)),
                "path": item.folder,
            }


def _field(name: str, type_: str, constraints: Mapping[str, Any] | None = None) -> Field:
    return Field(name, type_, f"field.{name}", constraints or {})


_PLACE: Refers = {("geoid",): ("places", ("geoid",))}
TABLES = (
    Table(
        "places",
        (
            _field("geoid", "string", {**_GEOID, "unique": True}),
            _field("name", "string", _MUST),
            Field(
                "kind",
                "string",
                "field.place_kind",
                {**_MUST, "enum": ["state", "county", "municipality"]},
            ),
            _field("state", "string", _STATE),
            _field("answer", "string", {**_MUST, "enum": list(ANSWERS)}),
            _field("as_of", "date", _MUST),
            _field("list_date", "date", _MUST),
            _field("list_age_days", "integer", _COUNT),
            _field("agencies", "integer", _COUNT),
            _field("agreements", "integer", _COUNT),
            _field("models", "string", {"pattern": "(TFM|JEM|WSO)( (JEM|WSO))*"}),
            _field("gaps", "integer", {"minimum": 0}),
            _field("signed_off", "integer", _COUNT),
            _field("report_id", "string", _REPORT),
            _field("path", "string", _MUST),
        ),
        _places,
        ("geoid",),
    ),
    Table(
        "agreements",
        (
            _field("agreement", "string", {**_MUST, "unique": True}),
            _field("state", "string", _STATE),
            _field("agency", "string", _MUST),
            _field("agency_kind", "string", _MUST),
            _field("county_geoid", "string", {"pattern": "[0-9]{5}"}),
            _field("model", "string", _MODEL),
            _field("signed", "date"),
            _field("first_listed", "date", _MUST),
            _field("last_listed", "date", _MUST),
            _field("first_absent", "date"),
            _field("status", "string", {**_MUST, "enum": ["listed", "ended"]}),
            _field("moa_url", "string", {"pattern": "https?://.+"}),
            _field("moa_on_file", "boolean", _MUST),
            _field("list_date", "date", _MUST),
            _field("report_id", "string", _REPORT),
        ),
        _agreements,
        ("agreement",),
    ),
    Table(
        "coverage",
        (
            _field("geoid", "string", _GEOID),
            _field("agreement", "string", _MUST),
            _field("covers", "string", _MUST),
            _field("covers_certain", "boolean", _MUST),
            _field("status", "string", {**_MUST, "enum": ["listed", "ended"]}),
            _field("report_id", "string", _REPORT),
        ),
        _coverage,
        ("geoid", "agreement"),
        {**_PLACE, ("agreement",): ("agreements", ("agreement",))},
    ),
    Table(
        "gaps",
        (
            _field("geoid", "string", _GEOID),
            _field("safeguard", "string", _MUST),
            _field("scope", "string", {**_MUST, "enum": ["own", "programme"]}),
            _field("safeguard_state", "string", {**_MUST, "enum": list(get_args(State))}),
            _field("lack", "integer", {"minimum": 0}),
            _field("known", "integer", {"minimum": 0}),
            _field("report_id", "string", _REPORT),
        ),
        _gaps,
        ("geoid", "safeguard"),
        _PLACE,
    ),
    Table(
        "editions",
        (
            _field("geoid", "string", _GEOID),
            _field("as_of", "date", _MUST),
            _field("lang", "string", {**_MUST, "enum": list(LANGUAGES)}),
            _field("newest", "boolean", _MUST),
            _field("report_id", "string", _REPORT),
            _field("list_date", "date", _MUST),
            _field("list_file", "string", _MUST),
            _field("list_sha256", "string", {**_MUST, "pattern": "[0-9a-f]{64}"}),
            _field("signed_off", "integer", _COUNT),
            _field("path", "string", {**_MUST, "unique": True}),
        ),
        _editions,
        ("geoid", "as_of", "lang"),
        _PLACE,
    ),
)


def table_files(entries: Sequence[Entry]) -> dict[str, bytes]:
    """The tables of the entries as files by name, each in every format."""
    files = {}
    for table in TABLES:
        rows = list(table.rows(entries))
        files[f"{table.name}.csv"] = _csv(table, rows)
        files[f"{table.name}.parquet"] = _parquet(table, rows)
        files[f"{table.name}.json"] = _json(rows)
    return files


def _csv(table: Table, rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(item.name for item in table.fields)
    for row in rows:
        writer.writerow(_printed(row[item.name]) for item in table.fields)
    return text.getvalue().encode()


def _printed(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else cell(value)


def _json(rows: Sequence[Row]) -> bytes:
    """A row a line, so that versions can be compared."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in rows)
    return f"[\n{lines}\n]\n".encode()


def _parquet(table: Table, rows: Sequence[Row]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    schema = pa.schema([(item.name, types[item.type]) for item in table.fields])
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(rows), schema=schema), buffer)
    return buffer.getvalue()
