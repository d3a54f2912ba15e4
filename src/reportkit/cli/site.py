"""The commands on the index over briefs: build it, show it."""

from __future__ import annotations

from pathlib import Path

import click

from reportkit.cli.options import fails_cleanly, json_option, store_option

_out = click.argument("out", type=click.Path(path_type=Path))


@click.command("site")
@_out
@click.option(
    "--base-url",
    metavar="URL",
    help="Address that OUT will have on the web; pages then name their permanent addresses.",
)
@json_option
@store_option
@fails_cleanly
def site_command(out: Path, base_url: str | None, as_json: bool, store: Path | None) -> None:
    """Build an index over the briefs in the folder OUT, as pages in it.

    Briefs are left as they are. What is damaged, half-written or out of place is left out, with a
    line for each. Prints the path of the index; open it in a browser, or see 'reportkit serve'.
    """
    import json

    from reportkit.production.site import build_site

    built = build_site(out, store, base_url)
    for problem in built.problems:
        click.echo(problem, err=True)
    done = built.published
    click.echo(
        f"{built.places:,} places, {built.editions:,} editions, {len(built.problems):,} left out; "
        f"{done.written:,} files written, {done.same:,} as they were, {done.removed:,} taken away",
        err=True,
    )
    if as_json:
        click.echo(
            json.dumps(
                {
                    "index": str(built.index),
                    "places": built.places,
                    "editions": built.editions,
                    "left_out": list(built.problems),
                    "files": {
                        "written": done.written,
                        "same": done.same,
                        "removed": done.removed,
                    },
                },
                ensure_ascii=False,
            )
        )
    else:
        click.echo(built.index)


@click.command("serve")
@_out
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 for any that is free.",
)
@fails_cleanly
def serve_command(out: Path, port: int) -> None:
    """Show the index in the folder OUT to browsers of this machine, until Ctrl-C.

    Prints the address.
    """
    from reportkit.production.site.serve import serving

    with serving(out, port) as server:
        click.echo(server.address)
        server.run()
