"""State law within the section on context."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import Block


def law(brief: Brief) -> Iterator[Block]:
    """What the law of the state says, or that no verified statement is held."""
    yield from ()
