"""What a run was asked for, and the places that this means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportkit.errors import PlaceError, UnknownPlace
from reportkit.findings.lookup import agency_places
from reportkit.places import Gazetteer, Place, resolve
from reportkit.places.model import Kind
from reportkit.production.formats import BRIEF, LIMIT
from reportkit.production.job import Outcome
from reportkit.store import Store

SELECTION = ("places", "where", "states", "everywhere", "kinds")
"""The fields of a request that say together which places it means."""


@dataclass(frozen=True, slots=True)
class Request:
    """Places by name or id, by state (postal code) or all, and how to make their briefs; JSON-safe.

    `where` says of a name where it was read, such as "line 7", for messages. `kinds` are those of
    the places that `states` and `everywhere` mean. `out` is a folder or an address, `store` the
    folder of a store or None for the default one, `seconds` the time that one brief may take.
    """

    places: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    everywhere: bool = False
    kinds: tuple[Kind, ...] = ("county",)
    as_of: str | None = None
    lang: str = "en"
    formats: tuple[str, ...] = BRIEF
    out: str = "outputs"
    store: str | None = None
    notebook: str | None = None
    engine: str = "reportkit"
    seconds: float = LIMIT


def selects(settings: Mapping[str, Any]) -> bool:
    """True where some fields of a request, by name, mean places."""
    return any(settings.get(name) for name in ("places", "states", "everywhere"))


def settled(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a request by name, those of later layers on top of those of earlier ones.

    Which places are meant is settled as a whole: who names one place means no state named before.
    """
    found: dict[str, Any] = {}
    for layer in layers:
        if selects(layer):
            found = {name: value for name, value in found.items() if name not in SELECTION}
        found |= layer
    return found


def select(request: Request, store: Store) -> tuple[list[Place], list[Outcome]]:
    """The places that a request means, each once, and for each name that means none why it is held.

    Raises:
        UnknownPlace: a state has no place of the kinds asked for.
    """
    gazetteer = Gazetteer.load()
    found: dict[str, Place] = {}
    held: list[Outcome] = []
    agencies = agency_places(store, gazetteer) if request.places else ()
    for name in dict.fromkeys(request.places):
        try:
            place = resolve(name, gazetteer, agencies)
        except PlaceError as error:
            where = f"{request.where[name]}: " if name in request.where else ""
            held.append(Outcome(name, "held", None, (f"{where}{error}",)))
        else:
            found[place.geoid] = place
    for place in _by_state(request, gazetteer):
        found[place.geoid] = place
    return list(found.values()), held


def _by_state(request: Request, gazetteer: Gazetteer) -> Iterator[Place]:
    of_kind = {
        "state": lambda postal: (gazetteer.state_by_postal(postal),),
        "county": gazetteer.counties,
        "municipality": gazetteer.municipalities,
    }
    for state in gazetteer.states:
        if request.everywhere or state.state in request.states:
            found = [place for kind in request.kinds for place in of_kind[kind](state.state)]
            if not found and not request.everywhere:
                raise UnknownPlace(
                    f"{state.name} ({state.state}) has no {' or '.join(request.kinds)} on hand; "
                    "ask for its own brief with --kind state"
                )
            yield from found
