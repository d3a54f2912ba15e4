"""Reads a workbook into a `ListFile`: chosen by header, never by file name, sheet name or column."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

from reportkit.errors import ListError
from reportkit.places.names import APOSTROPHES
from reportkit.roster.links import repair
from reportkit.roster.values import Kind, ListFile, Printed

_AGENCY = ("LAW ENFORCEMENT AGENCY", "AGENCY")
# A list is recognised by what it has and by what it has not: tables that others derived from the
# lists carry columns of their own.
_ALWAYS = {"STATE", "SUPPORT TYPE"}
_KNOWN = {*_ALWAYS, *_AGENCY, "TYPE", "COUNTY", "SIGNED", "MOA", "ADDENDUM"}
# More than any list needs; a workbook beyond it is damaged or hostile.
_MAX_BYTES = 200 * 2**20
_MAX_ROWS, _MAX_COLUMNS = 100_000, 200
_STRAIGHT = dict.fromkeys(APOSTROPHES, "'")
_SHORT_DATE = re.compile(r"^(\d{1,2})/(\d{1,2})/?(\d{4})$")


def read_list(path: Path) -> ListFile:
    """Read one workbook that ICE published, or that was made from an archived page of ICE's.

    Hidden rows are data, blank rows are not; addresses come from the cells' hyperlinks.

    Raises:
        ListError: not a workbook, no sheet with the header of a list, or two of them.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ListError(
            f"{path.name}: cannot be read ({error.strerror}); check the path"
        ) from error
    return parse_list(path.name, data)


def parse_list(name: str, data: bytes) -> ListFile:
    """Read the bytes of a workbook; see `read_list`."""
    found = []
    for sheet in _sheets(name, data):
        if sheet.max_row > _MAX_ROWS or sheet.max_column > _MAX_COLUMNS:
            raise ListError(
                f"{name}: a sheet of {sheet.max_row:,} rows and {sheet.max_column:,} columns is no "
                "list; take the workbook from ICE's page again"
            )
        rows = sheet.iter_rows()
        header = [_text(cell.value).upper() for cell in next(rows, ())]
        if (kind := _kind(header)) is not None:
            found.append((kind, header, sheet, rows))
    if len(found) != 1:
        raise ListError(
            f"{name}: {len(found)} sheets have the header of a list "
            "(STATE, LAW ENFORCEMENT AGENCY, SUPPORT TYPE …), where one is needed; "
            "take the workbook from ICE's page again"
        )
    kind, header, sheet, rows = found[0]
    columns = {title: index for index, title in enumerate(header) if title}
    agency = next(title for title in _AGENCY if title in columns)
    entries = []
    hidden = 0
    for number, row in enumerate(rows, start=2):
        cells = {title: row[index] for title, index in columns.items() if index < len(row)}
        printed = _printed(cells, agency)
        if printed.state or printed.agency:
            entries.append((number, printed))
            hidden += bool(sheet.row_dimensions[number].hidden)
    # A pending list may be empty: nobody was waiting. A participating list without rows is damage.
    if not entries and kind == "participating":
        raise ListError(f"{name}: the list has a header and no rows; take it from ICE's page again")
    for number, printed in entries:
        if not (printed.state and printed.agency):
            raise ListError(
                f"{name} row {number}: STATE or AGENCY is blank ({printed.state!r}, "
                f"{printed.agency!r}); repair the workbook or leave it out"
            )
    generation = "+".join(title for title in sorted(columns) if title not in _ALWAYS)
    return ListFile(
        name, hashlib.sha256(data).hexdigest(), kind, generation, tuple(entries), hidden
    )


def _sheets(name: str, data: bytes) -> list[Any]:
    # Heavy, and of no use to those who only read a store.
    import openpyxl

    if not data.startswith(b"PK"):
        kind = "a web page" if data.lstrip()[:1] == b"<" else "something else"
        raise ListError(f"{name}: not a workbook but {kind}; download the list again")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(item.file_size for item in archive.infolist())
        if size > _MAX_BYTES:
            raise ListError(f"{name}: unpacks to {size:,} bytes, too many for a list; leave it out")
        return list(openpyxl.load_workbook(io.BytesIO(data)).worksheets)
    except ListError:
        raise
    # openpyxl lets errors of zipfile, zlib, the XML parser and its own through, all meaning this.
    except Exception as error:
        raise ListError(
            f"{name}: damaged workbook ({type(error).__name__}: {error}); download it again"
        ) from error


def _kind(header: list[str]) -> Kind | None:
    titles = [title for title in header if title]
    if len(titles) != len(set(titles)) or not _ALWAYS < set(titles) <= _KNOWN:
        return None
    if sum(title in titles for title in _AGENCY) != 1:
        return None
    return "participating" if "SIGNED" in titles else "pending"


def _printed(cells: dict[str, Any], agency: str) -> Printed:
    def text(title: str) -> str:
        return _text(cells[title].value) if title in cells else ""

    def link(title: str) -> tuple[str, str]:
        words = text(title)
        target = (
            cells[title].hyperlink.target if title in cells and cells[title].hyperlink else None
        )
        return words, repair(target or words) or ""

    moa, moa_url = link("MOA")
    addendum, addendum_url = link("ADDENDUM")
    signed = cells["SIGNED"].value if "SIGNED" in cells else None
    return Printed(
        state=text("STATE"),
        agency=text(agency),
        type=text("TYPE"),
        county=text("COUNTY"),
        model=text("SUPPORT TYPE"),
        signed=_date_text(signed),
        moa="link" if moa_url else moa,
        moa_url=moa_url,
        addendum="link" if addendum_url else addendum,
        addendum_url=addendum_url,
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    printable = "".join(
        " " if unicodedata.category(char) in {"Cc", "Cf", "Zs", "Zl", "Zp"} else char
        for char in str(value).translate(_STRAIGHT)
    )
    return " ".join(printable.split())


def _date_text(value: Any) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else str(value)
    if isinstance(value, int | float) and 36_000 < value < 73_000:
        # A date cell that lost its format: days since the end of 1899.
        return (dt.date(1899, 12, 30) + dt.timedelta(days=int(value))).isoformat()
    text = _text(value)
    try:
        return dt.date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        pass
    # A slash is lost now and then ("05/082025"); a day and a year leave one reading.
    if match := _SHORT_DATE.match(text):
        try:
            return dt.date(int(match[3]), int(match[1]), int(match[2])).isoformat()
        except ValueError:
            pass
    return text
