"""Progress on stderr: bars on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import click

from reportkit.production.job import INTERRUPT, Outcome

if TYPE_CHECKING:
    from rich.console import Console

    from reportkit.production.run import Run

_EVERY_SECONDS = 10.0
# So many held briefs are told as they come, in so many characters; all are told at the end.
_TOLD, _LONG = 10, 240
_STOPPING = {
    INTERRUPT: "Interrupted: the briefs that are begun are finished, then the manifest is "
    "written; interrupt again to end at once."
}


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


@contextmanager
def batch_progress() -> Iterator[Callable[[Run, int], None]]:
    """Tells of a run that makes briefs: called with it, and how many there are, as it goes on."""
    # Colours may be forced where there is no terminal; there a bar would fill a log.
    if not sys.stderr.isatty() or console().is_dumb_terminal:
        yield BatchProgress(_line, _Lines())
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), BarColumn(16), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console(), transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("looking at what stands", total=None)

        def above(text: str) -> None:
            bar.console.print(text, markup=False, highlight=False, soft_wrap=True)

        def show(text: str, done: int, total: int) -> None:
            bar.update(task, description=text, completed=done, total=total)

        yield BatchProgress(above, show)


class BatchProgress:
    """Tells of a run: once what there is to do, then how far it is, and what is held as it comes.

    Args:
        say: writes a line that stays.
        show: writes how far it is; also told how many briefs are done and how many there are.
        clock: seconds of any clock.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        show: Callable[[str, int, int], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._show, self._clock = say, show, clock
        self._begun: float | None = None
        self._seen = self._planned = self._made = self._held = 0
        self._stopping = False

    def __call__(self, run: Run, total: int) -> None:
        """Tell what is new."""
        if self._begun is None:
            self._begun, self._planned = self._clock(), len(run.outcomes)
            self._say(planned(run, total))
        new = run.outcomes[self._seen :]
        self._seen += len(new)
        self._made += sum(item.result == "made" for item in new)
        if total > self._planned:
            for item in new:
                if item.result == "held":
                    self._tell_held(item)
        if run.stopped and not self._stopping:
            self._stopping = True
            self._say(_STOPPING.get(run.stopped, f"Stopping: {plain(run.stopped)}"))
        if total > self._planned:
            self._show(self._far(total), self._seen, total)

    def _tell_held(self, item: Outcome) -> None:
        self._held += 1
        if self._held <= _TOLD:
            why = plain(" ".join(item.why))
            short = why if len(why) <= _LONG else f"{why[:_LONG]}…"
            self._say(f"held: {named(item.geoid)}: {short}")
        elif self._held == _TOLD + 1:
            self._say("more are held; all are told at the end")

    def _far(self, total: int) -> str:
        assert self._begun is not None
        spent, done = self._clock() - self._begun, self._seen - self._planned
        parts = [f"{self._seen:,} of {total:,}"]
        if done and spent:
            parts += [f"{self._made / spent:.1f} briefs a second"]
            if left := total - self._seen:
                parts += [f"{duration(left * spent / done)} left"]
        elif not done:
            parts += ["starting"]
        if self._held:
            parts += [f"{self._held:,} held"]
        return ", ".join(parts)


def planned(run: Run, total: int) -> str:
    """What a run will make, in a line."""
    counts = {name: len(run.of(name)) for name in ("current", "held")}
    left = total - sum(counts.values())
    stand = [f"{count:,} {name}" for name, count in counts.items() if count]
    by = f"workers of {run.scheduler}" if run.scheduler else f"{min(run.jobs, left)} at a time"
    make = f"{left:,} to make, {by}" if left else "nothing to make"
    return f"{total:,} place{'s' * (total != 1)}: {', '.join([*stand, make])}"


class _Lines:
    """Progress where there is no terminal: a line every ten seconds, and when all is done."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, text: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _EVERY_SECONDS or done == total:
            self._last = now
            _line(text)


def _line(text: str) -> None:
    click.echo(text, err=True)


def duration(seconds: float) -> str:
    """A time for people: "45 s", "3 min 10 s", "2 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def plain(text: str) -> str:
    """A text as one line that no character of it can break or colour."""
    shown = "".join(c if c.isprintable() else " " for c in click.unstyle(text))
    return " ".join(shown.split())


def is_place(geoid: str) -> bool:
    """False for what was asked for and is no place's id."""
    from reportkit.places import Gazetteer

    return geoid in Gazetteer.load()


def named(geoid: str) -> str:
    """A place by its name; what was asked for, where that is no place's id."""
    from reportkit.places import Gazetteer

    if is_place(geoid):
        return Gazetteer.load().place(geoid).full_name
    return plain(geoid) or repr(geoid)
