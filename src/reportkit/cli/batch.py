"""The command that makes the briefs of many places."""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportkit.cli.options import (
    as_of_option,
    engine_option,
    fails_cleanly,
    formats_option,
    json_option,
    lang_option,
    store_option,
)
from reportkit.production.formats import BRIEF

if TYPE_CHECKING:
    from reportkit.production.batch import Run

HELD, INTERRUPTED = 4, 130
# Of the places that share a reason so many are named.
_NAMED = 3
_EVERY_SECONDS = 10


@click.command("batch")
@click.argument("params", required=False)
@click.option(
    "--place", "places", multiple=True, metavar="NAME", help="One place; repeat for several."
)
@click.option(
    "--state", "states", multiple=True, metavar="FL", help="All of one state; repeat for several."
)
@click.option("--all", "everywhere", is_flag=True, help="All of the country.")
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="one a processor"
)
@click.option("--out", default="outputs", show_default=True)
@click.option("--resume", is_flag=True)
@click.option("--again", is_flag=True)
@click.option("--scheduler")
@click.option("--limit", "seconds", type=float, default=120.0)
@click.option("--notebook", type=click.Path(exists=True, dir_okay=False))
@as_of_option
@formats_option(*BRIEF)
@store_option
@lang_option
@engine_option
@json_option
@fails_cleanly
def batch_command(
    params: str | None,
    places: tuple[str, ...],
    states: tuple[str, ...],
    everywhere: bool,
    jobs: int,
    out: str,
    resume: bool,
    again: bool,
    scheduler: str | None,
    seconds: float,
    notebook: str | None,
    as_of: str | None,
    formats: tuple[str, ...],
    store: Path | None,
    lang: str,
    engine: str,
    as_json: bool,
) -> None:
    """Make the briefs of many places."""
    from reportkit.production.batch import run
    from reportkit.production.request import Request

    if params == "-":
        places = (*places, *(line.strip() for line in sys.stdin if line.strip()))
    request = Request(
        places=places,
        states=states,
        everywhere=everywhere,
        as_of=as_of,
        lang=lang,
        formats=formats or BRIEF,
        out=out,
        store=str(store) if store else None,
        notebook=notebook,
        engine=engine,
        seconds=seconds,
    )
    with _progress() as tell:
        done = run(request, jobs=jobs, scheduler=scheduler, again=again, tell=tell)
    for line in recap(done):
        click.echo(line, err=True)
    if done.stopped:
        sys.exit(INTERRUPTED if done.stopped == "interrupted" else 1)
    if done.of("held"):
        sys.exit(HELD)


def recap(run: Run) -> Iterator[str]:
    """What became of the places, in lines."""
    made = run.of("made")
    yield (
        f"{len(made)} made, {len(run.of('current'))} current, {len(run.of('held'))} held, "
        f"{len(run.left)} left in {run.seconds:.1f} s"
    )
    groups = defaultdict(list)
    for item in made:
        for why in item.why:
            groups[why].append(item.geoid)
    for why, found in groups.items():
        yield f"  {len(found)}: {why}: {', '.join(found[:_NAMED])}"
    for item in run.of("held"):
        yield f"  held: {item.geoid}: {' '.join(item.why)}"


@contextmanager
def _progress() -> Iterator[Callable[[Run, int], None]]:
    begun = time.monotonic()
    last = begun

    def tell(run: Run, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > _EVERY_SECONDS:
            last = time.monotonic()
            click.echo(f"{len(run.outcomes)} of {total}, {last - begun:.0f} s", err=True)

    yield tell
