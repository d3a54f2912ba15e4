"""Where editions lie below OUT, as names with slashes: permanent addresses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportkit.places import Place

PROGRAM = "us/program"
"""Where the briefs on the nation go."""
FIRST = "en"
"""The language whose editions have no folder of their own."""


def place_folder(place: Place) -> str:
    """Where the briefs of a place go: <state>/<place>."""
    return f"{place.state.lower()}/{place.slug}"


def edition_folder(home: str, as_of: dt.date | str, lang: str) -> str:
    """Where an edition goes: <home>/<as-of>, in another language than English <home>/<as-of>/<lang>."""
    return f"{home}/{as_of}" if lang == FIRST else f"{home}/{as_of}/{lang}"
