"""An index of names: from a folded name to places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain
from typing import Literal

from reportkit.places import also_called
from reportkit.places.gazetteer import Gazetteer
from reportkit.places.model import Place
from reportkit.places.names import base_name, key

Side = Literal["county", "city", "both"]
"""Whether a name is a county's, a city's, or that of a city which is a county equivalent too."""

Sides = tuple[Side, ...]

Entry = tuple[str, str, Side]
"""Id of a place, its state (postal code), and the side of the name that it is entered under."""


class NameIndex:
    """Finds places by the keys of their names."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    @cached_property
    def table(self) -> dict[str, list[Entry]]:
        """Counties, then municipalities, by the key of each of their names."""
        table: dict[str, list[Entry]] = {}
        for name_key, entry in chain(self._counties(), self._municipalities()):
            table.setdefault(name_key, []).append(entry)
        return table

    def find(self, name_key: str, state: str | None, sides: Sides | None) -> list[Place]:
        """Places with this key, each once, in the order of the gazetteer.

        Args:
            name_key: folded by `names.key`.
            state: postal code, or None for all states.
            sides: only names of these sides, or None for all.
        """
        return unique(
            self.gazetteer.place(geoid)
            for geoid, own_state, own_side in self.table.get(name_key, ())
            if state in (None, own_state) and (sides is None or own_side in sides)
        )

    def _counties(self) -> Iterator[tuple[str, Entry]]:
        for state in self.gazetteer.states:
            for county in self.gazetteer.counties(state.state):
                # "Hopewell County" does not name Hopewell city, so that is no plain county.
                side: Side = "both" if county.name.endswith(" city") else "county"
                for name in {county.name: None, base_name(county.name): None}:
                    yield key(name), (county.geoid, county.state, side)
                for city in self.gazetteer.cities_of(county.geoid):
                    yield key(city), (county.geoid, county.state, "both")

    def _municipalities(self) -> Iterator[tuple[str, Entry]]:
        for geoid, name, state in self.gazetteer.municipal_names():
            yield key(name), (geoid, state, "city")
            for other in also_called.MUNICIPALITIES.get(geoid, ()):
                yield key(other), (geoid, state, "city")


def unique(places: Iterable[Place]) -> list[Place]:
    """The places in their order, each once."""
    return list({place.geoid: place for place in places}.values())


@lru_cache(maxsize=4)
def index_of(gazetteer: Gazetteer) -> NameIndex:
    """The index of a gazetteer, made once."""
    return NameIndex(gazetteer)
