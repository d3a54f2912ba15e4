"""The command that checks editions."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportkit.cli.options import fails_cleanly, json_option, store_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportkit.production.verify import Report, Summary


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--sources",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the workbooks and PDFs that are cited, to read rows, pages and quoted words "
    "again; repeat for several.",
)
@click.option(
    "--redraw/--no-redraw",
    default=None,
    help="Draw each PDF again and compare the bytes, or read its words, numbers, links and titles, "
    "which takes a fifth of the time.  [default: redraw up to 25 briefs]",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="Processes.  [default: one for each processor; one for up to 25 briefs]",
)
@click.option(
    "--ledger",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the claims ledger of all briefs, with the state of each check, to this file: "
    "as JSON lines where its name ends in .jsonl, else as CSV.",
)
@json_option
@store_option
@fails_cleanly
def verify(
    paths: tuple[Path, ...],
    sources: tuple[Path, ...],
    redraw: bool | None,
    jobs: int | None,
    ledger: Path | None,
    as_json: bool,
    store: Path | None,
) -> None:
    """Check briefs: every claim computed again, sources reopened, every file compared.

    PATHS are folders with briefs in them, or the facts of one (brief.json). Exit 1 where something
    does not hold, with one line for each.
    """
    from reportkit.production.verify import Summary, Task, editions_in, verify_all
    from reportkit.production.verify.crew import REDRAWN
    from reportkit.production.verify.ledger import writing
    from reportkit.store import Store

    found = list(editions_in(paths))
    if not found:
        raise click.ClickException(
            f"{', '.join(map(str, paths))}: no brief.json there; name the folder that briefs were "
            "written to"
        )
    few = len(found) <= REDRAWN
    task = Task(
        str(Store(store).folder.resolve()),
        tuple(str(folder.resolve()) for folder in sources),
        few if redraw is None else redraw,
        ledger is not None,
    )
    processes = jobs or (1 if few else os.cpu_count() or 1)
    summary = Summary()
    with writing(ledger) as enter, _bar(len(found)) as tell:
        reports = verify_all(found, task, jobs=processes, tell=tell)
        written = _as_json if as_json else _as_lines
        for text in written(_entered(reports, summary, enter)):
            click.echo(text, nl=False)
        if as_json:
            click.echo(f'\n], "summary": {json.dumps(summary.to_json())}}}')
    for line in _told(summary):
        click.echo(line, err=True)
    if summary.bad:
        sys.exit(1)


def _entered(
    reports: Iterator[Report], summary: Summary, enter: Callable[[Report], None]
) -> Iterator[Report]:
    """The reports, added up and entered in the ledger."""
    for report in reports:
        summary.add(report)
        enter(report)
        yield report


def _as_lines(reports: Iterator[Report]) -> Iterator[str]:
    """A line for each problem and each note, as they come."""
    for report in reports:
        yield from (f"{report.path}: {problem}\n" for problem in report.problems)
        yield from (f"{report.path}: note: {note}\n" for note in report.notes)


def _as_json(reports: Iterator[Report]) -> Iterator[str]:
    """The beginning of one JSON object, with a record for each brief as they come."""
    from reportkit.production.verify.report import SCHEMA_VERSION

    yield f'{{"schema_version": "{SCHEMA_VERSION}", "briefs": ['
    for number, report in enumerate(reports):
        yield (",\n" if number else "\n") + json.dumps(report.to_json(), ensure_ascii=False)


def _told(found: Summary) -> Iterator[str]:
    """The sum of all in words."""
    yield (
        f"{found.briefs} brief(s), {found.bad} with problems: "
        f"{found.recomputed} claims computed again from the store, "
        f"{found.reopened} reopened in source bytes, {found.differ} differ; "
        f"{found.lists.on_hand} of {found.lists.cited} cited lists and "
        f"{found.memoranda.on_hand} of {found.memoranda.cited} cited memoranda on hand"
    )
    if found.unread:
        yield f"{found.unread} cited page(s) not reopened: scan"
    if found.not_there:
        yield f"{found.not_there} file(s) of them not there to check"
    if found.read:
        yield (
            f"{found.read} PDF(s) read, not drawn again: words, numbers, titles, links and "
            "alternative texts hold; --redraw compares every byte"
        )
    if found.signed or found.lapsed:
        yield f"{found.signed} sign-off(s) count, {found.lapsed} no longer"
    if found.older:
        yield f"{found.older} brief(s) older than the newest list of the store, such as: {found.older_told}"


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.progress import Progress

    from reportkit.cli.progress import console

    with Progress(console=console(), transient=True, disable=not console().is_terminal) as bar:
        line = bar.add_task("Checking", total=total)
        yield lambda done: bar.update(line, completed=done)
