"""The section on oversight gaps."""

from __future__ import annotations

from reportkit.brief.assemble import Brief
from reportkit.brief.display import Display


def gaps(brief: Brief) -> Display:
    """The section on oversight gaps."""
    return Display(())
