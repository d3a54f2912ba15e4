"""The command that makes the brief on the nation."""

from __future__ import annotations

from pathlib import Path

import click

from reportkit.cli.newer import tells_newer
from reportkit.cli.options import (
    as_of_option,
    collects_nothing,
    engine_option,
    fails_cleanly,
    formats_option,
    lang_option,
    out_option,
    store_option,
)
from reportkit.production.formats import PROGRAM


@click.command("program")
@as_of_option
@formats_option(*PROGRAM)
@out_option
@store_option
@lang_option
@engine_option
@fails_cleanly
@collects_nothing
def program_command(
    as_of: str | None,
    formats: tuple[str, ...],
    out: Path,
    store: Path | None,
    lang: str,
    engine: str,
) -> None:
    """Make the brief on the nation and print the paths written."""
    from reportkit.production.program import produce_program

    for path in produce_program(as_of, formats or PROGRAM, out, store, lang, engine):
        click.echo(path)
    if as_of:
        tells_newer(None, as_of, store)
