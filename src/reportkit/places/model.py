"""Place: one state, county or municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["state", "county", "municipality"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its permanent id and slug.

    `geoid` is text: two digits of FIPS for a state or territory, five for a county or equivalent,
    `gn` and the GeoNames number for a municipality. `name` is the Census name of a state or county
    and the GeoNames name of a municipality. `population` is the Census estimate of 1 July 2023 for
    states and counties, GeoNames' figure (of no single date) for municipalities. `lat` and `lon`
    are degrees; None where no outline is on hand. `slug` is unique within the state.

    `county_geoid` is the county itself for a county, None for a state, and for a municipality the
    county it lies in; `county_note` says why that one is None.
    """

    geoid: str
    kind: Kind
    name: str
    state: str
    state_fips: str
    state_name: str
    county_geoid: str | None
    population: int | None
    lat: float | None
    lon: float | None
    slug: str
    county_note: str | None = None

    @property
    def full_name(self) -> str:
        """The name with its state: "Lee County, Florida"; a state's name stands alone."""
        return self.name if self.kind == "state" else f"{self.name}, {self.state_name}"
