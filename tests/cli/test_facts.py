"""`reportkit facts`: lists, filters, checks."""

import json
import pty
import re
import subprocess
import sys

import pytest
import yaml
from click.testing import CliRunner

from reportkit.cli import main
from reportkit.library import checking, load_facts, online
from reportkit.library.facts import data_text


def run(*arguments):
    return CliRunner().invoke(main, ["facts", *map(str, arguments)])


def test_lines_hold_id_topic_confidence_publisher_date_and_sentence():
    result = run("--state", "md", "--confidence", "medium")
    assert result.exit_code == 0
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [line[0] for line in lines] == ["sl-md", "vo-3", "vo-4", "rf-7"]
    assert lines[0][1:5] == ["state-law", "medium", "WMAR", "2026-02-17"]
    assert lines[0][5].startswith("Maryland's HB 444/SB 245, signed on 17 February 2026")
    assert result.stderr == "4 fact(s)\n"


def test_json_holds_every_field():
    found = json.loads(run("--json").stdout)
    facts = load_facts()
    assert [fact["id"] for fact in found] == list(facts)
    for fact in found:
        ours = facts[fact["id"]]
        assert {name: fact[name] for name in ours.__slots__} == {
            name: getattr(ours, name) for name in ours.__slots__
        }
        assert fact["text"]
        assert (fact["limit"] is not None) == (ours.topic == "research-finding")
    by_id = {fact["id"]: fact for fact in found}
    assert [held["id"] for held in by_id["cl-1"]["conflicts"]] == ["who-pays"]
    assert by_id["st-g1"]["conflicts"] == []


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ([], len(load_facts())),
        (["--topic", "state-law"], 29),
        (["--topic", "state-law", "--state", "FL"], 4),
        (["--topic", "research-finding", "--confidence", "high"], 7),
        (["--state", "WY"], 0),
    ],
)
def test_filters(options, number):
    assert len(json.loads(run("--json", *options).stdout)) == number
    assert len(run(*options).stdout.splitlines()) == number


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--topic", "statutes"], 2, "use one of statute, regulation"),
        (["--state", "ZZ"], 1, "ZZ"),
        (["--confidence", "low"], 2, "low"),
        (["--online"], 2, "need --check"),
        (["--check", "--state", "FL"], 2, "leave out the other options"),
        (["--check", "nowhere.yaml"], 2, "nowhere.yaml"),
    ],
)
def test_wrong_usage(options, code, said):
    result = run(*options)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""


def test_a_terminal_gets_wrapped_lines():
    ours, theirs = pty.openpty()
    code = "import sys; from reportkit.cli import main; sys.argv[0] = 'reportkit'; main()"
    command = [sys.executable, "-c", code, "facts", "--state", "DE"]
    subprocess.run(command, stdout=theirs, stderr=subprocess.DEVNULL, check=True, timeout=60,
                   env={"COLUMNS": "60", "PATH": ""})  # fmt: skip
    text = pty.os.read(ours, 10000).decode().replace("\r\n", "\n")
    head, *body = text.splitlines()
    assert head == "sl-de · state-law · medium · WHYY · 2025-07-15"
    assert all(line.startswith("    ") and len(line) <= 60 for line in body)
    assert " ".join(line.strip() for line in body).startswith("Delaware's HB 182, signed on 14")


def test_the_facts_of_the_package_are_in_order():
    result = run("--check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{len(load_facts())} fact(s), 0 problem(s)\n"


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(data_text("facts"), "utf-8")
    return path


def test_a_file_in_order(mine):
    result = run("--check", mine)
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(run("--check", mine, "--json").stdout) == {
        "facts": len(load_facts()),
        "problems": [],
    }


def test_every_problem_of_a_file_has_its_line(mine):
    records = yaml.safe_load(mine.read_text("utf-8"))
    records[2]["url"] = "https://localhost/a"
    records[4]["topic"] = "statutes"
    del records[4]["title"]
    records[9]["id"] = "st-g1"
    mine.write_text(yaml.safe_dump(records), "utf-8")
    result = run("--check", mine)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line.removeprefix(str(mine)).split(": ")[:2] for line in lines] == [
        [" record 3 (st-g3)", "url"],
        [" record 5 (st-g6)", "title"],
        [" record 5 (st-g6)", "topic"],
        [" record 10 (st-g1)", "id"],
    ]
    told = json.loads(run("--check", mine, "--json").stdout)
    assert told == {"facts": 0, "problems": lines}


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"\xff\xfe\x00", "it is no text in UTF-8; save it as UTF-8"),
        (b"- {id: 'a", "it is no valid YAML; correct it"),
        (b"", "it is no list; begin each record with '- id:'"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path, held, said):
    path = tmp_path / "mine.yaml"
    path.write_bytes(held)
    result = run("--check", path)
    assert result.exit_code == 1
    assert said in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_messages_and_records_must_match(monkeypatch):
    text = data_text("facts")
    changed = re.sub(r"^- id: rf-12$", "- id: rf-99", text, flags=re.M)
    texts = {"facts": changed, "conflicts": data_text("conflicts")}
    monkeypatch.setattr(checking, "data_text", texts.__getitem__)
    result = run("--check")
    assert result.exit_code == 1
    file = "library/data/facts.yaml"
    orphan = "is a message without a record; add the record or take it out"
    assert result.stdout.splitlines() == [
        f"{file} (rf-99): there is no message fact.rf-99; write it",
        f"{file}: fact.rf-12 {orphan}",
        f"{file} (rf-99): there is no message limit.rf-99; write it",
        f"{file}: limit.rf-12 {orphan}",
    ]


def test_a_wrong_conflict_of_the_package_is_told(monkeypatch):
    texts = {
        "facts": data_text("facts"),
        "conflicts": "- {id: a, topic: law, since: '2025', facts: [zz-1]}",
    }
    monkeypatch.setattr(checking, "data_text", texts.__getitem__)
    result = run("--check")
    assert result.exit_code == 1
    assert result.stdout == (
        "library/data/conflicts.yaml record 1 (a): facts: 'zz-1': not in facts.yaml; correct the id\n"
    )


def test_online_tells_each_address_that_does_not_answer(monkeypatch, mine):
    asked = []

    def unreachable(facts):
        asked.extend(fact.url for fact in facts)
        return [(load_facts()["st-g1"], "the server answers 404 Not Found")]

    monkeypatch.setattr(online, "unreachable", unreachable)
    assert run("--check", mine).exit_code == 0
    assert asked == []
    result = run("--check", mine, "--online")
    assert result.exit_code == 1
    assert result.stdout == (
        f"{mine} (st-g1): url: https://www.law.cornell.edu/uscode/text/8/1357: "
        "the server answers 404 Not Found\n"
    )
    assert len(asked) == len(load_facts())
