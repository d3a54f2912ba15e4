"""Processes that make briefs, one at a time each, told what to make by lines of JSON.

A process that is killed, takes too long or grows too big costs the brief that it was at: that brief
is tried once more in a new process and then held back. Plain subprocesses and pipes are used, as
they share no lock or queue that a killed process could leave broken, and as they may be started
from any host: a command, a thread, a worker of a cluster.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from reportkit.production.job import Job, Outcome, Task, from_json

BRIEFS = 500
"""So many briefs a process makes before a new one takes its place: what leaks, leaks no further."""
MEMORY = 3 * 2**30
"""Bytes of data that one process may hold. A brief needs under 0.5 GB."""
_START_SECONDS = 120.0
_ATTEMPTS = 2


class Worker:
    """One place to make briefs at: a process, replaced whenever it is needed and not there."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._process: _Process | None = None

    def make(self, task: Task) -> Outcome:
        """Make one brief; an outcome comes whatever happens to the process."""
        attempt, outcome = 0, None
        while outcome is None:
            attempt += 1
            try:
                outcome = self._running().ask(task, self._job.seconds)
            except _Ended as ended:
                self.close()
                if attempt == _ATTEMPTS or not ended.again:
                    outcome = Outcome(task.geoid, "held", None, (str(ended),), fatal=ended.fatal)
        return replace(outcome, attempts=attempt)

    def close(self) -> None:
        """End the process at once."""
        if self._process:
            self._process.end()
            self._process = None

    def _running(self) -> _Process:
        if self._process and not self._process.fit:
            self.close()
        if not self._process:
            self._process = _Process(self._job)
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
        """End all processes at once."""
        for worker in self._all:
            worker.close()


class _Ended(Exception):
    """The process ended before it answered.

    `again` says whether to try the brief once more, `fatal` that no process can be started.
    """

    def __init__(self, message: str, *, again: bool = False, fatal: bool = False) -> None:
        super().__init__(message)
        self.again, self.fatal = again, fatal


class _Process:
    """A running process and the pipes to it."""

    def __init__(self, job: Job) -> None:
        self._left, self._late = BRIEFS, False
        self._errors = TemporaryFile()  # noqa: SIM115 - closed when the process ends
        self._popen = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="utf-8",
            # An interrupt is for the one who started the run, who then ends the processes.
            start_new_session=True,
        )
        if self._talk(asdict(job), _START_SECONDS) is None:
            raise _Ended(f"no process could be started that makes briefs: {self.end()}", fatal=True)

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
        if answer is not None:
            outcome: Outcome = from_json(Outcome, answer)
            return outcome
        how = self.end()
        if self._late:
            raise _Ended(
                f"took longer than {seconds:g} s and was stopped; look for a cell that never ends, "
                "or allow more time with --limit"
            )
        raise _Ended(
            f"the process that made it {how}, {_ATTEMPTS} times; most often memory ran out: run "
            "fewer at once with --jobs",
            again=True,
        )

    def _talk(self, message: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """Send a line and give the line that answers it, None where the process ended instead."""
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        assert self._popen.stdin and self._popen.stdout
        answer = ""
        with suppress(OSError):
            self._popen.stdin.write(json.dumps(message) + "\n")
            self._popen.stdin.flush()
            answer = self._popen.stdout.readline()
        timer.cancel()
        told: dict[str, Any] | None = json.loads(answer) if answer.endswith("\n") else None
        return told

    def _stop(self) -> None:
        self._late = True
        self._popen.kill()

    def end(self) -> str:
        """End the process, if it still runs, and say how it ended."""
        with suppress(subprocess.TimeoutExpired):
            # One that is ending by itself may still say how.
            self._popen.wait(1 if self._popen.poll() is None and not self._late else 0)
        self._popen.kill()
        code = self._popen.wait()
        self._errors.seek(0)
        last = self._errors.read().decode(errors="replace").strip().rpartition("\n")[2]
        for pipe in (self._popen.stdin, self._popen.stdout, self._errors):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        return f"was killed (signal {-code})" if code < 0 else f"ended (code {code}) {last}".strip()


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
        outcome = make(job, from_json(Task, task))
        print(json.dumps(asdict(outcome)), file=answers, flush=True)


def _ahead(lines: Any) -> Any:
    """The messages of a pipe, read by a thread that ends the process when there is no one to answer.

    Without it a brief that never ends would outlive the run that asked for it.
    """
    from queue import SimpleQueue

    waiting: SimpleQueue[Any] = SimpleQueue()

    def read() -> None:
        for line in lines:
            waiting.put(json.loads(line))
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield waiting.get()


def _limit() -> None:
    """Bound the memory of this process, so that a notebook's hunger meets an error and not others."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        if hard == resource.RLIM_INFINITY or hard > MEMORY:
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, hard))


if __name__ == "__main__":
    main()
