"""A batch that is killed over and over and taken up each time: nothing may be lost or differ.

Run with `python tests/benchmarks/kills.py [KILLS] [PLACES]` (100 and 80 unless said). Makes the
briefs of some counties undisturbed. Then makes them again while it kills, with SIGKILL: the run
itself at moments drawn over all of its phases, the run or a worker right between two renames, and
beside them single workers and processes that draw. At the end the two folders must be the same.
Prints a table. The seed is fixed, the load of the machine is not, so no two runs are the same.
"""

from __future__ import annotations

import filecmp
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from reportkit.places import Gazetteer

REPORTKIT = Path(sys.executable).with_name("reportkit")
FORMATS = ("html", "pdf", "json", "ipynb")
ORPHAN_SECONDS = 5.0
MARKED = "REPORTKIT_KILLS"
"""The variable by which `processes` knows the processes of a run."""
# Kills this process or its parent, once a run, right after a rename that is drawn by number.
_HOOK = """
import os, pathlib, signal
target, left, once = os.environ["KILL_AT_RENAME"].split(" ", 2)
left = int(left)
replace = pathlib.Path.replace
def counted(self, other):
    global left
    done = replace(self, other)
    left -= 1
    if left <= 0 and pathlib.Path(other).parent.name != "run" and os.path.exists(once):
        os.unlink(once)
        os.kill(os.getppid() if target == "run" else os.getpid(), signal.SIGKILL)
    return done
pathlib.Path.replace = counted
"""


def command(places: Sequence[str], out: Path, formats: Sequence[str], *more: str) -> list[str]:
    """The batch to run."""
    named = [word for place in places for word in ("--place", place)]
    written = [word for name in formats for word in ("--format", name)]
    return [str(REPORTKIT), "batch", *named, *written, "--jobs", "2", "--out", str(out), *more]


def processes(mark: str) -> dict[int, str]:
    """The processes that a run has started, itself among them, by what they do."""
    found = {}
    for home in Path("/proc").iterdir():
        if not home.name.isdigit():
            continue
        try:
            if f"{MARKED}={mark}".encode() in (home / "environ").read_bytes():
                words = (home / "cmdline").read_bytes()
                kinds = {b"draw.py": "drawing", b"reportkit.production.workers": "worker"}
                found[int(home.name)] = next((k for w, k in kinds.items() if w in words), "run")
        except OSError:
            continue
    return found


