"""The command for the digest."""

import json

import pytest
from click.testing import CliRunner

from reportkit.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["digest", *map(str, arguments)])


def test_prints_the_paths_that_it_writes(tmp_path):
    period = ("--since", "2026-02-13", "--until", "2026-03-01")
    result = run(*period, "--state", "md", "--format", "json", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    path = tmp_path / "us/digest/2026-02-13--2026-03-01-md/digest.json"
    assert result.stdout.splitlines() == [str(path)]
    data = json.loads(path.read_text("utf-8"))
    assert data["jurisdiction"]["kind"] == "digest"
    # Days between lists: what was compared is said.
    assert data["period"]["participating"] == {
        "before": "2026-02-12", "after": "2026-02-17", "lists": 1,
    }  # fmt: skip
    assert [(item["kind"], item["agency"], item["brief"]) for item in data["items"]] == [
        ("ended", "Frederick County Sheriff's Office", "md/frederick-county/2026-03-01/brief.html")
    ]


def test_the_last_day_is_that_of_the_newest_list(tmp_path):
    result = run("--since", "2026-05-11", "--format", "json", "--lang", "es", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip() == str(
        tmp_path / "us/digest/2026-05-11--2026-05-18/es/digest.json"
    )


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (["--since", "2026-05-18", "--until", "2026-02-13"], "ends before it begins", 1),
        (["--since", "2026-05-18", "--until", "2026-05-18"], "ends when it begins", 1),
        (["--since", "2026-05-18"], "ends when it begins", 1),
        (["--since", "2020-01-01"], "first list on hand is of 2021-01-13", 1),
        (["--since", "2026-05-01", "--until", "2999-01-01"], "until 2999-01-01: lies in the future", 1),
        (["--since", "May"], "since 'May': write it like 2026-05-18", 1),
        (["--since", "2026-05-01", "--state", "ZZ"], "no postal code", 1),
        (["--since", "2026-05-01", "--place", "Washington County"], "Washington County", 2),
        (["--since", "2026-05-01", "--place", "Xyzzyville, TX"], "Xyzzyville", 3),
        (["--since", "2026-05-01", "--store", "nowhere"], "no evidence store", 1),
        (["--since", "2026-05-01", "--format", "docx"], "docx", 2),
        ([], "--since", 2),
    ],
)  # fmt: skip
def test_bad_input_is_told_in_one_line(arguments, told, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []
