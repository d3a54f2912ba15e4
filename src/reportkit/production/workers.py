"""Processes that make briefs, one at a time each, told what to make by lines of JSON.

A process that is killed, breaks, takes too long or grows too big costs the brief that it was at:
that brief is tried once more in a new process and then held back. Plain subprocesses and pipes are
used, as they share no lock or queue that a killed process could leave broken, and as they may be
started from any host: a command, a thread, a worker of a cluster.
"""

from __future__ import annotations

import faulthandler
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from reportkit.production.job import Job, Outcome, Task, from_json

BRIEFS = 500
"""So many briefs a process makes before a new one takes its place: what leaks, leaks no further."""
MEMORY = 3 * 2**30
"""Bytes of data that one process may hold. A brief needs under 0.5 GB."""
_FILE = 2**30
"""Bytes of the biggest file that one process may write."""
_START_SECONDS = 120.0
_ATTEMPTS = 2
# What a process may take to say how it ended, and to end by itself when nobody can end it.
_GRACE = 5.0
_TOLD = 4096
_CAUSES: dict[int, str] = {
    signal.SIGKILL: "most often memory ran out: run fewer at once with --jobs",
    signal.SIGSEGV: "a library that the notebook uses crashed",
    signal.SIGABRT: "a library that the notebook uses crashed, or memory ran out",
}
_BY_ITSELF = "look in the notebook for what ends its process"


class Worker:
    """One place to make briefs at: a process, replaced whenever it is needed and not there."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._process: _Process | None = None
        self._closed = False
        self._at_work = threading.Lock()

    def make(self, task: Task) -> Outcome:
        """Make one brief; an outcome comes whatever happens to the process."""
        start = time.perf_counter()
        with self._at_work:
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    return replace(self._ready().ask(task, self._job.seconds), attempts=attempt)
                except _Ended as error:
                    ended = error
                    self._end()
                if self._closed or not ended.again:
                    break
        spent = time.perf_counter() - start
        return Outcome(task.geoid, "held", None, (str(ended),), spent, attempt, fatal=ended.fatal)

    def close(self) -> None:
        """End the process at once, and no other takes its place."""
        self._closed = True
        if process := self._process:
            process.kill()
        with self._at_work:
            self._end()

    def _end(self) -> None:
        if self._process:
            self._process.end()
            self._process = None

    def _ready(self) -> _Process:
        """A process that takes tasks.

        Raises:
            _Ended: none could be started.
        """
        if self._closed:
            raise _Ended("the run was broken off")
        if self._process and not self._process.fit:
            self._end()
        if not self._process:
            try:
                self._process = _Process()
            except OSError as error:
                raise _Ended(_NONE.format(error.strerror or error), fatal=True) from error
            if self._closed:
                self._process.kill()
            self._process.begin(self._job)
        return self._process


class Workers:
    """The workers of one host: one for each thread that asks."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._threads = threading.local()
        self._all: list[Worker] = []

    def make(self, task: Task) -> Outcome:
        """As `Worker.make`, by the worker of this thread."""
        worker: Worker | None = getattr(self._threads, "worker", None)
        if worker is None:
            worker = self._threads.worker = Worker(self._job)
            self._all.append(worker)
        return worker.make(task)

    def close(self) -> None:
        """End all processes at once, those at work too."""
        for worker in self._all:
            worker.close()


_NONE = "no process could be started that makes briefs: {}"


class _Ended(Exception):
    """The process gave no outcome and is of no more use.

    `again` says whether to try the brief once more, `fatal` that no process can be started.
    """

    def __init__(self, message: str, *, again: bool = False, fatal: bool = False) -> None:
        super().__init__(message)
        self.again, self.fatal = again, fatal


