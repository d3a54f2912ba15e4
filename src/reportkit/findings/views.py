"""What officials, critics and law-enforcement bodies say; what research found."""

from __future__ import annotations

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.national import National
from reportkit.findings.papers import Paper
from reportkit.findings.status import Status


def view_claims(
    status: Status, papers: tuple[Paper, ...], national: National, cite: Citations
) -> tuple[Claim, ...]:
    """What officials, critics and law-enforcement bodies say; what research found."""
    return ()
