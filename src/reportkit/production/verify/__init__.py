"""Checks editions that were written: facts, sources, drawings, links, records and sign-offs."""

from reportkit.production.verify.crew import Task, verify_all
from reportkit.production.verify.editions import editions_in
from reportkit.production.verify.report import Report, Summary
from reportkit.production.verify.verifier import Verifier

__all__ = ["Report", "Summary", "Task", "Verifier", "editions_in", "verify_all"]
