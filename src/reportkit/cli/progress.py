"""Progress on stderr, on a terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


@cache
def console() -> Console:
    """The console of stderr; NO_COLOR is honoured."""
    from rich.console import Console

    return Console(stderr=True)


@contextmanager
def progress(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar that is told the stage, how much is done and how much there is."""
    from rich.progress import Progress

    with Progress(console=console(), transient=True, disable=not console().is_terminal) as bar:
        task = bar.add_task(title)

        def told(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage.capitalize(), completed=done, total=total)

        yield told
