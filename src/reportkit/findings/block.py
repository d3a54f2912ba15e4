"""What a newsletter's block on one place says around its items: how many, where it stands, why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportkit.evidence import Citation, Claim, Value
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim
from reportkit.findings.claims import claim
from reportkit.findings.national import Counts, National, count
from reportkit.findings.news_items import KINDS, Item
from reportkit.findings.status import Status, find_status
from reportkit.places import Place
from reportkit.roster.values import MODELS

# So many kinds of changes are counted by name; the rest are "other changes".
_NAMED = 3
# An end weighs as much as a beginning, and either more than a model more or less.
_WEIGHT = dict.fromkeys(("signed", "ended", "model_added", "model_dropped", *KINDS))
# Of many changes, ends are kept first: few, and no longer to be found on the newest list.
_KEPT = dict.fromkeys(("ended", *_WEIGHT))
# What concerns papers and the record itself is told after what agencies and ICE did.
_MINOR = {"papers", "record"}
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
        kind = "changes" if self.items else "nothing"
        return self._claim(
            "opening",
            f"block.{kind}{'.state' if self._is_state else ''}{'.one' if self._one_list else ''}",
            "changes in the period that concern agencies that can act in the place, by kind",
            (*self._lists, Citations.fact(_DELEGATION)),
            tallies=tallies(item.kind for item in self.items),
        )

    @staticmethod
    def kinds(items: Iterable[Item]) -> tuple[str, ...]:
        """The kinds of these changes that are worth naming agencies for, the most frequent first."""
        kinds = _ordered(Counter(item.kind for item in items))
        return tuple(kind for kind in kinds if KINDS[kind] not in _MINOR) or kinds

    def named(self, kind: str, items: Sequence[Item], most: int) -> Claim:
        """The agencies with changes of a kind among these, by name, at most so many."""
        held = [item for item in items if item.kind == kind]
        names = tuple(dict.fromkeys(item.agency for item in held))
        shown = [item for item in held if item.agency in names[:most]]
        return self._claim(
            f"named.{kind}",
            "block.named" if len(names) <= most else "block.named.some",
            "agencies with changes of the kind",
            tuple(dict.fromkeys(at for item in shown for at in item.claim.evidence)),
            label=(f"{len(names)} named.{kind}",),
            names=names[:most],
        )

    @cached_property
    def standing(self) -> Claim:
        """The agreements that count for the place on the two lists: local ones; for a state, all."""
        state = ".state" if self._is_state else ""
        now, was = self._now, self._was
        kind = "" if now.agreements else ".ended" if was.agreements else ".none"
        if self._one_list:
            kind = ".one" if now.agreements else ".one.none"
        elif now.agreements and now == was:
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
            before=was.agreements,
        )

    @cached_property
    def chart(self) -> Claim:
        """The figures of the chart: agreements by model on the two lists."""
        return self._claim(
            "chart",
            f"block.chart.alt{'.one' if self._one_list else ''}",
            "agreements by model on the two lists, counted as for the standing of the place",
            self._lists,
            agreements=self._now.agreements,
            before=self._was.agreements,
            **{model.lower(): self._now.models.get(model, 0) for model in MODELS},
            **{f"{model.lower()}_before": self._was.models.get(model, 0) for model in MODELS},
        )

    @cached_property
    def caveat(self) -> Claim | None:
        """Who reads of ends must not take them for an end of cooperation; None where others are more."""
        groups = Counter(item.group for item in self.items)
        return self._no_need if groups["ended"] > groups["begun"] else None

    @cached_property
    def fillers(self) -> tuple[Claim, ...]:
        """What makes a short block long enough, in the order in which a reader would miss it."""
        window = self._claim(
            "window", "block.window", "the lists of the period, none of them daily", self._lists
        )
        return (*self._wider, *(() if self.caveat else (self._no_need,)), window)

    @property
    def _no_need(self) -> Claim:
        return fact_claim(_NO_AGREEMENT_NEEDED, f"block.{self.place.geoid}", self._cite)

    @property
    def _is_state(self) -> bool:
        return self.place.kind == "state"

    @property
    def _one_list(self) -> bool:
        """True where no participating list was published in the period."""
        return self.before.snapshot.list == self.national.snapshot.list

    @property
    def _wider(self) -> tuple[Claim, ...]:
        """The state around a place, the nation around a state."""
        cite = (self._lists[-1],)
        nation = self.national.nation
        whole = self._claim(
            "nation",
            "block.nation",
            "agreements and agencies on the newer list",
            cite,
            agreements=nation.agreements,
            agencies=nation.agencies,
        )
        if self._is_state:
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
    def _lists(self) -> tuple[Citation, ...]:
        lists = dict.fromkeys((self.before.snapshot.list, self.national.snapshot.list))
        return tuple(map(self._cite.list, lists))

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


def weightiest(items: Iterable[Item], place: Place | None = None) -> list[Item]:
    """Items in the order in which an editor would drop the last of them.

    Ends come first, then new agreements, then the other kinds, of each the newest first; for a place
    that is no state, of each kind what its own agencies do before what those of its state do.
    """
    local = place is not None and place.kind != "state"

    def weight(item: Item) -> tuple[object, ...]:
        wide = local and place is not None and item.places[:1] == (place.state_fips,)
        return list(_KEPT).index(item.kind), wide, -item.until.toordinal(), item.order

    return sorted(items, key=weight)


def tallies(kinds: Iterable[str], named: int = _NAMED) -> tuple[str, ...]:
    """How many changes of each kind, "3 news.signed", the most frequent first.

    Beyond so many kinds, the rest are one: "5 news.other".
    """
    counts = Counter(kinds)
    order = _ordered(counts)
    told = tuple(f"{counts[kind]} news.{kind}" for kind in order[:named])
    other = sum(counts[kind] for kind in order[named:])
    return (*told, f"{other} news.other") if other else told


def _ordered(counts: Counter[str]) -> tuple[str, ...]:
    """Kinds by how often they occur, those on papers and the record itself last."""

    def place(kind: str) -> tuple[bool, int, int]:
        return KINDS[kind] in _MINOR, -counts[kind], _weight(kind)

    return tuple(sorted(counts, key=place))


def _weight(kind: str) -> int:
    return list(_WEIGHT).index(kind)


def state_claims(items: Sequence[Item], ends: tuple[National, National]) -> Iterator[Claim]:
    """For each state with changes, how many of each kind and of how many agencies.

    `ends` are the nation as of the first and as of the last day.
    """
    before, after = ends
    cite = Citations(after.store)
    lists = dict.fromkeys((before.snapshot.list, after.snapshot.list))
    by_state: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.agency_id:
            by_state[item.state].append(item)
    for state, held in sorted(by_state.items()):
        yield claim(
            f"states.{state}",
            "news.state",
            "changes of agencies of the state in the period, by kind",
            tuple(map(cite.list, lists)),
            state=after.gazetteer.state_by_postal(state).name,
            tallies=tallies((item.kind for item in held), len(KINDS)),
            agencies=len({item.agency_id for item in held}),
        )
