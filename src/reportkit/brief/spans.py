"""Claims as spans: sentences with their evidence numbers, rows of tables."""

from __future__ import annotations

from collections.abc import Iterable

from reportkit.brief.blocks import Paragraph, Span, Spans
from reportkit.brief.edition import Edition
from reportkit.evidence import Claim


def need(brief: Edition, identity: str) -> Claim:
    """A claim that the brief must have made."""
    claim = brief.claim(identity)
    assert claim is not None, identity
    return claim


def sentence(brief: Edition, claim: Claim, style: str = "") -> Spans:
    """The sentence of a claim."""
    return (
        Span(brief.text(claim), claim=claim.id, cites=brief.ledger.numbers(claim), style=style),
    )


def sentences(brief: Edition, claims: Iterable[Claim], style: str = "") -> Spans:
    """Sentences that follow each other."""
    return tuple(span for claim in claims for span in sentence(brief, claim, style))


def row_cells(brief: Edition, claim: Claim) -> tuple[Spans, ...]:
    """The cells of a row claim, whose evidence stands once under the table."""
    cells = brief.words.parts(claim.message, claim.values)
    return tuple((Span(cell, claim=claim.id),) for cell in cells)


def cited_row(brief: Edition, claim: Claim) -> tuple[Spans, ...]:
    """The cells of a row claim with evidence of its own, which stands in the last one."""
    *cells, last = brief.words.parts(claim.message, claim.values)
    return (
        *((Span(cell, claim=claim.id),) for cell in cells),
        (Span(last, claim=claim.id, cites=brief.ledger.numbers(claim)),),
    )


def shared_cites(brief: Edition, claims: Iterable[Claim]) -> tuple[int, ...]:
    """The evidence numbers of some claims together, in ascending order."""
    return tuple(sorted({number for claim in claims for number in brief.ledger.numbers(claim)}))


def rows_source(brief: Edition, claims: Iterable[Claim], text: str) -> Paragraph:
    """The evidence that all rows of a table share, behind a text that says so."""
    return Paragraph((Span(text, cites=shared_cites(brief, claims)),), role="note")
