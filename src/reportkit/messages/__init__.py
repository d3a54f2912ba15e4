"""Message catalogues: every sentence a reader sees, by id."""

from reportkit.messages.catalogue import Catalogue, catalogue

__all__ = ["Catalogue", "catalogue"]
