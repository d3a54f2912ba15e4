"""What an item of news is: one change between two lists, as a claim with its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reportkit.evidence import Claim
from reportkit.places import Gazetteer
from reportkit.store import Agency

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "signed": "begun",
        "model_added": "begun",
        "returned": "begun",
        "renewed": "replaced",
        "switched": "replaced",
        "relisted": "replaced",
        "ended": "ended",
        "model_dropped": "ended",
        "pending": "pending",
        "no_longer_pending": "pending",
        "memorandum": "papers",
        "link": "papers",
        "addendum": "papers",
        "on_hand": "papers",
        "correction": "record",
        "quarantined": "record",
    }
)
"""Every kind of item, in the order in which a reader asks, with the group that it is told in.

signed: a new agreement of an agency that the list before did not show; model_added: one of an agency
that it did. returned: back on the lists after an absence. renewed, switched (another model) and
relisted (another agency) took the place of an older agreement, and are neither new nor ended.
ended: the agency left the lists with it; model_dropped: the agency stayed with another agreement.
no_longer_pending: left the pending lists without an agreement. memorandum: ICE links it for the first
time; link: it links another file; on_hand: its text is in the store. correction: a value that we hold
otherwise than ICE printed it. quarantined: a file that could not be used.
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One change. `after` and `until` are the days of the lists that bracket it.

    `claim.id` names the change for good: every period that tells it tells it by that id, and word
    for word. `places` are ids: first the place whose brief tells more, then the counties of the
    agency. `pending_since` is the first pending list that showed what was signed since, None where
    none did. A file has no agency; then the state is empty. For memoranda on hand and for files,
    both days are that of the copy or of the file's name.
    """

    kind: str
    state: str
    places: tuple[str, ...]
    agency_id: str | None
    agency: str
    agency_kind: str
    model: str | None
    agreement: str | None
    after: dt.date
    until: dt.date
    claim: Claim
    pending_since: dt.date | None = None

    @property
    def group(self) -> str:
        """The group that it is told in."""
        return KINDS[self.kind]

    @property
    def order(self) -> tuple[int, str, str, str, dt.date, str]:
        """Where it stands among others: by kind, state and agency."""
        kind = list(KINDS).index(self.kind)
        return kind, self.state, self.agency, self.model or "", self.until, self.claim.id


@dataclass(frozen=True, slots=True)
class Event:
    """An item, and the day from which a later list tells more than it, None where none does.

    What came with one list and went with the next is told only by the periods that end between.
    """

    item: Item
    undone: dt.date | None = None

    def told(self, since: dt.date, until: dt.date) -> bool:
        """True where a period tells it: it came within it and still stood at its end."""
        return since < self.item.until <= until and not (self.undone and self.undone <= until)


def agency_item(
    kind: str,
    agency: Agency,
    model: str | None,
    agreement: str | None,
    window: tuple[dt.date, dt.date],
    claim: Claim,
    pending_since: dt.date | None = None,
) -> Item:
    """An item on an agency; `window` are the days of the two lists."""
    return Item(
        kind,
        agency.state,
        places_of(agency),
        agency.id,
        agency.name,
        agency.kind,
        model,
        agreement,
        *window,
        claim,
        pending_since,
    )


def places_of(agency: Agency) -> tuple[str, ...]:
    """The place whose brief tells of an agency, then the counties that it acts in, by their ids."""
    state = Gazetteer.load().state_by_postal(agency.state).geoid
    if agency.scope == "statewide":
        return (state,)
    home = agency.place or agency.county or state
    return tuple(dict.fromkeys((home, *agency.covers)))


def state_name(agency: Agency) -> str:
    """The name of an agency's state."""
    return Gazetteer.load().state_by_postal(agency.state).name
