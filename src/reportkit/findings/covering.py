"""Which agencies can act in a place, and for what reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from reportkit.places import Gazetteer, Place
from reportkit.roster.values import MODELS
from reportkit.store import Agency, Agreement, Waiting

# The order in which a reader asks: who acts for all, who for a part, who for the whole state.
REASONS = (
    "own",
    "county",
    "circuit",
    "regional",
    "municipality",
    "precinct",
    "campus",
    "port",
    "statewide",
)
# Another town's police, a campus or a port of the same county is not this town's.
_ELSEWHERE = {"municipality", "campus", "port"}
# A joint police of several towns acts in those, which the list does not name.
_JOINT_POLICE = "regional", "municipal police"
_Held = TypeVar("_Held", Agreement, Waiting)


@dataclass(frozen=True, slots=True)
class Covering(Generic[_Held]):
    """An agreement, or a wait for one, whose agency can act in the place, with the reason.

    `certain` is False where a municipality may lie outside the agency's area.
    """

    held: _Held
    reason: str
    certain: bool = True

    @property
    def agency(self) -> Agency:
        """The agency."""
        return self.held.agency

    @property
    def local(self) -> bool:
        """False for an agency that acts statewide."""
        return self.reason != "statewide"


def _reading_order(item: Covering[_Held]) -> tuple[int, str, int]:
    model = item.held.model
    return REASONS.index(item.reason), item.agency.name, MODELS.index(model) if model else -1


class Area:
    """A place as far as agencies are concerned: what is inside it and what takes it in."""

    def __init__(self, place: Place, gazetteer: Gazetteer) -> None:
        self.place = place
        self.counties = frozenset(gazetteer.possible_counties(place.geoid))

    def reason(self, agency: Agency) -> tuple[str, bool] | None:
        """Why an agency can act here and whether that is certain, None where nothing says it can."""
        if agency.state != self.place.state:
            return None
        if agency.scope == "statewide":
            return "statewide", True
        if self.place.kind == "state":
            return agency.scope, True
        if self.place.kind == "municipality" and agency.place == self.place.geoid:
            return "own", True
        common = self.counties & set(agency.covers)
        if not self.counties and agency.scope in {"county", "circuit", "regional"}:
            # The county is not known at all: nothing says that the agency cannot act here.
            return agency.scope, False
        if not common:
            return None
        if self.place.kind == "municipality":
            if agency.scope in _ELSEWHERE:
                return None
            if agency.scope == "precinct" or (agency.scope, agency.kind) == _JOINT_POLICE:
                return agency.scope, False
        return agency.scope, self.counties <= set(agency.covers)


def covering(area: Area, held: Iterable[_Held]) -> tuple[Covering[_Held], ...]:
    """Those of some agreements (or waits) whose agency can act in the place, in reading order."""
    found = [
        Covering(item, *reason) for item in held if (reason := area.reason(item.agency)) is not None
    ]
    return tuple(sorted(found, key=_reading_order))
