"""The command that tells what changed between two editions, or two lists."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reportkit.cli.options import json_option, names_a_place, state_option, store_option
from reportkit.production.formats import LANGUAGES


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--place", metavar="NAME", help="With two days: the place whose briefs to compare.")
@state_option("With two days: the changes of one state or territory alone.")
@json_option
@click.option(
    "--out",
    metavar="FILE.html",
    type=click.Path(path_type=Path),
    help="Write the changes as a page, too.",
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Language of the words around the facts.  [default: that of NEW]",
)
@store_option
@names_a_place
def diff_command(
    old: str,
    new: str,
    place: str | None,
    state: str | None,
    as_json: bool,
    out: Path | None,
    lang: str | None,
    store: Path | None,
) -> None:
    """Tell what changed from OLD to NEW: facts, not bytes.

    OLD and NEW are two editions of a brief (folders, or brief.json files), an edition and a day, or
    two days like 2026-02-12: with --place the briefs of that place, else all that the lists of those
    days show. The older one comes first. Exit 0 whether or not anything changed.
    """
    from reportkit.brief.assemble import open_store
    from reportkit.errors import InputError
    from reportkit.messages import catalogue
    from reportkit.production import diff as made
    from reportkit.store import default_folder

    opened = open_store(str(Path(store or default_folder()).resolve()))
    days = made.is_day(old) and made.is_day(new)
    if place and state:
        raise click.UsageError("--place and --state: name one of them")
    if (place or state) and not days:
        raise InputError(
            "--place and --state go with two days; an edition says itself what it is on"
        )
    if days and not place:
        result = made.of_lists(old, new, state, opened, lang or LANGUAGES[0])
    else:
        held = made.sides(old, new, place, opened, lang)
        result = made.of_editions(*held, catalogue(lang or held[1]["lang"]))
    if out:
        made.write_page(out, result.page())
        click.echo(out, err=True)
    if as_json:
        click.echo(json.dumps(result.data, ensure_ascii=False, indent=1))
    else:
        click.echo(result.text, nl=False)
