"""The ledger of a brief: its claims in order, and one number for each place in a source."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.evidence.values import Citation, Claim


class Ledger:
    """Collects the claims of one brief and numbers their citations by first appearance."""

    def __init__(self) -> None:
        self._claims: dict[str, Claim] = {}
        self._numbers: dict[Citation, int] = {}

    def add(self, claim: Claim) -> Claim:
        """Enter a claim and return it. A second claim of the same id must be the same claim."""
        known = self._claims.setdefault(claim.id, claim)
        if known != claim:
            raise ValueError(f"two different claims share the id {claim.id!r}")
        for citation in claim.evidence:
            self._numbers.setdefault(citation, len(self._numbers) + 1)
        return known

    def find(self, citation: Citation) -> int | None:
        """The number of a citation, None where no claim makes it."""
        return self._numbers.get(citation)

    def numbers(self, claim: Claim) -> tuple[int, ...]:
        """The evidence numbers of a claim, in ascending order."""
        return tuple(sorted(self._numbers[citation] for citation in claim.evidence))

    def get(self, identity: str) -> Claim | None:
        """The claim of this id, None where there is none."""
        return self._claims.get(identity)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims in the order of entry."""
        return tuple(self._claims.values())

    @property
    def citations(self) -> Iterator[tuple[int, Citation]]:
        """Number and citation, in the order of the numbers."""
        return ((number, citation) for citation, number in self._numbers.items())
