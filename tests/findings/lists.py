"""The participating lists of the corpus, read again for tests by none of the code that stores use.

A reader of a few lines: cells as Calamine gives them, names folded in the plainest way. What it takes
for a change between two lists is a change, or a name printed otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineWorkbook

Key = tuple[str, str, str]
"""State, folded name and model, as a list prints them."""


class Shown(NamedTuple):
    """What a list shows: the sheet row of each key, the signing dates that it prints for it."""

    rows: dict[Key, set[int]]
    signed: dict[Key, set[str]]


@cache
def shown(path: Path) -> Shown:
    """What a workbook shows."""
    head, *lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    titles = [str(cell).strip().upper() for cell in head]
    found = Shown(defaultdict(set), defaultdict(set))
    for number, cells in enumerate(lines, start=2):
        cell = {title: str(value).strip() for title, value in zip(titles, cells, strict=False)}
        agency = cell.get("AGENCY") or cell.get("LAW ENFORCEMENT AGENCY", "")
        if cell["STATE"] and agency:
            model = cell["SUPPORT TYPE"][:4].upper()
            key = (
                cell["STATE"].upper(),
                folded(agency),
                {"JAIL": "JEM", "TASK": "TFM"}.get(model, "WSO"),
            )
            found.rows[key].add(number)
            found.signed[key].add(cell["SIGNED"][:10])
    return found


_LONG = {
    "pd": "police department", "dept": "department", "bocc": "board of county commissioners",
    "ft": "fort",
}  # fmt: skip


def folded(name: str) -> str:
    """A name without case, signs, doubled blanks and the possessive, short words written out."""
    plain = re.sub(r"['’]s?(?= |$)|(?<=sheriff)s(?= )", "", name.lower())
    words = re.sub(r"[^a-z0-9]", " ", plain).split()
    return " ".join(_LONG.get(word, word) for word in words)
