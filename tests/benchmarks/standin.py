"""Stands in for `reportkit batch` until there is one: a pool of processes over `produce`."""

from __future__ import annotations

import multiprocessing
import sys
from functools import partial
from pathlib import Path

import click


def _one(name: str, formats: tuple[str, ...], out: Path) -> None:
    from reportkit.production import produce

    produce(name, formats=formats, out=out)


@click.command()
@click.option("--jobs", type=int)
@click.option("--out", type=click.Path(path_type=Path))
@click.option("--format", "formats", multiple=True)
def main(jobs: int, out: Path, formats: tuple[str, ...]) -> None:
    names = sys.stdin.read().split()
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        for _ in pool.imap_unordered(partial(_one, formats=formats, out=out), names):
            pass
        pool.close()
        pool.join()


if __name__ == "__main__":
    main()
