"""The section on views and research."""

from __future__ import annotations

from reportkit.brief.assemble import Brief
from reportkit.brief.display import Display


def views(brief: Brief) -> Display:
    """The section on views and research."""
    return Display(())
