"""Makes the digest of what changed between two days."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportkit.production.editions import DIGEST
from reportkit.production.formats import DIGEST as FORMATS
from reportkit.production.one import write_edition


def produce_digest(
    since: str,
    until: str | None = None,
    states: Sequence[str] = (),
    places: Sequence[str] = (),
    formats: Sequence[str] = FORMATS,
    out: Path = Path("outputs"),
    store: Path | None = None,
    lang: str = "en",
    engine: str = "reportkit",
) -> list[Path]:
    """Make the digest and return the paths written.

    Raises:
        ReportkitError: as `production.produce`.
    """
    from reportkit.brief.digest import HOME, make_digest

    return write_edition(
        DIGEST,
        lambda folder: make_digest(since, until, states, places, folder, lang),
        lambda digest: HOME,
        out,
        formats,
        store,
        engine,
    )
