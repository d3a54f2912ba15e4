"""Briefs by the hundred: our command against loops over papermill and nbconvert.

Run with `make bench-batch`, or as `python tests/benchmarks/batch.py [--counties N] [--rounds N]`.
Tables on stdout, JSON with --json. Linux only: CPU is that of all processes that a route starts.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
from pathlib import Path

import click
from compare import compare, steps, summary
from counties import ALL, spread, thirty
from growth import by_lists, by_places
from routes import ONE, STOCK, TUNED, TWO
from stages import stages
from tables import markdown
from whole import one_list_more, whole

_ROUTES = {"stock": STOCK, "tuned": TUNED, "one": ONE, "two": TWO}


@click.command()
@click.option("--counties", default=30, show_default=True, help="How many of the thirty.")
@click.option("--rounds", default=3, show_default=True, help="Turns; medians are told.")
@click.option(
    "--route",
    "chosen",
    type=click.Choice(list(_ROUTES)),
    multiple=True,
    default=tuple(_ROUTES),
    help="Repeat for several.  [default: all]",
)
@click.option("--profile", is_flag=True, help="Where the time goes, instead.")
@click.option("--all", "everything", is_flag=True, help="Every county, instead.")
@click.option("--places", default=ALL, show_default=True, help="How many of them for --all.")
@click.option("--growth", is_flag=True, help="More places, and more lists, instead.")
@click.option("--jobs", default=2, show_default=True, help="Workers for --all and --growth.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(
    counties: int,
    rounds: int,
    chosen: tuple[str, ...],
    profile: bool,
    everything: bool,
    places: int,
    growth: bool,
    jobs: int,
    as_json: bool,
) -> None:
    """Measure and print."""
    names = thirty()[:counties]
    tables = {"Machine": [_machine()]}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if profile:
            tables["Where the time goes"] = stages(names)
        if everything:
            tables |= whole(home / "whole", jobs, spread(places))
            if corpus := os.environ.get("REPORTKIT_CORPUS"):
                tables |= one_list_more(home / "more", jobs, spread(places), Path(corpus))
        if growth:
            tables["More places"] = by_places(home / "places", jobs)
            tables["More lists"] = by_lists(home / "lists")
        if not (profile or everything or growth):
            done = compare([_ROUTES[name] for name in chosen], names, rounds, home, _tell)
            tables["A brief by each route"] = summary(done)
            tables["Steps of the stock loop"] = steps(done)
    if as_json:
        click.echo(json.dumps(tables, ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(markdown(title, rows) for title, rows in tables.items() if rows))


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _machine() -> dict[str, object]:
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_before": os.getloadavg()[2],
    }


if __name__ == "__main__":
    main()
