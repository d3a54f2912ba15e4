"""What the roster needs to know of places: which names are real in a state, and where they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from reportkit.places import Gazetteer, Place, county_by_name
from reportkit.places.names import base_name, expand, key, words
from reportkit.roster.codes import code_list

_DROPPED = {"of", "the", "and"}
_KINDS = {"borough", "city", "town", "village", "metropolitan"}


class Geography:
    """Exact look-ups of county and municipality names within one state, remembered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._counties: dict[tuple[str, str], Place | None] = {}

    def county(self, state: str, name: str) -> Place | None:
        """The one county or equivalent of this name, None where there is none or two."""
        wanted = state, name
        if wanted not in self._counties:
            found = county_by_name(state, name, self.gazetteer) if name else None
            self._counties[wanted] = found or self._short_counties.get(
                (state, _short(base_name(name.title())))
            )
        return self._counties[wanted]

    @cached_property
    def _short_counties(self) -> Mapping[tuple[str, str], Place]:
        """Counties whose name holds words that canonical names drop (Isle of Wight), by the rest."""
        return {
            (state, _short(base_name(place.name))): place
            for state in code_list("state").labels
            for place in self.gazetteer.counties(state)
            if _short(place.name) != key(place.name)
        }

    @cached_property
    def _municipalities(self) -> Mapping[tuple[str, str], tuple[Place, ...]]:
        found: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for state in code_list("state").labels:
            for place in self.gazetteer.municipalities(state):
                found[state, _short(place.name)].append(place)
            for place in self.gazetteer.counties(state):
                names = {*self.gazetteer.cities_of(place.geoid)}
                if place.name.endswith(" city"):
                    names.add(base_name(place.name))
                for name in sorted(names):
                    found[state, _short(name)].append(place)
        return {name: tuple(places) for name, places in found.items()}

    def city(self, state: str, name: str, county: str | None = None) -> Place | None:
        """The municipality of exactly this name, None where there is none or several.

        Of several, the one in `county` (an id) is meant where that is given. A city that is a
        county too (Baltimore, New Orleans) is given as that county.
        """
        found = self._municipalities.get((state, _short(name)), ())
        if county and len(found) > 1:
            found = tuple(place for place in found if place.county_geoid == county)
        return found[0] if len(found) == 1 else None

    def town(self, state: str, name: str, county: str | None) -> Place | None:
        """The municipality that a police's name means: "Milton Borough" is Milton.

        Where the name is no municipality's, the word for its kind is left out; the county must
        bear the reading out where it is known otherwise, and follow from it where it is not.
        Townships are no municipalities of their name.
        """
        if place := self.city(state, name, county):
            return place
        bare = " ".join(word for word in name.split() if word not in _KINDS)
        place = self.city(state, bare, county) if bare and bare != name else None
        if place is None or (county is None and place.county_geoid):
            return place
        return place if county in self.gazetteer.possible_counties(place.geoid) else None


def _short(name: str) -> str:
    """The key of a name without the words that canonical names drop."""
    return "".join(word for word in expand(words(name)) if word not in _DROPPED)
