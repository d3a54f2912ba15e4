"""What is read from the labelled memoranda, field by field, in one table; and how long it takes.

Needs REPORTKIT_CORPUS; pages are recognised where the extra is installed, once (REPORTKIT_CACHE).
Folds show the spread: every fifth file makes one.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from moa.scorecard import CLAUSES, labels, path_of, score, table
from reportkit.moa.collection import collect
from reportkit.moa.memorandum import as_json, study
from reportkit.moa.pool import each


def timed(path: Path) -> float:
    """Seconds that one file takes without recognition."""
    started = time.perf_counter()
    study(path)
    return time.perf_counter() - started


def main() -> None:
    """Print the table, the folds, and the times."""
    held = list(labels())
    found = collect([path_of(label) for label in held])
    outputs = {item.document.sha256: as_json(item) for item in found.memoranda}
    pairs = [(label, outputs[label["sha256"]]) for label in held]
    print(table(score(pairs)))
    for fold in range(5):
        scores = score(pairs[fold::5])
        wrong = sum(len(item.wrong) for item in scores.values())
        unread = sum(
            len(scores[name, sort].missing) for name in CLAUSES for sort in ("digital", "scanned")
        )
        dates = scores["ice_signed", "scanned"]
        print(
            f"fold {fold + 1}: {len(pairs[fold::5])} files, {wrong} wrong values, {unread} clauses unread, "
            f"{dates.given} of {dates.labelled} ICE dates of scanned files"
        )
    paths = sorted((Path(os.environ["REPORTKIT_CORPUS"]) / "moa").rglob("*.pdf"))
    started = time.perf_counter()
    took = dict(each(timed, paths))
    wall = time.perf_counter() - started
    digital = [took[path_of(label)] for label in held if not label["scanned"]]
    print(
        f"{len(paths)} files without recognition: {wall:.1f} s; "
        f"median {statistics.median(took.values()):.3f} s, "
        f"digital {statistics.median(digital):.3f} s a file"
    )


if __name__ == "__main__":
    main()
