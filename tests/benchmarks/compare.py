"""The same briefs by every route, in turns, and what each route costs a brief."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import routes
from processes import Cost
from routes import STOCK, TUNED, Route

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Round:
    """What a route cost in one round; `first` is that of a run of `known` briefs alone."""

    route: Route
    briefs: int
    steps: dict[str, Cost]
    sizes: dict[str, float]
    known: int = 0
    first: Cost | None = None

    @property
    def total(self) -> Cost:
        """Of all steps."""
        return sum(self.steps.values(), Cost(0, 0))

    @property
    def warm(self) -> Cost | None:
        """A brief after the first ones: start-up is in both runs, so the difference is without."""
        if self.first is None or self.briefs == self.known:
            return None
        more = self.briefs - self.known
        return Cost(
            (self.total.wall - self.first.wall) / more, (self.total.cpu - self.first.cpu) / more
        )


def compare(
    chosen: Sequence[Route],
    names: Sequence[str],
    rounds: int,
    folder: Path,
    tell: Callable[[str], None],
) -> list[Round]:
    """Run the rounds.

    A round makes all briefs by every route, in an order that the next one turns around, but only a
    part of the stock loop's: each brief of it starts afresh, and they take long.
    """
    env = routes.browser(folder / "browsers") if {STOCK, TUNED} & set(chosen) else {}
    found = []
    for number in range(rounds):
        for route in reversed(chosen) if number % 2 else chosen:
            part = names[number::rounds] if route == STOCK else names
            if part:
                found.append(_round(route, part, folder / f"{route.name} {number}", env))
                tell(f"{route.name}: {found[-1].total.wall / len(part):.2f} s a brief")
    return found


def _round(route: Route, names: Sequence[str], out: Path, env: dict[str, str]) -> Round:
    first = None
    if route != STOCK:
        alone = routes.make(route, names[: route.jobs], Path(f"{out} first"), env)
        first = sum(alone.values(), Cost(0, 0))
    steps = routes.make(route, names, out, env)
    sizes = {kind: size / len(names) for kind, size in routes.sizes(out).items()}
    return Round(route, len(names), steps, sizes, route.jobs, first)


def summary(rounds: Sequence[Round]) -> list[Row]:
    """One row a route: seconds, CPU seconds and bytes a brief, start-up, stock and tuned by ours."""
    by_route: dict[Route, list[Round]] = defaultdict(list)
    for item in rounds:
        by_route[item.route].append(item)
    each = {route: _each(items) for route, items in by_route.items()}
    rows: list[Row] = []
    for route, items in by_route.items():
        row: Row = {
            "route": route.name,
            "briefs": sum(item.briefs for item in items),
            "s_a_brief": each[route].wall,
            "CPU_s_a_brief": each[route].cpu,
        }
        warm = [item.warm for item in items if item.warm]
        row["warm_s"] = _median([cost.wall for cost in warm])
        row["warm_CPU_s"] = _median([cost.cpu for cost in warm])
        row["start_s"] = _median([_start(item).wall for item in items if item.warm])
        row["start_CPU_s"] = _median([_start(item).cpu for item in items if item.warm])
        for reference, word in ((STOCK, "stock"), (TUNED, "tuned")):
            known = each.get(reference)
            row[f"{word}_×"] = known and known.wall / each[route].wall
            row[f"{word}_CPU_×"] = known and known.cpu / each[route].cpu
        for kind in routes.FORMATS:
            row[f"{kind}_bytes"] = _median([item.sizes.get(kind, 0.0) for item in items])
        rows.append(row)
    return rows


def _each(items: Sequence[Round]) -> Cost:
    """A brief's share of a whole run. The rounds of the stock loop are parts of one run."""
    if items[0].route == STOCK:
        total, briefs = (
            sum((item.total for item in items), Cost(0, 0)),
            sum(i.briefs for i in items),
        )
        return Cost(total.wall / briefs, total.cpu / briefs)
    return Cost(
        statistics.median(item.total.wall / item.briefs for item in items),
        statistics.median(item.total.cpu / item.briefs for item in items),
    )


def _start(item: Round) -> Cost:
    """What a run costs beyond its briefs as they cost when warm."""
    warm = item.warm
    assert warm
    # Workers share the wall time of their briefs, so `warm.wall` is already a brief's share.
    return Cost(item.total.wall - item.briefs * warm.wall, item.total.cpu - item.briefs * warm.cpu)


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


def steps(rounds: Sequence[Round]) -> list[Row]:
    """What each step of the stock loop costs a brief."""
    stock = [item for item in rounds if item.route == STOCK]
    briefs = sum(item.briefs for item in stock)
    totals: dict[str, Cost] = defaultdict(lambda: Cost(0, 0))
    for item in stock:
        for step, cost in item.steps.items():
            totals[step] += cost
    return [
        {"step": step, "s_a_brief": cost.wall / briefs, "CPU_s_a_brief": cost.cpu / briefs}
        for step, cost in totals.items()
    ]
