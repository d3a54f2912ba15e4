"""Corrections: values changed from what ICE printed, each with its reason, source and expectation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from reportkit.roster.names import canonical

Field = Literal["state", "agency", "county", "model", "signed"]


class Correction(BaseModel):
    """One value that ICE printed wrongly, and what it should be.

    It applies to rows of `agency` in `state` (postal code, as printed) whose `field` is printed as
    `expects`, on lists from `since` to `until` where these are given. When ICE mends the value,
    nothing is printed as expected any more and the correction no longer applies by itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    field: Field
    state: str
    agency: str
    expects: str
    value: str
    reason: str
    source: str
    since: dt.date | None = None
    until: dt.date | None = None

    def fits(self, values: dict[str, str], date: dt.date) -> bool:
        """True where a row of a list of this date is one that the correction is meant for."""
        return (
            values[self.field] == self.expects
            and (self.since is None or self.since <= date)
            and (self.until is None or date <= self.until)
        )


class Corrections:
    """Corrections by the agency that they are for."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._by_agency: dict[tuple[str, str], list[Correction]] = defaultdict(list)
        for correction in corrections:
            key = correction.state, canonical(correction.state, correction.agency)
            self._by_agency[key].append(correction)

    def apply(self, values: dict[str, str], date: dt.date) -> list[Correction]:
        """Correct the values of a row in place and return what was applied."""
        key = values["state"], canonical(values["state"], values["agency"])
        matched = [item for item in self._by_agency.get(key, ()) if item.fits(values, date)]
        for correction in matched:
            values[correction.field] = correction.value
        return matched
