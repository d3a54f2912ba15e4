"""Small rosters: agencies of one list, each with a link to a memorandum of its own."""

from __future__ import annotations

from reportkit.places.names import slugify
from reportkit.roster import Roster
from roster.make import roster, row

URL = "https://www.ice.gov/doclib/287gMOA/{}.pdf"


def roster_of(*agreements: tuple[str, str, str, str]) -> Roster:
    """A roster of (agency, model, signed, state); files are named like "lee-fl.pdf"."""
    rows = [
        row(name, model, signed, state=state, url=URL.format(file_of(name, state)), moa="link")
        for name, model, signed, state in agreements
    ]
    return roster(("2025-06-02", rows))


def file_of(name: str, state: str) -> str:
    """The name of the linked file, without its ending: the telling word and the state."""
    words = slugify(name).split("-")
    return f"{words[-1] if words[0] == 'oklahoma' else words[0]}-{state.lower()}"
