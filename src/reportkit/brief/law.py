"""State law within the section on context."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import Block, Paragraph, Span
from reportkit.brief.spans import sentences


def law(brief: Brief) -> Iterator[Block]:
    """What the law of the state says, or that no verified statement is held, in one paragraph."""
    # A heading of its own would take in the paragraphs on state and nation that follow.
    label = Span(f"{brief.words.text('law.title')} ", style="strong")
    yield Paragraph((label, *sentences(brief, brief.claims("context.law."))))
