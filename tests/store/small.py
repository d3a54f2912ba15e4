"""A small store: Florida and Texas over six lists, with filler so that one departure is no damage."""

from __future__ import annotations

from pathlib import Path

from reportkit.roster import ListFile
from reportkit.store import Store
from reportkit.store.build import Content, write
from roster.make import day_name, list_file, row

URL = "https://www.ice.gov/doclib/287gMOA/LeeCoFL_TFM_MOA_02262025.pdf"
DAYS = ("2025-06-02", "2025-06-09", "2025-06-16", "2025-07-01", "2025-07-15", "2025-08-01")
FILLER = [row(f"Constable Precinct {n}", "TFM", "2025-04-01") for n in range(1, 61)]
LEE = row("Lee County Sheriff's Office", "TFM", "2025-02-26", state="FL", url=URL)
UNLINKED = row("Lee County Sheriff's Office", "TFM", "2025-02-26", state="FL")
BAY = row("Bay County Sheriff's Office", "WSO", "2025-05-30", state="FL")
GULF = row("Gulf County Sheriff's Office", "JEM", "2025-05-30", state="FL")
CLAY = row("Clay County Sheriff's Office", "TFM", "2025-06-30", state="FL")
WAITING = row("Clay County Sheriff's Office", "TFM", "", state="FL")
LEON = row("Leon County Sheriff's Office", "WSO", "", state="FL")

LISTS = (
    [UNLINKED, BAY, GULF],
    [UNLINKED, BAY],  # Gulf is gone for two lists
    [LEE, BAY],
    [LEE, BAY, GULF, CLAY],
    [LEE, GULF, CLAY],  # Bay is gone for good
    [LEE, GULF, CLAY],
)
PENDING = {"2025-06-05": [WAITING, LEON], "2025-06-20": [WAITING], "2025-07-20": []}


def files(extra: tuple[ListFile, ...] = ()) -> list[ListFile]:
    """The lists of the small store."""
    listed = [
        list_file(day_name(day), [*FILLER, *rows]) for day, rows in zip(DAYS, LISTS, strict=True)
    ]
    waiting = [
        list_file(day_name(day, "pending"), rows, "pending") for day, rows in PENDING.items()
    ]
    return [*listed, *waiting, *extra]


def store(folder: Path) -> Store:
    """The small store, built in this folder."""
    write(Content(files()), folder)
    return Store(folder)
