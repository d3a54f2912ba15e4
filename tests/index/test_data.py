"""The tables and their description: what frictionless says, and the same in every format."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date

import pyarrow.parquet as pq
import pytest
from frictionless import Package

from reportkit.findings import as_of_date
from reportkit.production.site.entries import to_entries
from reportkit.production.site.read import find_written
from reportkit.production.site.tables import TABLES
from reportkit.store import Store


def rows(site, name):
    return json.loads((site / "data" / f"{name}.json").read_bytes())


@pytest.mark.parametrize("name", ["datapackage.json", "datapackage.es.json"])
def test_the_package_is_valid_with_its_types_keys_and_hashes(site, name):
    report = Package(site / "data" / name).validate()
    assert report.flatten(["resourceName", "rowNumber", "fieldName", "title", "message"]) == []
    assert len(report.tasks) == 3 * len(TABLES)
    assert all(task.stats.get("rows") for task in report.tasks if task.type == "table")


def test_a_changed_figure_is_found_by_the_package(site, tmp_path):
    import shutil

    shutil.copytree(site / "data", tmp_path / "data")
    table = tmp_path / "data" / "places.csv"
    table.write_text(table.read_text("utf-8").replace("participating", "perhaps", 1), "utf-8")
    report = Package(tmp_path / "data" / "datapackage.json").validate()
    titles = {title for (title,) in report.flatten(["title"])}
    assert {"Hash Count Error", "Constraint Error"} <= titles


def test_every_resource_is_there_with_its_size_and_hash_licences_and_sources(site):
    held = json.loads((site / "data" / "datapackage.json").read_bytes())
    assert [item["name"] for item in held["licenses"]] == ["other-pd", "CC-BY-4.0"]
    for item in held["resources"]:
        data = (site / "data" / item["path"]).read_bytes()
        assert item["bytes"] == len(data)
        assert item["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if item["type"] == "table":
            assert all(field["description"] for field in item["schema"]["fields"])
    briefs = find_written(site).briefs
    wanted = {edition.facts.roster.sha256 for edition in briefs}
    assert {item["sha256"] for item in held["sources"] if "sha256" in item} == wanted
    assert len(wanted) == 2


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_parquet_and_json_hold_the_same(site, table):
    data = site / "data"
    held = rows(site, table.name)
    assert held
    with (data / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    parquet = pq.read_table(data / f"{table.name}.parquet").to_pylist()
    names = [field.name for field in table.fields]
    assert [list(row) for row in (*held, *read, *parquet)] == [names] * 3 * len(held)

    def plain(value):
        if isinstance(value, bool):
            return str(value).lower()
        return "" if value is None else str(value)

    for one, other, third in zip(held, read, parquet, strict=True):
        assert {name: plain(value) for name, value in one.items()} == other
        assert {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in third.items()
        } == one
    keys = [tuple(row[name] for name in table.key) for row in held]
    assert len(set(keys)) == len(keys)


def test_tables_say_what_the_store_says(site):
    """Counted apart from the briefs: the agreements of Maryland, Florida and Texas on record."""
    store = Store()
    snapshot = store.snapshot(as_of_date("2026-05-18", store))
    held = {row["agreement"]: row for row in rows(site, "agreements")}
    whole = [item for item in snapshot.agreements if item.agency.state in {"MD", "TX", "PR", "DE"}]
    assert whole
    for item in whole:
        # The brief on a state names those that are listed or ended; a successor took others' place.
        if item.id not in held:
            assert item.agency.state == "TX" or item.continues_as, item.id
            continue
        row = held[item.id]
        assert row["status"] == item.status
        assert row["first_absent"] == (item.absent.date.isoformat() if item.absent else None)
        assert (row["model"], row["agency"]) == (item.model, item.agency.name)
    assert sum(row["state"] == "MD" for row in held.values()) >= 9
    places = {row["geoid"]: row for row in rows(site, "places")}
    entries = to_entries(find_written(site).briefs)
    assert set(places) == {entry.place.geoid for entry in entries}
    lee = places["12071"]
    assert (lee["answer"], lee["agencies"], lee["agreements"]) == ("participating", 8, 10)
    assert (lee["models"], lee["signed_off"]) == ("TFM JEM WSO", 1)
    assert places["24021"]["answer"] == "ended"
    assert places["24021"]["gaps"] is None
