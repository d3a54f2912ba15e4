"""The command for the brief on the nation."""

import json

import pytest
from click.testing import CliRunner

from reportkit.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["program", *map(str, arguments)])


def test_prints_the_paths_that_it_writes(tmp_path):
    result = run("--as-of", "2021-06-30", "--format", "json", "--out", tmp_path)
    assert result.exit_code == 0
    path = tmp_path / "us/program/2021-06-30/brief.json"
    assert result.stdout.splitlines() == [str(path)]
    data = json.loads(path.read_text("utf-8"))
    assert data["jurisdiction"] == {
        "geoid": "us", "name": "United States", "kind": "nation", "state": None,
    }  # fmt: skip
    assert data["as_of"] == "2021-06-30"
    assert CliRunner().invoke(main, ["verify", str(tmp_path)]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (["--as-of", "2020-01-01"], "first list on hand is of 2021-01-13", 1),
        (["--as-of", "2999-01-01"], "lies in the future", 1),
        (["--as-of", "May"], "write it like 2026-05-18", 1),
        (["--store", "nowhere"], "no evidence store", 1),
        (["--format", "docx"], "docx", 2),
        (["Texas"], "unexpected", 2),
    ],
)
def test_bad_input_is_told_in_one_line(arguments, told, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []
