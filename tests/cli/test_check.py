"""The command that checks a file of statements."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reportkit.cli.main import main

EXAMPLE = Path(__file__).parents[2] / "params" / "claims-example.yaml"
RECORD = """
- id: {id}
  text: More than 1,000 agencies took part.
  source: {{publisher: Herald, title: A page, published: 2025-10-05}}
  measure: {measure}
  date: {date}
  comparison: over
  {value}: 1000
"""
GOOD = {"id": "big", "measure": "agencies", "date": "2025-10-05", "value": "value"}


def run(*arguments: object):
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture
def made(tmp_path):
    def write(**fields: str) -> Path:
        path = tmp_path / "mine.yaml"
        path.write_text(RECORD.format(**{**GOOD, **fields}), "utf-8")
        return path

    return write


def test_each_statement_is_a_block_with_verdict_record_and_sources(made):
    path = made()
    done = run(path)
    assert done.exit_code == 0, done.output
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    assert done.stdout.splitlines()[:4] == [
        "1. More than 1,000 agencies took part.",
        "   Said by: Herald, A page, 5 October 2025",
        "   Verdict: Holds with another unit",
        "   What the record shows: Nationwide: 858 agencies with 1,035 agreements on the list "
        "of 3 October 2025, 858 agencies with 1,034 agreements on that of 7 October 2025. "
        "The lists first show as many agencies on 8 December 2025.",
    ]
    assert done.stdout.splitlines()[-1] == (
        f"   - mine.yaml, record big (the file that was checked, SHA-256 {digest})"
    )


def test_the_example_is_checked():
    done = run(EXAMPLE)
    assert done.exit_code == 0
    verdicts = [line for line in done.stdout.splitlines() if "Verdict:" in line]
    assert verdicts == [
        "   Verdict: Holds",
        "   Verdict: Holds",
        "   Verdict: Holds",
        "   Verdict: Cannot be checked with what we hold",
    ]


def test_braces_and_dots_in_a_statement_are_only_text(made):
    path = made()
    text = path.read_text("utf-8").replace("text: More than", 'text: "{held} · More than')
    path.write_text(text.replace("took part.", 'took part."'), "utf-8")
    done = run(path)
    assert done.exit_code == 0
    assert done.stdout.startswith("1. {held} · More than 1,000 agencies took part.\n")
    (told,) = json.loads(run(path, "--json").stdout)
    assert told["record"].startswith("Nationwide: 858 agencies")


def test_json_holds_the_same(made):
    (told,) = json.loads(run(made(), "--json").stdout)
    assert (told["id"], told["verdict"]) == ("big", "other_unit")
    assert (told["values"]["agencies_1"], told["values"]["agreements_1"]) == (858, 1035)
    assert told["record"] in run(made()).stdout
    lists = [item for item in told["evidence"] if item["kind"] == "list"]
    assert len(lists) == 3
    assert all(len(item["sha256"]) == 64 for item in lists)


def test_the_as_of_date_bounds_the_record(made):
    (told,) = json.loads(run(made(), "--as-of", "2025-10-05", "--json").stdout)
    assert told["verdict"] == "unknown"
    (told,) = json.loads(run(made(), "--as-of", "2025-10-07", "--json").stdout)
    assert told["verdict"] == "other_unit"


def test_verdicts_are_results_and_no_errors(made):
    assert run(made(date="2012-01-01")).exit_code == 0


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"value": "valeu"}, "record 1 (big): valeu: no such field; did you mean value?"),
        ({"measure": "agency"}, "record 1 (big): measure: 'agency' is not known; did you mean"),
        ({"date": "2025-02-30"}, "record 1 (big): date: '2025-02-30' is no date"),
        ({"id": "B G"}, "record 1 (B G): id: 'B G' is no id"),
        ({"id": "["}, "no valid YAML"),
    ],
)
def test_a_file_that_does_not_fit_ends_with_file_record_and_field(made, fields, told):
    path = made(**fields)
    done = run(path)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert str(path) in done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes("- id: café".encode("latin-1"))
    done = run(path)
    assert done.exit_code == 1
    assert "save it as UTF-8" in done.stderr


def test_a_missing_file_and_a_folder_are_wrong_usage(tmp_path):
    assert run(tmp_path / "none.yaml").exit_code == 2
    assert run(tmp_path).exit_code == 2
