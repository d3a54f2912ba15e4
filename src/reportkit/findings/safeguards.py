"""Safeguards by the rubric: what each agreement has, as far as its text was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from reportkit.findings.papers import Paper, local_papers
from reportkit.findings.points import in_form
from reportkit.library.rubric import LINKED, Condition, Indicator, SafeguardState, load_rubric
from reportkit.moa.values import Found
from reportkit.store import Agreement, MemorandumRecord

Answers = Callable[[str], Found | None]
"""What is found on a term by its name; None where nothing answers it."""

WORST_FIRST: tuple[SafeguardState, ...] = ("absent", "partly", "in_place", "unknown")
"""States in the order in which gaps are told."""
LACKING: tuple[SafeguardState, ...] = ("absent", "partly")
"""States of a gap."""


@dataclass(frozen=True)
class Safeguard:
    """One indicator over the agreements of a place.

    `held` has each agreement with what its own memorandum and the list tell of it, `standard` those
    that are not known so, with what the standard form of their time says.
    """

    indicator: Indicator
    held: tuple[tuple[Paper, SafeguardState], ...]
    standard: tuple[tuple[Paper, SafeguardState], ...]

    @cached_property
    def state(self) -> SafeguardState:
        """The place's: the worst that is known of its agreements, unknown if nothing is."""
        return worst(state for _, state in self.held)

    @cached_property
    def form_state(self) -> SafeguardState:
        """The worst that the standard forms of the other agreements say."""
        return worst(state for _, state in self.standard)

    def having(self, state: SafeguardState) -> tuple[Paper, ...]:
        """The agreements of a state, by their own text."""
        return tuple(paper for paper, held in self.held if held == state)

    def by_form(self, state: SafeguardState) -> tuple[Paper, ...]:
        """The agreements of a state by the standard form alone."""
        return tuple(paper for paper, held in self.standard if held == state)


def find_safeguards(papers: Sequence[Paper], *, whole: bool = False) -> Mapping[str, Safeguard]:
    """The place's own safeguards by the id of the indicator, in the order of the rubric.

    Args:
        papers: the agreements of a place.
        whole: count statewide agencies too, as for a state; else local agreements alone.

    Returns:
        Nothing for a place without such agreements.
    """
    meant = tuple(papers) if whole else local_papers(papers)
    own = (item for item in load_rubric() if item.scope == "own")
    return {item.id: _safeguard(item, meant) for item in own} if meant else {}


def _safeguard(indicator: Indicator, papers: tuple[Paper, ...]) -> Safeguard:
    held = tuple(
        (paper, rate(indicator, answers(paper.held, paper.memorandum))) for paper in papers
    )
    standard = tuple(
        (paper, state)
        for paper in papers
        if paper.basis == "form"
        and indicator.terms != {LINKED}
        and (state := rate(indicator, partial(in_form, paper.form))) != "unknown"
    )
    return Safeguard(indicator, held, standard)


def answers(held: Agreement, memorandum: MemorandumRecord | None) -> Answers:
    """What an agreement's own memorandum, if it is on hand, and its row of the list answer."""

    def ask(name: str) -> Found | None:
        if name == LINKED:
            return linked(held)
        return memorandum.found.get(name) if memorandum else None

    return ask


def linked(held: Agreement) -> Found:
    """Whether the list links a memorandum to an agreement, which every list tells."""
    return Found("present", True) if held.moa_url else Found("absent")


def worst(states: Iterable[SafeguardState]) -> SafeguardState:
    """The worst of some states, where unknown says nothing; unknown of none."""
    return min(states, key=WORST_FIRST.index, default="unknown")


def rate(indicator: Indicator, ask: Answers) -> SafeguardState:
    """The state of a safeguard by what is found on its terms.

    A level counts only where a condition of it is surely met. Where a better one could still be
    met, by a term that nobody could read, the state is unknown.
    """
    for level, conditions in (
        ("in_place", indicator.in_place),
        ("partly", indicator.partly),
    ):
        met = [_met(condition, ask) for condition in conditions]
        if True in met:
            return level  # type: ignore[return-value]
        if None in met:
            return "unknown"
    return "absent"


def _met(condition: Condition, ask: Answers) -> bool | None:
    """Whether a condition is met; None where that hangs on what is not known."""
    fits = [_fits(ask(term), needs) for term, needs in condition.items()]
    if False in fits:
        return False
    return None if None in fits else True


def _fits(found: Found | None, needs: tuple[str, ...]) -> bool | None:
    if found is None or found.state == "unreadable":
        return None
    if needs == ("absent",):
        return found.state == "absent"
    if found.state == "absent":
        return False
    if needs == ("present",):
        return True
    return None if found.value is None else found.value in needs
