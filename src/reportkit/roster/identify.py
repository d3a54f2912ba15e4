"""One agency under many spellings, and never two agencies under one.

Spellings that differ in nothing but spelling share a canonical name (see `names`). Beyond that, two
spellings are one agency only on evidence: the record says so by hand-over of the same agreement
from one to the other, or both name the same county's sheriff. Two names of different real places
are never one agency, however alike they look.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz.distance import OSA

from reportkit.places.names import base_name, key
from reportkit.roster.agencies import Named, describe
from reportkit.roster.aliases import Alias
from reportkit.roster.codes import code_list
from reportkit.roster.geography import Geography
from reportkit.roster.names import (
    canonical,
    direction_words,
    distinctive,
    numbers,
    title_words,
)
from reportkit.roster.sightings import Node, Sighting, Sightings

# The letters by which a misspelling may differ.
_SLIP = 2
# Offices that a county has beside each other: one is never the other under a new name.
_SPECIFIC = {"sheriff", "prosecutor", "constable", "corrections", "municipal police"}
# A listing under a wrong state has never lasted longer than this many lists.
_STRAY_LISTS = 8


@dataclass(frozen=True, slots=True)
class Join:
    """Why two spellings are one agency: the rule, and the last and first row of the hand-over."""

    earlier: Node
    later: Node
    rule: str
    last: Sighting | None
    first: Sighting | None


@dataclass(frozen=True, slots=True)
class Spelling:
    """What is known of one spelling over all lists."""

    node: Node
    named: Named
    counties: frozenset[str]
    cells: frozenset[tuple[int, str]]


class Identities:
    """Which spellings are one agency. `root` gives the spelling that stands for all of them.

    A join is refused where a chain of joins would bring two places, two numbers (precincts,
    districts) or a pair that was decided to be distinct together.
    """

    def __init__(self, spellings: dict[Node, Spelling], distinct: set[frozenset[Node]]) -> None:
        self._parent = {node: node for node in spellings}
        self._members = {node: {node} for node in spellings}
        self._spellings = spellings
        self._distinct = distinct
        self.joins: list[Join] = []

    def root(self, node: Node) -> Node:
        """The spelling that stands for the agency of this one."""
        while self._parent[node] != node:
            node = self._parent[node]
        return node

    def members(self) -> dict[Node, list[Node]]:
        """The spellings of each agency."""
        return {root: sorted(nodes) for root, nodes in sorted(self._members.items())}

    def join(self, join: Join) -> None:
        """Make two spellings one agency, unless the record speaks against it."""
        earlier, later = self.root(join.earlier), self.root(join.later)
        if earlier == later:
            return
        nodes = self._members[earlier] | self._members[later]
        if self._conflict(nodes, by_hand=join.rule.startswith("by hand")):
            return
        # The spelling that was listed first names the agency, whatever is found later.
        root = min(nodes, key=self._age)
        self._members[root] = nodes
        for other in {earlier, later} - {root}:
            del self._members[other]
        for node in nodes:
            self._parent[node] = root
        self.joins.append(join)

    def _conflict(self, nodes: set[Node], *, by_hand: bool) -> bool:
        if any(frozenset(pair) in self._distinct for pair in combinations(nodes, 2)):
            return True
        if by_hand:
            return False
        places = {self._spellings[node].named.place for node in nodes} - {None}
        digits = {numbers(*node) for node in nodes} - {frozenset()}
        return len(places) > 1 or len(digits) > 1

    def _age(self, node: Node) -> tuple[int, int, Node]:
        lists = [index for index, _ in self._spellings[node].cells]
        return (min(lists), -len(lists), node) if lists else (1_000_000, 0, node)


def identify(
    listed: Sightings, pending: Sightings, aliases: Sequence[Alias], geography: Geography
) -> Identities:
    """Decide which spellings are one agency.

    `aliases` are decisions made by hand, with their reason: they come first, and a pair that one of
    them calls distinct is never joined.
    """
    spellings = {spelling.node: spelling for spelling in _spellings(listed, pending, geography)}
    decided = [
        (alias, pair)
        for alias in aliases
        for pair in combinations([(alias.state, canonical(alias.state, n)) for n in alias.names], 2)
    ]
    distinct = {frozenset(pair) for alias, pair in decided if alias.kind == "distinct"}
    identities = Identities(spellings, distinct)
    for alias, (one, other) in decided:
        if alias.kind == "same" and one in spellings and other in spellings:
            identities.join(Join(one, other, f"by hand: {alias.reason}", None, None))
    for join in (
        *_same_sheriff(spellings),
        *_hand_overs(listed, spellings),
        *_waiting(pending, spellings),
    ):
        identities.join(join)
    return identities


def _spellings(listed: Sightings, pending: Sightings, geography: Geography) -> Iterator[Spelling]:
    rows: dict[Node, list[Sighting]] = defaultdict(list)
    cells: dict[Node, set[tuple[int, str]]] = defaultdict(set)
    for (node, model, _), seen in listed.atoms.items():
        rows[node].extend(seen.values())
        cells[node].update((index, model) for index in seen)
    for (node, _, _), seen in pending.atoms.items():
        rows[node].extend(seen.values())
    for node, shown in rows.items():
        state = node[0]
        typed = any(
            code_list("type").encode(row.printed.type, "") == "State Agency" for row in shown
        )
        counties = {
            place.geoid
            for name in {row.county for row in shown}
            if (place := geography.county(state, name))
        }
        named = describe(state, shown[0].agency, typed, geography)
        yield Spelling(
            node,
            _misspelt_county(named, counties, geography),
            frozenset(counties),
            frozenset(cells[node]),
        )


def _misspelt_county(named: Named, counties: set[str], geography: Geography) -> Named:
    """A sheriff of a county misspelt in the name, where the county column has it right."""
    if named.kind != "sheriff" or named.place or len(counties) != 1:
        return named
    county = geography.gazetteer.place(next(iter(counties)))
    if OSA.distance(key(named.words), key(base_name(county.name))) > _SLIP:
        return named
    return Named(named.kind, named.scope, named.words, county, None)


def _same_sheriff(spellings: dict[Node, Spelling]) -> Iterator[Join]:
    """A county has one sheriff."""
    of_county: dict[str, Node] = {}
    for node, spelling in sorted(spellings.items()):
        if spelling.named.kind == "sheriff" and (place := spelling.named.place):
            if place in of_county:
                yield Join(of_county[place], node, "the county's one sheriff", None, None)
            else:
                of_county[place] = node


def _hand_overs(listed: Sightings, spellings: dict[Node, Spelling]) -> Iterator[Join]:
    """An agreement that passes from one spelling to the other between neighbouring lists."""
    groups: dict[tuple[str, str, dt.date | None], list[Node]] = defaultdict(list)
    for node, model, signed in sorted(listed.atoms, key=str):
        groups[node[0], model, signed].append(node)
    for (_, model, signed), nodes in groups.items():
        for one, other in combinations(nodes, 2):
            if spellings[one].cells & spellings[other].cells:
                continue
            step = _step(
                listed, listed.atoms[one, model, signed], listed.atoms[other, model, signed]
            )
            if step and (rule := _same(spellings[one], spellings[other], *step)):
                last, first = step
                yield Join(last.node, first.node, rule, last, first)


def _step(
    listed: Sightings, one: dict[int, Sighting], other: dict[int, Sighting]
) -> tuple[Sighting, Sighting] | None:
    """The last row of the earlier and the first of the later spelling, if the lists are neighbours."""
    if min(one) > min(other):
        one, other = other, one
    before = max(index for index in one if index < min(other))
    if not listed.adjacent(before, min(other)):
        return None
    return one[before], other[min(other)]


def _same(one: Spelling, other: Spelling, last: Sighting, first: Sighting) -> str | None:
    """The rule by which two spellings that share an agreement are one agency, None where none is."""
    if one.named.place and other.named.place and one.named.place != other.named.place:
        return None
    kinds = {one.named.kind, other.named.kind}
    if len(kinds) == 2 and kinds & _SPECIFIC:
        return None
    state = one.node[0]
    digits = numbers(state, last.agency), numbers(state, first.agency)
    if digits[0] != digits[1] and all(digits):
        return None
    same_file = bool(last.printed.moa_url) and last.printed.moa_url == first.printed.moa_url
    same_area = bool(one.counties & other.counties) or not (one.counties and other.counties)
    words = set(distinctive(state, last.agency)), set(distinctive(state, first.agency))
    if not same_area or _directions(words[0]) != _directions(words[1]):
        return None
    # In one county and on the very next list, a third letter may differ.
    slip = _SLIP + (first.index == last.index + 1 and bool(one.counties & other.counties))
    if digits[0] == digits[1] and OSA.distance(one.node[1], other.node[1]) <= slip:
        return "respelt between neighbouring lists"
    if sorted(one.node[1].split()) == sorted(other.node[1].split()):
        return "same words in another order"
    statewide = one.named.scope == other.named.scope == "statewide"
    if same_file and (words[0] & words[1] or statewide):
        return "renamed, with the same memorandum linked"
    nested = words[0] <= words[1] or words[1] <= words[0]
    more = (words[0] ^ words[1]) - title_words(state)
    if nested and not more and words[0] and words[1] and digits[0] == digits[1]:
        return "name shortened or lengthened between neighbouring lists"
    return None


def _directions(words: set[str]) -> set[str]:
    """Words that tell neighbours of one name apart: North Lebanon is not South Lebanon."""
    return words & direction_words()


def _waiting(pending: Sightings, spellings: dict[Node, Spelling]) -> Iterator[Join]:
    """A pending agency misspelt by a letter or two, in the same county as a listed one."""
    by_state: dict[str, list[Node]] = defaultdict(list)
    for node, spelling in sorted(spellings.items()):
        if spelling.cells:
            by_state[node[0]].append(node)
    for node in sorted({node for node, _, _ in pending.atoms}):
        waiting = spellings[node]
        if waiting.cells or waiting.named.place:
            continue
        state = node[0]
        words = set(distinctive(*node))
        for other in by_state[state]:
            listed = spellings[other]
            others = set(distinctive(*other))
            alike = OSA.distance(node[1], other[1], score_cutoff=_SLIP) <= _SLIP or words == others
            if (
                alike
                and words
                and _directions(words) == _directions(others)
                and numbers(*node) == numbers(*other)
                and waiting.named.kind == listed.named.kind
                and (waiting.counties & listed.counties or not waiting.counties)
            ):
                yield Join(other, node, "pending under a misspelling, same county", None, None)


def move_strays(
    listed: Sightings, pending: Sightings, geography: Geography
) -> list[tuple[Sighting, str]]:
    """Give rows that were listed under a wrong state for a stretch their state.

    The same name, model and signing date pass from one state to another between neighbouring
    lists, never on one list together, and the stray was short and had no memorandum linked. Where
    both states have a place of that name, the home state's agency must have been pending for it.
    Returns the rows that were moved and the state they were moved to.
    """
    groups: dict[tuple[str, str, dt.date | None], list[str]] = defaultdict(list)
    for (state, name), model, signed in listed.atoms:
        if signed is not None:
            groups[name, model, signed].append(state)
    moved = []
    for (name, model, signed), states in sorted(groups.items(), key=str):
        for stray, home in ((a, b) for a in states for b in states if a != b):
            away, back = ((stray, name), model, signed), ((home, name), model, signed)
            rows, stays = listed.atoms.get(away, {}), listed.atoms.get(back, {})
            short = len(rows) <= _STRAY_LISTS and len(rows) < len(stays)
            linked = any(row.printed.moa_url for row in rows.values())
            if not rows or rows.keys() & stays.keys() or not short or linked:
                continue
            real = describe(stray, name, False, geography).place
            if real and ((home, name), model, None) not in pending.atoms:
                continue
            if min(rows) < min(stays) and listed.adjacent(max(rows), min(stays)):
                moved += [(row, home) for row in rows.values()]
                stays.update({index: replace(row, state=home) for index, row in rows.items()})
                listed.doubles[back] += listed.doubles.pop(away, [])
                del listed.atoms[away]
    return moved
