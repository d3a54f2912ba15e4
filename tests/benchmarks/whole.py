"""Every county: how fast, in how much memory, and what is made again when something changes."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import processes
import routes
from processes import Cost
from routes import FORMATS, REPORTKIT

from reportkit.store import EMBEDDED, Store

Row = dict[str, object]
_HELD = ("agency", "model", "signed", "status")


@dataclass(frozen=True, slots=True)
class Edition:
    """The newest brief of a place: when it was written, and hashes of what its JSON says.

    `answer` is of the answer and of who holds which agreement; `facts` is of all but ids.
    """

    written: int
    as_of: str
    answer: str
    facts: str
    all: str


def whole(folder: Path, jobs: int, names: Sequence[str]) -> dict[str, list[Row]]:
    """These counties with the embedded store, then once more with nothing changed."""
    out = folder / "all"
    cost = batch(names, out, jobs, sample=1.0)
    before, sizes = editions(out), routes.sizes(out)
    again = batch(names, out, jobs)
    changes = _changes(before, editions(out))
    return {
        "Every county": [
            _run("first time", len(names), len(before), cost),
            _run("again, with nothing changed", len(names), changes.total(), again),
        ],
        "Megabytes of memory": [_memory(item) for item in cost.memory],
        "Bytes a brief": [{kind: sizes[kind] / len(names) for kind in FORMATS}],
    }


def one_list_more(
    folder: Path, jobs: int, names: Sequence[str], corpus: Path
) -> dict[str, list[Row]]:
    """The same before and after the newest list: as of the newest day, and of a day before it.

    The store is built of the lists alone, without memoranda. `corpus` is the folder of public
    records, whose `lists` hold the workbooks.
    """
    newest = Store(EMBEDDED).lists[-1].file
    lists = sorted(path for path in (corpus / "lists").rglob("*") if path.is_file())
    earlier = [path for path in lists if path.name != newest]
    store = folder / "store"
    _store("build", earlier, "--facts-only", "--out", store)
    day = Store(store).lists[-1].date.isoformat()
    cases: dict[str, list[str | Path]] = {
        "newest day": ["--store", store],
        f"as of {day}": ["--store", store, "--as-of", day],
    }
    runs: list[Row] = []
    for case, options in cases.items():
        cost = batch(names, folder / case, jobs, *options)
        runs.append(_run(f"{case}, before", len(names), len(editions(folder / case)), cost))
    _store("add", [path for path in lists if path.name == newest], "--store", store)
    why: list[Row] = []
    for case, options in cases.items():
        before = editions(folder / case)
        cost = batch(names, folder / case, jobs, *options)
        changes = _changes(before, editions(folder / case))
        runs.append(_run(f"{case}, one list more", len(names), changes.total(), cost))
        why += [{"run": case, "changed": what, "places": n} for what, n in changes.most_common()]
    return {"One list more": runs, "What changed in places made again": why}


def batch(
    names: Sequence[str], out: Path, jobs: int, *options: str | Path, sample: float | None = None
) -> Cost:
    """Our command over these places; memory is sampled each `sample` seconds where given."""
    out.mkdir(parents=True, exist_ok=True)
    command = routes.batch_command(jobs, out, *options)
    return processes.run(command, out, stdin="\n".join(names) + "\n", sample=sample)


def editions(out: Path) -> dict[Path, Edition]:
    """The newest edition of each place below a folder, by the place's folder."""
    found: dict[Path, Edition] = {}
    # Folders of days sort by time, so the newest comes last.
    for path in sorted(out.rglob("brief.json")):
        data = path.read_bytes()
        facts = json.loads(data)
        held = [
            [item.get(key) for key in _HELD]
            for part in ("agreements", "pending", "ended")
            for item in facts[part]
        ]
        del facts["report_id"], facts["roster"]["snapshot_sha256"]
        found[path.parents[1]] = Edition(
            path.stat().st_mtime_ns,
            facts["as_of"],
            _digest([facts["answer"], held]),
            _digest(facts),
            _digest(data.decode()),
        )
    return found


def _changes(before: Mapping[Path, Edition], after: Mapping[Path, Edition]) -> Counter[str]:
    """How many places were written again, by the first thing that is new about them."""
    return Counter(
        _change(before[place], new)
        for place, new in after.items()
        if new.written != before[place].written
    )


def _change(old: Edition, new: Edition) -> str:
    if old.answer != new.answer:
        return "the answer, or who holds which agreement"
    if old.as_of != new.as_of:
        return "its day"
    if old.facts != new.facts:
        return "other parts"
    return "ids alone" if old.all != new.all else "nothing"


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()


def _store(verb: str, files: Sequence[Path], *options: str | Path) -> None:
    processes.run([REPORTKIT, "store", verb, *files, *options], Path.cwd())


def _run(name: str, places: int, written: int, cost: Cost) -> Row:
    return {
        "run": name,
        "places": places,
        "written": written,
        "seconds": cost.wall,
        "places_a_second": places / cost.wall,
        "CPU_s_a_place": cost.cpu / places,
    }


def _memory(item: processes.Memory) -> Row:
    quarters = {f"quarter_{n}": size for n, size in enumerate(item.quarters, start=1)}
    return {
        "processes": item.name,
        "samples": item.samples,
        "peak_RSS": item.peak,
        "peak_PSS": item.pss,
        **quarters,
        "last_over_second": item.drift,
    }
