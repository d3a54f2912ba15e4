"""Lists to agreements with their history: read, date, clean, identify, follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportkit.roster.archive import Archive, arrange
    from reportkit.roster.read import parse_list, read_list
    from reportkit.roster.roster import Agency, Roster, make_roster
    from reportkit.roster.values import DatedList, FileNote, ListFile, Printed

__all__ = [
    "Agency",
    "Archive",
    "DatedList",
    "FileNote",
    "ListFile",
    "Printed",
    "Roster",
    "arrange",
    "make_roster",
    "parse_list",
    "read_list",
]

_HOMES = {
    "Archive": "archive",
    "arrange": "archive",
    "parse_list": "read",
    "read_list": "read",
    "Agency": "roster",
    "Roster": "roster",
    "make_roster": "roster",
    "DatedList": "values",
    "FileNote": "values",
    "ListFile": "values",
    "Printed": "values",
}


def __getattr__(name: str) -> Any:
    # A brief takes its codes and links from here and nothing else: building a store needs the rest.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
