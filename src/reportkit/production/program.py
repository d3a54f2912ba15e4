"""Makes the brief on the nation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportkit.production import folders
from reportkit.production.editions import NATION
from reportkit.production.formats import PROGRAM
from reportkit.production.one import write_edition


def produce_program(
    as_of: str | None = None,
    formats: Sequence[str] = PROGRAM,
    out: Path = Path("outputs"),
    store: Path | None = None,
    lang: str = "en",
    engine: str = "reportkit",
) -> list[Path]:
    """Make the brief on the nation and return the paths written.

    Raises:
        ReportkitError: as `production.produce`.
    """
    from reportkit.brief.program import make_program

    return write_edition(
        NATION,
        lambda folder: make_program(as_of, folder, lang),
        lambda program: folders.PROGRAM,
        out,
        formats,
        store,
        engine,
    )
