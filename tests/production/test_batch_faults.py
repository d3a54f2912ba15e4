"""Batches killed, interrupted, out of room or shut out: nothing is lost, and all can be taken up."""

import json
import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager

import pytest

from benchmarks.kills import MARKED, Killer, command, differences, processes
from production.batches import (
    counties,
    faulty,
    manifest,
    start,
    tree,
    words,
)
from reportkit.errors import OutputError
from reportkit.production.batch import run
from reportkit.production.outputs import open_outputs
from reportkit.production.record import NAME
from reportkit.production.request import Request
from reportkit.production.runfolder import last_request

PLACES = counties("NE", 14)
FORMATS = ("html", "json")
FEW = tuple(PLACES[:4])
JSON = "--format=json"


@pytest.fixture(scope="module")
def calm(tmp_path_factory):
    """The briefs of all places, made undisturbed."""
    out = tmp_path_factory.mktemp("calm")
    done = run(Request(places=tuple(PLACES), formats=FORMATS, out=str(out)), jobs=2)
    assert len(done.of("made")) == len(PLACES)
    return out


def test_kills_lose_nothing(calm, tmp_path):
    killer = Killer(PLACES, tmp_path / "out", FORMATS, seed=7)
    while sum(killer.hits.values()) < 7:
        killer.once()
    assert killer.orphans == []
    last = subprocess.run(command(PLACES, tmp_path / "out", FORMATS), capture_output=True)
    assert last.returncode == 0
    assert list(differences(calm, tmp_path / "out")) == []
    assert tree(tmp_path / "out") == tree(calm)
    assert sorted(path.name for path in (tmp_path / "out" / "run").iterdir()) == [
        "holds.csv", "lock", "manifest.json",
    ]  # fmt: skip


def wait_for(what, seconds=120):
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_what_is_begun_and_the_rest_can_be_taken_up(calm, tmp_path, number):
    begun = start(words(PLACES, tmp_path, "--format=html", JSON, "--jobs=2"), {MARKED: "int"})
    wait_for(lambda: any(tmp_path.rglob(NAME)))
    os.killpg(begun.pid, number)
    assert begun.wait(120) == 130, begun.stderr.read()
    assert processes("int") == {}
    told = manifest(tmp_path)
    assert (told["state"], told["stopped"]) == ("stopped", "interrupted")
    counts = told["counts"]
    assert counts["held"] == 0 < counts["made"]
    assert counts["made"] + counts["left"] == len(PLACES)
    assert counts["left"] > 0
    # Whatever is there is whole, and as it should be.
    there, whole = tree(tmp_path), tree(calm)
    assert len(there) == 3 * counts["made"]
    assert there == {name: whole[name] for name in there}
    if number == signal.SIGTERM:
        resumed = run(last_request(str(tmp_path), open_outputs(str(tmp_path))), jobs=2)
        assert len(resumed.of("current")) == counts["made"]
        assert tree(tmp_path) == whole


def test_a_second_interrupt_ends_at_once(tmp_path):
    flag = tmp_path / "flag"
    endless = f"import time; open({str(flag)!r}, 'w'); time.sleep(1e9)"
    notebook = faulty(tmp_path / "brief.ipynb", {PLACES[0]: endless})
    out = tmp_path / "out"
    begun = start(
        words(PLACES, out, "--format=html", f"--notebook={notebook}", "--jobs=1"), {MARKED: "twice"}
    )
    wait_for(flag.is_file)
    os.killpg(begun.pid, signal.SIGINT)
    time.sleep(0.5)
    assert begun.poll() is None
    os.killpg(begun.pid, signal.SIGINT)
    assert begun.wait(15) == 130
    assert processes("twice") == {}
    told = manifest(out)
    assert (told["state"], told["counts"]["left"]) == ("stopped", len(PLACES))
    assert tree(out) == {}


