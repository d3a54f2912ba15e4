"""What is known of the agreements' texts, as JSON-safe data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from reportkit.brief.assemble import Brief
from reportkit.findings import described
from reportkit.findings.papers import Paper, best
from reportkit.findings.points import in_form, shown, told
from reportkit.moa.values import Found
from reportkit.store import Agreement, MemorandumRecord, Store


def terms_facts(brief: Brief) -> list[dict[str, Any]]:
    """One entry for each memorandum, for each standard form, and for the agreements without either.

    Terms are by id, each `{state, value, page, section}`. They are null for memoranda that the
    brief only counts, and empty where nothing is known.
    """
    detailed = {paper.held.id for paper in described(brief.status, brief.papers)}
    entries = []
    others: dict[tuple[str, str | None], list[Paper]] = defaultdict(list)
    for paper in brief.papers:
        if paper.memorandum:
            entries.append(_memorandum(paper, paper.memorandum, paper.held.id in detailed))
        else:
            others[paper.basis, paper.form].append(paper)
    for (basis, form), papers in others.items():
        entries.append(
            {
                "basis": basis,
                "agreements": [paper.held.id for paper in papers],
                "form": form,
                "terms": _terms((name, in_form(form, name)) for name in _names()),
            }
        )
    return entries


def _memorandum(paper: Paper, record: MemorandumRecord, detailed: bool) -> dict[str, Any]:
    found = record.found
    return {
        "basis": "memorandum",
        "agreements": [paper.held.id],
        "form": paper.form,
        "generation": record.generation,
        "revision": record.revision,
        "file": record.file,
        "sha256": record.sha256,
        "pages": record.pages,
        "unread_pages": list(record.unread),
        "parties": {name: _fact(found[name]) for name in _PARTIES if name in found},
        "terms": _terms((name, found.get(name)) for name in _names()) if detailed else None,
        "compared": record.compared,
        "deviations": [
            {"kind": item.kind, "page": item.page, "section": item.section}
            for item in record.deviations
        ],
        "digital_signatures": len(record.signatures),
    }


_PARTIES = (
    *("lea_name", "lea_signatory", "lea_title", "lea_signed"),
    *("ice_signatory", "ice_title", "ice_signed", "addendum", "addendum_signed"),
)


def _names() -> Iterable[str]:
    return (term.id for term in (*shown(), *told()))


def _terms(found: Iterable[tuple[str, Found | None]]) -> dict[str, Any]:
    return {name: _fact(item) for name, item in found if item}


def _fact(found: Found) -> dict[str, Any]:
    fact = {
        "state": found.state,
        "value": found.value,
        "page": found.page,
        "section": found.section,
        "note": found.note,
    }
    return {name: value for name, value in fact.items() if value is not None}


def on_file(store: Store, held: Agreement) -> Mapping[str, Any]:
    """Hash and pages of an agreement's memorandum, and whether it is on file."""
    record = best(store.memoranda_of.get(held.id, ()))
    return {
        "sha256": record.sha256 if record else None,
        "pages": record.pages if record else None,
        "on_file": record is not None,
    }
