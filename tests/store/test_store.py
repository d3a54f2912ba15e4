"""Stores: opened, checked, refused; what they say as of a day."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import pytest

from reportkit.errors import DateError, StoreError
from reportkit.store import EMBEDDED, Store
from reportkit.store.tables import SCHEMA_VERSION
from store import small


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("stores") / "small"
    small.store(made)
    return made


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "copy")


def day(text):
    return dt.date.fromisoformat(text)


def told(folder, text):
    """Status of each Florida agreement as of a day."""
    found = Store(folder).snapshot(day(text)).by_state.get("FL", ())
    return {item.agency.name.split()[0]: item.status for item in found}


def held(folder, text, name):
    found = Store(folder).snapshot(day(text)).by_state["FL"]
    return next(item for item in found if item.agency.name.startswith(name))


# --- opening -------------------------------------------------------------------------------------


def test_an_empty_folder_is_no_store(tmp_path):
    with pytest.raises(StoreError, match="no evidence store"):
        Store(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "not json", "[]", "null", '"text"', "{}", '{"schema_version": 1}', "\x00"]
)
def test_a_damaged_manifest_is_named(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=r"manifest\.json"):
        Store(tmp_path)


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1, str(SCHEMA_VERSION), None])
def test_another_version_is_refused(copy, version):
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["schema_version"] = version
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(StoreError, match=f"version {version}"):
        Store(copy)


def test_a_missing_table_is_a_store_error(copy):
    (copy / "listings.csv").unlink()
    with pytest.raises(StoreError, match=r"listings\.csv"):
        Store(copy).snapshot()


@pytest.mark.parametrize("table", ["agencies", "agreements", "listings", "lists", "pending"])
def test_a_table_that_does_not_match_the_manifest_is_refused(copy, table):
    path = copy / f"{table}.csv"
    path.write_bytes(path.read_bytes().replace(b"County", b"County "))
    if table == "agreements":
        path.write_bytes(path.read_bytes().replace(b"2025-05-30", b"2025-05-31"))
    if table == "lists":
        path.write_bytes(path.read_bytes().replace(b"2025-06-02", b"2025-06-03"))
    with pytest.raises(StoreError, match=rf"{table}\.csv"):
        Store(copy).snapshot()


def test_a_table_cut_short_is_refused(copy):
    path = copy / "listings.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-3]))
    with pytest.raises(StoreError, match=r"listings\.csv"):
        Store(copy).snapshot()


def test_the_environment_names_the_store(folder, monkeypatch):
    monkeypatch.setenv("REPORTKIT_STORE", str(folder))
    assert Store().folder == folder
    assert Store(EMBEDDED).folder == EMBEDDED
    monkeypatch.delenv("REPORTKIT_STORE")
    assert Store().folder == EMBEDDED


def test_a_wrong_name_in_the_environment_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTKIT_STORE", str(tmp_path / "gone"))
    with pytest.raises(StoreError, match="gone"):
        Store()


def test_the_hash_of_a_store_follows_from_its_tables(folder, copy):
    assert Store(folder).sha256 == Store(copy).sha256
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["tables"]["lists.csv"]["sha256"] = "0" * 64
    (copy / "manifest.json").write_text(json.dumps(manifest))
    assert Store(folder).sha256 != Store(copy).sha256


# --- as of a day ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("2025-06-02", {"Lee": "listed", "Bay": "listed", "Gulf": "listed"}),
        ("2025-06-08", {"Lee": "listed", "Bay": "listed", "Gulf": "listed"}),
        ("2025-06-09", {"Lee": "listed", "Bay": "listed", "Gulf": "ended"}),
        ("2025-06-30", {"Lee": "listed", "Bay": "listed", "Gulf": "ended"}),
        ("2025-07-01", {"Lee": "listed", "Bay": "listed", "Gulf": "listed", "Clay": "listed"}),
        ("2025-07-14", {"Lee": "listed", "Bay": "listed", "Gulf": "listed", "Clay": "listed"}),
        ("2025-07-15", {"Lee": "listed", "Bay": "ended", "Gulf": "listed", "Clay": "listed"}),
        ("2026-07-15", {"Lee": "listed", "Bay": "ended", "Gulf": "listed", "Clay": "listed"}),
    ],
)
def test_status_on_a_day(folder, text, status):
    assert told(folder, text) == status


@pytest.mark.parametrize(
    ("text", "list_date", "age", "lists"),
    [("2025-06-02", "2025-06-02", 0, 1), ("2025-06-30", "2025-06-16", 14, 3)],
)
def test_a_list_is_not_used_before_its_day(folder, text, list_date, age, lists):
    found = Store(folder).snapshot(day(text))
    assert (found.list.date, found.age_days) == (day(list_date), age)
    assert len(found.lists) == lists


def test_the_default_day_is_that_of_the_newest_list(folder):
    assert Store(folder).snapshot().as_of == day("2025-08-01")


def test_before_the_first_list_there_is_nothing(folder):
    with pytest.raises(DateError, match="2025-06-02"):
        Store(folder).snapshot(day("2025-06-01"))


def test_an_end_is_a_window(folder):
    bay = held(folder, "2025-08-01", "Bay")
    assert bay.last.list.date == day("2025-07-01")
    assert bay.absent is not None
    assert bay.absent.date == day("2025-07-15")
    assert held(folder, "2025-07-01", "Bay").absent is None


def test_a_gap_is_told_once_it_is_over(folder):
    gulf = held(folder, "2025-06-16", "Gulf")
    assert (gulf.gaps, gulf.absent.date) == ((), day("2025-06-09"))
    ((before, after),) = held(folder, "2025-07-01", "Gulf").gaps
    assert (before.date, after.date) == (day("2025-06-02"), day("2025-07-01"))


def test_first_and_last_rows_name_the_sheet_row(folder):
    lee = held(folder, "2025-08-01", "Lee")
    assert (lee.first.list.date, lee.first.row) == (day("2025-06-02"), 62)
    assert (lee.last.list.date, lee.last.row) == (day("2025-08-01"), 62)
    clay = held(folder, "2025-08-01", "Clay")
    assert (clay.first.row, clay.last.row) == (65, 64)


def test_a_link_pending_is_dated(folder):
    before = held(folder, "2025-06-09", "Lee")
    assert (before.moa_url, before.moa_words) == (None, "link pending")
    assert before.pending_since.date == day("2025-06-02")
    after = held(folder, "2025-06-16", "Lee")
    assert (after.moa_url, after.pending_since) == (small.URL, None)


@pytest.mark.parametrize(
    ("text", "pending"),
    [
        ("2025-06-04", {}),
        ("2025-06-05", {"Clay": True, "Leon": True}),
        ("2025-06-20", {"Clay": True, "Leon": False}),
        ("2025-07-20", {"Clay": False, "Leon": False}),
    ],
)
def test_waiting_on_a_day(folder, text, pending):
    found = Store(folder).snapshot(day(text))
    assert {item.agency.name.split()[0]: item.listed for item in found.waiting} == pending
    assert (found.pending_list is None) == (not pending)
