"""Makes lists for tests: as workbooks, as files that were read, as archives."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl

from reportkit.library import load_records
from reportkit.roster import Archive, DatedList, ListFile, Printed, Roster, make_roster

P1 = ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED", "MOA")
P2 = ("STATE", "AGENCY", "TYPE", "SUPPORT TYPE", "SIGNED", "MOA")
P3 = ("STATE", "AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA")
P4 = (*P3, "ADDENDUM")
Q1 = ("STATE", "AGENCY", "TYPE", "SUPPORT TYPE")
Q2 = ("STATE", "AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE")
Q3 = (*Q2, "MOA")

STATES = {
    "AL": "ALABAMA",
    "AR": "ARKANSAS",
    "AZ": "ARIZONA",
    "FL": "FLORIDA",
    "GA": "GEORGIA",
    "ID": "IDAHO",
    "IL": "ILLINOIS",
    "IN": "INDIANA",
    "KS": "KANSAS",
    "KY": "KENTUCKY",
    "LA": "LOUISIANA",
    "MA": "MASSACHUSETTS",
    "MD": "MARYLAND",
    "MI": "MICHIGAN",
    "MN": "MINNESOTA",
    "MO": "MISSOURI",
    "MS": "MISSISSIPPI",
    "MT": "MONTANA",
    "NC": "NORTH CAROLINA",
    "NE": "NEBRASKA",
    "NY": "NEW YORK",
    "OH": "OHIO",
    "OK": "OKLAHOMA",
    "PA": "PENNSYLVANIA",
    "SC": "SOUTH CAROLINA",
    "TN": "TENNESSEE",
    "TX": "TEXAS",
    "UT": "UTAH",
    "VA": "VIRGINIA",
    "WI": "WISCONSIN",
    "WV": "WEST VIRGINIA",
}
MODELS = {
    "JEM": "Jail Enforcement Model",
    "TFM": "Task Force Model",
    "WSO": "Warrant Service Officer",
    "": "",
}


def table(name: str) -> list[list[str]]:
    """The rows of a table in `data`, without its head."""
    with (Path(__file__).parent / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def row(
    agency: str,
    model: str = "TFM",
    signed: str = "2025-06-01",
    *,
    state: str = "TX",
    type: str = "County",
    county: str = "",
    url: str = "",
    moa: str = "link pending",
) -> Printed:
    """A row as a list prints it; state and model may be given as codes."""
    return Printed(
        STATES.get(state, state),
        agency,
        type,
        county,
        MODELS.get(model, model),
        signed,
        "link" if url else moa,
        url,
        "",
        "",
    )


def list_file(
    name: str, rows: Iterable[Printed], kind: str = "participating", generation: str = "TYPE"
) -> ListFile:
    """A list as the reader gives it; its hash follows from name and rows."""
    held = tuple(enumerate(rows, start=2))
    digest = hashlib.sha256(repr((name, held)).encode()).hexdigest()
    return ListFile(name, digest, kind, generation, held)  # type: ignore[arg-type]


def day_name(day: str, kind: str = "participating") -> str:
    """The name of a list of this ISO day."""
    return f"{kind}Agencies-{day.replace('-', '')}120000.xlsx"


def dated(day: str, rows: Iterable[Printed], kind: str = "participating") -> DatedList:
    """A list of this ISO day."""
    file = list_file(day_name(day, kind), rows, kind)
    return DatedList(file, dt.date.fromisoformat(day), 120_000, "captured")


def roster(
    *lists: tuple[str, Sequence[Printed]],
    pending: Sequence[tuple[str, Sequence[Printed]]] = (),
    records: bool = False,
) -> Roster:
    """The roster of lists (ISO day, rows), without or with the package's records."""
    archive = Archive(
        tuple(dated(day, rows) for day, rows in lists),
        tuple(dated(day, rows, "pending") for day, rows in pending),
        (),
    )
    held = load_records()
    if not records:
        return make_roster(archive, (), (), ())
    return make_roster(archive, held.corrections, held.aliases, held.jurisdictions)


def spellings(found: Roster) -> set[frozenset[str]]:
    """The agencies of a roster, each as the set of the names that it was listed under."""
    return {frozenset(agency.spellings) for agency in found.agencies}


def together(found: Roster, state: str, one: str, other: str) -> bool:
    """True where two names are one agency."""
    return any(
        agency.state == state and {one, other} <= set(agency.spellings) for agency in found.agencies
    )


def book(
    header: Sequence[str],
    rows: Iterable[Sequence[object] | None] = (),
    *,
    sheet: str = "Sheet1",
    hidden: Iterable[int] = (),
    links: dict[str, str] | None = None,
    more: Sequence[tuple[Sequence[str], Iterable[Sequence[object]]]] = (),
) -> bytes:
    """A workbook as bytes.

    None among the rows is a blank row, `hidden` are sheet rows, `links` addresses by cell ("F2"),
    `more` further sheets.
    """
    made = openpyxl.Workbook()
    page = made.active
    page.title = sheet
    page.append(list(header))
    for number, cells in enumerate(rows, start=2):
        for column, value in enumerate(cells or (), start=1):
            page.cell(number, column, value)
    for number in hidden:
        page.row_dimensions[number].hidden = True
    for cell, target in (links or {}).items():
        page[cell].hyperlink = target
    for number, (titles, cells) in enumerate(more, start=2):
        other = made.create_sheet(f"Sheet{number}")
        other.append(list(titles))
        for values in cells:
            other.append(list(values))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
