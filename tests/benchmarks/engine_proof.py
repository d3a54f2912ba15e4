"""The full proof of the engine: sixty briefs, each with a kernel of its own and without one.

Run with `PYTHONPATH=src:tests python tests/benchmarks/engine_proof.py`; it takes some five minutes.
Prints the places whose notebooks differ in a byte, which should be none, and exits with their number.
"""

from __future__ import annotations

import sys
import time

import nbformat

from render.sixty import SIXTY
from reportkit.production.files import notebook_path
from reportkit.render import execute


def main() -> int:
    path = notebook_path("brief.ipynb")
    seconds = {"reportkit": 0.0, "kernel": 0.0}
    differing = 0
    for parameters in SIXTY:
        made = []
        for name, engine in (("reportkit", "reportkit"), ("kernel", None)):
            start = time.perf_counter()
            made.append(nbformat.writes(execute(path, parameters, engine=engine)))
            seconds[name] += time.perf_counter() - start
        if made[0] != made[1]:
            differing += 1
            print("differs:", *parameters.values(), flush=True)
    print(f"{len(SIXTY)} briefs, {differing} differ; seconds in all:", end=" ")
    print(", ".join(f"{name} {took:.1f}" for name, took in seconds.items()))
    return differing


if __name__ == "__main__":
    sys.exit(main())
