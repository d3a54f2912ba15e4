"""What letters and questions are chosen by: the situation of a place, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from reportkit.findings.cited import known
from reportkit.findings.covering import Covering
from reportkit.findings.law import law_facts
from reportkit.findings.national import National
from reportkit.findings.papers import Paper, our_papers
from reportkit.findings.safeguards import LACKING, Safeguard, find_safeguards, worst
from reportkit.findings.status import Status
from reportkit.library.asking import Item, To, When, load_requests
from reportkit.library.rubric import SafeguardState
from reportkit.roster.links import file_name
from reportkit.store import Agency, Agreement, Waiting

Shown = Covering[Agreement] | Covering[Waiting]
"""What a list shows of an agency: an agreement, or a wait for one."""

_Held = TypeVar("_Held", Agreement, Waiting)
_Shown = TypeVar("_Shown", bound=Shown)
_FIELDS = ("lea_signatory", "lea_signed", "ice_signatory", "ice_signed")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask for records: one agency with what the lists show of it, and its like.

    `agency` is None where no list on hand shows a local agency. `others` are the agencies that
    the same letter serves, for what it holds on the same kind of list.
    """

    agency: Agency | None
    listed: tuple[Agreement, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    ended: tuple[Agreement, ...] = ()
    others: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """The codes that apply to a place, by the conditions of `library.asking.conditions`."""

    answer: frozenset[str]
    kind: frozenset[str]
    models: frozenset[str]
    law: frozenset[str]
    record: frozenset[str]
    lacks: frozenset[str]

    def holds(self, when: When) -> bool:
        """Whether for each condition one of the codes wanted applies."""
        return all(codes & getattr(self, name) for name, codes in when.items())


def ours(status: Status, items: Iterable[Covering[_Held]]) -> tuple[Covering[_Held], ...]:
    """Those that a brief is about: of local agencies; of a state, of all its agencies."""
    return tuple(item for item in items if item.local or status.place.kind == "state")


def gone(status: Status) -> tuple[Covering[Agreement], ...]:
    """Ended agreements that a brief is about, where the agency holds none of that model now."""
    now = {(item.agency.id, item.held.model) for item in status.listed}
    return tuple(
        item
        for item in ours(status, status.ended)
        if not item.held.continues_as and (item.agency.id, item.held.model) not in now
    )


def awaited(status: Status) -> tuple[Covering[Waiting], ...]:
    """Pending agreements that a brief is about; where nothing is listed, those that were pending."""
    pending, listed = ours(status, status.pending), ours(status, status.listed)
    return pending if pending or listed else ours(status, status.waited)


def find_asked(status: Status) -> Asked:
    """The agency to ask: on the newest list, else pending, else ended; its own first."""
    listed, waiting, ended = ours(status, status.listed), awaited(status), gone(status)
    groups: tuple[tuple[Shown, ...], ...] = (listed, waiting, ended)
    for group in groups:
        if group:
            agency, *others = dict.fromkeys(item.agency for item in ranked(status, group))
            return Asked(
                agency,
                tuple(item.held for item in listed if item.agency == agency),
                tuple(item.held for item in waiting if item.agency == agency),
                tuple(item.held for item in ended if item.agency == agency),
                tuple(others),
            )
    return Asked(None)


def ranked(status: Status, items: Iterable[_Shown]) -> list[_Shown]:
    """In the order in which to ask: of a state, the statewide first; else its own and the county-wide."""
    if status.place.kind == "state":
        return sorted(items, key=lambda item: item.local)
    ranks = {"own": 0, "county": 1}
    return sorted(
        items,
        key=lambda item: (
            not item.certain,
            ranks.get(item.reason, 2),
            item.agency.kind != "sheriff",
        ),
    )


def find_situation(status: Status, papers: tuple[Paper, ...], national: National) -> Situation:
    """Everything about a place that questions and the federal letter are chosen by."""
    shown = _Record(our_papers(status, papers), awaited(status), gone(status))
    return _situation(status, shown, national)


def _asked_situation(status: Status, papers: tuple[Paper, ...], national: National) -> Situation:
    """The same by what is shown of the agency asked alone, for the letter to it."""
    agency = find_asked(status).agency
    shown = _Record(
        tuple(paper for paper in papers if paper.held.agency == agency),
        tuple(item for item in awaited(status) if item.agency == agency),
        tuple(item for item in gone(status) if item.agency == agency),
    )
    return _situation(status, shown, national)


@dataclass(frozen=True, slots=True)
class _Record:
    """What lists and memoranda show of some agencies."""

    papers: tuple[Paper, ...]
    waiting: tuple[Covering[Waiting], ...]
    ended: tuple[Covering[Agreement], ...]


def _situation(status: Status, shown: _Record, national: National) -> Situation:
    safeguards = find_safeguards(shown.papers, whole=True)
    effects: set[str] = {
        fact.effect
        for fact in law_facts(status.place.state)
        if fact.effect and known(fact, national.snapshot.as_of)
    }
    return Situation(
        answer=frozenset({status.answer}),
        kind=frozenset({status.place.kind}),
        models=frozenset(paper.held.model for paper in shown.papers),
        law=frozenset(effects or {"unverified"}),
        record=frozenset(_record(status, shown)),
        lacks=frozenset(name for name, item in safeguards.items() if _level(item) in LACKING),
    )


def _level(item: Safeguard) -> SafeguardState:
    """What the agreements' own texts tell, else what the standard forms of their time do."""
    return worst((item.state, item.form_state))


def _record(status: Status, shown: _Record) -> Iterator[str]:
    """The codes of `library.asking.RECORD` that apply."""
    papers = shown.papers
    on_hand = [paper.memorandum for paper in papers if paper.memorandum]
    told = {
        "agreement": papers,
        "pending": shown.waiting,
        "ended": shown.ended,
        "none_ever": not (papers or shown.waiting or shown.ended),
        "text_missing": len(on_hand) < len(papers),
        "text_complete": papers and len(on_hand) == len(papers),
        "addendum_missing": any(map(lacks_addendum, papers)),
        "unread": any(map(unread_fields, papers)) or any(item.unread for item in on_hand),
        "departures": any(item.deviations for item in on_hand),
        "statewide": status.statewide,
        "several_agencies": len({paper.held.agency.id for paper in papers}) > 1,
    }
    yield from (name for name, applies in told.items() if applies)


def lacks_addendum(paper: Paper) -> bool:
    """Whether ICE links an addendum that is not on hand: neither as a file nor bound in one."""
    linked, record = file_name(paper.held.addendum_url), paper.memorandum
    if not linked:
        return False
    bound = paper.found("addendum")
    return not (record and (record.file == linked or (bound and bound.state == "present")))


def unread_fields(paper: Paper) -> tuple[str, ...]:
    """Fields of the signature page, names and dates, that could not be read."""
    held = ((name, paper.found(name)) for name in _FIELDS)
    return tuple(name for name, found in held if found and found.state == "unreadable")


def letter_items(
    to: To, status: Status, papers: tuple[Paper, ...], national: National
) -> tuple[Item, ...]:
    """What a letter asks for, in order: of the agency by what it holds itself, of ICE by all."""
    find = _asked_situation if to == "agency" else find_situation
    situation = find(status, papers, national)
    return tuple(item for item in load_requests() if to in item.to and situation.holds(item.when))
