"""The batch command: what it is asked for, how it ends, what it tells on the way."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportkit.cli.main import main
from reportkit.cli.progress import BatchProgress, duration, plain, planned
from reportkit.cli.recap import exit_code, go_on, recap, summary
from reportkit.production.batch import Run
from reportkit.production.job import Job, Outcome, Task
from reportkit.production.request import Request

COMMAND = [sys.executable, "-c", "from reportkit.cli import main; main()", "batch"]
EXAMPLE = Path(__file__).parents[2] / "params" / "batch-example.yaml"


def batch(*arguments: object, **options: object):
    return CliRunner().invoke(main, ["batch", *map(str, arguments)], **options)


def a_run(*outcomes: Outcome, left: int = 0, stopped: str = "", **request: object) -> Run:
    job = Job("", "", "", "", "o", ("json",))
    run = Run(Request(out="o", **request), job, 2, None, dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    run.outcomes += outcomes
    run.left += [Task("12071", ())] * left
    run.stopped, run.seconds = stopped, 10.0
    return run


def made(geoid: str, *why: str) -> Outcome:
    return Outcome(geoid, "made", f"x/{geoid}", why or ("not made yet",))


def held(geoid: str, why: str = "took too long") -> Outcome:
    return Outcome(geoid, "held", None, (why,))


def current(geoid: str) -> Outcome:
    return Outcome(geoid, "current", f"x/{geoid}", ("stands",))


# What is asked for.


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """The requests that the command makes, in an empty folder, in place of running them."""
    monkeypatch.chdir(tmp_path)
    found: list[tuple[Request, dict[str, object]]] = []

    def run(request: Request, *, tell: object, **how: object) -> Run:
        found.append((request, how))
        return a_run()

    monkeypatch.setattr("reportkit.production.batch.run", run)
    return found


def test_options_make_a_request(asked, tmp_path):
    (tmp_path / "n.ipynb").touch()
    done = batch(
        *("--place", "12071", "--place", "Cook County, IL", "--state", "de", "--kind", "county"),
        *("--kind", "state", "--jobs", 3, "--out", "s3://b/x", "--format", "json", "--lang", "en"),
        *("--as-of", "2026-05-18", "--store", "mine", "--engine", "kernel"),
        *("--notebook", "n.ipynb"),
        *("--limit", 30, "--again"),
    )
    assert done.exit_code == 0, done.output
    request = Request(
        places=("12071", "Cook County, IL"), states=("DE",), kinds=("county", "state"),
        as_of="2026-05-18", formats=("json",), out="s3://b/x", store="mine", notebook="n.ipynb",
        engine="kernel", seconds=30,
    )  # fmt: skip
    assert asked == [(request, {"jobs": 3, "scheduler": None, "again": True})]


def test_little_is_asked_for_and_the_rest_is_as_always(asked):
    batch("--all", "--scheduler", "tcp://127.0.0.1:1")
    jobs = os.cpu_count() or 1
    how = {"jobs": jobs, "scheduler": "tcp://127.0.0.1:1", "again": False}
    assert asked == [(Request(everywhere=True), how)]


def test_options_win_over_the_file_and_places_replace_all_of_its_places(asked):
    batch(EXAMPLE, "--out", "x", "--format", "pdf")
    batch(EXAMPLE, "--state", "TX", "--jobs", 1)
    (first, how), (second, other) = asked
    assert (first.out, first.formats, first.states) == ("x", ("pdf",), ("DE", "HI"))
    assert first.where["12071"] == "places item 1"
    assert (second.out, second.formats) == ("outputs", ("html", "pdf", "json"))
    assert (second.places, second.where, second.states) == ((), {}, ("TX",))
    assert second.kinds == ("county",)
    assert (how["jobs"], other["jobs"]) == (2, 1)


def test_a_store_that_the_environment_names_gives_way_to_that_of_the_file(asked, tmp_path):
    (tmp_path / "p.yaml").write_text("{states: [DE], store: ours}", "utf-8")
    batch("p.yaml", env={"REPORTKIT_STORE": "theirs"})
    batch("p.yaml", "--store", "mine", env={"REPORTKIT_STORE": "theirs"})
    batch("--state", "DE", env={"REPORTKIT_STORE": "theirs"})
    assert [request.store for request, _ in asked] == ["ours", "mine", "theirs"]


def test_names_come_from_standard_input(asked):
    text = b"\xef\xbb\xbfLee County, FL  \r\n\r\n# a remark\r\n\t12086\nLee County, FL\r  01001"
    batch("-", "--place", "Cook County, IL", input=text)
    request, _ = asked[0]
    assert request.places == ("Cook County, IL", "Lee County, FL", "12086", "01001")
    assert request.where == {"Lee County, FL": "line 1", "12086": "line 4", "01001": "line 6"}


def test_resuming_asks_for_what_the_last_run_did_with_the_options_on_top(asked, tmp_path):
    last = Request(
        places=("Nix",), where={"Nix": "line 7"}, states=("DE",), kinds=("state",), out="x",
        formats=("json",), store="ours", as_of="2026-05-18", seconds=5,
    )  # fmt: skip
    (tmp_path / "x" / "run").mkdir(parents=True)
    manifest = json.dumps({"request": dataclasses.asdict(last)})
    (tmp_path / "x" / "run" / "manifest.json").write_text(manifest, "utf-8")
    batch("--resume", "--out", "x", env={"REPORTKIT_STORE": "theirs"})
    batch("--resume", "--out", "x", "--format", "pdf", "--kind", "county")
    batch("--resume", "--out", "x", "--place", "12071")
    assert [request for request, _ in asked] == [
        last,
        dataclasses.replace(last, formats=("pdf",), kinds=("county",)),
        Request(places=("12071",), out="x"),
    ]


@given(st.binary() | st.text().map(str.encode))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_standard_input_holds_it_is_names_or_refused(asked, content):
    asked.clear()
    done = batch("-", input=content)
    assert done.exit_code in (0, 1, 2) and type(done.exception) in (type(None), SystemExit)
    for request, _ in asked:
        assert all(name == name.strip() != "" for name in request.places)
        assert set(request.where) == set(request.places)
    assert bool(asked) == (done.exit_code == 0)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            [],
            "nothing to make is named; give a params file, - for names on standard input, --place, "
            "--state, --all or --resume",
        ),
        (["-"], "standard input names no place; write a name or id on each line"),
        (["--format", "json"], "nothing to make is named"),
        (["--place", "x", "--kind", "state"],
         "--kind (kinds) says what --state and --all mean; name one of them"),
        (["--all", "--state", "TX"],
         "--all takes in every state; leave it or --state (states) out"),
        (["--all", "--jobs", "2", "--scheduler", "tcp://h:1"],
         "--jobs counts processes of this machine; leave it or --scheduler out"),
        (["none.yaml"], "none.yaml: no such file; name places with --place"),
        (["none.yaml", "-"], "unexpected extra argument"),
        (["--all", "--jobs", "0"], "0 is not in the range 1<=x<=256"),
        (["--all", "--limit", "nan"], "'nan' is not a valid integer"),
        (["--all", "--out", ""], "Invalid value for '--out': is empty"),
        (["--all", "--kind", "town"], "'town' is not one of"),
    ],
)  # fmt: skip
def test_wrong_usage_ends_with_two_and_asks_for_nothing(asked, arguments, told):
    done = batch(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert (done.stdout, asked) == ("", [])


@pytest.mark.parametrize(
    ("arguments", "content", "told"),
    [
        (["p.yaml"], b"state: [TX]", "Error: p.yaml: state: no such key; did you mean states?\n"),
        (["-"], b"caf\xe9", "Error: standard input: it is no text in UTF-8; save it as UTF-8\n"),
        (["--state", "XX"], b"",
         "Error: --state: 'XX' is no postal code of a state or territory; write one like FL\n"),
        (["--resume"], b"",
         "Error: outputs: no run to go on with; name a params file, places, --state or --all\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_ends_with_one(asked, tmp_path, arguments, content, told):
    (tmp_path / "p.yaml").write_bytes(content)
    done = batch(*arguments, input=content)
    assert (done.exit_code, done.stderr, done.stdout, asked) == (1, told, "", [])


def test_a_params_file_without_places_takes_them_from_the_options(asked, tmp_path):
    (tmp_path / "p.yaml").write_text("formats: [pdf]", "utf-8")
    assert batch("p.yaml").exit_code == 2
    assert batch("p.yaml", "--place", "12071").exit_code == 0
    assert [(r.places, r.formats) for r, _ in asked] == [(("12071",), ("pdf",))]


# How it ends.


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (a_run(), 0),
        (a_run(made("12071"), current("12086")), 0),
        (a_run(made("12071"), held("12086")), 4),
        (a_run(held("12086"), left=1, stopped="the disk is full"), 1),
        (a_run(held("12086"), left=1, stopped="interrupted"), 130),
    ],
)
def test_the_exit_code_tells_how_it_ended(run, code, monkeypatch):
    monkeypatch.setattr("reportkit.production.batch.run", lambda *_, **__: run)
    done = batch("--all", "--json")
    told = json.loads(done.stdout)
    assert (exit_code(run), done.exit_code, told["exit"]) == (code, code, code)


def test_the_recap_tells_each_reason_with_places_and_each_hold_with_what_to_do():
    why = "the notebook changed"
    run = a_run(
        *(made(geoid, "not made yet", why) for geoid in ("12071", "12086")),
        *(made(geoid) for geoid in ("10001", "10003")),
        current("17031"),
        held("48085"),
        held("48113"),
        held("01001", "cell 3 failed\nwith \x1b[31mred\x1b[0m"),
    )
    assert list(recap(run, "the command")) == [
        "4 made, 1 current, 3 held, 0 left in 10 s, 0.4 briefs a second",
        "Made, by reason:",
        "  4  not made yet: Kent County, Delaware; New Castle County, Delaware; Lee County, Florida; "
        "and 1 more",
        "  2  the notebook changed: Lee County, Florida; Miami-Dade County, Florida",
        "Held:",
        "  2  took too long: Collin County, Texas; Dallas County, Texas",
        "  Autauga County, Alabama: cell 3 failed with red",
        "  Each with the command that tries it again: o/run/holds.csv",
        "  To try all of them again: the command",
    ]


def test_a_name_that_is_held_has_to_be_written_otherwise():
    assert list(recap(a_run(held("\x1b[2JNix", "line 7: no place")), "the command")) == [
        "0 made, 0 current, 1 held, 0 left in 10 s",
        "Held:",
        "  Nix: line 7: no place",
        "  Each with the command that tries it again: o/run/holds.csv",
        "  A name that means no place, or several, has to be written otherwise.",
    ]


def test_of_many_reasons_forty_are_told_and_the_others_counted():
    lines = list(recap(a_run(*(made("12071", f"reason {n}") for n in range(43))), ""))
    assert len(lines) == 2 + 40 + 1
    assert lines[-1] == "  and 3 more reasons; all are in o/run/manifest.json"
    assert len(list(recap(a_run(*(made("12071", f"reason {n}") for n in range(40))), ""))) == 42


def test_a_run_that_stopped_tells_how_to_go_on():
    run = a_run(made("12071"), left=2, stopped="interrupted")
    assert list(recap(run, go_on(run, again=False)))[-1] == (
        "Interrupted; 2 left. To go on: reportkit batch --resume --out o"
    )
    run = a_run(left=1, stopped="the disk\nis full")
    assert list(recap(run, "c"))[-1] == "Stopped: the disk is full; 1 left. To go on: c"


def test_the_command_that_goes_on_can_be_pasted_into_a_shell():
    run = a_run()
    run.scheduler, run.request = "tcp://h:1", Request(out="my briefs")
    assert shlex.split(go_on(run, again=True)) == [
        *("reportkit", "batch", "--resume", "--out", "my briefs"),
        *("--scheduler", "tcp://h:1", "--again"),
    ]


def test_the_summary_is_the_manifest_in_brief():
    told = summary(a_run(made("12071"), held("Nix", "line 7: no"), left=1, stopped="full"), "go")
    assert told == {
        "exit": 1, "meaning": "had to stop", "stopped": "full",
        "counts": {"made": 1, "current": 0, "held": 1, "left": 1}, "seconds": 10.0,
        "made": [{"place": "12071", "name": "Lee County, Florida", "folder": "x/12071",
                  "why": ("not made yet",)}],
        "held": [{"place": "Nix", "name": "Nix", "folder": None, "why": ("line 7: no",)}],
        "left": ["12071"], "out": "o", "manifest": "o/run/manifest.json",
        "holds": "o/run/holds.csv", "go_on": "go",
    }  # fmt: skip
    assert summary(a_run(made("12071")), "go")["go_on"] is None


# What it tells on the way.


def test_progress_tells_what_there_is_to_do_then_how_far_it_is():
    said, shown, now = [], [], [100.0]
    tell = BatchProgress(said.append, lambda *far: shown.append(far), lambda: now[0])
    run = a_run(current("10001"), held("Nix", "line 7: no place"))
    tell(run, 6)
    assert said == [
        "6 places: 1 current, 1 held, 4 to make, 2 at a time",
        "held: Nix: line 7: no place",
    ]
    assert shown == [("2 of 6, starting, 1 held", 2, 6)]
    for second, outcome in enumerate([made("12071"), held("12086"), current("12011")], start=1):
        now[0] = 100.0 + 2 * second
        run.outcomes.append(outcome)
        tell(run, 6)
    assert said[2:] == ["held: Miami-Dade County, Florida: took too long"]
    assert shown[1:] == [
        ("3 of 6, 0.5 briefs a second, 6 s left, 1 held", 3, 6),
        ("4 of 6, 0.2 briefs a second, 4 s left, 2 held", 4, 6),
        ("5 of 6, 0.2 briefs a second, 2 s left, 2 held", 5, 6),
    ]
    run.stopped = "interrupted"
    tell(run, 6)
    tell(run, 6)
    assert said[3:] == [
        "Interrupted: the briefs that are begun are finished, then the manifest is written; "
        "interrupt again to end at once."
    ]


def test_many_holds_are_told_at_the_end_only():
    said = []
    tell = BatchProgress(said.append, lambda *_: None)
    run = a_run()
    tell(run, 99)
    run.outcomes += [held("12071", "x" * 1_000)] * 30
    tell(run, 99)
    run.outcomes += [held("12071")] * 30
    tell(run, 99)
    assert len(said) == 1 + 10 + 1
    assert said[-1] == "more are held; all are told at the end"
    assert max(map(len, said)) < 300


@pytest.mark.parametrize(
    ("outcomes", "total", "told"),
    [
        ([], 1, "1 place: 1 to make, 1 at a time"),
        ([current("12071")] * 2, 2, "2 places: 2 current, nothing to make"),
        ([held("Nix")], 3_144, "3,144 places: 1 held, 3,143 to make, 2 at a time"),
    ],
)
def test_the_plan_in_a_line(outcomes, total, told):
    assert planned(a_run(*outcomes), total) == told


def test_times_and_texts_for_people():
    assert [duration(x) for x in (0.4, 59.4, 60, 3_599, 7_500)] == [
        "0 s", "59 s", "1 min 0 s", "59 min 59 s", "2 h 5 min"
    ]  # fmt: skip
    assert plain("a\n \x1b[1mb\x1b[0m\x07 é") == "a b é"


# Runs.


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A run over names, two of which mean no place, and the folder that it wrote."""
    out = tmp_path_factory.mktemp("batch") / "o"
    names = "Kent County, DE\n\n=Nix\n10005\nSpringfield\n"
    return out, batch("-", "--format", "json", "--out", out, "--json", input=names)


