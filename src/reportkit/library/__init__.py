"""Data files and their schema: cited facts, corrections and decisions by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportkit.library.facts import Fact, load_facts

if TYPE_CHECKING:
    from reportkit.library.records import Records, load_records

__all__ = ["Fact", "Records", "load_facts", "load_records"]


def __getattr__(name: str) -> Any:
    # Only the building of a store needs the records, and the schema library with them.
    if name not in {"Records", "load_records"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from reportkit.library import records

    return getattr(records, name)