def differences(one: Path, other: Path) -> Iterator[str]:
    """Files below two folders that are not the same, OUT/run apart."""
    names = [
        {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
        for home in (one, other)
    ]
    for name in sorted(names[0] | names[1]):
        if name.startswith("run/"):
            continue
        if name not in names[0] or name not in names[1]:
            yield f"{name}: in one of them only"
        elif not filecmp.cmp(one / name, other / name, shallow=False):
            yield f"{name}: differs"


class Killer:
    """Runs a batch and kills; counts what was hit and when."""

    def __init__(self, places: Sequence[str], out: Path, formats: Sequence[str], seed: int) -> None:
        self._command = partial(command, places, out, formats)
        self._hook = out.with_name("hook")
        self._hook.mkdir()
        (self._hook / "sitecustomize.py").write_text(_HOOK)
        self._draw = random.Random(seed)
        self.hits: Counter[str] = Counter()
        self.phases: Counter[str] = Counter()
        self.orphans: list[str] = []
        self.codes: Counter[int] = Counter()

    def once(self, *more: str) -> int:
        """Start the run and kill; its exit code, negative where it was killed itself."""
        mark = uuid.uuid4().hex
        kind = self._draw.choices(("run", "rename", "worker", "drawing"), (60, 20, 12, 8))[0]
        environ = {**os.environ, MARKED: mark}
        if kind == "rename":
            target = self._draw.choice(("run", "worker"))
            once = self._hook / "once"
            once.touch()
            environ["KILL_AT_RENAME"] = f"{target} {self._draw.randint(1, 12)} {once}"
            environ["PYTHONPATH"] = f"{self._hook}{os.pathsep}{environ.get('PYTHONPATH', '')}"
            kind = f"{target}, between renames"
        run = subprocess.Popen(
            self._command(*more),
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if kind == "run":
            self._after(run, mark, self._draw.choice((1.2, 5.0, 9.0)))
        elif kind == "worker, between renames":
            while once.exists() and run.poll() is None:
                time.sleep(0.1)
            self.hits[kind] += not once.exists()
            self._after(run, mark, 5.0)
        elif kind in ("worker", "drawing"):
            # A brief bears one such kill, so there are few; then the run is killed too.
            for victim in (kind, kind, ""):
                self._after(run, mark, 8.0, victim)
        code = run.wait()
        if kind == "run, between renames":
            self.hits[kind] += code == -signal.SIGKILL
        self.codes[code] += 1
        self._settle(mark)
        return code

    def _after(self, run: subprocess.Popen[bytes], mark: str, most: float, kind: str = "") -> None:
        """Kill after a while that is drawn."""
        try:
            run.wait(self._draw.uniform(0, most))
            return
        except subprocess.TimeoutExpired:
            pass
        found = processes(mark)
        if not kind:
            run.kill()
            phase = "at work" if "drawing" in found.values() else "starting"
            self.phases[phase if "worker" in found.values() else "planning or ending"] += 1
            self.hits["run"] += 1
        elif victims := [pid for pid, what in found.items() if what == kind]:
            try:
                os.kill(self._draw.choice(victims), signal.SIGKILL)
                self.hits[kind] += 1
            except ProcessLookupError:
                pass

    def _settle(self, mark: str) -> None:
        """Wait until all that the run started has ended; what has not is an orphan."""
        until = time.monotonic() + ORPHAN_SECONDS
        while (left := processes(mark)) and time.monotonic() < until:
            time.sleep(0.02)
        self.orphans += left.values()
        for pid in left:
            os.kill(pid, signal.SIGKILL)


def main() -> None:
    """Run and print the table; exit 1 where something was lost."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 80
    gazetteer = Gazetteer.load()
    counties = [place.geoid for state in ("FL", "CT", "DE") for place in gazetteer.counties(state)]
    places = counties[:count]
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        calm = command(places, home / "calm", FORMATS)
        subprocess.run(calm, check=True, capture_output=True)
        killer = Killer(places, home / "killed", FORMATS, seed=287)
        start, runs, finished = time.monotonic(), 0, 0
        while sum(killer.hits.values()) < kills:
            # Once all are made, the batch makes them over, so that the rest hits full folders too.
            finished += killer.once(*(["--again"] if finished else [])) == 0
            runs += 1
            print(f"{sum(killer.hits.values())} of {kills} SIGKILLs", file=sys.stderr)
        again = command(places, home / "killed", FORMATS)
        last = subprocess.run(again, capture_output=True, text=True)
        spent = time.monotonic() - start
        problems = list(differences(home / "calm", home / "killed"))
        parts = [str(path) for path in (home / "killed").rglob("*.part")]
        files = sum(path.is_file() for path in (home / "killed").rglob("brief.*"))
        shutil.rmtree(home / "killed")
    print(f"| places | runs | SIGKILLs | seconds |\n|--:|--:|--:|--:|\n| {len(places)} | {runs} |"
          f" {sum(killer.hits.values())} | {spent:.0f} |\n")  # fmt: skip
    print("| hit | times |\n|---|--:|")
    for what, times in (*killer.hits.most_common(), *killer.phases.most_common()):
        print(f"| {what} | {times} |")
    print(f"\nexit codes of the runs: {dict(killer.codes)}; times that all were made: {finished}")
    recap = next(line for line in last.stderr.splitlines() if " made, " in line)
    print(f"last run: exit {last.returncode}; {recap}")
    print(f"{files} files; not the same: {problems or 'none'}; temporary files left: {len(parts)}; "
          f"orphans: {killer.orphans or 'none'}")  # fmt: skip
    if problems or parts or killer.orphans or last.returncode:
        sys.exit(1)


if __name__ == "__main__":
    main()
