"""Many machines: a scheduler and workers on loopback make what one machine makes."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import threading
import time
from concurrent.futures import Future
from dataclasses import replace

import nbformat
import pytest
from distributed import KilledWorker, LocalCluster

from production.machines import SOURCES, cluster, files, objects, results, stored
from reportkit.errors import ClusterError
from reportkit.places import Gazetteer
from reportkit.production import cluster as module
from reportkit.production.batch import run
from reportkit.production.cluster_worker import BriefPlugin
from reportkit.production.code import code_sha256, differences, versions
from reportkit.production.files import notebook_path
from reportkit.production.job import Job, Outcome, Task
from reportkit.production.request import Request
from reportkit.store import EMBEDDED, Store
from store.small import store as small_store

COUNTIES = tuple(place.geoid for place in Gazetteer.load().counties("GA"))[:36]
PLACES = (*COUNTIES, "10", "48085")
REQUEST = Request(places=PLACES, formats=("json", "html"))
FEW = Request(places=("12071", "12005", "12001"), formats=("json",))


@pytest.fixture(scope="module")
def bucket():
    with objects() as address:
        yield address


@pytest.fixture(scope="module")
def machines(tmp_path_factory, bucket):
    """A scheduler and one worker, which knows the object store."""
    with cluster(tmp_path_factory.mktemp("cluster")) as started:
        started.steady = started.worker()
        yield started


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """What one machine makes."""
    out = tmp_path_factory.mktemp("alone")
    done = run(replace(REQUEST, out=str(out)), jobs=2)
    assert set(results(done).values()) == {"made"}
    return files(out)


def data_of(made, places=PLACES):
    """The data of some places, from all files."""
    gazetteer = Gazetteer.load()
    homes = tuple(f"{place.state.lower()}/{place.slug}/" for place in map(gazetteer.place, places))
    return {
        path: data
        for path, data in made.items()
        if path.startswith(homes) and path.endswith("/brief.json")
    }


def probes(out):
    return [path.name for path in (out / "run").iterdir() if path.name.startswith(".")]


def test_a_killed_worker_costs_no_brief_and_no_byte(machines, alone, tmp_path):
    other = machines.worker()
    makers = set()

    def tell(run, total):
        # With two at work, eight outcomes mean that both are.
        if len(run.outcomes) == 8 and not makers:
            makers.add(other.process.pid)
            other.process.kill()

    out = tmp_path / "out"
    done = run(replace(REQUEST, out=str(out)), scheduler=machines.address, tell=tell)
    assert other.process.wait() == -9
    assert results(done) == dict.fromkeys(PLACES, "made")
    assert files(out) == alone
    assert probes(out) == []
    manifest = json.loads((out / "run/manifest.json").read_bytes())
    assert sorted(item["geoid"] for item in manifest["briefs"]) == sorted(PLACES)
    assert manifest["counts"] == {"made": 38, "current": 0, "held": 0, "left": 0}
    again = run(replace(REQUEST, out=str(out)), jobs=1)
    assert set(results(again).values()) == {"current"}


def test_store_and_notebook_travel_and_objects_are_written(machines, bucket, tmp_path):
    small_store(tmp_path / "small")
    notebook = nbformat.read(notebook_path("brief.ipynb"), as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("print('A cell of our own')", id="ours"))
    nbformat.write(notebook, tmp_path / "ours.ipynb")
    request = replace(
        FEW,
        places=("12071", "12005"),
        formats=("json", "html", "pdf", "ipynb"),
        store=str(tmp_path / "small"),
        notebook=str(tmp_path / "ours.ipynb"),
    )
    away = run(replace(request, out=f"{bucket}/travel"), scheduler=machines.address)
    assert results(away) == dict.fromkeys(request.places, "made")
    here = run(replace(request, out=str(tmp_path / "out")), jobs=1)
    assert results(here) == results(away)
    assert stored(prefix="travel/") == files(tmp_path / "out")
    assert b"A cell of our own" in stored(prefix="travel/fl/lee-county/2025-08-01/")["brief.html"]
    cache = machines.steady.cache
    assert [path.name for path in (cache / "stores").iterdir()] == [away.job.store_sha256]
    (copy,) = (cache / "notebooks").rglob("*.ipynb")
    assert copy.name == "ours.ipynb"
    assert copy.read_bytes() == (tmp_path / "ours.ipynb").read_bytes()


def test_a_worker_of_another_version_is_left_out(machines, alone, tmp_path, caplog):
    shutil.copytree(SOURCES / "reportkit", tmp_path / "src/reportkit")
    shutil.copytree(SOURCES.parent / "notebooks", tmp_path / "notebooks")
    (tmp_path / "src/reportkit/more.py").write_text("")
    other = machines.worker({"PYTHONPATH": str(tmp_path / "src")})
    joined = time.monotonic() + 30
    try:
        with module.Client(machines.address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=joined - time.monotonic())
        done = run(replace(FEW, out=str(tmp_path / "out")), scheduler=machines.address)
    finally:
        other.end()
    assert results(done) == dict.fromkeys(FEW.places, "made")
    assert data_of(files(tmp_path / "out")) == data_of(alone, FEW.places)
    assert "is left out: its reportkit would make other bytes (reportkit " in caplog.text
    assert "but with other files); install there what the machine has" in caplog.text


def test_no_worker_of_the_same_version_is_refused(machines, tmp_path, monkeypatch):
    monkeypatch.setattr("reportkit.production.batch.code_sha256", lambda: "0" * 64)
    monkeypatch.setattr(module, "versions", lambda: {**versions(), "typst": "0.0.1"})
    with pytest.raises(ClusterError, match=rf"\(typst {versions()['typst']}, not 0\.0\.1\)"):
        run(replace(FEW, out=str(tmp_path)), scheduler=machines.address)
    assert files(tmp_path) == {}
    assert probes(tmp_path) == []


def test_differences_name_what_another_machine_has():
    assert differences({"a": "1", "b": "2"}, {"a": "1", "b": "3"}) == "b 3, not 2"
    assert differences({"a": "1"}, {}) == "a missing, not 1"
    same = {"reportkit": "7", "a": "1"}
    assert differences(same, same) == "reportkit 7, but with other files"


def test_a_folder_that_a_worker_does_not_see_is_refused(tmp_path):
    job = Job("", "", code_sha256(), "", str(tmp_path), ("json",))
    plugin = BriefPlugin(job, None, None, {}, str(tmp_path / "run/.seen"))
    assert plugin._prepare() == (
        f"it does not see {tmp_path} of the machine that started the run; name a folder that all "
        "machines share at the same path, or an address such as s3://bucket/briefs, with --out"
    )


def test_another_packed_store_or_notebook_is_refused(tmp_path):
    job = Job("", "0" * 64, code_sha256(), "", str(tmp_path), ("json",))
    plugin = BriefPlugin(job, None, None, {}, None)
    assert plugin._prepare() == (
        "another evidence store came with its reportkit; install there the same one"
    )
    plugin.job = replace(job, store_sha256=Store(EMBEDDED).sha256)
    assert plugin._prepare() == "another brief.ipynb came with its reportkit; install the same"


def test_an_interrupt_ends_with_those_begun_and_the_rest_can_be_made(machines, alone, tmp_path):
    def interrupt(run, total):
        if len(run.of("made")) == 3 and not run.stopped:
            signal.raise_signal(signal.SIGINT)

    request = replace(REQUEST, formats=("json",), out=str(tmp_path))
    done = run(request, scheduler=machines.address, tell=interrupt)
    made = [item.geoid for item in done.of("made")]
    assert done.stopped == "interrupted"
    assert 3 <= len(made) <= 5  # one thread, and one that waits for it
    assert sorted([*made, *(task.geoid for task in done.left)]) == sorted(PLACES)
    assert data_of(files(tmp_path)) == data_of(alone, made)


def test_a_brief_that_ends_its_process_is_held_and_the_worker_goes_on(machines, tmp_path):
    notebook = nbformat.read(notebook_path("brief.ipynb"), as_version=4)
    last = nbformat.v4.new_code_cell(
        "import os, signal\nif jurisdiction == '12071':\n    os.kill(os.getpid(), signal.SIGKILL)",
        id="last",
    )
    notebook.cells.append(last)
    nbformat.write(notebook, tmp_path / "deadly.ipynb")
    request = replace(
        FEW,
        places=("12071", "12005"),
        formats=("ipynb",),
        notebook=str(tmp_path / "deadly.ipynb"),
        out=str(tmp_path),
    )
    done = run(request, scheduler=machines.address)
    assert results(done) == {"12071": "held", "12005": "made"}
    (held,) = done.of("held")
    assert held.attempts == 2
    assert "was killed" in held.why[0]


def dispatcher(client):
    plugin = BriefPlugin(Job("", "", "", "", "s3://b", ("json",)), None, None, {}, None)
    return module._Dispatcher(client, plugin, "tcp://x")


def test_a_brief_that_cannot_be_sent_ends_with_the_run():
    class Gone:
        def submit(self, *args, **options):
            raise RuntimeError("no scheduler")

    given = dispatcher(Gone())
    given._fit["tcp://w"] = 1
    promise = given.hand(Task("12071", ()))
    with pytest.raises(RuntimeError):
        given._give()
    given._give_up("gone")
    assert promise.result(0) == Outcome("12071", "held", None, ("gone",), fatal=True)


def test_a_frozen_worker_does_not_keep_the_others(machines, alone, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "CONNECT_SECONDS", 3.0)
    monkeypatch.setattr(module, "_ANSWER_SECONDS", 0.5)
    other = machines.worker()
    with module.Client(machines.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)
    other.process.send_signal(signal.SIGSTOP)
    try:
        done = run(replace(FEW, out=str(tmp_path)), scheduler=machines.address)
    finally:
        other.process.send_signal(signal.SIGCONT)
        other.end()
    assert results(done) == dict.fromkeys(FEW.places, "made")
    assert data_of(files(tmp_path)) == data_of(alone, FEW.places)


def test_a_scheduler_without_the_package_is_a_clear_error(tmp_path, monkeypatch):
    (tmp_path / "src/reportkit").mkdir(parents=True)
    (tmp_path / "src/reportkit/__init__.py").write_text("")
    monkeypatch.setattr("production.machines.SOURCES", tmp_path / "src")
    why = r"the scheduler lacks this reportkit \(No module named 'reportkit\.production'\)"
    with cluster(tmp_path) as started, pytest.raises(ClusterError, match=why):
        run(replace(FEW, out=str(tmp_path / "out")), scheduler=started.address)


def test_why_the_plugin_was_not_sent_is_told():
    given = dispatcher(None)
    given._registered = Future()
    given._registered.set_exception(ValueError("too large"))
    assert given._nobody() == "tcp://x: no worker can make these briefs: too large"


def test_an_error_of_the_caller_is_not_the_schedulers(machines, tmp_path, monkeypatch):
    monkeypatch.setattr(module._NOISE, "level", logging.ERROR)

    def tell(run, total):
        if run.outcomes:
            assert module._NOISE.level > logging.CRITICAL
            raise BrokenPipeError("nobody reads")

    with pytest.raises(BrokenPipeError):
        run(replace(FEW, out=str(tmp_path)), scheduler=machines.address, tell=tell)
    assert module._NOISE.level == logging.ERROR


def test_a_brief_that_ends_its_workers_is_held():
    class Done:
        def result(self):
            raise KilledWorker("brief-1", None, 3)

    outcome = dispatcher(None)._outcome(Done(), Task("12071", ()))
    assert (outcome.geoid, outcome.result, outcome.fatal) == ("12071", "held", False)
    assert outcome.why[0].startswith("every worker that it was given to died")


def test_no_scheduler_is_a_clear_error(bucket, machines, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "CONNECT_SECONDS", 1.0)
    # Another kind of server listens there.
    web = os.environ["AWS_ENDPOINT_URL"].replace("http", "tcp")
    with pytest.raises(ClusterError, match=rf"^{web}: no Dask scheduler answers there"):
        run(replace(FEW, out=str(tmp_path)), scheduler=web)
    with pytest.raises(ClusterError, match=r"^tcp://127\.0\.0\.1:1: no Dask scheduler answers"):
        run(replace(FEW, out=str(tmp_path)), scheduler="tcp://127.0.0.1:1")
    with pytest.raises(ClusterError, match=r"^nonsense: no Dask scheduler answers"):
        run(replace(FEW, out=str(tmp_path)), scheduler="nonsense")


@pytest.fixture
def inside():
    """A scheduler in this process, without workers."""
    with LocalCluster(
        n_workers=0,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    ) as started:
        yield started


def test_no_worker_is_a_clear_error(inside, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(module, "WORKER_SECONDS", 0.5)
    with pytest.raises(ClusterError, match="no worker joined within 0 s; start some with 'dask wo"):
        run(replace(FEW, out=str(tmp_path)), scheduler=inside.scheduler_address)
    assert "no workers yet; waiting 0 s for one" in caplog.text


def test_a_worker_that_joins_later_and_leaves_again(inside, alone, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "WORKER_SECONDS", 20.0)
    timer = threading.Timer(1.0, inside.scale, [1])
    timer.start()
    left = []

    def tell(run, total):
        if len(run.of("made")) == 2 and not left:
            left.append(True)
            monkeypatch.setattr(module, "WORKER_SECONDS", 1.0)
            inside.scale(0)

    request = replace(REQUEST, formats=("json",), out=str(tmp_path))
    done = run(request, scheduler=inside.scheduler_address, tell=tell)
    timer.join()
    assert "no worker joined within 1 s" in done.stopped
    assert len(done.of("made")) >= 2
    assert len(done.left) + len(done.outcomes) == len(PLACES)
    assert all(item.fatal for item in done.of("held"))
    again = run(request, jobs=1)
    assert set(results(again).values()) == {"made", "current"}
    assert data_of(files(tmp_path)) == data_of(alone)


def test_a_scheduler_that_goes_away_stops_the_run(tmp_path):
    home = tmp_path / "cluster"
    home.mkdir()
    with cluster(home) as machines:
        machines.worker()
        scheduler = machines.scheduler

        def tell(run, total):
            if len(run.of("made")) == 2:
                scheduler.kill()

        request = replace(REQUEST, formats=("json",), out=str(tmp_path / "out"))
        done = run(request, scheduler=machines.address, tell=tell)
    assert "the scheduler is gone" in done.stopped
    assert len(done.left) + len(done.outcomes) == len(PLACES)
