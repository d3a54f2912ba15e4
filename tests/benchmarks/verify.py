"""How long `reportkit verify` takes over many briefs, in how much memory, and what it finds.

    python tests/benchmarks/verify.py [--places 200] [--jobs 2] [--out DIR] [--each 10]

Makes the briefs of so many counties (3144 for all) in HTML, PDF, JSON and as notebooks, unless --out
holds them already, and verifies them: as by default, and a hundred of them with --redraw. Then it
changes so many things of each kind in the files of a few places, one at a time, and counts what is
not found. Linux. Prints Markdown.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.counties import spread
from benchmarks.tables import markdown
from production import bytes_changed as changes
from reportkit.production.batch import run
from reportkit.production.request import Request
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import Summary, Task, Verifier, editions_in, verify_all
from reportkit.store import EMBEDDED, Store

FORMATS = ("html", "pdf", "json", "ipynb")
_KILO = 1024


def verified(paths: list[Path], jobs: int, redraw: bool) -> dict[str, object]:
    """One run of the command's own way: seconds, seconds of processors, memory of the largest."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    summary, notes, drawn = Summary(), 0, 0
    for report in verify_all(paths, Task(str(EMBEDDED), redraw=redraw), jobs=jobs):
        summary.add(report)
        notes += len(report.notes)
        drawn += report.files.get("brief.pdf") == "bytes"
        for problem in report.problems:
            print(f"{report.path}: {problem}", file=sys.stderr)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "way": "drawn again" if redraw else "read",
        "briefs": summary.briefs,
        "with problems": summary.bad,
        "claims": summary.recomputed,
        "PDFs drawn again": drawn,
        "seconds": seconds,
        "CPU seconds": cpu,
        "CPU ms a brief": 1000 * cpu / summary.briefs,
        "memory of the largest process, MB": after.ru_maxrss / _KILO,
    }


def found(folders: list[Path], each: int) -> list[dict[str, object]]:
    """Of each kind of change how many were made, and how many verifying did not find."""
    verifier = Verifier(Store(EMBEDDED), SourceFiles([]), redraw=False)
    made: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for folder in folders:
        makers = (changes.html, changes.facts, changes.notebook, changes.pdf)
        for change in changes.sample(folder, makers, each):
            with tempfile.TemporaryDirectory() as place:
                path = changes.apply(change, folder, Path(place) / "brief")
                made[change.kind] += 1
                missed[change.kind] += not verifier.verify(path).problems
    return [{"kind": kind, "made": made[kind], "missed": missed[kind]} for kind in sorted(made)]


def main() -> None:
    """Make, verify, change and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--places", type=int, default=200)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--out", type=Path)
    options.add_argument("--each", type=int, default=10)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        out = given.out or Path(place)
        if not any(out.rglob("brief.json")):
            run(
                Request(places=spread(given.places), formats=FORMATS, out=str(out)), jobs=given.jobs
            )
        paths = list(editions_in([out]))
        # The pages are in memory for both ways then.
        subprocess.run(
            ["cat", *(str(file) for file in out.rglob("brief.*"))],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        rows = [
            verified(paths, given.jobs, redraw=False),
            verified(paths[:: max(len(paths) // 100, 1)], given.jobs, redraw=True),
        ]
        print(markdown("Verifying", rows))
        if given.each:
            some = [path.parent for path in paths[:: max(len(paths) // 3, 1)]]
            print(markdown("Changes of one thing", found(some, given.each)))


if __name__ == "__main__":
    main()
