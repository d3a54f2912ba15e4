"""The command that signs a brief off."""

from __future__ import annotations

from pathlib import Path

import click

from reportkit.cli.options import fails_cleanly


@click.command("sign")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--by", required=True, metavar="NAME", help="Who looked the brief through.")
@click.option("--notes", default="", metavar="TEXT", help="What there is to say about it.")
@click.option("--when", metavar="DATE", help="Day like 2026-05-18.  [default: today]")
@click.option(
    "--report",
    metavar="ID",
    help="The id printed on the brief that was read; refused where FOLDER holds another.",
)
@fails_cleanly
def sign_command(folder: Path, by: str, notes: str, when: str | None, report: str | None) -> None:
    """Sign off the brief in FOLDER: adds to sign-off.json beside it, which several may sign.

    A sign-off speaks of one report id. It no longer counts once the brief is made from other
    inputs, as its id is another then; a batch leaves the file where it is.
    """
    from reportkit.production.held import edition_file
    from reportkit.production.signoff import NAME, add_signoff, counts, read_signoffs

    place = edition_file(folder).parent
    given = add_signoff(place, by, notes, when, report)
    older = [item for item in read_signoffs(place) if not counts(item, given.report_id)]
    click.echo(place / NAME)
    click.echo(f"{given.by} signed report {given.report_id} on {given.when}.", err=True)
    if older:
        click.echo(
            f"{len(older)} sign-off(s) of earlier reports stay in the file and no longer count.",
            err=True,
        )
