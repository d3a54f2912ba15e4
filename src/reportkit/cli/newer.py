"""Tells on stderr that a brief of an earlier day is not of the newest list."""

from __future__ import annotations

from pathlib import Path

import click


def tells_newer(name: str | None, as_of: str, folder: Path | None) -> None:
    """Say which lists are newer than those of a brief just made, and whether they concern it.

    Args:
        name: a name or id of its place; None for the brief on the nation.
        as_of: its day.
        folder: the store that it was made from.
    """
    from reportkit.brief.assemble import open_store
    from reportkit.findings import find_place
    from reportkit.messages import catalogue
    from reportkit.places import Gazetteer
    from reportkit.production.newer import newer_on, newer_text
    from reportkit.store import default_folder

    store = open_store(str(Path(folder or default_folder()).resolve()))
    place = find_place(name, store, Gazetteer.load()) if name else None
    if found := newer_on(as_of, place, store):
        click.echo(newer_text(found, catalogue("en")), err=True)
