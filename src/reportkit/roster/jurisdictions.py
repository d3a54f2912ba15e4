"""Where an agency acts: its county by rule, or a jurisdiction decided by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from reportkit.roster.agencies import Named
from reportkit.roster.geography import Geography
from reportkit.roster.names import canonical


class Jurisdiction(BaseModel):
    """A jurisdiction that no rule can read off a name: a circuit, a campus, a regional jail.

    `covers` holds ids of counties, or of the state for an agency that acts statewide.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: str
    agency: str
    scope: str
    covers: tuple[str, ...]
    reason: str
    source: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """Where an agency acts. `county` is set where it is one county, `covers` lists all ids.

    `rule` is how that is known: statewide, named (the agency's name names it), printed (ICE's
    county column), gazetteer (the name is that of a municipality that lies in one county), by hand,
    or unknown. `note` says what disagrees, or why it is not known.
    """

    scope: str
    county: str | None
    covers: tuple[str, ...]
    rule: str
    note: str = ""


class Jurisdictions:
    """Decides where agencies act."""

    def __init__(self, by_hand: tuple[Jurisdiction, ...], geography: Geography) -> None:
        self._by_hand: Mapping[tuple[str, str], Jurisdiction] = {
            (item.state, canonical(item.state, item.agency)): item for item in by_hand
        }
        self._geography = geography

    def by_hand(self, state: str, agency: str) -> Jurisdiction | None:
        """The decision by hand for this agency."""
        return self._by_hand.get((state, canonical(state, agency)))

    def area(self, state: str, agency: str, named: Named, printed: str) -> Area:
        """Where an agency acts, from its name and the county that ICE prints ("" where none)."""
        if decision := self.by_hand(state, agency):
            one = (
                decision.covers[0]
                if len(decision.covers) == 1 and decision.scope != "statewide"
                else None
            )
            return Area(decision.scope, one, decision.covers, "by hand", decision.reason)
        if named.scope == "statewide":
            fips = self._geography.gazetteer.state_by_postal(state).geoid
            return Area("statewide", None, (fips,), "statewide")
        column = self._geography.county(state, printed)
        if named.county:
            differs = column is None or column.geoid != named.county.geoid
            note = f"ICE prints {printed}" if printed and differs else ""
            return _one(named, named.county.geoid, "named", note)
        if column:
            return _one(named, column.geoid, "printed")
        city = named.city
        if city is None and named.scope == "municipality" and named.words:
            city = self._geography.town(state, named.words, None)
        if city and city.county_geoid:
            if city.kind == "county":
                return _one(named, city.geoid, "named", f"ICE prints {printed}" if printed else "")
            note = f"ICE prints {printed}, which is no county of the state" if printed else ""
            return _one(named, city.county_geoid, "gazetteer", note)
        return Area(named.scope, None, (), "unknown", self._why(state, named, printed))

    def _why(self, state: str, named: Named, printed: str) -> str:
        missing = (
            f"ICE prints {printed}, which is no county of the state"
            if printed
            else "ICE prints no county"
        )
        if named.city and named.city.county_note:
            return f"{missing}; {named.city.name}: {named.city.county_note}"
        if named.words:
            return f"{missing}; the gazetteer has no single place named {named.words.title()} in the state"
        return f"{missing}; the agency's name names no place"


def _one(named: Named, geoid: str, rule: str, note: str = "") -> Area:
    return Area(named.scope, geoid, (geoid,), rule, note)
