"""The digest as JSON-safe data: the shape of `digest.schema.json`."""

from __future__ import annotations

from typing import Any

from reportkit.brief.block import Block
from reportkit.brief.digest import Digest
from reportkit.brief.envelope import closing_facts, opening_facts
from reportkit.brief.issue import digest_subject
from reportkit.findings.national import National
from reportkit.findings.news import Compared
from reportkit.findings.news_items import Item
from reportkit.findings.news_summary import standing


def digest_facts(digest: Digest) -> dict[str, Any]:
    """The digest as JSON-safe data."""
    return {
        **opening_facts(digest),
        "period": {
            "since": digest.since.isoformat(),
            "until": digest.until.isoformat(),
            "participating": _compared(digest.changes.listed),
            "pending": _compared(digest.changes.pending),
        },
        "scope": {
            "states": list(digest.states),
            "places": [{"geoid": place.geoid, "name": place.full_name} for place in digest.places],
        },
        "totals": {
            "before": _totals(digest, digest.before),
            "after": _totals(digest, digest.national),
        },
        "counts": {
            kind: {
                "items": held.agreements,
                "agencies": held.agencies,
                "from_pending": held.approved,
            }
            for kind, held in digest.tallies.items()
        },
        "items": [_item(digest, item) for item in digest.items],
        "subject_line": digest_subject(digest),
        "blocks": [_block(digest, block) for block in digest.blocks],
        **closing_facts(digest),
    }


def _compared(lists: Compared) -> dict[str, Any]:
    return {
        "before": lists.before.date.isoformat() if lists.before else None,
        "after": lists.after.date.isoformat() if lists.after else None,
        "lists": lists.between,
    }


def _totals(digest: Digest, national: National) -> dict[str, Any]:
    """Of the states of the scope, of all where it names none or names places."""
    held = standing(national, () if digest.places else digest.states)
    return {
        "list_date": national.snapshot.list.date.isoformat(),
        "agreements": held.agreements,
        "agencies": held.agencies,
        "models": dict(held.models),
    }


def _block(digest: Digest, block: Block) -> dict[str, Any]:
    text = block.text(digest.words)
    return {
        "geoid": block.place.geoid,
        "name": block.place.full_name,
        "brief": digest.brief_path(block.place),
        "subject_line": block.subject(digest.words),
        "text": text,
        "words": len(text.split()),
        "claims": [claim.id for claim in block.claims],
        "items": [item.claim.id for item in block.items],
        "chart": {
            "title": block.chart_title(digest.words),
            "claim": block.chart.id,
            "models": {bar.model: {"before": bar.before, "after": bar.now} for bar in block.bars},
        },
    }


def _item(digest: Digest, item: Item) -> dict[str, Any]:
    home = digest.home(item)
    return {
        "id": item.claim.id,
        "kind": item.kind,
        "group": item.group,
        "state": item.state or None,
        "places": list(item.places),
        "brief": digest.brief_path(home) if home else None,
        "agency": item.agency or None,
        "agency_id": item.agency_id,
        "agency_kind": item.agency_kind or None,
        "model": item.model,
        "agreement": item.agreement,
        "after": item.after.isoformat(),
        "until": item.until.isoformat(),
        "pending_since": item.pending_since.isoformat() if item.pending_since else None,
    }
