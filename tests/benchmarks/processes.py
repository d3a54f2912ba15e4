"""What a command and every process that it starts cost: wall, CPU and memory. Linux only."""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_SUBREAPER = 36
_LINGER = 10.0
"""Seconds for what a command leaves running to end by itself."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU seconds of a command with its processes, and its memory where it was sampled."""

    wall: float
    cpu: float
    memory: tuple[Memory, ...] = ()
    output: str = ""

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of one worker with the processes that serve it, or of all processes together.

    `quarters` are medians of the RSS samples of each quarter of the run; `pss` is the highest
    share-counted size, sampled less often.
    """

    name: str
    samples: int
    peak: float
    pss: float
    quarters: tuple[float, ...]

    @property
    def drift(self) -> float:
        """The last quarter over the second: 1 where memory is flat."""
        return self.quarters[3] / self.quarters[1]


def run(
    command: Sequence[str | Path],
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    sample: float | None = None,
) -> Cost:
    """Run a command that must succeed, until every process it started has ended.

    Processes that detach themselves, such as the one that draws charts, are counted too: they come
    to this process when their parent ends, which `wait4` then tells the cost of.

    Args:
        command: program and arguments.
        cwd: where to run it.
        env: what to add to the environment.
        stdin: what it reads.
        sample: seconds between samples of memory; none are taken where None.

    Raises:
        subprocess.CalledProcessError: it failed; what it said on stderr is in the notes.
    """
    adopt_orphans()
    words = [str(word) for word in command]
    sampler = Sampler()
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(stdin.encode())
        given.seek(0)
        start = time.perf_counter()
        process = subprocess.Popen(
            words, cwd=cwd, env=environment(env or {}), stdin=given, stdout=out, stderr=err
        )
        code, cpu, wall = _wait(process.pid, start, sampler if sample else None, sample or 0.0)
        process.returncode = code
        out.seek(0)
        output = out.read().decode(errors="replace")
        if code:
            err.seek(0)
            error = subprocess.CalledProcessError(code, words)
            error.add_note(err.read().decode(errors="replace")[-4000:])
            raise error
    return Cost(wall, cpu, sampler.memory(), output)


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """That of this process, and more."""
    return {**os.environ, **more}


def adopt_orphans() -> None:
    """Let processes that lose their parent come to this one, not to the system's first."""
    if ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "the processes of a command cannot be followed")


def _wait(
    pid: int, start: float, sampler: Sampler | None, every: float
) -> tuple[int, float, float]:
    """Exit code, CPU of all processes, wall until the command itself ended."""
    code, cpu, wall, due = 0, 0.0, 0.0, start
    while True:
        try:
            options = 0 if wall == 0.0 and sampler is None else os.WNOHANG
            ended, status, usage = os.wait4(-1, options)
        except ChildProcessError:
            return code, cpu, wall
        if ended:
            cpu += usage.ru_utime + usage.ru_stime
            if ended == pid:
                code, wall = os.waitstatus_to_exitcode(status), time.perf_counter() - start
            continue
        now = time.perf_counter()
        if wall and now - start - wall > _LINGER:
            _end_all()
        elif sampler and not wall and now >= due:
            sampler.take(pid)
            due = max(due + every, now)
        time.sleep(0.01)


def _end_all() -> None:
    """End what a command left behind, which is known by having come to this process."""
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()


@dataclass(slots=True)
class Sampler:
    """Samples of memory, by worker: a child of the command, with what it started in turn."""

    rss: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    pss: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _owners: dict[int, int] = field(default_factory=dict)
    _taken: int = 0

    def take(self, pid: int) -> None:
        """One sample of the processes below this one. Each tenth looks at shared pages as well."""
        sizes: dict[str, float] = defaultdict(float)
        shares: dict[str, float] = defaultdict(float)
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error, OSError):
                name = self._group(process, pid)
                size = process.memory_info().rss / 1e6
                share = _share(process.pid) if self._taken % 10 == 0 else 0.0
                for key in (name, "all"):
                    sizes[key] += size
                    shares[key] += share
        self._taken += 1
        for key, size in sizes.items():
            self.rss[key].append(size)
            self.pss[key] = max(self.pss[key], shares[key])

    def _group(self, process: psutil.Process, main: int) -> str:
        """The command itself, or the worker that a process is or serves."""
        if process.pid not in self._owners:
            self._owners[process.pid] = self._owner(process, main)
        owner = self._owners[process.pid]
        return "command" if owner == main else f"worker {owner}"

    def _owner(self, process: psutil.Process, main: int) -> int:
        """A child of the command is a worker; a detached process is told by the pipe it reads."""
        parents = [process.pid, *(parent.pid for parent in process.parents())]
        if main in parents:
            return parents[parents.index(main) - 1] if process.pid != main else main
        pipe = _pipes(process.pid, only="0")
        for other in psutil.Process().children(recursive=True):
            if other.pid != process.pid and pipe & _pipes(other.pid):
                return self._owner(other, main)
        return main

    def memory(self) -> tuple[Memory, ...]:
        """The sizes of each group that was there for four samples or more."""
        return tuple(
            Memory(name, len(sizes), max(sizes), self.pss[name], _quarters(sizes))
            for name, sizes in sorted(self.rss.items())
            if len(sizes) >= 4
        )


def _quarters(sizes: Sequence[float]) -> tuple[float, ...]:
    edges = [len(sizes) * part // 4 for part in range(5)]
    return tuple(statistics.median(sizes[a:b]) for a, b in itertools.pairwise(edges))


def _pipes(pid: int, only: str | None = None) -> set[str]:
    """The pipes that a process holds open, or the one it reads from."""
    found = set()
    folder = Path(f"/proc/{pid}/fd")
    with contextlib.suppress(OSError):
        for entry in folder.iterdir():
            if only in (None, entry.name):
                with contextlib.suppress(OSError):
                    found.add(str(entry.readlink()))
    return {name for name in found if name.startswith("pipe:")}


def _share(pid: int) -> float:
    """Megabytes of a process, with pages that several hold counted by share."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1e3