@contextmanager
def disk(folder, size):
    """A small file system of its own."""
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True
    )
    if not made or made.returncode:
        pytest.skip("no file system may be mounted here; run as root to test a full disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(folder, how):
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def test_a_full_disk_stops_the_run_and_more_room_lets_it_go_on(calm, tmp_path):
    with disk(tmp_path / "out", "160k") as out:
        # Room for some briefs and not for all.
        full = subprocess.run(words(PLACES, out, JSON), capture_output=True, text=True)
        assert full.returncode == 1
        assert "No space left on device. Make room" in full.stderr
        assert "Traceback" not in full.stderr
        whole = {name: data for name, data in tree(calm).items() if name.endswith("json")}
        there = {name: data for name, data in tree(out).items() if not name.endswith(NAME)}
        assert 0 < len(there) < len(PLACES)
        assert there == {name: whole[name] for name in there}
        remount(out, "size=64m")
        assert subprocess.run(words(PLACES, out, JSON), capture_output=True).returncode == 0
        there = {name: data for name, data in tree(out).items() if not name.endswith(NAME)}
        assert len(there) == len(PLACES)
        assert there == {name: whole[name] for name in there}


def test_a_disk_that_becomes_read_only_stops_the_run(tmp_path):
    request = Request(places=FEW, formats=("json",), out=str(tmp_path / "out"))
    with disk(tmp_path / "out", "64m") as out:
        run(request)
        before = tree(out)
        remount(out, "ro")
        with pytest.raises(OutputError, match="Read-only file system; allow writing"):
            run(request, again=True)
        assert tree(out) == before


FULL_AT = """
import errno, os
left, fsync = int(os.environ["FULL_AT"]), os.fsync
def full(file):
    global left
    left -= 1
    if left < 0:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    fsync(file)
os.fsync = full
"""


@pytest.mark.parametrize("nth", [0, 1, 4])
def test_no_room_for_the_nth_file(tmp_path, monkeypatch, nth):
    """Only the processes that make briefs meet it, as the run itself writes elsewhere."""
    (tmp_path / "sitecustomize.py").write_text(FULL_AT)
    out = tmp_path / "out"
    request = Request(places=FEW, formats=("json",), out=str(out))
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
        patch.setenv("FULL_AT", str(nth))
        done = run(request)
    assert "No space left on device" in done.stopped
    # Two files and their folder for each brief; that it was this one is no reason to hold it.
    made = nth // 3
    assert (len(done.outcomes), len(done.of("made"))) == (made, made)
    assert len(done.left) == len(FEW) - made
    assert len(tree(out)) == 2 * made
    assert manifest(out)["state"] == "stopped"
    again = run(request)
    assert (len(again.of("made")), len(again.of("current"))) == (len(FEW) - made, made)


def test_one_folder_in_the_way_holds_one_brief(tmp_path):
    (tmp_path / "ne").mkdir()
    (tmp_path / "ne" / "antelope-county").write_text("in the way")
    (tmp_path / "ne" / "adams-county").mkdir()
    (tmp_path / "ne" / "adams-county" / "2026-05-18").write_text("in the way too")
    done = run(Request(places=FEW, formats=("json",), out=str(tmp_path)))
    held = {item.geoid: " ".join(item.why) for item in done.of("held")}
    assert sorted(held) == [FEW[0], FEW[1]]
    for place, path in ((FEW[1], "ne/antelope-county"), (FEW[0], "ne/adams-county/2026-05-18")):
        assert held[place].startswith(f"{tmp_path / path}: Not a directory")
    assert len(done.of("made")) == len(FEW) - 2
    assert not done.stopped


@pytest.mark.parametrize("name", ["out", "out/run", "out/run/manifest.json/x"])
def test_a_file_in_the_way_of_the_run_is_told(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("in the way")
    with pytest.raises(OutputError, match=r"nothing (can be|new was) written"):
        run(Request(places=FEW, formats=("json",), out=str(tmp_path / "out")))
    assert path.read_text() == "in the way"


def test_a_damaged_manifest_is_told(tmp_path):
    (tmp_path / "run").mkdir()
    for data in ("", "[]", json.dumps({"request": {"nothing": 1}})):
        (tmp_path / "run" / "manifest.json").write_text(data)
        with pytest.raises(OutputError, match=r"damaged|no run"):
            last_request(str(tmp_path), open_outputs(str(tmp_path)))
