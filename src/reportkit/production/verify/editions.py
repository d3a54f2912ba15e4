"""Finds the editions below folders: what to check, whatever else lies there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportkit.production.editions import kinds
from reportkit.production.folders import FEEDS
from reportkit.production.job import RUN
from reportkit.production.record import NAME as RECORD


def editions_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The facts of each edition, as a path that may not exist: the file itself, or all below a folder.

    A folder is an edition's when any file of one lies in it, or the record of one. Folders that
    cannot be looked into are passed over, in the order of their names.
    """
    for path in paths:
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


def _below(top: Path) -> Iterator[Path]:
    stems = {kind.stem for kind in kinds()}
    known = {f"{kind.stem}.{name}" for kind in kinds() for name in (*kind.drawn, "json")}
    for folder, folders, files in os.walk(top):
        folders.sort()
        here = Path(folder)
        # A feed bears the name of the digest that it tells of.
        if here.name in {RUN, FEEDS} and here.parent == top:
            folders.clear()
            continue
        names = known.intersection(files)
        if not names and RECORD not in files:
            continue
        found = sorted({name.partition(".")[0] for name in names} & stems) or [min(stems)]
        yield from (here / f"{stem}.json" for stem in found)
