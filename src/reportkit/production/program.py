"""Makes the brief on the nation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from reportkit.production.editions import NATION
from reportkit.production.formats import PROGRAM
from reportkit.production.one import write_edition


def program_folder(out: Path, as_of: dt.date) -> Path:
    """Where the brief on the nation goes: OUT/us/program/<as-of>."""
    return out / "us" / "program" / as_of.isoformat()


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
        lambda program: program_folder(out, program.as_of),
        formats,
        store,
        engine,
    )
