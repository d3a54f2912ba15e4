"""Batches from request to manifest: the same bytes however they are made, and nothing made twice."""

import csv
import hashlib
import json
import signal
from dataclasses import replace

import pytest

from production.batches import counties, manifest, notebook_with, tree
from reportkit.errors import OutputError
from reportkit.production import batch, workers
from reportkit.production.batch import run
from reportkit.production.one import produce
from reportkit.production.outputs import open_outputs
from reportkit.production.plan import Plan
from reportkit.production.record import NAME
from reportkit.production.request import Request
from reportkit.production.runfolder import last_request
from reportkit.store import EMBEDDED, Store
from reportkit.store.build import Content, write
from roster.make import day_name, list_file, row
from store.small import BAY, CLAY, FILLER, GULF, LEE, files
from store.small import store as small

PLACES = (*counties("DE", 3), "12071", "17031")
FORMATS = ("html", "json")


@pytest.fixture(scope="module")
def one_by_one(tmp_path_factory):
    """The briefs of some places, made with one worker."""
    out = tmp_path_factory.mktemp("one-by-one")
    done = run(Request(places=PLACES, formats=FORMATS, out=str(out)))
    assert sorted(item.geoid for item in done.of("made")) == sorted(PLACES)
    return out


def test_same_bytes_in_any_order_with_any_number_of_workers(one_by_one, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "BRIEFS", 2)
    places = tuple(reversed(PLACES))
    done = run(Request(places=places, formats=FORMATS, out=str(tmp_path)), jobs=2)
    assert {item.attempts for item in done.of("made")} == {1}
    assert tree(tmp_path) == tree(one_by_one)
    assert len(tree(tmp_path)) == 3 * len(PLACES)


def test_same_bytes_as_a_single_brief(one_by_one, tmp_path):
    for place in PLACES[-2:]:
        produce(place, formats=FORMATS, out=tmp_path)
    singles = tree(tmp_path)
    assert len(singles) == 4
    assert {name: tree(one_by_one)[name] for name in singles} == singles


def test_what_stands_starts_no_process(one_by_one, monkeypatch):
    monkeypatch.setattr(batch, "Workers", None)
    before = tree(one_by_one)
    done = run(Request(places=PLACES, formats=FORMATS, out=str(one_by_one)))
    assert [item.result for item in done.outcomes] == ["current"] * len(PLACES)
    assert tree(one_by_one) == before


def test_manifest_and_holds_say_what_became_of_each(tmp_path):
    places = ("zzz", "10001", "Springfield", "10001", "zzz")
    request = Request(places=places, formats=("json",), out=str(tmp_path))
    holds = []
    for again in (False, True):
        done = run(request, again=again)
        holds.append((tmp_path / "run" / "holds.csv").read_bytes())
    assert holds[0] == holds[1]
    rows = list(csv.DictReader(holds[0].decode().splitlines()))
    assert [row["name"] for row in rows] == ["Springfield", "zzz"]
    assert rows[1]["command"] == (
        f"reportkit brief --out={tmp_path} --store={EMBEDDED} --lang=en --engine=reportkit "
        "--format=json -- zzz"
    )
    told = manifest(tmp_path)
    assert (told["state"], told["stopped"]) == ("ended", "")
    assert told["counts"] == {"made": 1, "current": 0, "held": 2, "left": 0}
    (made,) = (item for item in told["briefs"] if item["result"] == "made")
    assert made["why"] == ["asked for again"]
    assert (made["attempts"], made["geoid"]) == (1, "10001")
    assert made["seconds"] > 0
    folder = tmp_path / made["folder"]
    assert made["files"] == {
        path.name: [path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()]
        for path in folder.iterdir()
    }
    assert last_request(str(tmp_path), open_outputs(str(tmp_path))) == replace(
        request, store=str(EMBEDDED)
    )
    assert done.seconds == pytest.approx(told["seconds"], abs=0.001)


def test_one_run_at_a_time_in_a_folder_and_others_beside_it(tmp_path):
    met = []

    def meanwhile(begun, total):
        if not met:
            with pytest.raises(OutputError, match="another run writes there; wait for its end"):
                run(Request(places=("10001",), formats=("json",), out=str(tmp_path / "a")))
            beside = Request(places=("10001",), formats=("json",), out=str(tmp_path / "b"))
            met.append(run(beside))

    request = Request(places=("10001",), formats=("json",), out=str(tmp_path / "a"))
    done = run(request, tell=meanwhile)
    assert (len(done.of("made")), len(met[0].of("made"))) == (1, 1)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


