"""An index of names: from a folded name to places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Literal

from reportkit.places import also_called
from reportkit.places.gazetteer import Gazetteer
from reportkit.places.model import Place
from reportkit.places.names import base_name, key

Side = Literal["county", "city", "both"]
"""Whether a name is a county's, a city's, or that of a city which is a county equivalent too."""

Sides = tuple[Side, ...]

Entry = tuple[str, Side]
"""Id of a place, and the side of the name that it is entered under."""


class NameIndex:
    """Finds places by the keys of their names."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._tables: dict[str | None, dict[str, list[Entry]]] = {}

    def table(self, state: str | None) -> dict[str, list[Entry]]:
        """Counties, then municipalities, of a state or of all, by the key of each of their names.

        One state's is made in no time, where folding every name of the country takes a while.
        """
        if state not in self._tables:
            table: dict[str, list[Entry]] = {}
            for name_key, entry in chain(self._counties(state), self._municipalities(state)):
                table.setdefault(name_key, []).append(entry)
            self._tables[state] = table
        return self._tables[state]

    def find(self, name_key: str, state: str | None, sides: Sides | None) -> list[Place]:
        """Places with this key, each once, in the order of the gazetteer.

        Args:
            name_key: folded by `names.key`.
            state: postal code, or None for all states.
            sides: only names of these sides, or None for all.
        """
        return unique(
            self.gazetteer.place(geoid)
            for geoid, own_side in self.table(state).get(name_key, ())
            if sides is None or own_side in sides
        )

    def _counties(self, only: str | None) -> Iterator[tuple[str, Entry]]:
        for state in self.gazetteer.states:
            if only not in (None, state.state):
                continue
            for county in self.gazetteer.counties(state.state):
                # "Hopewell County" does not name Hopewell city, so that is no plain county.
                side: Side = "both" if county.name.endswith(" city") else "county"
                for name in {county.name: None, base_name(county.name): None}:
                    yield key(name), (county.geoid, side)
                for city in self.gazetteer.cities_of(county.geoid):
                    yield key(city), (county.geoid, "both")

    def _municipalities(self, only: str | None) -> Iterator[tuple[str, Entry]]:
        for geoid, name, state in self.gazetteer.municipal_names():
            if only not in (None, state):
                continue
            yield key(name), (geoid, "city")
            for other in also_called.MUNICIPALITIES.get(geoid, ()):
                yield key(other), (geoid, "city")


def unique(places: Iterable[Place]) -> list[Place]:
    """The places in their order, each once."""
    return list({place.geoid: place for place in places}.values())


@lru_cache(maxsize=4)
def index_of(gazetteer: Gazetteer) -> NameIndex:
    """The index of a gazetteer, made once."""
    return NameIndex(gazetteer)
