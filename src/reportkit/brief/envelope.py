"""What the JSON of every brief begins and ends with: subject, lists, claims, evidence."""

from __future__ import annotations

from typing import Any

from reportkit.brief.edition import Edition
from reportkit.evidence import Citation, Claim

SCHEMA_VERSION = "1.1"


def opening_facts(brief: Edition) -> dict[str, Any]:
    """Ids, subject, day and newest lists of a brief."""
    snapshot = brief.national.snapshot
    pending = snapshot.pending_list
    return {
        "schema_version": SCHEMA_VERSION,
        "report_id": brief.report_id,
        "lang": brief.words.lang,
        "jurisdiction": dict(brief.about),
        "as_of": brief.as_of.isoformat(),
        "roster": {
            "list_date": snapshot.list.date.isoformat(),
            "file": snapshot.list.file,
            "sha256": snapshot.list.sha256,
            "age_days": snapshot.age_days,
            "pending_list_date": pending.date.isoformat() if pending else None,
            "snapshot_sha256": snapshot.sha256,
        },
    }


def closing_facts(brief: Edition) -> dict[str, Any]:
    """Claims, evidence and corrections of a brief."""
    return {
        "claims": [_claim(brief, claim) for claim in brief.ledger.claims],
        "evidence": [evidence_facts(*item) for item in brief.ledger.citations],
        "corrections": [
            {
                "agency": brief.store.agencies[item.agency].name,
                "field": item.field,
                "printed": item.printed,
                "value": item.value,
                "reason": item.reason,
                "source": item.source,
                "rows": list(item.rows),
            }
            for item in brief.corrections
        ],
    }


def _claim(brief: Edition, claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "section": claim.section,
        "message": claim.message,
        "text": brief.text(claim),
        "values": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in claim.values.items()
        },
        "rule": claim.rule,
        "evidence": list(brief.ledger.numbers(claim)),
    }


def evidence_facts(number: int, citation: Citation) -> dict[str, Any]:
    """One place in one source, with its number."""
    source = citation.source
    return {
        "id": number,
        "kind": source.kind,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "locator": {"kind": citation.locator.kind, "value": citation.locator.value},
        "sha256": source.sha256,
        "retrieved": source.retrieved,
        "origin": source.origin,
        "licence": source.licence,
        "published": source.published,
    }
