"""Work on many files in parallel, where a file that breaks its process costs only itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from reportkit.errors import MemorandumError

SECONDS = 120.0
"""Time for one file. The slowest of 122 memoranda takes under 2 seconds without recognition."""
MEMORY = 4 * 2**30
"""Bytes of address space of one process. Reading takes 0.3 GB, recognition 1.5 GB."""

Item = TypeVar("Item")
Value = TypeVar("Value")


def each(
    function: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    name: Callable[[Item], str] = lambda item: Path(str(item)).name,
    jobs: int | None = None,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[Item, Value | MemorandumError]]:
    """Call `function` for each item in processes of their own, and give results as they come.

    An item that raises, takes too long, takes too much memory or kills its process gives a
    MemorandumError in place of a value; the others go on.

    Args:
        function: picklable, and so are its results: a function of a module, or a partial of one.
        items: what it is called with, one at a time.
        name: what messages call an item.
        jobs: processes; by default one for each processor.
        seconds: time for one item.
        memory: bytes of address space for one process, where the platform can limit them.
        progress: told items done and items in all, after each.
    """
    waiting = list(items)
    if not waiting:
        return
    count = min(jobs or os.cpu_count() or 1, len(waiting))
    pool = ProcessPool(
        max_workers=count, initializer=_limit, initargs=[memory], context=get_context("spawn")
    )
    try:
        asked: dict[Future[Value], Item] = {
            pool.schedule(function, args=[item], timeout=seconds): item for item in waiting
        }
        for done, future in enumerate(as_completed(asked), start=1):
            item = asked[future]
            yield item, _outcome(future, name(item), seconds)
            if progress is not None:
                progress(done, len(waiting))
    finally:
        pool.stop()
        pool.join()


def _limit(memory: int) -> None:
    """Bound the memory of this process; platforms without such bounds have the time limit only."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard == resource.RLIM_INFINITY or memory < hard:
            resource.setrlimit(resource.RLIMIT_AS, (memory, hard))


def _outcome(future: Future[Any], name: str, seconds: float) -> Any:
    try:
        return future.result()
    except MemorandumError as error:
        return error
    except TimeoutError:
        return MemorandumError(
            f"{name}: took longer than {seconds:.0f} seconds and was given up; "
            "open it in a viewer and save a plain copy"
        )
    except ProcessExpired:
        return MemorandumError(
            f"{name}: ended the process that read it; open it in a viewer and save a plain copy"
        )
    except MemoryError:
        return MemorandumError(
            f"{name}: needs more memory than one file may take; "
            "open it in a viewer and save a plain copy"
        )
    except Exception as error:
        return MemorandumError(f"{name}: could not be read ({type(error).__name__}: {error})")
