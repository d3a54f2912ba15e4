"""The tables as a Frictionless Data Package, described in each language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportkit import __version__
from reportkit.errors import OutputError
from reportkit.messages import Catalogue
from reportkit.production.folders import FIRST
from reportkit.production.site.entries import Entry
from reportkit.production.site.tables import FORMATS, TABLES, Table

_LISTS = "https://www.ice.gov/identify-and-arrest/287g"
_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
# Frictionless reads tables out of JSON and Parquet with more libraries; CSV is what it checks.
_KINDS = {"csv": "table", "parquet": "file", "json": "json"}


def package_name(lang: str) -> str:
    """The file that describes the tables in a language."""
    return "datapackage.json" if lang == FIRST else f"datapackage.{lang}.json"


def sources(entries: Iterable[Entry], words: Catalogue) -> list[dict[str, str]]:
    """What the tables rest on: the newest lists of the editions, with hashes, and the gazetteer."""
    lists = {
        (roster.list_date, roster.file, roster.sha256)
        for entry in entries
        for edition in entry.editions
        for roster in (edition.facts.roster,)
    }
    return [
        *(
            {
                "title": words.text("site.data.list", {"date": day.isoformat(), "file": file}),
                "path": _LISTS,
                "sha256": sha256,
            }
            for day, file, sha256 in sorted(lists, reverse=True)
        ),
        {
            "title": words.text("site.data.census"),
            "path": "https://www.census.gov/programs-surveys/popest.html",
        },
        {"title": words.text("site.data.geonames"), "path": "https://www.geonames.org/"},
    ]


def package(files: Mapping[str, bytes], entries: Sequence[Entry], words: Catalogue) -> bytes:
    """The description of the files of `tables.table_files`.

    Raises:
        OutputError: it is no valid description.
    """
    from frictionless import FrictionlessException, Package

    described: dict[str, Any] = {
        "name": "reportkit-287g",
        "title": words.text("site.data.title"),
        "description": words.text("site.data.intro"),
        "version": __version__,
        "created": f"{max(entry.facts.as_of for entry in entries)}T00:00:00Z",
        "licenses": [
            {
                "name": "other-pd",
                "title": words.text("site.data.licence.pd"),
                "path": "https://www.usa.gov/government-copyright",
            },
            {
                "name": "CC-BY-4.0",
                "title": words.text("site.data.licence.cc"),
                "path": "https://creativecommons.org/licenses/by/4.0/",
            },
        ],
        "sources": sources(entries, words),
        "resources": [
            _resource(table, kind, files[f"{table.name}.{kind}"], words)
            for table in TABLES
            for kind in FORMATS
        ],
    }
    try:
        text = Package.from_descriptor(described).to_json()
    except FrictionlessException as error:
        raise OutputError(f"the data package cannot be described: {error}") from error
    return f"{text}\n".encode()


def _resource(table: Table, kind: str, data: bytes, words: Catalogue) -> dict[str, Any]:
    return {
        "name": table.name if kind == "csv" else f"{table.name}-{kind}",
        "type": _KINDS[kind],
        "title": words.text(f"site.data.{table.name}"),
        "description": words.text(f"site.data.{table.name}.about"),
        "path": f"{table.name}.{kind}",
        "scheme": "file",
        "format": kind,
        "mediatype": _MEDIA[kind],
        **({} if kind == "parquet" else {"encoding": "utf-8"}),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "bytes": len(data),
        **({"schema": _schema(table, words)} if kind == "csv" else {}),
    }


def _schema(table: Table, words: Catalogue) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [
        {
            "name": item.name,
            "type": item.type,
            "description": words.text(item.message),
            **({"constraints": dict(item.constraints)} if item.constraints else {}),
        }
        for item in table.fields
    ]
    return {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {"fields": list(ours), "reference": {"resource": other, "fields": list(theirs)}}
            for ours, (other, theirs) in table.refers.items()
        ],
    }
