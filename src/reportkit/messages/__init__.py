"""Message catalogues: every sentence a reader sees, by id."""

from reportkit.messages.catalogue import CELLS, Catalogue, catalogue

__all__ = ["CELLS", "Catalogue", "catalogue"]
