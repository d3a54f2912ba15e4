"""A process that ends, hangs, starves or breaks costs its own brief and no other."""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from benchmarks.kills import MARKED, processes
from production.batches import counties, faulty, notebook_with, start, tree, words
from reportkit.production import workers
from reportkit.production.batch import job_of, run
from reportkit.production.job import Task
from reportkit.production.request import Request
from reportkit.production.workers import Worker
from reportkit.store import Store

LIMIT = 5.0
GIB = workers.MEMORY / 2**30
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    try:
        time.sleep(1e9)
    except BaseException:
        pass
"""
# A child that holds on to all that its parent had open, in a session that nobody kills.
LEAVES_A_CHILD = """
import os, time
if os.fork() == 0:
    os.setsid()
    open({pid!r}, "w").write(str(os.getpid()))
    time.sleep(1e9)
time.sleep(1e9)
"""
FAULTS = {
    "kills itself": ("import os; os.kill(os.getpid(), 9)", 2, "was killed by SIGKILL; most often"),
    "ends": ("import os; os._exit(3)", 2, "ended (code 3); look in the notebook"),
    "crashes": ("import ctypes; ctypes.string_at(0)", 2, "was killed by SIGSEGV; a library"),
    "interrupts": ("raise KeyboardInterrupt", 2, "KeyboardInterrupt"),
    "takes all": ("x = []\nwhile True: x.append(bytearray(2**28))", 2, f"hold {GIB:g} GiB"),
    "takes all at once": ("import numpy; numpy.ones(2**33)", 2, f"hold {GIB:g} GiB"),
    "writes on": (
        "with open('/dev/fd/1', 'wb', 0) as out:\n out.seek(2**30)\n out.write(b'.')",
        1,
        "File too large",
    ),
    "fails": ("1 / 0", 1, "failed with ZeroDivisionError"),
}
KILLED_ONCE = """
import os, pathlib
try:
    pathlib.Path({flag!r}).touch(exist_ok=False)
except FileExistsError:
    pass
else:
    os.kill(os.getpid(), 9)
"""
MARK = "faults"
FINE = counties("DE", 3)
FAULTY = dict(zip(FAULTS, counties("TX", len(FAULTS)), strict=True))


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A batch whose notebook has a fault for most of its places, and where it went."""
    home = tmp_path_factory.mktemp("faults")
    sources = {FAULTY[name]: source for name, (source, _, _) in FAULTS.items()}
    sources[FINE[1]] = KILLED_ONCE.format(flag=str(home / "flag"))
    notebook = faulty(home / "brief.ipynb", sources)
    request = Request(
        places=(FINE[0], *FAULTY.values(), *FINE[1:]),
        formats=("html", "json"),
        out=str(home / "out"),
        notebook=str(notebook),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MARKED, MARK)
        done = run(request, jobs=2)
    return done, home


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_held_after_so_many_attempts_with_its_reason(ran, name):
    (outcome,) = (item for item in ran[0].outcomes if item.geoid == FAULTY[name])
    _, attempts, reason = FAULTS[name]
    assert (outcome.result, outcome.attempts, outcome.fatal) == ("held", attempts, False)
    assert reason in " ".join(outcome.why)
    assert outcome.seconds > 0


def test_all_others_are_made_as_if_nothing_were(ran):
    done, home = ran
    assert sorted(item.geoid for item in done.of("made")) == FINE
    request = Request(
        places=tuple(reversed(FINE)),
        formats=("html", "json"),
        out=str(home / "calm"),
        notebook=str(home / "brief.ipynb"),
    )
    run(request)
    assert tree(home / "calm") == tree(home / "out")
    assert len(tree(home / "out")) == 3 * len(FINE)


def test_no_process_stays(ran):
    assert processes(MARK) == {}


def test_a_brief_whose_process_was_killed_once_is_made(ran):
    done, _ = ran
    attempts = {item.geoid: item.attempts for item in done.of("made")}
    assert attempts == {FINE[0]: 1, FINE[1]: 2, FINE[2]: 1}


def test_a_notebook_that_never_ends_is_stopped_with_its_process(tmp_path, monkeypatch):
    child = LEAVES_A_CHILD.format(pid=str(tmp_path / "pid"))
    endless = dict(zip(FINE, (STUBBORN, child), strict=False))
    notebook = str(faulty(tmp_path / "brief.ipynb", endless))
    request = Request(formats=("html",), out=str(tmp_path), notebook=notebook, seconds=LIMIT)
    monkeypatch.setenv(MARKED, "endless")
    worker = Worker(job_of(request, Store()))
    outcomes = [worker.make(Task(place, ())) for place in endless]
    worker.close()
    for outcome in outcomes:
        assert (outcome.result, outcome.attempts, outcome.fatal) == ("held", 1, False)
        assert outcome.why[0].startswith("took longer than 5 s and was stopped; look for a cell")
        assert outcome.seconds >= LIMIT
    # It left the session of its process, so no one can know it; nor does anyone wait for it.
    assert list(processes("endless")) == [int((tmp_path / "pid").read_text())]
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    out = str(tmp_path_factory.mktemp("out"))
    return job_of(Request(formats=("json",), out=out), Store())


@pytest.mark.parametrize(
    ("program", "attempts", "reason"),
    [("false", 2, "ended (code 1)"), ("nowhere", 1, "No such file or directory")],
)
def test_where_no_process_starts_the_run_cannot_go_on(job, monkeypatch, program, attempts, reason):
    monkeypatch.setattr(sys, "executable", shutil.which(program) or program)
    outcome = Worker(job).make(Task(FINE[0], ()))
    assert (outcome.result, outcome.attempts, outcome.fatal) == ("held", attempts, True)
    assert outcome.why[0].startswith("no process could be started that makes briefs: ")
    assert reason in outcome.why[0]


def test_a_process_that_is_killed_while_it_starts_is_replaced(job, monkeypatch, tmp_path):
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\nrm "$0.first" && kill -9 $$\nexec {sys.executable} "$@"\n')
    program.chmod(0o755)
    (tmp_path / "python.first").touch()
    monkeypatch.setattr(sys, "executable", str(program))
    worker = Worker(job)
    outcome = worker.make(Task(FINE[0], ()))
    assert (outcome.result, outcome.attempts) == ("made", 2)
    worker.close()
    assert worker.make(Task(FINE[1], ())).why == ("the run was broken off",)


def test_a_process_whose_run_is_gone_ends_with_all_that_it_started(tmp_path):
    """Even one that holds the interpreter, as soon as its brief may last no longer."""
    stuck = "import re; re.match('(a+)+$', 'a' * 60 + 'b')"
    for name, source, longest in (("stubborn", STUBBORN, 2.0), ("stuck", stuck, 30.0)):
        flag = str(tmp_path / f"{name}.flag")
        notebook = notebook_with(tmp_path / f"{name}.ipynb", f"open({flag!r}, 'w')\n{source}")
        more = (f"--notebook={notebook}", "--format=html", "--limit=4")
        begun = start(words(FINE[:1], tmp_path / name, *more), {MARKED: name})
        while not Path(flag).is_file():
            assert begun.poll() is None
            time.sleep(0.05)
        begun.kill()
        begun.wait()
        until = time.monotonic() + longest
        while processes(name) and time.monotonic() < until:
            time.sleep(0.05)
        assert processes(name) == {}, name
