"""The command line: exit codes, stdout for machines, messages on stderr."""

import csv
import io
import json

import pandas as pd
import pytest
from click.testing import CliRunner

from reportkit.cli import main


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(item) for item in arguments], **options)


def test_every_command_has_help():
    for path in (
        [],
        *([name] for name in main.commands),
        *(["store", name] for name in main.commands["store"].commands),
    ):
        result = run(*path, "--help")
        assert result.exit_code == 0
        assert "Usage:" in result.stdout


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Collin County, TX", 0),
        ("48085", 0),
        ("Richmond city, VA", 0),
        ("St. Louis, Missouri", 2),
        ("Washington County", 2),
        ("Maimi-Dade", 3),
        ("../../etc", 3),
    ],
)
def test_resolve_exit_codes(name, code):
    result = run("resolve", name)
    assert result.exit_code == code
    assert bool(result.stdout) == (code == 0)
    assert bool(result.stderr) == (code != 0)


def test_resolve_json_gives_match_or_candidates():
    assert json.loads(run("resolve", "--json", "collin tx").stdout)["match"]["geoid"] == "48085"
    asked = json.loads(run("resolve", "--json", "St. Louis, Missouri").stdout)
    assert {item["geoid"] for item in asked["candidates"]} == {"29189", "29510"}
    missing = json.loads(run("resolve", "--json", "Maimi-Dade").stdout)
    assert missing["nearest"] == ["Miami-Dade County, Florida"]


KEYS = {
    *("state", "agency", "agency_kind", "type_printed", "county", "county_geoid", "model"),
    *("signed", "moa_url", "addendum_url", "first_listed", "last_listed", "first_absent"),
    *("status", "continues_as", "list_file", "list_row"),
}


def test_roster_json_has_the_promised_fields():
    rows = json.loads(run("roster", "--state", "fl").stdout)
    assert len(rows) == 348
    assert all(row.keys() >= KEYS for row in rows)
    assert {row["state"] for row in rows} == {"FL"}
    assert {row["status"] for row in rows} == {"listed"}
    assert all(row["first_absent"] is None for row in rows)


def test_roster_formats_agree():
    as_json = json.loads(run("roster", "--state", "MD", "--status", "ended").stdout)
    as_csv = list(
        csv.DictReader(
            io.StringIO(
                run("roster", "--state", "MD", "--status", "ended", "--format", "csv").stdout
            )
        )
    )
    parquet = run("roster", "--state", "MD", "--status", "ended", "--format", "parquet")
    frame = pd.read_parquet(io.BytesIO(parquet.stdout_bytes))
    assert len(as_json) == 9
    assert [row["id"] for row in as_json] == [row["id"] for row in as_csv] == list(frame["id"])
    assert {row["county_geoid"] for row in as_csv} == {row["county_geoid"] for row in as_json}


def test_roster_statuses_add_up():
    rows = json.loads(run("roster", "--status", "all", "--as-of", "2026-02-20").stdout)
    parts = [
        json.loads(run("roster", "--status", status, "--as-of", "2026-02-20").stdout)
        for status in ("listed", "pending", "ended")
    ]
    assert len(rows) == sum(map(len, parts))
    assert all(parts)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["roster", "--as-of", "2020-01-01"], "first list on hand is of 2021-01-13"),
        (["roster", "--as-of", "2999-01-01"], "lies in the future"),
        (["roster", "--as-of", "May"], "write it like 2026-05-18"),
        (["roster", "--state", "ZZ"], "ZZ"),
        (["roster", "--store", "nowhere"], "no evidence store"),
        (["brief", "48085", "--store", "nowhere"], "no evidence store"),
        (["store", "build", "nowhere", "--out", "x"], "no such file or folder"),
        (["store", "add", "nowhere"], "name another folder with --out"),
    ],
)
def test_bad_input_is_told_in_one_line(arguments, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_verify_exit_codes(tmp_path):
    assert run("brief", "Cook County, IL", "--format", "json", "--out", tmp_path).exit_code == 0
    assert run("verify", tmp_path).exit_code == 0
    (path,) = tmp_path.rglob("brief.json")
    path.write_text(path.read_text("utf-8").replace("1,843", "1,844"), "utf-8")
    result = run("verify", tmp_path)
    assert result.exit_code == 1
    assert "context.nation" in result.stdout


def test_formulas_in_csv_are_text():
    from reportkit.production.tables import table_bytes

    row = dict.fromkeys(KEYS, "=HYPERLINK(1)") | {"id": "x", "agency_printed": "+1", "covers": []}
    (cells,) = csv.DictReader(io.StringIO(table_bytes([row], "csv").decode()))
    assert cells["agency"] == "'=HYPERLINK(1)"
    assert cells["agency_printed"] == "'+1"


def test_store_info_and_check():
    info = json.loads(run("store", "info").stdout)
    assert info["store"] == "embedded"
    assert (info["participating_lists"], info["newest_list"]) == (164, "2026-05-18")
    assert run("store", "check").exit_code == 0