def test_a_run_writes_briefs_manifest_and_holds(first):
    out, done = first
    assert done.exit_code == 4, done.output
    told = json.loads(done.stdout)
    assert [item["place"] for item in told["made"]] == ["10001", "10005"]
    assert [item["name"] for item in told["held"]] == ["=Nix", "Springfield"]
    for item in told["made"]:
        brief = json.loads((out / item["folder"] / "brief.json").read_bytes())
        assert brief["jurisdiction"]["geoid"] == item["place"]
    manifest = json.loads(Path(told["manifest"]).read_bytes())
    assert (manifest["state"], manifest["counts"]) == ("ended", told["counts"])
    with Path(told["holds"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == ["'=Nix", "Springfield"]
    assert rows[0]["reason"].startswith("line 3: No place ")


def test_what_is_told_of_a_run_off_a_terminal_is_plain_lines(first):
    out, done = first
    lines = done.stderr.splitlines()
    assert lines[:2] == [
        f"Looking at what stands in {out} …",
        "4 places: 2 held, 2 to make, 2 at a time",
    ]
    assert lines[-2] == f"  Each with the command that tries it again: {out}/run/holds.csv"
    assert "Made, by reason:" in lines
    assert "  2  not made yet: Kent County, Delaware; Sussex County, Delaware" in lines
    assert all(map(str.isprintable, lines))


def test_resuming_asks_for_the_same_and_leaves_what_is_current(first):
    out, _ = first
    done = batch("--resume", "--out", out, "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["counts"]) == (
        4, {"made": 0, "current": 2, "held": 2, "left": 0}
    )  # fmt: skip
    assert told["held"][0]["why"][0].startswith("line 3: ")
    assert "4 places: 2 current, 2 held, nothing to make" in done.stderr


def test_a_day_that_is_none_leaves_the_manifest_of_the_last_run(first):
    out, _ = first
    before = (out / "run" / "manifest.json").read_bytes()
    done = batch("--all", "--as-of", "1999-01-01", "--out", out)
    assert done.exit_code == 1
    assert "the first list on hand is of " in done.stderr
    assert (out / "run" / "manifest.json").read_bytes() == before


def test_a_brief_that_failed_is_made_by_the_command_that_the_recap_names(tmp_path):
    bad = tmp_path / "mine.ipynb"
    good = Path(__file__).parents[2] / "notebooks" / "brief.ipynb"
    notebook = json.loads(good.read_bytes())
    notebook["cells"][1]["source"] = "1 / 0"
    bad.write_text(json.dumps(notebook), "utf-8")
    arguments = ("--format", "json", "--format", "ipynb", "--out", tmp_path / "o")
    done = batch("--place", "10001", "--notebook", bad, *arguments)
    assert done.exit_code == 4
    assert "Kent County, Delaware: mine.ipynb: cell 3 failed with ZeroDivisionError" in done.stderr
    last = done.stderr.splitlines()[-1]
    command = last.removeprefix("  To try all of them again: reportkit batch ")
    bad.write_bytes(good.read_bytes())
    done = batch(*shlex.split(command), "--json")
    assert done.exit_code == 0, done.output
    assert [item["place"] for item in json.loads(done.stdout)["made"]] == ["10001"]


def test_an_interrupted_run_ends_cleanly_and_goes_on(tmp_path):
    out = tmp_path / "o"
    arguments = ["--state", "VA", "--format", "json", "--out", str(out)]
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, text=True) as running:
        while running.poll() is None and not any(out.glob("va/*/*/made.json")):
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        told = running.communicate()[1]
    assert running.returncode == 130, told
    manifest = json.loads((out / "run" / "manifest.json").read_bytes())
    counts = manifest["counts"]
    assert (manifest["state"], manifest["stopped"]) == ("stopped", "interrupted")
    assert counts["made"] == len(list(out.glob("va/*/*/made.json"))) > 0
    assert counts["made"] + counts["left"] == 133
    assert "interrupt again to end at once" in told
    assert told.splitlines()[-1] == (
        f"Interrupted; {counts['left']} left. To go on: reportkit batch --resume --out {out}"
    )
    done = batch("--resume", "--out", out, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["counts"] == {
        "made": counts["left"], "current": counts["made"], "held": 0, "left": 0
    }  # fmt: skip


def test_a_second_interrupt_ends_at_once(tmp_path):
    notebook = json.loads((Path(__file__).parents[2] / "notebooks" / "brief.ipynb").read_bytes())
    begun = tmp_path / "begun"
    notebook["cells"][1]["source"] = (
        f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\ntime.sleep(600)"
    )
    mine = tmp_path / "mine.ipynb"
    mine.write_text(json.dumps(notebook), "utf-8")
    arguments = ["--place", "10001", "--notebook", str(mine), "--out", str(tmp_path / "o")]
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        while running.poll() is None and not begun.exists():
            time.sleep(0.01)
        running.send_signal(signal.SIGTERM)
        while "interrupt again" not in running.stderr.readline():
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        # Long before the brief ends or its time is over.
        assert running.wait(60) == 130


@pytest.mark.parametrize("colour", [True, False])
def test_on_a_terminal_there_is_a_bar_and_no_colour_where_none_is_wanted(tmp_path, colour):
    ours, theirs = pty.openpty()
    plainly = {} if colour else {"NO_COLOR": "1"}
    done = subprocess.Popen(
        [*COMMAND, "--place", "Nix", "--out", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        | {"TERM": "xterm-256color", **plainly},
    )
    os.close(theirs)
    shown = b""
    while part := _read(ours):
        shown += part
    assert done.communicate()[0] == b""
    assert done.returncode == 4
    assert b"looking at what stands" in shown and b"\x1b[2K" in shown
    assert b"1 place: 1 held, nothing to make" in shown
    assert (b"\x1b[3" in shown or b"\x1b[9" in shown) == colour


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other side is closed
        return b""


def test_the_exit_codes_are_in_the_help_and_in_the_readme():
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    told = batch("--help").stdout
    for code in ("0 ", "1 ", "2 ", "4 ", "130 "):
        assert f"\n    {code}" in told
    assert "4 some briefs are held" in readme and "130 interrupted" in readme
