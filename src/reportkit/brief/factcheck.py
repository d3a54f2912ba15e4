"""The fact check: what was said, the verdict, what the record shows."""

from __future__ import annotations

from reportkit.brief.blocks import Block, Heading, Paragraph, Span, Spans, State, Table
from reportkit.brief.display import Display
from reportkit.brief.edition import Edition
from reportkit.brief.spans import need, sentence, sentences, to_spans
from reportkit.evidence import Claim
from reportkit.findings.verdicts import VERDICTS

# What does not hold is what a reader looks for first.
_ORDER = ("fails", *(name for name in VERDICTS if name.startswith("other")), "unknown", "holds")
_MARKS: dict[str, State] = {"holds": "in_place", "fails": "absent", "unknown": "unknown"}


def factcheck(brief: Edition) -> Display:
    """The fact check as a table, what does not hold first; empty where nothing was said by then."""
    if not brief.claim("check.all.summary"):
        return Display(())
    words = brief.words
    rows = sorted(
        (claim for claim in brief.claims("check.") if "said" in claim.values),
        key=lambda claim: _ORDER.index(_verdict(claim)),
    )
    blocks: tuple[Block, ...] = (
        Heading(words.text("section.check"), 2, "fact-check"),
        Paragraph(sentence(brief, need(brief, "check.all.summary"))),
        Paragraph((Span(words.text("check.intro")),), role="note"),
        Table(
            words.text("check.table"),
            tuple(words.text(f"check.head.{name}") for name in ("said", "verdict", "record")),
            tuple(_row(brief, claim) for claim in rows),
            ("left",) * 3,
            row_heads=False,
            widths=(2.4, 1.1, 3.5),
        ),
    )
    return Display(blocks)


def _verdict(claim: Claim) -> str:
    return str(claim.values["verdict"]).removeprefix("check.verdict.")


def _row(brief: Edition, claim: Claim) -> tuple[Spans, ...]:
    """The cells of a statement: what more is known of it follows what the record shows."""
    said, verdict, record = brief.cells(claim)
    mark = _MARKS.get(_verdict(claim), "partly")
    # Only this statement's: another's id may begin with this one's.
    more = brief.claims(f"{claim.id}.")
    # What a sentence that follows cites stands there.
    after = {number for item in more for number in brief.ledger.numbers(item)}
    cites = tuple(number for number in brief.ledger.numbers(claim) if number not in after)
    return (
        to_spans(said, claim.id),
        to_spans(verdict, claim.id, state=mark),
        (*to_spans(record, claim.id, cites), *sentences(brief, more)),
    )
