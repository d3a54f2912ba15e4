"""What became of a run: lines for people, and the same for machines."""

from __future__ import annotations

import os
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from reportkit.cli.progress import duration, is_place, named, plain
from reportkit.production.job import HOLDS, INTERRUPT, MANIFEST, RESULTS, RUN, Outcome

if TYPE_CHECKING:
    from reportkit.production.run import Run

DONE, STOPPED, HELD, INTERRUPTED = 0, 1, 4, 130
MEANING = {
    DONE: "all made or current",
    STOPPED: "had to stop",
    HELD: "some held, all others made or current",
    INTERRUPTED: "interrupted",
}
# Of the places that share a reason so many are named, and so many reasons are told.
_MADE_NAMED, _HELD_NAMED, _REASONS = 3, 20, 40


def exit_code(run: Run) -> int:
    """How the command ends."""
    if run.stopped:
        return INTERRUPTED if run.stopped == INTERRUPT else STOPPED
    return HELD if run.of("held") else DONE


def go_on(run: Run, *, again: bool) -> str:
    """The command that tries what is held, and makes what is left.

    A run that made anew what stands has to do so from the start, as nothing tells its briefs from
    those before.
    """
    words = ["reportkit", "batch", "--resume", "--out", run.request.out]
    if run.scheduler:
        words += ["--scheduler", run.scheduler]
    elif run.jobs != os.cpu_count():
        words += ["--jobs", str(run.jobs)]
    return shlex.join([*words, *["--again"] * again])


def recap(run: Run, command: str) -> Iterator[str]:
    """What became of the places; `command` is the one that goes on."""
    made = run.of("made")
    rate = f", {len(made) / run.seconds:.1f} briefs a second" if made else ""
    counts = (f"{len(run.of(name)):,} {name}" for name in RESULTS)
    yield f"{', '.join(counts)}, {len(run.left):,} left in {duration(run.seconds)}{rate}"
    yield from _made(made, _path(run, MANIFEST))
    yield from _held(run.of("held"), _path(run, HOLDS), command)
    if run.stopped:
        how = "Interrupted" if run.stopped == INTERRUPT else f"Stopped: {plain(run.stopped)}"
        yield f"{how}; {len(run.left):,} left. To go on: {command}"


def _made(made: list[Outcome], manifest: str) -> Iterator[str]:
    groups = _by_reason((why, item.geoid) for item in made for why in item.why)
    if groups:
        yield "Made, by reason:"
    for why, found in groups[:_REASONS]:
        yield f"  {len(found):,}  {why}: {_names(found, _MADE_NAMED)}"
    if len(groups) > _REASONS:
        yield f"  and {len(groups) - _REASONS:,} more reasons; all are in {manifest}"


def _held(held: list[Outcome], holds: str, command: str) -> Iterator[str]:
    if not held:
        return
    yield "Held:"
    for why, found in _by_reason((" ".join(item.why), item.geoid) for item in held):
        if len(found) == 1:
            yield f"  {named(found[0])}: {why}"
        else:
            yield f"  {len(found):,}  {why}: {_names(found, _HELD_NAMED)}"
    yield f"  Each with the command that tries it again: {holds}"
    if any(not is_place(item.geoid) for item in held):
        yield "  A name that means no place, or several, has to be written otherwise."
    if any(is_place(item.geoid) for item in held):
        yield f"  To try all of them again: {command}"


def _by_reason(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """The places of each reason by id, the reasons of most places first."""
    groups = defaultdict(list)
    for why, geoid in sorted(pairs):
        groups[plain(why)].append(geoid)
    return sorted(groups.items(), key=lambda item: -len(item[1]))


def _names(geoids: list[str], most: int) -> str:
    more = [f"and {len(geoids) - most:,} more"] if len(geoids) > most else []
    return "; ".join([*map(named, geoids[:most]), *more])


def summary(run: Run, command: str) -> Mapping[str, Any]:
    """The manifest in brief, and how the command ends; JSON-safe."""
    code = exit_code(run)
    return {
        "exit": code,
        "meaning": MEANING[code],
        "stopped": run.stopped or None,
        "counts": {**{name: len(run.of(name)) for name in RESULTS}, "left": len(run.left)},
        "seconds": round(run.seconds, 3),
        **{
            name: sorted(map(_told, run.of(name)), key=itemgetter("place"))
            for name in ("made", "held")
        },
        "left": sorted(item.geoid for item in run.left),
        "out": run.request.out,
        "manifest": _path(run, MANIFEST),
        "holds": _path(run, HOLDS),
        "go_on": command if run.stopped or run.left or run.of("held") else None,
    }


def _told(outcome: Outcome) -> Mapping[str, Any]:
    return {
        "place": outcome.geoid,
        "name": named(outcome.geoid),
        "folder": outcome.folder,
        "why": outcome.why,
    }


def _path(run: Run, name: str) -> str:
    return f"{run.request.out.rstrip('/')}/{RUN}/{name}"
