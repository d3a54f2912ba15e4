"""Production: one brief, and checking of what was produced."""

from reportkit.production.one import FORMATS, brief_folder, produce

__all__ = ["FORMATS", "brief_folder", "produce"]
