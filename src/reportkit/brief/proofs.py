"""What each claim of a brief rests on, for the page that opens it beside the sentence."""

from __future__ import annotations

from reportkit.brief.blocks import Proof
from reportkit.brief.edition import Edition


def proofs(brief: Edition) -> tuple[Proof, ...]:
    """Rule and evidence of all claims; claims that share both are told together."""
    found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for claim in brief.ledger.claims:
        found.setdefault((claim.rule, brief.ledger.numbers(claim)), []).append(claim.id)
    rule = brief.words.rule
    return tuple(Proof(rule(name), cites, tuple(ids)) for (name, cites), ids in found.items())
