"""The command that makes the digest of what changed between two days."""

from __future__ import annotations

from pathlib import Path

import click

from reportkit.cli.options import (
    collects_nothing,
    engine_option,
    formats_option,
    lang_option,
    names_a_place,
    out_option,
    states_option,
    store_option,
)
from reportkit.production.formats import DIGEST


def _address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if value and not (value.startswith("https://") and len(value.split()) == 1):
        raise click.BadParameter(
            f"{value!r} is no address; write one like https://example.org/287g"
        )
    return value


@click.command("digest")
@click.option(
    "--since",
    required=True,
    metavar="DATE",
    help="Day like 2026-02-13; what its newest list shows is known already.",
)
@click.option("--until", metavar="DATE", help="Last day.  [default: day of the newest list]")
@states_option("Only what concerns a state; repeat for several.")
@click.option(
    "--place",
    "places",
    multiple=True,
    metavar="NAME",
    help="Only what concerns a place: agencies that can act there; repeat for several.",
)
@formats_option(*DIGEST)
@out_option
@store_option
@lang_option
@engine_option
@click.option(
    "--address",
    default="",
    metavar="URL",
    callback=_address,
    help="Where OUT is published, like https://example.org/287g: links of e-mails and feeds begin "
    "so.  [default: links lead up from the file]",
)
@names_a_place
@collects_nothing
def digest_command(
    since: str,
    until: str | None,
    states: tuple[str, ...],
    places: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    store: Path | None,
    lang: str,
    engine: str,
    address: str,
) -> None:
    """Tell what changed between two days, and print the paths written."""
    from reportkit.production.digest import produce_digest

    made = produce_digest(
        since, until, states, places, formats or DIGEST, out, store, lang, engine, address
    )
    for path in made:
        click.echo(path)
