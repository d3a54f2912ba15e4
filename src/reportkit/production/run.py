"""A run and what has become of its places so far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from reportkit.production.job import Job, Outcome, Task
from reportkit.production.request import Request


@dataclass(slots=True)
class Run:
    """A run and what has become of its places so far; `stopped` says why it ended early."""

    request: Request
    job: Job
    jobs: int
    scheduler: str | None
    started: dt.datetime
    outcomes: list[Outcome] = field(default_factory=list)
    left: list[Task] = field(default_factory=list)
    stopped: str = ""
    seconds: float = 0.0

    def of(self, result: str) -> list[Outcome]:
        """The outcomes of a kind."""
        return [item for item in self.outcomes if item.result == result]
