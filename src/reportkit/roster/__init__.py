"""Lists to agreements with their history: read, date, clean, identify, follow."""

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
