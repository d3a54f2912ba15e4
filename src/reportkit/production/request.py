"""What a run was asked for, and the places that this means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportkit.errors import PlaceError
from reportkit.findings.lookup import agency_places
from reportkit.places import Gazetteer, Place, resolve
from reportkit.places.model import Kind
from reportkit.production.formats import BRIEF
from reportkit.production.job import Outcome
from reportkit.store import Store


@dataclass(frozen=True, slots=True)
class Request:
    """Places by name or id, by state (postal code) or all, and how to make their briefs; JSON-safe.

    `kinds` are those of the places that `states` and `everywhere` mean. `out` is a folder or an
    address, `store` the folder of a store or None for the default one, `seconds` the time that one
    brief may take.
    """

    places: tuple[str, ...] = ()
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
    seconds: float = 120.0


def select(request: Request, store: Store) -> tuple[list[Place], list[Outcome]]:
    """The places that a request means, each once, and for each name that means none why it is held."""
    gazetteer = Gazetteer.load()
    found: dict[str, Place] = {}
    held: list[Outcome] = []
    agencies = agency_places(store, gazetteer) if request.places else ()
    for name in request.places:
        try:
            place = (
                gazetteer.place(name) if name in gazetteer else resolve(name, gazetteer, agencies)
            )
        except PlaceError as error:
            held.append(Outcome(name, "held", None, (str(error),)))
        else:
            found[place.geoid] = place
    for place in _by_state(request, gazetteer):
        found[place.geoid] = place
    return list(found.values()), held


def _by_state(request: Request, gazetteer: Gazetteer) -> Iterator[Place]:
    for state in gazetteer.states:
        if request.everywhere or state.state in request.states:
            of_kind = {
                "state": lambda postal: (gazetteer.state_by_postal(postal),),
                "county": gazetteer.counties,
                "municipality": gazetteer.municipalities,
            }
            for kind in request.kinds:
                yield from of_kind[kind](state.state)
