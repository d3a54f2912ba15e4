"""The homes of editions below OUT; see `reportkit.addresses` for what lies in them."""

from __future__ import annotations

from reportkit.addresses import FIRST, edition_folder, place_folder

PROGRAM = "us/program"
"""Where the briefs on the nation go."""
FEEDS = "feeds"
"""Where the feeds of digests go."""

__all__ = ["FEEDS", "FIRST", "PROGRAM", "edition_folder", "place_folder"]
