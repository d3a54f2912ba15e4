"""Plain immutable values: sources, locators, citations, claims and the ledger that numbers them."""

from reportkit.evidence.ledger import Ledger
from reportkit.evidence.values import Citation, Claim, Locator, Source, Value

__all__ = ["Citation", "Claim", "Ledger", "Locator", "Source", "Value"]
