"""From the archive to the roster: agencies with their areas, agreements with their history."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.places import Gazetteer
from reportkit.roster.agencies import describe
from reportkit.roster.agreements import Agreement, agency_id, agree, with_plausible_dates
from reportkit.roster.aliases import Alias
from reportkit.roster.archive import Archive
from reportkit.roster.codes import code_list, is_missing
from reportkit.roster.corrections import Correction
from reportkit.roster.geography import Geography
from reportkit.roster.identify import Identities, identify, move_strays
from reportkit.roster.jurisdictions import Area, Jurisdiction, Jurisdictions
from reportkit.roster.sightings import Node, Sighting, Sightings, collect


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency. `place` is the id of the place that its name names, `spellings` are all names it
    was listed under, `newest` is its last row.
    """

    id: str
    node: Node
    state: str
    name: str
    kind: str
    type_printed: str
    area: Area
    place: str | None
    spellings: tuple[str, ...]
    newest: Sighting


@dataclass(frozen=True, slots=True)
class Roster:
    """All that the archive tells of agencies and agreements."""

    archive: Archive
    listed: Sightings
    pending: Sightings
    identities: Identities
    moved: tuple[tuple[Sighting, str], ...]
    agencies: tuple[Agency, ...]
    agreements: tuple[Agreement, ...]


def make_roster(
    archive: Archive,
    corrections: Sequence[Correction],
    aliases: Sequence[Alias],
    jurisdictions: Sequence[Jurisdiction],
) -> Roster:
    """Identify agencies and agreements over all good lists."""
    geography = Geography(Gazetteer.load())
    listed = collect(archive.participating, corrections, geography)
    pending = collect(archive.pending, corrections, geography)
    moved = move_strays(listed, pending, geography)
    identities = identify(listed, pending, aliases, geography)
    agreements = with_plausible_dates(listed, agree(listed, identities))
    areas = Jurisdictions(tuple(jurisdictions), geography)
    agencies = _agencies(listed, pending, identities, areas, geography)
    return Roster(archive, listed, pending, identities, tuple(moved), agencies, tuple(agreements))


def _agencies(
    listed: Sightings,
    pending: Sightings,
    identities: Identities,
    areas: Jurisdictions,
    geography: Geography,
) -> tuple[Agency, ...]:
    rows: dict[Node, list[Sighting]] = defaultdict(list)
    waiting: dict[Node, list[Sighting]] = defaultdict(list)
    for sightings, found in ((listed, rows), (pending, waiting)):
        for (node, _, _), by_list in sightings.atoms.items():
            found[identities.root(node)].extend(by_list.values())
    agencies = []
    for root in identities.members():
        # What a pending list prints counts only while no participating list has the agency.
        seen = rows[root] or waiting[root]
        newest = max(seen, key=lambda row: (row.index, -row.row))
        name, state = _name(seen, newest.index), newest.state
        typed = any(
            code_list("type").encode(row.printed.type, "") == "State Agency" for row in seen
        )
        named = describe(state, name, typed, geography)
        decision = areas.by_hand(state, name)
        area = areas.area(state, name, named, _county(seen))
        city = geography.town(state, named.words, area.county) if named.words else None
        agencies.append(
            Agency(
                agency_id(root),
                root,
                state,
                name,
                decision.kind if decision and decision.kind else named.kind,
                "" if is_missing(newest.printed.type) else newest.printed.type,
                area,
                named.place or (city.geoid if city and named.scope == "municipality" else None),
                tuple(sorted({row.printed.agency for row in (*rows[root], *waiting[root])})),
                newest,
            )
        )
    return tuple(sorted(agencies, key=lambda agency: agency.id))


def _name(rows: Sequence[Sighting], index: int) -> str:
    """The name on the newest list; where that has two spellings, the more frequent one."""
    names = Counter(row.agency for row in rows if row.index == index)
    return min(names, key=lambda name: (-names[name], name))


def _county(rows: Sequence[Sighting]) -> str:
    """The county as printed last, "" where none ever was."""
    printed = [row for row in rows if row.county]
    return max(printed, key=lambda row: (row.index, -row.row)).county if printed else ""
