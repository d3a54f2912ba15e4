"""The sections of a brief as displays, one function each: what the notebook's cells show."""

from __future__ import annotations

from collections.abc import Iterable

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Document,
    Evidence,
    EvidenceList,
    Figure,
    Heading,
    Paragraph,
    Span,
    Spans,
    Table,
)
from reportkit.brief.display import Display
from reportkit.brief.edition import Edition
from reportkit.brief.gaps import gaps as gaps
from reportkit.brief.law import law
from reportkit.brief.metadata import metadata
from reportkit.brief.permits import terms as terms
from reportkit.brief.pictures import map_chart, timeline_chart
from reportkit.brief.proofs import proofs
from reportkit.brief.questions import questions as questions
from reportkit.brief.spans import (
    named,
    need,
    row_cells,
    rows_source,
    sentence,
    sentences,
    to_spans,
    told,
)
from reportkit.brief.unknowns import unknowns as unknowns
from reportkit.brief.views import views as views
from reportkit.evidence import Citation, Claim
from reportkit.findings import Covering
from reportkit.library import load_facts
from reportkit.store import Agreement, CorrectionRecord

# So many ends or waits are told in the bottom line; the status section has them all.
_EXPLAINED = 3


def head(brief: Brief) -> Display:
    """Title, answer box and what the brief is about."""
    words = brief.words
    title = words.text("title", {"place": brief.place.full_name})
    subject = words.name(brief.place.full_name)
    blocks: tuple[Block, ...] = (
        Heading(title, 1, "top"),
        AnswerBox(
            words.text(f"answer.{brief.status.answer}"),
            brief.status.answer,
            sentence(brief, need(brief, "bottom.answer")),
            head_facts(brief),
            _figures(brief),
        ),
        Paragraph(told(words, "head.intro"), role="note"),
    )
    return Display(blocks, head_document(brief, title, subject))


def head_document(brief: Edition, title: str, subject: str) -> Document:
    """What titles, running heads and metadata are made of."""
    description = next(map(brief.text, brief.ledger.claims), title)
    return Document(
        title,
        subject,
        brief.as_of.isoformat(),
        brief.words.lang,
        brief.report_id,
        description,
        metadata(brief, title, description),
    )


def head_facts(brief: Edition) -> tuple[tuple[str, str], ...]:
    """As-of date, date and age of the newest list, report id, each behind its label."""
    words, snapshot = brief.words, brief.national.snapshot
    return (
        (words.text("head.as_of"), words.date(brief.as_of.isoformat())),
        (words.text("head.list"), words.date(snapshot.list.date.isoformat())),
        (words.text("head.age"), words.text("age", {"age": snapshot.age_days})),
        (words.text("head.report"), brief.report_id),
    )


def bottom_line(brief: Brief) -> Display:
    """The answer in a few sentences, then what the brief cannot tell."""
    words = brief.words
    # The answer itself stands in the box above.
    rest = [claim for claim in brief.claims("bottom.") if claim.id != "bottom.answer"]
    facts = [claim for claim in rest if claim.id.removeprefix("bottom.") in load_facts()]
    others = [*(claim for claim in rest if claim not in facts), *_explaining(brief)]
    blocks: list[Block] = [Heading(words.text("section.bottom"), 2, "bottom-line")]
    if others:
        blocks.append(Paragraph(sentences(brief, others), role="lead"))
    if facts:
        blocks.append(Paragraph(sentences(brief, facts)))
    if any(claim.message.startswith("fact.") and claim.id != "bottom.st-g10" for claim in facts):
        blocks.append(Paragraph((Span(words.text("bottom.text")),), role="note"))
    limits = tuple(sentence(brief, claim) for claim in brief.claims("limits."))
    blocks += [
        Heading(words.text("section.limits"), 2, "limits"),
        Bullets(((Span(words.text("limits.scope")),), *limits)),
    ]
    return Display(tuple(blocks))


def _explaining(brief: Brief) -> tuple[Claim, ...]:
    """What the answer rests on where nobody here is listed: ends with their windows, waits."""
    prefix = {"ended": "status.ended.", "pending": "status.pending."}.get(brief.status.answer)
    return brief.claims(prefix)[:_EXPLAINED] if prefix else ()


