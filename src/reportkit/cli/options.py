"""Options that commands share, and how errors end a command."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

_P = ParamSpec("_P")
_R = TypeVar("_R")

store_option = click.option(
    "--store",
    type=click.Path(path_type=Path),
    envvar="REPORTKIT_STORE",
    help="Folder of an evidence store.  [default: the embedded one]",
)
as_of_option = click.option(
    "--as-of", metavar="DATE", help="Day like 2026-05-18.  [default: day of the newest list]"
)
lang_option = click.option(
    "--lang", type=click.Choice(["en"]), default="en", show_default=True, help="Language."
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="Folder to write below.",
)
engine_option = click.option(
    "--engine",
    type=click.Choice(("reportkit", "kernel")),
    default="reportkit",
    show_default=True,
    help="Run the notebook in this process or, slower, in a kernel of its own.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def formats_option(*formats: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """The option `--format`, which may be repeated, with these to choose from."""
    return click.option(
        "--format",
        "formats",
        type=click.Choice(formats),
        multiple=True,
        help="What to write; repeat for several.  [default: all]",
    )


def fails_cleanly(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """End a command on one of our errors with its message and exit code 1."""

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        from reportkit.errors import ReportkitError

        try:
            return command(*args, **kwargs)
        except ReportkitError as error:
            raise click.ClickException(str(error)) from error

    return run
