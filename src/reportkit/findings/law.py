"""What the law of the state requires, permits or bars."""

from __future__ import annotations

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.national import National
from reportkit.findings.papers import Paper
from reportkit.findings.status import Status


def law_claims(
    status: Status, papers: tuple[Paper, ...], national: National, cite: Citations
) -> tuple[Claim, ...]:
    """What the law of the state requires, permits or bars."""
    return ()
