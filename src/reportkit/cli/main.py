"""The commands that make, check and look up."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from reportkit import __version__
from reportkit.cli.batch import batch_command
from reportkit.cli.check import check_command
from reportkit.cli.diff import diff_command
from reportkit.cli.digest import digest_command
from reportkit.cli.facts import facts_command
from reportkit.cli.moa import moa_command
from reportkit.cli.newer import tells_newer
from reportkit.cli.options import (
    as_of_option,
    collects_nothing,
    engine_option,
    fails_cleanly,
    formats_option,
    json_option,
    lang_option,
    names_a_place,
    notebook_option,
    out_option,
    state_option,
    store_option,
)
from reportkit.cli.program import program_command
from reportkit.cli.review import review_command
from reportkit.cli.sign import sign_command
from reportkit.cli.site import serve_command, site_command
from reportkit.cli.store import store_group
from reportkit.cli.verify import verify
from reportkit.production.formats import BRIEF


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reportkit")
def main() -> None:
    """Cited, reproducible briefs on the 287(g) status of any US place.

    Exit codes: 0 done; 1 an input cannot be used, a check does not hold or nothing could be
    written; 2 wrong usage, or a name that several places share; 3 a name that no place has; 4 some
    briefs of a batch are held and the others done; 130 a batch was interrupted.
    """


main.add_command(batch_command)
main.add_command(store_group)
main.add_command(moa_command)
main.add_command(check_command)
main.add_command(facts_command)
main.add_command(program_command)
main.add_command(digest_command)
main.add_command(diff_command)
main.add_command(site_command)
main.add_command(serve_command)
main.add_command(review_command)
main.add_command(sign_command)
main.add_command(verify)


@main.command()
@click.argument("place")
@as_of_option
@formats_option(*BRIEF)
@out_option
@store_option
@lang_option
@engine_option
@notebook_option
@names_a_place
@collects_nothing
def brief(
    place: str,
    as_of: str | None,
    formats: tuple[str, ...],
    out: Path,
    store: Path | None,
    lang: str,
    engine: str,
    notebook: Path | None,
) -> None:
    """Make the brief of PLACE (a name or id) and print the paths written."""
    from reportkit.production import produce

    for path in produce(place, as_of, formats or BRIEF, out, store, lang, engine, notebook):
        click.echo(path)
    if as_of:
        tells_newer(place, as_of, store)


@main.command()
@click.argument("name")
@json_option
@store_option
@names_a_place
def resolve(name: str, as_json: bool, store: Path | None) -> None:
    """Say which place NAME means.

    One place: exit 0. Several: exit 2 and the candidates. None: exit 3 and the nearest names.
    """
    from reportkit.errors import AmbiguousPlace, UnknownPlace
    from reportkit.findings import find_place
    from reportkit.places import Gazetteer
    from reportkit.store import Store

    gazetteer = Gazetteer.load()
    try:
        place = find_place(name, Store(store), gazetteer)
    except AmbiguousPlace as error:
        found = [_place(gazetteer.place(geoid)) for geoid in error.candidates]
        if as_json:
            click.echo(json.dumps({"match": None, "candidates": found}, ensure_ascii=False))
        raise
    except UnknownPlace as error:
        if as_json:
            click.echo(
                json.dumps(
                    {"match": None, "candidates": [], "nearest": error.nearest}, ensure_ascii=False
                )
            )
        raise
    if as_json:
        click.echo(json.dumps({"match": _place(place), "candidates": []}, ensure_ascii=False))
    else:
        click.echo(f"{place.geoid}\t{place.kind}\t{place.full_name}")


def _place(place: Any) -> dict[str, Any]:
    return {
        "geoid": place.geoid,
        "name": place.name,
        "full_name": place.full_name,
        "kind": place.kind,
        "state": place.state,
        "county_geoid": place.county_geoid,
    }


@main.command()
@as_of_option
@state_option("Agreements in one state or territory: a postal code.")
@click.option(
    "--status",
    type=click.Choice(["listed", "pending", "ended", "all"]),
    default="listed",
    show_default=True,
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["json", "csv", "parquet"]),
    default="json",
    show_default=True,
)
@store_option
@fails_cleanly
def roster(
    as_of: str | None, state: str | None, status: str, kind: str, store: Path | None
) -> None:
    """Print the agreements as of a day."""
    from reportkit.findings import as_of_date
    from reportkit.findings.listing import roster_rows
    from reportkit.production.tables import table_bytes
    from reportkit.store import Store

    opened = Store(store)
    snapshot = opened.snapshot(as_of_date(as_of, opened))
    rows = roster_rows(snapshot, state, status)  # type: ignore[arg-type]
    if kind == "parquet" and sys.stdout.isatty():
        raise click.ClickException(
            "parquet is binary; send it to a file: reportkit roster … > FILE"
        )
    sys.stdout.buffer.write(table_bytes(rows, kind))
