"""Where editions lie below OUT, as names with slashes: permanent addresses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportkit.places import Place

FIRST = "en"
"""The language whose editions have no folder of their own."""


def place_folder(place: Place) -> str:
    """Where the briefs of a place go: <state>/<place>."""
    return f"{place.state.lower()}/{place.slug}"


def edition_folder(home: str, edition: dt.date | str, lang: str) -> str:
    """Where an edition goes: <home>/<edition>, in another language than English in a folder below.

    `edition` is the as-of date, or what else tells the editions of a home apart.
    """
    return f"{home}/{edition}" if lang == FIRST else f"{home}/{edition}/{lang}"