def status(brief: Brief) -> Display:
    """Who can act here: tables of agreements, then pending, ended and what disagrees.

    Empty where no list tells anything of a place, which the answer says already. What the bottom
    line has told is not told again.
    """
    if _on_no_list(brief):
        return Display(())
    above = {claim.id for claim in _explaining(brief)}
    words = brief.words
    listed_on = {"list_date": brief.national.snapshot.list.date.isoformat()}
    blocks: list[Block] = [Heading(words.text("section.status"), 2, "status")]
    if brief.place.kind == "state":
        blocks += _county_table(brief)
    else:
        local = tuple(item for item in brief.status.listed if item.local)
        blocks += _agreement_table(brief, local, "status.local")
        if not local:
            blocks.append(Paragraph((Span(words.text("status.none", listed_on)),)))
    blocks += _agreement_table(brief, brief.status.statewide, "status.statewide")
    for title, anchor, prefixes in (
        ("status.pending.title", "pending", ("status.pending.", "status.waited.")),
        ("status.ended.title", "ended", ("status.ended.", "status.returned.")),
        ("status.checks.title", "checks", _CHECKS),
    ):
        claims = [claim for claim in brief.claims(*prefixes) if claim.id not in above]
        if claims:
            blocks.append(Heading(words.text(title), 3, anchor))
            blocks.append(Bullets(tuple(sentence(brief, claim) for claim in claims)))
    return Display(tuple(blocks))


_CHECKS = tuple(
    f"status.{kind}."
    for kind in ("link_pending", "shared", "model", "file_date", "mistyped", "county", "type")
)


def charts(brief: Brief) -> Display:
    """The map and the timeline; none for a place of which no list tells anything."""
    if _on_no_list(brief):
        return Display(())
    drawn = (map_chart(brief), timeline_chart(brief))
    return Display(tuple(chart for chart in drawn if chart))


def context(brief: Brief) -> Display:
    """State, nation, people and neighbours on the same day."""
    words = brief.words
    blocks: list[Block] = [Heading(words.text("section.context"), 2, "context"), *law(brief)]
    counts = [item for item in brief.claims("context.") if not item.id.startswith("context.law")]
    blocks.append(Paragraph(sentences(brief, counts)))
    return Display(tuple(blocks))


def evidence(brief: Edition) -> Display:
    """The numbered evidence, corrections applied, method, and how to make the brief again."""
    words = brief.words
    entries = tuple(_entry(brief, *item) for item in brief.ledger.citations)
    blocks: list[Block] = [
        Heading(words.text("section.evidence"), 2, "evidence"),
        EvidenceList(entries, proofs(brief)),
    ]
    method = []
    if brief.corrections:
        blocks.append(Heading(words.text("evidence.corrections"), 3, "corrections"))
        blocks.append(Bullets(tuple(_correction(brief, item) for item in brief.corrections)))
    else:
        method.append(words.text("evidence.corrections.none"))
    if brief.claims("status.", "growth."):
        method.append(words.text("evidence.method.text"))
    reproduce = words.text(
        "evidence.reproduce",
        {"snapshot": brief.national.snapshot.sha256[:16], "report": brief.report_id},
    )
    blocks += [
        Heading(words.text("evidence.method"), 3, "method"),
        Paragraph(
            (Span(" ".join((*method, reproduce, ""))), Span(brief.command, style="code")),
            role="note",
        ),
    ]
    return Display(tuple(blocks), last=True)


ORDER = (
    head,
    bottom_line,
    status,
    charts,
    terms,
    gaps,
    context,
    views,
    unknowns,
    questions,
    evidence,
)
"""The sections in the order of the notebook."""


def _on_no_list(brief: Brief) -> bool:
    """Whether no list tells anything of the place; of a state it is always told."""
    return brief.place.kind != "state" and not brief.claims("status.")


def _suffix(brief: Brief) -> str:
    """The ending of messages that speak of a state rather than of a place in one."""
    return ".state" if brief.place.kind == "state" else ""


def _figures(brief: Brief) -> tuple[Figure, ...]:
    """Agencies, agreements and the earliest signing, where there are any."""
    words, local = brief.words, brief.status.local
    if not local:
        return ()
    answer = need(brief, "bottom.answer")
    cites = brief.ledger.numbers(answer)
    dates = [item.held.signed for item in local if item.held.signed]
    agencies = len({item.agency.id for item in local})
    agency = "agency" if agencies == 1 else "agencies"
    agreement = "agreement" if len(local) == 1 else "agreements"
    figures = [
        Figure(words.number(agencies), words.text(f"figure.{agency}{_suffix(brief)}"), cites),
        Figure(words.number(len(local)), words.text(f"figure.{agreement}"), cites),
    ]
    if dates:
        figures.append(
            Figure(words.date(min(dates).isoformat()), words.text("figure.first"), cites)
        )
    return tuple(figures)


