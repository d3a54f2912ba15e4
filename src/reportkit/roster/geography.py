"""What the roster needs to know of places: which names are real in a state, and where they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from reportkit.places import Gazetteer, Place, county_by_name
from reportkit.places.names import base_name, key
from reportkit.roster.codes import code_list


class Geography:
    """Exact look-ups of county and municipality names within one state, remembered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._counties: dict[tuple[str, str], Place | None] = {}

    def county(self, state: str, name: str) -> Place | None:
        """The one county or equivalent of this name, None where there is none or two."""
        wanted = state, name
        if wanted not in self._counties:
            self._counties[wanted] = county_by_name(state, name, self.gazetteer) if name else None
        return self._counties[wanted]

    @cached_property
    def _municipalities(self) -> Mapping[tuple[str, str], tuple[Place, ...]]:
        found: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for state in code_list("state").labels:
            for place in self.gazetteer.municipalities(state):
                found[state, key(place.name)].append(place)
            for place in self.gazetteer.counties(state):
                names = {*self.gazetteer.cities_of(place.geoid)}
                if place.name.endswith(" city"):
                    names.add(base_name(place.name))
                for name in sorted(names):
                    found[state, key(name)].append(place)
        return {name: tuple(places) for name, places in found.items()}

    def city(self, state: str, name: str, county: str | None = None) -> Place | None:
        """The municipality of exactly this name, None where there is none or several.

        Of several, the one in `county` (an id) is meant where that is given. A city that is a
        county too (Baltimore, New Orleans) is given as that county.
        """
        found = self._municipalities.get((state, key(name)), ())
        if county and len(found) > 1:
            found = tuple(place for place in found if place.county_geoid == county)
        return found[0] if len(found) == 1 else None
