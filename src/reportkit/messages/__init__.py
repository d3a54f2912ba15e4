"""Message catalogues: every sentence a reader sees, by id."""

from reportkit.messages.catalogue import CELLS, Catalogue, catalogue
from reportkit.messages.grammar import LANGUAGES
from reportkit.messages.marks import Run, merged

__all__ = ["CELLS", "LANGUAGES", "Catalogue", "Run", "catalogue", "merged"]
