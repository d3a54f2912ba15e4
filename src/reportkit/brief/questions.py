"""The section with questions to go deeper."""

from __future__ import annotations

from reportkit.brief.assemble import Brief
from reportkit.brief.display import Display


def questions(brief: Brief) -> Display:
    """The section with questions to go deeper."""
    return Display(())
