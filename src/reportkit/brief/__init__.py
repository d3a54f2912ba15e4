"""Assembles findings into a brief: JSON, sections for the notebook, charts."""

from reportkit.brief.assemble import Brief, make_brief

__all__ = ["Brief", "make_brief"]
