"""The commands on evidence stores."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from reportkit.cli.options import fails_cleanly, store_option

_INPUTS = click.argument(
    "inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILES…"
)


@click.group("store")
def store_group() -> None:
    """Build, extend and check evidence stores."""


@store_group.command("build")
@_INPUTS
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder of the new store."
)
@click.option(
    "--facts-only",
    is_flag=True,
    help="Keep what memoranda say as facts with pages, without a word of their text.",
)
@fails_cleanly
def build_command(inputs: tuple[Path, ...], out: Path, facts_only: bool) -> None:
    """Build a store from workbooks and memoranda, or folders of them, that ICE published."""
    _build(inputs, out, words=not facts_only)


@store_group.command("add")
@_INPUTS
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write a new store there instead of changing."
)
@store_option
@fails_cleanly
def add_command(inputs: tuple[Path, ...], out: Path | None, store: Path | None) -> None:
    """Add workbooks and memoranda to a store; give --out to keep it and write another."""
    from reportkit.store import EMBEDDED, Store
    from reportkit.store.decode import earlier

    opened = Store(store)
    target = out or opened.folder
    if target.resolve() == EMBEDDED.resolve():
        raise click.ClickException(
            "the embedded store is part of the package; name another folder with --out"
        )
    _build(inputs, target, earlier=earlier(opened))


def _build(inputs: tuple[Path, ...], out: Path, **options: Any) -> None:
    from reportkit.cli.progress import progress
    from reportkit.store import Store
    from reportkit.store.build import build, input_files

    with progress("Reading") as told:
        build(inputs, out, told, **options)
    click.echo(out)
    given = {path.name for path in input_files(inputs)}
    if not _report(Store(out), given):
        raise click.ClickException("none of the files given is used; see the reasons above")


def _report(store: Any, given: set[str]) -> bool:
    """Say on stderr what became of the files; True where one of those given is used."""
    verdicts = Counter(row["verdict"] for row in store.origins.values())
    for row in store.origins.values():
        if row["verdict"] in {"quarantined", "repost", "unreadable"}:
            reason = row["reason"].removeprefix(row["file"]).lstrip(": ")
            click.echo(f"{row['verdict']}: {row['file']}: {reason}", err=True)
    told = ", ".join(f"{number} {verdict}" for verdict, number in sorted(verdicts.items()))
    click.echo(f"{sum(verdicts.values())} files: {told}", err=True)
    return any(
        row["file"] in given and row["verdict"] in {"used", "copy"}
        for row in store.origins.values()
    )


@store_group.command("check")
@store_option
@fails_cleanly
def check_command(store: Path | None) -> None:
    """Check the tables of a store; exit 1 and one line for each thing that does not hold."""
    from reportkit.store import Store
    from reportkit.store.check import check

    problems = list(check(Store(store)))
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo("ok", err=True)


@store_group.command("info")
@store_option
@fails_cleanly
def info_command(store: Path | None) -> None:
    """Print what a store holds, as JSON."""
    from reportkit.store import EMBEDDED, Store

    opened = Store(store)
    embedded = opened.folder.resolve() == EMBEDDED.resolve()
    verdicts = Counter(row["verdict"] for row in opened.origins.values())
    info = {
        "store": "embedded" if embedded else os.fspath(opened.folder),
        "sha256": opened.sha256,
        "snapshot_sha256": opened.snapshot().sha256,
        "first_list": opened.lists[0].date.isoformat(),
        "newest_list": opened.lists[-1].date.isoformat(),
        "newest_pending_list": opened.manifest["newest_pending_list"],
        "participating_lists": len(opened.lists),
        "pending_lists": len(opened.pending_lists),
        "files": dict(sorted(verdicts.items())),
        "set_apart": [
            {"file": row["file"], "verdict": row["verdict"], "reason": row["reason"]}
            for row in opened.origins.values()
            if row["verdict"] in {"quarantined", "repost", "unreadable"}
        ],
        "sources": list(opened.sources.values()),
        "tables": opened.tables,
    }
    click.echo(json.dumps(info, ensure_ascii=False, indent=1))
