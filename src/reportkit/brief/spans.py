"""Claims and messages as spans: sentences with their evidence numbers, rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportkit.brief.blocks import Model, Paragraph, Span, Spans, State, Words
from reportkit.brief.edition import Edition
from reportkit.evidence import Claim, Value
from reportkit.messages import Catalogue, Run


def need(brief: Edition, identity: str) -> Claim:
    """A claim that the brief must have made."""
    claim = brief.claim(identity)
    assert claim is not None, identity
    return claim


def to_spans(
    runs: tuple[Run, ...],
    claim: str | None = None,
    cites: tuple[int, ...] = (),
    style: str = "",
    model: Model | None = None,
    state: State | None = None,
) -> Spans:
    """The parts of a text: marks stand before the first, evidence numbers behind the last."""
    last = len(runs) - 1
    return tuple(
        Span(
            run.text,
            claim,
            () if number < last else cites,
            None,
            style,
            None if number else model,
            None if number else state,
            run.lang,
        )
        for number, run in enumerate(runs)
    )


def told(words: Catalogue, message: str, values: Mapping[str, Value] | None = None) -> Spans:
    """A message that is no claim."""
    return to_spans(words.runs(message, values))


def named(words: Catalogue, message: str, values: Mapping[str, Value]) -> Words:
    """The same for a caption or the head of a column: text where it is all of one language."""
    spans = told(words, message, values)
    return spans if any(span.lang for span in spans) else words.text(message, values)


def sentence(brief: Edition, claim: Claim, style: str = "", state: State | None = None) -> Spans:
    """The sentence of a claim."""
    return to_spans(brief.runs(claim), claim.id, brief.ledger.numbers(claim), style, None, state)


def sentences(brief: Edition, claims: Iterable[Claim], style: str = "") -> Spans:
    """Sentences that follow each other."""
    return tuple(span for claim in claims for span in sentence(brief, claim, style))


def row_cells(brief: Edition, claim: Claim) -> tuple[Spans, ...]:
    """The cells of a row claim, whose evidence stands once under the table."""
    return tuple(to_spans(cell, claim.id) for cell in brief.cells(claim))


def cited_row(brief: Edition, claim: Claim) -> tuple[Spans, ...]:
    """The cells of a row claim with evidence of its own, which stands in the last one."""
    *cells, last = brief.cells(claim)
    return (
        *(to_spans(cell, claim.id) for cell in cells),
        to_spans(last, claim.id, brief.ledger.numbers(claim)),
    )


def shared_cites(brief: Edition, claims: Iterable[Claim]) -> tuple[int, ...]:
    """The evidence numbers of some claims together, in ascending order."""
    return tuple(sorted({number for claim in claims for number in brief.ledger.numbers(claim)}))


def rows_source(brief: Edition, claims: Iterable[Claim], text: str) -> Paragraph:
    """The evidence that all rows of a table share, behind a text that says so."""
    return Paragraph((Span(text, cites=shared_cites(brief, claims)),), role="note")
