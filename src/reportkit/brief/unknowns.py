"""The section on what is not known, and the records request."""

from __future__ import annotations

from reportkit.brief.assemble import Brief
from reportkit.brief.display import Display


def unknowns(brief: Brief) -> Display:
    """The section on what is not known, and the records request."""
    return Display(())
