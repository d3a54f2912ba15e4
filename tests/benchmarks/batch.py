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
from counties import thirty
from routes import ONE, STOCK, TUNED, TWO
from tables import markdown

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
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(counties: int, rounds: int, chosen: tuple[str, ...], as_json: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        done = compare(
            [_ROUTES[name] for name in chosen],
            thirty()[:counties],
            rounds,
            Path(folder),
            lambda text: click.echo(text, err=True),
        )
    tables = {
        "Machine": [_machine()],
        "A brief by each route": summary(done),
        "Steps of the stock loop": steps(done),
    }
    if as_json:
        click.echo(json.dumps(tables, ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(markdown(title, rows) for title, rows in tables.items() if rows))


def _machine() -> dict[str, object]:
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_before": os.getloadavg()[2],
    }


if __name__ == "__main__":
    main()
