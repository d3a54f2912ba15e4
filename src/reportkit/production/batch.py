"""Makes the briefs of many places: what stands is left, what fails is held, nothing is lost."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from reportkit.errors import ClusterError, OutputError
from reportkit.places import Place
from reportkit.production.code import code_sha256, file_sha256
from reportkit.production.files import place_notebook
from reportkit.production.interrupts import interrupts
from reportkit.production.job import INTERRUPT, Job, Outcome, Task
from reportkit.production.outputs import folder_of, is_address, open_outputs
from reportkit.production.plan import Plan
from reportkit.production.request import Request, select
from reportkit.production.run import Run
from reportkit.production.runfolder import RunFolder
from reportkit.production.workers import Workers
from reportkit.store import Store
from reportkit.store.travel import apart

_UNSEEN = ("the run ended before it was looked at",)
Hand = Callable[[Task], "Future[Outcome]"]
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
    given = Store(request.store)
    # The manifest says where things are for whoever takes the run up, from any folder.
    request = replace(
        request,
        out=folder_of(request.out),
        store=str(given.folder.resolve()),
        notebook=str(Path(request.notebook).resolve()) if request.notebook else None,
    )
    outputs = open_outputs(request.out)
    job = job_of(request, given)
    # What the run rests on from here on, whatever becomes of the one that was given.
    store = Store(job.store)
    run = Run(request, job, jobs, scheduler, dt.datetime.now(dt.UTC))
    with RunFolder(request.out, outputs) as home, interrupts(_raise):
        # What is refused here leaves the manifest of the run before as it is.
        places, held = select(request, store)
        plan = Plan(job, outputs, store, again=again)
        run.outcomes += held
        run.left = [Task(place.geoid, _UNSEEN) for place in places]
        home.begin(run)
        try:
            _make_all(run, places, plan, store, tell)
        except KeyboardInterrupt:
            run.stopped = INTERRUPT
        except Exception as error:
            run.stopped = str(error) or type(error).__name__
            raise
        finally:
            run.seconds = time.monotonic() - clock
            with interrupts(lambda: None):
                home.end(run)
    return run


def _make_all(run: Run, places: Sequence[Place], plan: Plan, store: Store, tell: Tell) -> None:
    """Decide on all places and make those briefs that have to be."""
    decided = list(plan.decide(places))
    total = len(run.outcomes) + len(decided)
    run.outcomes += (item for item in decided if isinstance(item, Outcome))
    run.left = [item for item in decided if isinstance(item, Task)]
    tell(run, total)
    if run.left:
        with _crew(run, store) as hand:
            tasks, run.left = run.left, []
            _work(run, tasks, hand, lambda: tell(run, total))


def _raise() -> None:
    raise KeyboardInterrupt


def job_of(request: Request, store: Store) -> Job:
    """What all briefs of a request have in common.

    Raises:
        ReportkitError: the store or the notebook cannot be read.
    """
    notebook = place_notebook(request.notebook).resolve()
    try:
        digest = file_sha256(notebook)
    except OSError as error:
        raise OutputError(f"{notebook}: the notebook cannot be read: {error.strerror}") from error
    return Job(
        store=str(apart(store)),
        store_sha256=store.sha256,
        code=code_sha256(),
        notebook_sha256=digest,
        out=request.out if is_address(request.out) else str(Path(request.out).resolve()),
        formats=request.formats,
        as_of=request.as_of,
        lang=request.lang,
        notebook=str(notebook) if request.notebook else None,
        engine=request.engine,
        seconds=request.seconds,
    )


@contextmanager
def _crew(run: Run, store: Store) -> Iterator[Hand]:
    """Those who make the briefs: given a task, they promise an outcome."""
    if run.scheduler:
        try:
            from reportkit.production.cluster import cluster
        except ImportError as error:
            raise ClusterError(
                f"{run.scheduler}: handing briefs to a cluster needs distributed; install "
                "reportkit[dask]"
            ) from error
        with cluster(run.job, store, run.scheduler) as hand:
            yield hand
        return
    workers = Workers(run.job)
    with ThreadPoolExecutor(min(run.jobs, len(run.left))) as pool:
        try:
            yield lambda task: pool.submit(workers.make, task)
        finally:
            # Where the run broke off, a thread ends only when the process does that it waits for.
            pool.shutdown(wait=False, cancel_futures=True)
            workers.close()


def _work(run: Run, tasks: Sequence[Task], hand: Hand, tell: Callable[[], None]) -> None:
    """Hand out all tasks; on an interrupt or where nothing can be written, end with those begun.

    Raises:
        KeyboardInterrupt: a second interrupt; what is not done then is left.
    """
    done: SimpleQueue[Future[Outcome] | None] = SimpleQueue()
    with interrupts(lambda: done.put(None)):
        asked = {hand(task): task for task in tasks}

        def stop(why: str) -> None:
            run.stopped = why
            for other in list(asked):
                other.cancel()

        for promise in asked:
            promise.add_done_callback(done.put)
        try:
            while asked:
                future = done.get()
                if future is None and run.stopped == INTERRUPT:
                    raise KeyboardInterrupt
                if future is None:
                    stop(INTERRUPT)
                    tell()
                elif future.cancelled():
                    run.left.append(asked.pop(future))
                else:
                    task = asked.pop(future)
                    outcome = _outcome(future, task)
                    if not outcome.fatal:
                        run.outcomes.append(outcome)
                    else:  # which is no fault of its own
                        run.left.append(task)
                        if not run.stopped:
                            stop(" ".join(outcome.why))
                    tell()
        finally:
            run.left += asked.values()


def _outcome(future: Future[Outcome], task: Task) -> Outcome:
    """The outcome of a task that is done."""
    try:
        return future.result()
    except Exception as error:  # nothing that one brief does may end the run
        return Outcome(task.geoid, "held", None, (f"{type(error).__name__}: {error}",))
