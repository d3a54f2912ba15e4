"""What a newsletter's block on one place says around its items: how many, where it stands, why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reportkit.evidence import Citation, Claim, Value
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim
from reportkit.findings.claims import claim
from reportkit.findings.national import Counts, National, count
from reportkit.findings.status import Status, find_status
from reportkit.places import Place
from reportkit.roster.values import MODELS

if TYPE_CHECKING:
    from reportkit.findings.news import Item

# So many kinds of changes are counted by name; the rest are "other changes".
_NAMED = 4
_DELEGATION, _NO_AGREEMENT_NEEDED = "st-g1", "st-g10"


@dataclass(frozen=True)
class BlockFacts:
    """What a block may say of a place. The sentences of its items are the items' own.

    `items` are those that concern the place, the weightiest first; `before` and `national` the
    nation as of the two days.
    """

    place: Place
    items: tuple[Item, ...]
    before: National
    national: National

    @cached_property
    def opening(self) -> Claim:
        """How many changes of each kind, or that nothing is new."""
        if not self.items:
            return self._claim(
                "opening",
                "block.nothing",
                "no change between the two lists that concerns the place",
                (*self._lists, Citations.fact(_DELEGATION)),
            )
        return self._claim(
            "opening",
            "block.changes",
            "changes between the two lists that concern the place, by kind",
            (*self._lists, Citations.fact(_DELEGATION)),
            tallies=tallies([item.kind for item in self.items]),
        )

    def more(self, left: int) -> Claim:
        """How many of the changes the block leaves out."""
        return self._claim(
            "more",
            "block.more",
            "changes that concern the place and are not told above",
            self._lists,
            left=left,
        )

    @cached_property
    def standing(self) -> Claim:
        """The agreements that count for the place on the two lists: local ones; for a state, all."""
        state = ".state" if self.place.kind == "state" else ""
        now, was = self._now, self._was
        kind = "" if now.agreements else ".ended" if was.agreements else ".none"
        if now.agreements and now.agreements == was.agreements:
            kind = ".same"
        return self._claim(
            "standing",
            f"block.standing{kind}{state}",
            "agreements of agencies of the state on the two lists"
            if state
            else "agreements on the two lists of local agencies that can act in the place",
            self._lists,
            agreements=now.agreements,
            agencies=now.agencies,
            models=tuple(f"{n} {model}" for model, n in now.models.items()),
            before=was.agreements,
        )

    @cached_property
    def chart(self) -> Claim:
        """The figures of the chart: agreements by model on the two lists."""
        return self._claim(
            "chart",
            "block.chart.alt",
            "agreements by model on the two lists, counted as for the standing of the place",
            self._lists,
            agreements=self._now.agreements,
            before=self._was.agreements,
            **{f"{model.lower()}": self._now.models.get(model, 0) for model in MODELS},
            **{f"{model.lower()}_before": self._was.models.get(model, 0) for model in MODELS},
        )

    @cached_property
    def fillers(self) -> tuple[Claim, ...]:
        """What makes a short block long enough, in the order in which a reader would miss it."""
        return (
            *self._wider,
            fact_claim(_NO_AGREEMENT_NEEDED, f"block.{self.place.geoid}", self._cite),
            self._claim(
                "window", "block.window", "the two lists, and none between them", self._lists
            ),
        )

    @property
    def _wider(self) -> tuple[Claim, ...]:
        """The state around a place, the nation around a state."""
        cite = (self._lists[1],)
        nation = self.national.nation
        whole = self._claim(
            "nation",
            "block.nation",
            "agreements and agencies on the newer list",
            cite,
            agreements=nation.agreements,
            agencies=nation.agencies,
        )
        if self.place.kind == "state":
            return (whole,)
        wide = count([item.held for item in self._status.statewide])
        counts = self.national.by_state.get(self.place.state)
        return (
            self._claim(
                "statewide",
                "block.statewide" if wide.agencies else "block.statewide.none",
                "agencies on the newer list that act statewide",
                cite,
                agreements=wide.agreements,
                agencies=wide.agencies,
            ),
            self._claim(
                "state",
                "block.state" if counts else "block.state.none",
                "agreements and agencies of the state on the newer list",
                cite,
                agreements=counts.agreements if counts else 0,
                agencies=counts.agencies if counts else 0,
            ),
            whole,
        )

    @cached_property
    def _status(self) -> Status:
        return find_status(self.place, self.national.snapshot, self.national.gazetteer)

    @cached_property
    def _now(self) -> Counts:
        return count([item.held for item in self._status.local])

    @cached_property
    def _was(self) -> Counts:
        status = find_status(self.place, self.before.snapshot, self.before.gazetteer)
        return count([item.held for item in status.local])

    @cached_property
    def _cite(self) -> Citations:
        return Citations(self.national.store)

    @cached_property
    def _lists(self) -> tuple[Citation, Citation]:
        lists = self.before.snapshot.list, self.national.snapshot.list
        return self._cite.list(lists[0]), self._cite.list(lists[1])

    def _claim(
        self,
        name: str,
        message: str,
        rule: str,
        evidence: tuple[Citation, ...],
        **values: Value,
    ) -> Claim:
        return claim(
            f"block.{self.place.geoid}.{name}",
            message,
            rule,
            evidence,
            place=self.place.full_name,
            state=self.place.state_name,
            after=self.before.snapshot.list.date.isoformat(),
            until=self.national.snapshot.list.date.isoformat(),
            **values,
        )


def tallies(kinds: Sequence[str], named: int = _NAMED) -> tuple[str, ...]:
    """How many changes of each kind, "3 news.signed", in the order of the first of each.

    Beyond so many kinds, the rest are one: "5 news.other".
    """
    counts = Counter(kinds)
    if len(counts) > named:
        rest = list(counts)[named - 1 :]
        other = sum(counts.pop(kind) for kind in rest)
        return (*(f"{n} news.{kind}" for kind, n in counts.items()), f"{other} news.other")
    return tuple(f"{n} news.{kind}" for kind, n in counts.items())
