"""Makes the briefs of many places: what stands is left, what fails is held, nothing is lost."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reportkit.errors import OutputError, ReportkitError
from reportkit.production.code import code_sha256, file_sha256
from reportkit.production.files import notebook_path
from reportkit.production.job import Job, Outcome, Task
from reportkit.production.outputs import open_outputs
from reportkit.production.plan import Plan
from reportkit.production.request import Request, select
from reportkit.production.runfolder import RunFolder
from reportkit.production.workers import Workers
from reportkit.store import Store
from reportkit.store.travel import apart

Hand = Callable[[Task], "Future[Outcome]"]


@dataclass(slots=True)
class Run:
    """A run and what has become of its places so far; `stopped` says why it ended early."""

    request: Request
    job: Job
    jobs: int
    scheduler: str | None
    started: dt.datetime
    outcomes: list[Outcome] = field(default_factory=list)
    left: list[Task] = field(default_factory=list)
    stopped: str = ""
    seconds: float = 0.0

    def of(self, result: str) -> list[Outcome]:
        """The outcomes of a kind."""
        return [item for item in self.outcomes if item.result == result]


Tell = Callable[[Run, int], None]
"""Told the run and how many briefs there are in all, after each outcome."""


def run(
    request: Request,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    again: bool = False,
    tell: Tell = lambda run, total: None,
) -> Run:
    """Make the briefs of a request and leave a manifest, and the holds, in OUT/run.

    Args:
        request: which briefs, and how.
        jobs: processes of this machine to make them with, where there is no scheduler.
        scheduler: the address of a Dask scheduler whose workers make them.
        again: make those too that stand.
        tell: told of the progress.

    Raises:
        ReportkitError: nothing could be begun, or the manifest could not be written.
    """
    clock = time.monotonic()
    store = Store(request.store)
    outputs = open_outputs(request.out)
    job = job_of(request, store)
    run = Run(request, job, jobs, scheduler, dt.datetime.now(dt.UTC))
    with RunFolder(request.out, outputs) as home:
        places, held = select(request, store)
        home.begin(run)
        decided = list(Plan(job, outputs, store, again=again).decide(places))
        tasks = [item for item in decided if isinstance(item, Task)]
        total = len(decided) + len(held)
        run.outcomes += [*held, *(item for item in decided if isinstance(item, Outcome))]
        tell(run, total)
        if tasks:
            with _crew(job, store, jobs, scheduler, len(tasks)) as hand:
                _work(run, tasks, hand, lambda: tell(run, total))
        run.seconds = time.monotonic() - clock
        home.end(run)
    return run


def job_of(request: Request, store: Store) -> Job:
    """What all briefs of a request have in common.

    Raises:
        ReportkitError: the store or the notebook cannot be read.
    """
    notebook = Path(request.notebook or notebook_path("brief.ipynb")).resolve()
    try:
        digest = file_sha256(notebook)
    except OSError as error:
        raise OutputError(f"{notebook}: the notebook cannot be read: {error.strerror}") from error
    return Job(
        store=str(apart(store)),
        store_sha256=store.sha256,
        code=code_sha256(),
        notebook_sha256=digest,
        out=request.out if "://" in request.out else str(Path(request.out).resolve()),
        formats=request.formats,
        as_of=request.as_of,
        lang=request.lang,
        notebook=str(notebook) if request.notebook else None,
        engine=request.engine,
        seconds=request.seconds,
    )


@contextmanager
def _crew(job: Job, store: Store, jobs: int, scheduler: str | None, tasks: int) -> Iterator[Hand]:
    """Those who make the briefs: given a task, they promise an outcome."""
    if scheduler:
        from reportkit.production.cluster import cluster

        with cluster(job, store, scheduler) as hand:
            yield hand
        return
    workers = Workers(job)
    pool: Executor
    with ThreadPoolExecutor(min(jobs, tasks)) as pool:
        try:
            yield lambda task: pool.submit(workers.make, task)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            workers.close()


def _work(run: Run, tasks: Sequence[Task], hand: Hand, tell: Callable[[], None]) -> None:
    """Hand out all tasks; on an interrupt or where nothing can be written, end with those begun."""
    asked = {hand(task): task for task in tasks}
    try:
        for future in as_completed(asked):
            _note(run, asked, future)
            tell()
            if run.outcomes[-1].fatal:
                run.stopped = " ".join(run.outcomes[-1].why)
                break
    except KeyboardInterrupt:
        run.stopped = "interrupted"
    for future in asked:
        future.cancel()
    for future in [*asked]:
        if future.cancelled():
            run.left.append(asked.pop(future))
        else:
            _note(run, asked, future)
            tell()


def _note(run: Run, asked: dict[Future[Outcome], Task], future: Future[Outcome]) -> None:
    """Enter the outcome of a task that is done."""
    task = asked.pop(future)
    try:
        run.outcomes.append(future.result())
    except ReportkitError as error:
        run.outcomes.append(Outcome(task.geoid, "held", None, (str(error),)))
