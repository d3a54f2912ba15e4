"""Stands in for `reportkit batch` until there is one: a pool of processes over `produce`."""

from __future__ import annotations

import multiprocessing
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click


def _one(
    name: str, formats: tuple[str, ...], out: Path, store: Path | None, as_of: str | None
) -> None:
    from reportkit.production import produce

    produce(name, as_of, formats, out, store)


@click.command()
@click.option("--jobs", type=int)
@click.option("--out", type=click.Path(path_type=Path))
@click.option("--format", "formats", multiple=True)
@click.option("--store", type=click.Path(path_type=Path))
@click.option("--as-of")
def main(jobs: int, out: Path, **options: Any) -> None:
    names = sys.stdin.read().split()
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        for _ in pool.imap_unordered(partial(_one, out=out, **options), names):
            pass
        pool.close()
        pool.join()


if __name__ == "__main__":
    main()
