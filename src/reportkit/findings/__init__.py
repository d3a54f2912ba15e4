"""Status, checks, context: pure functions from store and place to claims."""

from reportkit.findings.bottom import bottom_claims
from reportkit.findings.checks import check_claims
from reportkit.findings.citations import Citations
from reportkit.findings.context import context_claims, neighbours
from reportkit.findings.covering import Area, Covering, covering
from reportkit.findings.documents import described, document_claims
from reportkit.findings.gaps import gap_claims
from reportkit.findings.law import law_claims
from reportkit.findings.limits import limit_claims
from reportkit.findings.lookup import agency_places, as_of_date, find_place
from reportkit.findings.national import National
from reportkit.findings.papers import Paper, find_papers
from reportkit.findings.status import Status, find_status, status_claims
from reportkit.findings.terms import term_claims
from reportkit.findings.unknowns import unknown_claims
from reportkit.findings.views import view_claims

__all__ = [
    "Area",
    "Citations",
    "Covering",
    "National",
    "Paper",
    "Status",
    "agency_places",
    "as_of_date",
    "bottom_claims",
    "check_claims",
    "context_claims",
    "covering",
    "described",
    "document_claims",
    "find_papers",
    "find_place",
    "find_status",
    "gap_claims",
    "law_claims",
    "limit_claims",
    "neighbours",
    "status_claims",
    "term_claims",
    "unknown_claims",
    "view_claims",
]