BAY_COUNTY, GULF_COUNTY, LEON_COUNTY = "12005", "12045", "12073"
FLORIDA = ("12071", BAY_COUNTY, GULF_COUNTY, "12019", LEON_COUNTY)


def test_a_store_replaced_under_a_run_is_for_the_next(tmp_path, monkeypatch):
    """All briefs rest on the store that the run began with; the next makes what the new one tells."""
    monkeypatch.setenv("REPORTKIT_CACHE", str(tmp_path / "cache"))
    first = small(tmp_path / "store").sha256
    request = Request(
        places=FLORIDA, formats=("json",), out=str(tmp_path / "out"), store=str(tmp_path / "store")
    )
    new = row("Leon County Sheriff's Office", "WSO", "2025-08-05", state="FL")
    newer = list_file(day_name("2025-08-08"), [*FILLER, LEE, GULF, CLAY, BAY, new])

    def replace(begun, total):
        if begun.of("made") and Store(tmp_path / "store").sha256 == first:
            write(Content(files((newer,))), tmp_path / "store")

    run(request, tell=replace)
    records = [json.loads(path.read_bytes()) for path in (tmp_path / "out").rglob(NAME)]
    assert len(records) == len(FLORIDA)
    assert {made["inputs"]["store"] for made in records} == {first}
    assert Store(tmp_path / "store").sha256 != first
    second = run(request)
    why = {item.geoid: " ".join(item.why) for item in second.of("made")}
    assert sorted(why) == [BAY_COUNTY, GULF_COUNTY, LEON_COUNTY]
    assert "(WSO): status was ended, is listed" in why[BAY_COUNTY]
    assert "Bay County, Florida, a neighbor: models was none, is WSO" in why[GULF_COUNTY]
    assert "(WSO): new on record" in why[LEON_COUNTY]
    assert len(second.of("current")) == 2


def test_a_store_damaged_under_a_run_does_not_touch_it(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTKIT_CACHE", str(tmp_path / "cache"))
    store = small(tmp_path / "store")
    request = Request(
        places=FLORIDA, formats=("json",), out=str(tmp_path / "out"), store=str(store.folder)
    )

    def damage(begun, total):
        for path in store.folder.iterdir():
            path.write_bytes(b"")

    done = run(request, tell=damage)
    assert len(done.of("made")) == len(FLORIDA)


def test_a_notebook_changed_under_a_run_stops_it(tmp_path):
    notebook = notebook_with(tmp_path / "brief.ipynb", "1")

    def change(begun, total):
        notebook_with(notebook, "2")

    request = Request(
        places=PLACES, formats=("json",), out=str(tmp_path / "out"), notebook=str(notebook)
    )
    done = run(request, tell=change)
    assert done.stopped.startswith("brief.ipynb: the notebook changed since the run began")
    assert (done.outcomes, len(done.left)) == ([], len(PLACES))
    assert tree(tmp_path / "out") == {}
    assert len(run(request).of("made")) == len(PLACES)


def test_a_run_that_breaks_off_says_so_and_what_is_left(tmp_path):
    request = Request(places=PLACES, formats=("json",), out=str(tmp_path))

    def broken(run, total):
        raise BrokenPipeError("nobody reads")

    with pytest.raises(BrokenPipeError):
        run(request, tell=broken)
    told = json.loads((tmp_path / "run" / "manifest.json").read_bytes())
    assert (told["state"], told["stopped"]) == ("stopped", "nobody reads")
    assert sorted(item["geoid"] for item in told["left"]) == sorted(PLACES)


def test_an_interrupt_while_planning_leaves_all(tmp_path, monkeypatch):
    def interrupted(self, places):
        signal.raise_signal(signal.SIGINT)
        return iter(())

    monkeypatch.setattr(Plan, "decide", interrupted)
    done = run(Request(places=PLACES, formats=("json",), out=str(tmp_path)))
    assert (done.stopped, len(done.left)) == ("interrupted", len(PLACES))
