"""Gazetteer: every place by id, by path and by state, read from the packed data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from reportkit.errors import UnknownPlace
from reportkit.places import also_called
from reportkit.places.area import counties_in, county_of
from reportkit.places.model import Place
from reportkit.places.names import key, slugify

DATA = Path(__file__).parent / "data"
MUNICIPAL = "gn"
"""How the id of a municipality begins; the GeoNames number follows."""


class Gazetteer:
    """All places, read-only. Tables are read when first asked for."""

    def __init__(self, data: Path = DATA) -> None:
        self._data = data
        self._made: dict[str, Place] = {}
        self._slugs: dict[str, dict[str, Place]] = {}

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Gazetteer:
        """The gazetteer that ships in the package; the same object every time."""
        return Gazetteer()

    @cached_property
    def states(self) -> tuple[Place, ...]:
        """The 50 states, the District of Columbia and the 5 territories, by FIPS code."""
        return tuple(
            Place(
                geoid=row["geoid"],
                kind="state",
                name=row["name"],
                state=row["postal"],
                state_fips=row["geoid"],
                state_name=row["name"],
                county_geoid=None,
                population=_whole(row["population"]),
                lat=_degrees(row["lat"]),
                lon=_degrees(row["lon"]),
                slug="state",
            )
            for row in self._rows("states.csv")
        )

    def place(self, geoid: str) -> Place:
        """The place with this id.

        Raises:
            UnknownPlace: no place has it.
        """
        place = self._states.get(geoid) or self._counties.get(geoid)
        if place is None and geoid in self._municipal_lines:
            place = self._municipality(geoid)
        if place is None:
            raise UnknownPlace(
                f"No place has the id {geoid!r}. Ids have 2 digits (state), 5 digits (county, with "
                f"its leading zero) or {MUNICIPAL} and a number (municipality)."
            )
        return place

    def __contains__(self, geoid: object) -> bool:
        return geoid in self._states or geoid in self._counties or geoid in self._municipal_lines

    def full_name(self, geoid: str, otherwise: str) -> str:
        """The full name of the place with this id; where there is none, what it is called else."""
        return self.place(geoid).full_name if geoid in self else otherwise

    def counties(self, state: str) -> tuple[Place, ...]:
        """The counties and equivalents of a state by id; none in a territory.

        Args:
            state: postal code.
        """
        return self._counties_by_state[self.state_by_postal(state).geoid]

    def municipalities(self, state: str) -> tuple[Place, ...]:
        """The municipalities of a state, by GeoNames number.

        Args:
            state: postal code.
        """
        geoids = self._municipal_by_state[self.state_by_postal(state).geoid]
        return tuple(self._municipality(geoid) for geoid in geoids)

    def municipal_names(self) -> Iterator[tuple[str, str, str]]:
        """Id, name and state (postal code) of every municipality, without making places."""
        postal = {state.geoid: state.state for state in self.states}
        for geoid, line in self._municipal_lines.items():
            _, name, _, _, _, area, _ = line.split(",")
            yield geoid, name, postal[area[:2]]

    def municipalities_in(self, county_geoid: str) -> tuple[Place, ...]:
        """The municipalities known to lie in a county; those near its border are left out."""
        county = self.place(county_geoid)
        return tuple(p for p in self.municipalities(county.state) if p.county_geoid == county_geoid)

    def possible_counties(self, geoid: str) -> tuple[str, ...]:
        """Ids of the counties that a place may lie in: those of both sides when near a border,
        all of them for a municipality of several, its own for a county, none where not known.
        """
        if geoid in self._municipal_lines:
            return counties_in(self._municipal_lines[geoid].split(",")[5], self._county_names)
        county = self.place(geoid).county_geoid
        return (county,) if county else ()

    def cities_of(self, county_geoid: str) -> tuple[str, ...]:
        """Names of the city whose government is this county's too: "New Orleans" for 22071."""
        return self._cities.get(county_geoid, ())

    def state_by_postal(self, postal: str) -> Place:
        """The state or territory with this postal code, in either case.

        Raises:
            UnknownPlace: no state has it.
        """
        try:
            return self._postal[postal.upper()]
        except KeyError:
            raise UnknownPlace(f"{postal!r} is not the postal code of a state.") from None

    def state_by_name(self, name: str) -> Place:
        """The state or territory with this name, however it is cased.

        Raises:
            UnknownPlace: no state has it.
        """
        try:
            return self._names[key(name)]
        except KeyError:
            raise UnknownPlace(f"{name!r} is not the name of a state.") from None

    def by_path(self, state: str, slug: str) -> Place:
        """The place that a path names: ("fl", "lee-county").

        Raises:
            UnknownPlace: no such state, or no such slug in it.
        """
        place = self._by_slug(self.state_by_postal(state)).get(slug)
        if place is None:
            raise UnknownPlace(f"No place has the path {state}/{slug}.")
        return place

    def neighbours(self, county_geoid: str) -> tuple[str, ...] | None:
        """Ids of the counties that share a stretch of border, over state lines too.

        None where the county is not in the boundaries of 2017. `neighbours_note` says when
        some neighbours are missing. Counties that meet in a corner or across open water do not
        share a border, and a border of some hundred metres can be lost in simplified boundaries.
        """
        self.place(county_geoid)
        row = self._neighbours.get(county_geoid)
        return None if row is None else tuple(row[0].split())

    def neighbours_note(self, county_geoid: str) -> str | None:
        """Why the neighbours of a county are not known, or not all of them; None if all are."""
        row = self._neighbours.get(county_geoid)
        if row is None:
            return "not in the boundaries on hand, which are of 2017"
        if not row[1]:
            return None
        inside = " and ".join(self._states[fips[:2]].name for fips in row[1].split())
        return f"some neighbours in {inside} are not in the boundaries on hand, which are of 2017"

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with (self._data / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    @cached_property
    def _states(self) -> dict[str, Place]:
        return {state.geoid: state for state in self.states}

    @cached_property
    def _postal(self) -> dict[str, Place]:
        return {state.state: state for state in self.states}

    @cached_property
    def _names(self) -> dict[str, Place]:
        others = {key(name): self._postal[code] for name, code in also_called.STATES.items()}
        return others | {key(state.name): state for state in self.states}

    @cached_property
    def _county_rows(self) -> list[dict[str, str]]:
        return list(self._rows("counties.csv"))

    @cached_property
    def _cities(self) -> dict[str, tuple[str, ...]]:
        return {r["geoid"]: tuple(r["city"].split("|")) for r in self._county_rows if r["city"]}

    @cached_property
    def _counties(self) -> dict[str, Place]:
        return {row["geoid"]: self._county(row) for row in self._county_rows}

    def _county(self, row: dict[str, str]) -> Place:
        state = self._states[row["geoid"][:2]]
        return Place(
            geoid=row["geoid"],
            kind="county",
            name=row["name"],
            state=state.state,
            state_fips=state.geoid,
            state_name=state.name,
            county_geoid=row["geoid"],
            population=_whole(row["population"]),
            lat=_degrees(row["lat"]),
            lon=_degrees(row["lon"]),
            slug=slugify(row["name"]),
        )

    @cached_property
    def _counties_by_state(self) -> dict[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = {state.geoid: [] for state in self.states}
        for county in self._counties.values():
            found[county.state_fips].append(county)
        return {fips: tuple(counties) for fips, counties in found.items()}

    @cached_property
    def _municipal_lines(self) -> dict[str, str]:
        """Lines by id, cut when asked for: to make 20,000 places would take too long.

        The file is written without quotes, so a comma always ends a field.
        """
        lines = (self._data / "municipalities.csv").read_text(encoding="utf-8").split("\n")[1:-1]
        return {MUNICIPAL + line[: line.index(",")]: line for line in lines}

    @cached_property
    def _municipal_by_state(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {state.geoid: [] for state in self.states}
        for geoid, line in self._municipal_lines.items():
            found[line.split(",")[5][:2]].append(geoid)
        return found

    def _municipality(self, geoid: str) -> Place:
        if geoid not in self._made:
            _, name, population, lat, lon, area, slug = self._municipal_lines[geoid].split(",")
            state = self._states[area[:2]]
            county, note = county_of(area, self._county_names)
            self._made[geoid] = Place(
                geoid=geoid,
                kind="municipality",
                name=name,
                state=state.state,
                state_fips=state.geoid,
                state_name=state.name,
                county_geoid=county,
                population=_whole(population),
                lat=float(lat),
                lon=float(lon),
                slug=slug or slugify(name),
                county_note=note,
            )
        return self._made[geoid]

    @cached_property
    def _county_names(self) -> dict[str, str]:
        return {geoid: county.name for geoid, county in self._counties.items()}

    def _by_slug(self, state: Place) -> dict[str, Place]:
        if state.state not in self._slugs:
            places = (state, *self.counties(state.state), *self.municipalities(state.state))
            self._slugs[state.state] = {place.slug: place for place in places}
        return self._slugs[state.state]

    @cached_property
    def _neighbours(self) -> dict[str, tuple[str, str]]:
        return {
            row["geoid"]: (row["neighbours"], row["unknown"])
            for row in self._rows("neighbours.csv")
        }


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _degrees(text: str) -> float | None:
    return float(text) if text else None
