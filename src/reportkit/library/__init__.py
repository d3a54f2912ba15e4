"""Data files and their schema: cited facts, corrections and decisions by hand."""

from reportkit.library.records import Fact, Records, load_facts, load_records

__all__ = ["Fact", "Records", "load_facts", "load_records"]
