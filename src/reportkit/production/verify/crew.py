"""Checks many editions, in processes of their own; one that breaks its process costs itself alone."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from reportkit.production.sources import SourceFiles
from reportkit.production.verify.report import Report
from reportkit.production.verify.verifier import Verifier
from reportkit.store import Store

SECONDS = 120.0
"""Time for one edition; one takes a tenth of a second, a hundred times that where it reads scans."""
REDRAWN = 25
"""So many editions have their PDF drawn again unless it is said otherwise; of more it is read."""
# Neighbours share what is drawn of their state, so a process takes some at a time.
_TOGETHER = 16
# So many pieces of work are handed out for each process, so that few results wait in memory.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Task:
    """What all checks of a run have in common: folders of the store and of sources, and how."""

    store: str
    sources: tuple[str, ...] = ()
    redraw: bool = True
    ledgers: bool = False
    seconds: float = SECONDS


def verify_all(
    paths: Iterable[Path],
    task: Task,
    *,
    jobs: int = 1,
    tell: Callable[[int], None] = lambda done: None,
) -> Iterator[Report]:
    """The reports on editions, in their order, each as soon as those before it are done.

    Args:
        paths: the facts of each edition, see `editions_in`.
        task: how.
        jobs: processes; one checks in this process.
        tell: told how many are done, after each.
    """
    found = _here(paths, task) if jobs == 1 else _in_processes(iter(paths), task, jobs)
    for done, report in enumerate(found, 1):
        yield report
        tell(done)


def _here(paths: Iterable[Path], task: Task) -> Iterator[Report]:
    return (_verify(task, path) for path in paths)


def _in_processes(paths: Iterator[Path], task: Task, jobs: int) -> Iterator[Report]:
    pool = ProcessPool(max_workers=jobs, context=get_context("spawn"))

    def ask(some: Sequence[Path]) -> Future[list[Report]]:
        given: Future[list[Report]] = pool.schedule(
            _verify_some, args=[task, some], timeout=task.seconds * len(some)
        )
        return given

    asked: deque[tuple[list[Path], Future[list[Report]]]] = deque()
    try:
        while True:
            while len(asked) < jobs * _AHEAD and (some := list(islice(paths, _TOGETHER))):
                asked.append((some, ask(some)))
            if not asked:
                return
            some, future = asked.popleft()
            try:
                yield from future.result()
            except _BROKEN as error:
                # Which of them it was shows when each is asked for alone.
                if len(some) == 1:
                    yield _given_up(some[0], error, task)
                else:
                    asked.extendleft(([path], ask([path])) for path in reversed(some))
    finally:
        pool.stop()
        pool.join()


_BROKEN = (ProcessExpired, TimeoutError, MemoryError)


def _given_up(path: Path, error: BaseException, task: Task) -> Report:
    if isinstance(error, TimeoutError):
        why = f"took longer than {task.seconds:.0f} seconds and was given up"
    else:
        why = "ended the process that checked it"
    return Report(path, problems=[f"{why}; check its files one by one, the PDF first"])


def _verify_some(task: Task, paths: Sequence[Path]) -> list[Report]:
    reports = [_verify(task, path) for path in paths]
    _settle()
    return reports


@cache
def _settle() -> None:
    """Spare the collector what the first editions loaded, which all others use."""
    gc.collect()
    gc.freeze()


def _verify(task: Task, path: Path) -> Report:
    """One report; whatever nobody expected is a problem of this edition and of no other."""
    verifier = _verifier(task)
    try:
        return verifier.verify(path)
    except MemoryError:
        raise
    except Exception as error:
        line = " ".join(str(error).split())[:200]
        return Report(path, problems=[f"cannot be checked ({type(error).__name__}: {line})"])


@lru_cache(maxsize=1)
def _verifier(task: Task) -> Verifier:
    """The verifier of this process."""
    return Verifier(
        Store(task.store), SourceFiles(map(Path, task.sources)), task.redraw, task.ledgers
    )