class _Process:
    """A running process and the pipes to it.

    Raises:
        OSError: the system starts no more.
    """

    def __init__(self) -> None:
        self._left, self._late = BRIEFS, False
        self._errors = TemporaryFile()  # noqa: SIM115 - closed when the process ends
        self._popen: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            # A heap for each thread would keep what every brief used.
            env={**os.environ, "MALLOC_ARENA_MAX": "1"},
            # An interrupt is for the one who started the run, who then ends the processes; and what
            # a notebook starts ends with its process.
            start_new_session=True,
        )

    def begin(self, job: Job) -> None:
        """Say what all briefs have in common and wait until the process is ready.

        Raises:
            _Ended: it never was.
        """
        if self._talk(asdict(job), _START_SECONDS) is None:
            how = "took too long" if self._late else self._how()
            raise _Ended(_NONE.format(how), again=True, fatal=True)

    @property
    def fit(self) -> bool:
        """True while it runs and has not made its share."""
        return self._left > 0 and self._popen.poll() is None

    def ask(self, task: Task, seconds: float) -> Outcome:
        """The outcome of a task.

        Raises:
            _Ended: there is none.
        """
        self._left -= 1
        answer = self._talk(asdict(task), seconds)
        if answer and "outcome" in answer:
            outcome: Outcome = from_json(Outcome, answer["outcome"])
            return outcome
        if answer:
            raise _Ended(answer["broken"], again=True)
        if self._late:
            raise _Ended(
                f"took longer than {seconds:g} s and was stopped; look for a cell that never ends, "
                "or allow more time with --limit"
            )
        how = self._how()
        cause = _CAUSES.get(-(self._popen.returncode or 0), _BY_ITSELF)
        raise _Ended(f"the process that made it {how}; {cause}", again=True)

    def _talk(self, message: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """Send a line and give the line that answers it, None where none came in time."""
        assert self._popen.stdin and self._popen.stdout
        try:
            self._popen.stdin.write(json.dumps(message).encode() + b"\n")
            self._popen.stdin.flush()
        except OSError:
            return None
        line = _line(self._popen.stdout, time.monotonic() + seconds)
        self._late = line is None
        told: dict[str, Any] | None = json.loads(line) if line else None
        return told

    def _how(self) -> str:
        """How it ended, once it has hung up."""
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(_GRACE)
        self.kill()
        code = self._popen.wait()
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - _TOLD))
        last = self._errors.read().decode(errors="replace").strip().rpartition("\n")[2]
        return (
            f"was killed by {_name(-code)}" if code < 0 else f"ended (code {code}) {last}".strip()
        )

    def kill(self) -> None:
        """Kill it with all that it started; any thread may."""
        if hasattr(os, "killpg"):
            # Its group is its own, and outlives it where it left others behind.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._popen.pid, signal.SIGKILL)
        else:
            self._popen.kill()

    def end(self) -> None:
        """Kill it and let go of its pipes."""
        self.kill()
        self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout, self._errors):
            with suppress(OSError):
                if pipe:
                    pipe.close()


def _line(pipe: IO[bytes], until: float) -> bytes | None:
    """A line from a pipe: empty where the other end hung up, None where it did not come in time.

    The end of a process is not waited for: a child that it left may hold the other end for ever.
    """
    line = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while not line.endswith(b"\n"):
            if not selector.select(max(0.0, until - time.monotonic())):
                return None
            piece = os.read(pipe.fileno(), 1 << 16)
            if not piece:
                return b""
            line += piece
    return line


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def main() -> None:
    """Make briefs as the lines of standard input say: a job first, then tasks."""
    # A notebook that prints past Python, or reads, may not get between the lines.
    lines = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    _limit()
    from reportkit.errors import ReportkitError
    from reportkit.production.making import make, warm

    tasks = _ahead(lines)
    job = from_json(Job, next(tasks))
    with suppress(ReportkitError):  # which the first brief meets again, and tells
        warm(job)
    print("{}", file=answers, flush=True)
    for task in tasks:
        # The one who asks ends a brief that never ends. Should nobody be left to, while a cell lets
        # no other thread run, this does.
        faulthandler.dump_traceback_later(job.seconds + _GRACE, exit=True)
        try:
            answer: dict[str, Any] = {"outcome": asdict(make(job, from_json(Task, task)))}
        except BaseException as error:  # a notebook may raise anything, and nobody else is here
            answer = {"broken": _broken(error)}
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps(answer), file=answers, flush=True)


def _broken(error: BaseException) -> str:
    """What to tell of an error after which a process is of no more use."""
    if isinstance(error, MemoryError):
        return (
            f"memory ran out: {error}. The process of a brief may hold {MEMORY / 2**30:g} GiB; "
            "look for what the notebook keeps"
        )
    return f"{type(error).__name__}: {error}; make it alone with 'reportkit brief' to see where"


def _ahead(lines: Any) -> Iterator[dict[str, Any]]:
    """The messages of a pipe, read by a thread that ends the process when there is no one to answer.

    Without it a brief that never ends would outlive the run that asked for it.
    """
    from queue import SimpleQueue

    waiting: SimpleQueue[dict[str, Any]] = SimpleQueue()

    def read() -> None:
        for line in lines:
            waiting.put(json.loads(line))
        _end_all()

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield waiting.get()


def _end_all() -> None:
    """End this process and what it started: at once, whatever a notebook has registered."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _limit() -> None:
    """Bound what this process takes, so that a notebook's hunger meets an error and not others."""
    if sys.platform != "win32":
        import resource

        for kind, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_FSIZE, _FILE)):
            hard = resource.getrlimit(kind)[1]
            if hard == resource.RLIM_INFINITY or hard > most:
                resource.setrlimit(kind, (most, hard))


if __name__ == "__main__":
    main()
