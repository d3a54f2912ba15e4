"""Rows after corrections: who is on which list, in codes, ready to be compared."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reportkit.roster.codes import code_list, is_missing
from reportkit.roster.corrections import Correction, Corrections
from reportkit.roster.dates import iso
from reportkit.roster.geography import Geography
from reportkit.roster.names import canonical
from reportkit.roster.values import DatedList, Printed

Node = tuple[str, str]
"""A spelling of an agency: postal code and canonical name."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One row of one list in codes. `index` counts the lists of its kind in order of time.

    `model` is empty where a pending list prints none; `signed` is None where no date is printed.
    `apart` is the county's name where two agencies of one name stand on one list.
    """

    index: int
    row: int
    printed: Printed
    state: str
    agency: str
    county: str
    model: str
    signed: dt.date | None
    apart: str = ""

    @property
    def node(self) -> Node:
        """The spelling under which the agency is listed, with its county where two share it."""
        return self.state, f"{canonical(self.state, self.agency)} {self.apart}".rstrip()


Atom = tuple[Node, str, dt.date | None]
"""What a naive reader takes for one agreement: a spelling, a model, a signing date."""


@dataclass(slots=True)
class Sightings:
    """All rows of the lists of one kind, by atom and list. A repeated row counts once."""

    lists: Sequence[DatedList]
    atoms: dict[Atom, dict[int, Sighting]] = field(default_factory=lambda: defaultdict(dict))
    doubles: dict[Atom, list[Sighting]] = field(default_factory=lambda: defaultdict(list))
    applied: dict[Correction, list[Sighting]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sighting: Sighting) -> None:
        """Enter a row; a second row of the same atom on one list is kept apart as a double."""
        atom = sighting.node, sighting.model, sighting.signed
        seen = self.atoms[atom]
        if sighting.index in seen:
            self.doubles[atom].append(sighting)
        else:
            seen[sighting.index] = sighting

    def adjacent(self, first: int, second: int) -> bool:
        """True where the second list follows the first, or is dated at most 60 days after it."""
        if second <= first:
            return False
        days = (self.lists[second].date - self.lists[first].date).days
        return second - first == 1 or days <= 60


def collect(
    lists: Sequence[DatedList], corrections: Iterable[Correction], geography: Geography
) -> Sightings:
    """Turn the rows of lists into sightings, with corrections applied and remembered."""
    found = Sightings(lists)
    rows: list[tuple[Sighting, list[Correction]]] = []
    state, model = code_list("state"), code_list("model")
    index_of = Corrections(corrections)
    for index, item in enumerate(lists):
        for row, printed in item.file.rows:
            where = f"{item.file.name} row {row}"
            values = {
                "state": state.encode(printed.state, where) or "",
                "agency": printed.agency,
                "county": "" if is_missing(printed.county) else printed.county,
                "model": model.encode(printed.model, where) or "",
                "signed": printed.signed,
            }
            matched = index_of.apply(values, item.date)
            sighting = Sighting(
                index,
                row,
                printed,
                values["state"],
                values["agency"],
                values["county"],
                values["model"],
                iso(values["signed"]),
            )
            rows.append((sighting, matched))
    namesakes = _namesakes((sighting for sighting, _ in rows), geography)
    for sighting, matched in rows:
        if sighting.node in namesakes and (
            county := geography.county(sighting.state, sighting.county)
        ):
            sighting = replace(sighting, apart=canonical(sighting.state, county.name))
        for correction in matched:
            found.applied[correction].append(sighting)
        found.add(sighting)
    return found


def _namesakes(rows: Iterable[Sighting], geography: Geography) -> set[Node]:
    """Names that two agencies share: on one list, with two real counties, for one model."""
    seen: dict[tuple[Node, str, int], set[str]] = defaultdict(set)
    for row in rows:
        if row.county:
            seen[row.node, row.model, row.index].add(row.county)
    found = set()
    for (node, _, _), printed in seen.items():
        if len(printed) > 1:
            counties = {geography.county(node[0], name) for name in printed} - {None}
            if len(counties) > 1:
                found.add(node)
    return found
