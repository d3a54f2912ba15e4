"""Data files and their schema: corrections and decisions by hand, each with reason and source."""

from reportkit.library.records import Records, load_records

__all__ = ["Records", "load_records"]
