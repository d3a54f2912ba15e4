"""The command that makes the brief on the nation."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from reportkit.cli.options import (
    as_of_option,
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
def program_command(
    as_of: str | None,
    formats: tuple[str, ...],
    out: Path,
    store: Path | None,
    lang: str,
    engine: str,
) -> None:
    """Make the brief on the nation and print the paths written."""
    # One brief leaves nothing worth collecting, and looking for it takes a tenth of the time.
    gc.disable()
    from reportkit.production.program import produce_program

    for path in produce_program(as_of, formats or PROGRAM, out, store, lang, engine):
        click.echo(path)
    # Nor at the end, which would look through every object of the libraries.
    gc.freeze()