def _agreement_table(
    brief: Brief, items: tuple[Covering[Agreement], ...], caption: str
) -> Iterable[Block]:
    if not items:
        return
    words = brief.words
    date = brief.national.snapshot.list.date.isoformat()
    yield Table(
        words.text(caption, {"list_date": date}),
        tuple(
            words.text(f"head.{name}")
            for name in ("agency", "model", "reason", "signed", "first", "memorandum")
        ),
        tuple(_agreement_row(brief, item) for item in items),
        ("left",) * 6,
        widths=(3.2, 1.7, 1.4, 1.4, 1.4, 1.3),
    )


def _agreement_row(brief: Brief, item: Covering[Agreement]) -> tuple[Spans, ...]:
    held = item.held
    claim = need(brief, f"status.row.{held.id}")
    agency, model, *middle, first = brief.cells(claim)
    return (
        to_spans(agency, claim.id),
        to_spans(model, claim.id, model=held.model),  # type: ignore[arg-type]
        *(to_spans(cell, claim.id) for cell in middle),
        to_spans(first, claim.id, brief.ledger.numbers(claim)),
        _memorandum(brief, held),
    )


def _memorandum(brief: Brief, held: Agreement) -> Spans:
    """The link to the memorandum as ICE gives it, and to an addendum."""
    words = brief.words
    if held.moa_url:
        spans = [Span(words.text("memorandum.link"), href=held.moa_url)]
    elif "pending" in held.moa_words.casefold():
        spans = [Span(words.text("memorandum.pending"))]
    elif held.moa_words:
        spans = [Span(words.text("memorandum.unread"))]
    else:
        spans = [Span(words.text("memorandum.none"))]
    if held.addendum_url:
        spans += [Span(", "), Span(words.text("memorandum.addendum"), href=held.addendum_url)]
    return tuple(spans)


def _county_table(brief: Brief) -> Iterable[Block]:
    words = brief.words
    claims = brief.claims("status.county_row.")
    date = brief.national.snapshot.list.date.isoformat()
    if not claims:
        if not brief.status.listed:
            yield Paragraph((Span(words.text("status.none.state", {"list_date": date})),))
        return
    yield Table(
        words.text("status.counties", {"place": brief.place.name, "list_date": date}),
        tuple(
            words.text(f"head.{name}") for name in ("county", "agencies", "agreements", "models")
        ),
        tuple(row_cells(brief, claim) for claim in claims),
        ("left", "right", "right", "left"),
        widths=(2.5, 1, 1.2, 4),
    )
    yield rows_source(brief, claims, words.text("table.source", {"list_date": date}))


def _entry(brief: Edition, number: int, citation: Citation) -> Evidence:
    words, source = brief.words, citation.source
    title, short = named(words, "evidence.title", {"title": source.title}), ""
    if source.kind in {"list", "pending-list"}:
        values = {"date": source.id.split("-", 1)[1][:10], "file": source.title}
        kind = "list" if source.kind == "list" else "pending"
        title = named(words, f"evidence.{kind}.title", values)
        short = words.text(f"proof.{kind}", values)
    publisher = named(
        words,
        "evidence.published" if source.published else "evidence.publisher",
        {"publisher": source.publisher, "published": source.published},
    )
    kind, value = citation.locator.kind, citation.locator.value
    locator = "" if kind == "whole" else named(words, f"locator.{kind}", {"value": value})
    return Evidence(
        number,
        title,
        publisher,
        source.url,
        locator,
        source.sha256,
        source.retrieved,
        source.origin,
        short,
    )


def _correction(brief: Edition, item: CorrectionRecord) -> Spans:
    values = {
        "agency": brief.store.agencies[item.agency].name,
        "field": f"evidence.field.{item.field}",
        "printed": item.printed,
        "value": _readable(brief, item.value),
        "reason": item.reason,
        "rows": item.rows[0] if item.rows else item.source,
    }
    return told(brief.words, "evidence.correction", values)


def _readable(brief: Edition, value: str) -> str:
    """County ids as names, anything else as it is."""
    parts = value.split()
    gazetteer = brief.national.gazetteer
    if parts and all(part in gazetteer and len(part) == 5 for part in parts):
        return brief.words.places(tuple(gazetteer.place(part).name for part in parts))
    return value
