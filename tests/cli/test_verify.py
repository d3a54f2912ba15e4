"""`reportkit verify` over folders: lines for people, one object for programs, a ledger for both."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from reportkit.cli import main
from reportkit.production import produce
from reportkit.production.program import produce_program
from reportkit.production.signoff import add_signoff
from reportkit.production.verify import Task, verify_all
from reportkit.store import EMBEDDED

PLACE = "wi/kewaunee-county/2026-05-18"


def verify(*arguments):
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A place in both languages, its Spanish edition with a sign-off, and the nation's facts."""
    out = tmp_path_factory.mktemp("made")
    produce("55061", formats=["html", "pdf", "json"], out=out)
    produce("55061", formats=["html", "pdf", "json"], out=out, lang="es")
    produce_program(formats=["json"], out=out)
    add_signoff(out / PLACE / "es", by="Ann Example")
    return out


@pytest.fixture
def out(made, tmp_path):
    return shutil.copytree(made, tmp_path / "out")


def test_every_kind_and_language_holds_by_the_quick_way(out):
    result = verify(out, "--no-redraw", "--json")
    assert result.exit_code == 0, result.stdout
    told = json.loads(result.stdout)
    assert told["schema_version"] == "1.0"
    assert [(item["subject"], item["lang"], item["holds"]) for item in told["briefs"]] == [
        ("us", "en", True),
        ("55061", "en", True),
        ("55061", "es", True),
    ]
    assert [item["files"].get("brief.pdf") for item in told["briefs"]] == [
        "not there",
        "text",
        "text",
    ]
    (signed,) = told["briefs"][2]["sign_offs"]
    assert (signed["by"], signed["state"]) == ("Ann Example", "counts")
    total = told["summary"]
    assert (total["briefs"], total["with_problems"], total["pdfs_read_only"]) == (3, 0, 2)
    assert total["sign_offs"] == {"count": 1, "lapsed": 0}
    assert total["claims"]["recomputed"] == sum(
        item["claims"]["recomputed"] for item in told["briefs"]
    )
    assert "3 brief(s), 0 with problems" in result.stderr


def test_what_is_broken_costs_itself_alone_in_any_number_of_processes(out, tmp_path):
    good = out / PLACE
    for name, change in (
        ("half", lambda folder: (folder / "brief.json").write_text('{"claims": [')),
        ("list", lambda folder: (folder / "brief.json").write_text("[]")),
        ("bare", lambda folder: (folder / "brief.json").unlink()),
        ("noise", lambda folder: (folder / "brief.pdf").write_bytes(b"\0" * 99)),
        ("signed", lambda folder: (folder / "sign-off.json").write_text("{}")),
        ("lapsed", lambda folder: (folder / "sign-off.json").write_text(json.dumps(LAPSED))),
        ("record", lambda folder: (folder / "made.json").write_text("{}")),
    ):
        change(Path(shutil.copytree(good, out / name, ignore=shutil.ignore_patterns("es"))))
    (out / "strange").mkdir()
    (out / "strange" / "brief.txt").write_text("nothing of ours")
    one, two = (verify(out, "--no-redraw", "--jobs", jobs) for jobs in (1, 2))
    assert (one.exit_code, one.stdout) == (1, two.stdout)
    lines = {
        name: [line.split(": ", 1)[1] for line in one.stdout.splitlines() if f"/{name}/" in line]
        for name in ("half", "list", "bare", "noise", "signed", "lapsed", "record", "strange")
    }
    assert {name: len(some) for name, some in lines.items()} == {
        **dict.fromkeys(lines, 1),
        "strange": 0,
    }
    assert "cannot be read" in lines["half"][0]
    assert "holds no object" in lines["list"][0]
    assert lines["bare"][0].startswith("brief.json is missing")
    assert lines["noise"] == ["brief.pdf: is not the drawing of this brief; make it again"]
    assert "sign-off.json" in lines["signed"][0]
    assert lines["lapsed"][0].startswith("note: sign-off.json: B signed report 0000000000000000")
    assert lines["record"] == ["made.json: is no record of an edition; make the brief again"]
    assert "10 brief(s), 6 with problems" in one.stderr
    assert "1 sign-off(s) count, 1 no longer" in one.stderr


LAPSED = [{"by": "B", "when": "2026-06-01", "report_id": "0" * 16, "notes": ""}]


def test_one_that_takes_too_long_is_given_up_and_told(made):
    paths = [made / PLACE / "brief.json"]
    (report,) = verify_all(paths, Task(str(EMBEDDED), seconds=0.01), jobs=2)
    assert report.problems == [
        "took longer than 0 seconds and was given up; check its files one by one, the PDF first"
    ]


def test_the_ledger_tells_the_state_of_each_check(out, tmp_path):
    path = out / PLACE / "brief.json"
    data = json.loads(path.read_text("utf-8"))
    data["claims"][0]["text"] = "No."
    path.write_text(json.dumps(data), "utf-8")
    ledger = tmp_path / "claims.csv"
    assert verify(out, "--ledger", ledger).exit_code == 1
    rows = list(csv.DictReader(io.StringIO(ledger.read_text("utf-8-sig"))))
    assert len({row["report_id"] for row in rows}) == 3
    ours = [row for row in rows if row["report_id"] == data["report_id"]]
    assert {row["claim"] for row in ours if row["claim_check"] == "differs"} == {"bottom.answer"}
    assert {row["claim_check"] for row in rows} == {"differs", "recomputed"}
    assert {row["evidence_check"] for row in rows} == {"identified", "cited", "not_on_hand"}
    lines = tmp_path / "claims.jsonl"
    verify(out, "--ledger", lines)
    assert [json.loads(line)["lang"] for line in lines.read_text("utf-8").splitlines()] == [
        "en",
        "en",
        "es",
    ]


def test_a_ledger_that_cannot_be_written_is_told_in_one_line(out):
    result = verify(out / PLACE / "es", "--ledger", out / "no" / "claims.csv")
    assert result.exit_code == 1
    assert "the ledger cannot be written" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_without_briefs_is_told(tmp_path):
    result = verify(tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path}: no brief.json there" in result.stderr


def test_an_older_ledger_stays_where_no_brief_could_be_checked(tmp_path):
    folder = tmp_path / "fl" / "lee-county" / "2026-05-18"
    folder.mkdir(parents=True)
    (folder / "brief.json").write_text("{", "utf-8")
    ledger = tmp_path / "claims.csv"
    ledger.write_text("older", "utf-8")
    assert verify(tmp_path, "--ledger", ledger).exit_code == 1
    assert ledger.read_text("utf-8") == "older"
    assert {file.name for file in tmp_path.iterdir()} == {"fl", "claims.csv"}
