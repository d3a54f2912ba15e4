"""The brief on the nation for tests, and the tables of its store as they lie on disk."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pandas as pd

from reportkit.brief.assemble import nation_as_of, open_store
from reportkit.brief.program import Program, assemble_program
from reportkit.brief.program_facts import program_facts
from reportkit.findings import National
from reportkit.store import EMBEDDED

NEWEST = "2026-05-18"
DAYS = ("2021-01-13", "2021-06-30", "2024-12-31", "2025-03-31", "2025-10-05", NEWEST, "2026-11-22")


@cache
def nation(day: str = NEWEST) -> National:
    """The nation as of a day."""
    return nation_as_of(open_store(None), dt.date.fromisoformat(day))


@cache
def program(day: str = NEWEST) -> Program:
    """The brief on the nation as of a day."""
    return assemble_program(nation(day), "en")


@cache
def facts(day: str = NEWEST) -> dict:
    """The same as JSON-safe data."""
    return program_facts(program(day))


@cache
def table(name: str) -> pd.DataFrame:
    """A table of the embedded store, read by pandas, all cells text."""
    return pd.read_csv(EMBEDDED / f"{name}.csv", dtype=str, keep_default_na=False)


@cache
def shown() -> pd.DataFrame:
    """One row for each agreement and list that shows it: agreement, date, agency, model, state, kind.

    Counted from the store's tables with pandas alone, by none of the code that briefs use.
    """
    lists = table("lists").query("kind == 'participating'").set_index("number")["date"]
    rows = [
        (agreement, lists[str(number)])
        for agreement, packed in table("listings")[["agreement", "rows"]].itertuples(index=False)
        for number in numbers(packed)
    ]
    held = pd.DataFrame(rows, columns=["agreement", "date"]).drop_duplicates()
    agreements = table("agreements").rename(columns={"id": "agreement"})
    agencies = table("agencies").rename(columns={"id": "agency"})
    joined = held.merge(agreements[["agreement", "agency", "model", "signed", "continues_as"]])
    return joined.merge(agencies[["agency", "state", "kind", "scope", "county"]])


def numbers(packed: str) -> list[int]:
    """The list numbers of packed rows: "3:17,1*4" stands for five lists from the third on."""
    found = []
    for run in packed.split(";"):
        first, _, steps = run.partition(",")
        following = sum(int(step.partition("*")[2] or 1) for step in steps.split(",") if step)
        start = int(first.split(":")[0])
        found += range(start, start + 1 + following)
    return found
