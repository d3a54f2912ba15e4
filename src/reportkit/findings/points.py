"""What memoranda are asked about, by group, and what is known of the standard forms."""

from __future__ import annotations

import datetime as dt
from functools import cache

from reportkit.moa.declared import Term, declared
from reportkit.moa.generations import generations, implied
from reportkit.moa.standard import standard_terms
from reportkit.moa.values import Found

MATRIX = ("powers", "setting")
"""The groups that the matrix shows; the others are told in sentences."""

# What one term says, another says with its number; the others are asked for the gaps, and told there.
_TOLD_ELSEWHERE = {
    "exam_pass_mark_70",
    "local_approval",
    "personnel_reimbursed",
    "complaint_any_source",
    "complaint_reviewed_by_ice",
    "complaint_days_expected",
    "complaint_outcomes_published",
    "statistics_published",
    "ice_controls_records",
}


@cache
def shown() -> tuple[Term, ...]:
    """The terms of the matrix, as declared."""
    return tuple(term for term in declared() if term.group in MATRIX)


@cache
def told() -> tuple[Term, ...]:
    """The other terms, those of a group together, groups in the order of their first term."""
    terms = [
        term for term in declared() if term.group not in MATRIX and term.id not in _TOLD_ELSEWHERE
    ]
    groups = list(dict.fromkeys(term.group for term in terms))
    return tuple(sorted(terms, key=lambda term: groups.index(term.group)))


def form_of(generation: str | None) -> str | None:
    """The standard text of a generation: forms that differ in their date alone share one."""
    known = generations().get(generation or "")
    return known.text if known else None


def implied_form(model: str, signed: dt.date | None) -> str | None:
    """The standard text in use for a model on a signing date; None where that is not known."""
    texts = {form_of(name) for name in implied(model, signed)} if signed else set()
    return texts.pop() if len(texts) == 1 else None


def in_form(form: str | None, term: str) -> Found | None:
    """What a standard text says on a term; None where that is not known."""
    return _form_terms(form).get(term) if form else None


@cache
def _form_terms(form: str) -> dict[str, Found]:
    name = next(name for name, item in generations().items() if item.text == form)
    return dict(standard_terms(name))


def value_name(found: Found | None) -> str:
    """The message for the value of a term in the matrix: yes, no, or what it is."""
    if found is None or found.state == "present":
        text = found.value if found and isinstance(found.value, str) else "yes"
    else:
        text = "no" if found.state == "absent" else "unreadable"
    return f"terms.value.{text}"
