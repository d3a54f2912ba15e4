"""The section on what the agreements permit: matrix of powers, terms, signatures, quoted words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Span,
    Spans,
    State,
    Table,
    Words,
)
from reportkit.brief.display import Display
from reportkit.brief.spans import cited_row, named, need, sentence, sentences, to_spans
from reportkit.evidence import Claim, Value
from reportkit.findings.documents import described, deviation_id
from reportkit.findings.papers import Column, Paper, columns
from reportkit.findings.plain import plain
from reportkit.findings.points import in_form, shown, told, value_name
from reportkit.findings.terms import (
    cell_id,
    count,
    count_id,
    counted_message,
    form_id,
    heard,
)
from reportkit.library.rubric import load_rubric
from reportkit.messages import Run, merged
from reportkit.moa.declared import Term, statement

# So many columns beside the names of the powers fit on paper.
_COLUMNS = 4
_UNUSUAL = ("dates", "impossible", "addendum", "digital", "unread", "misplaced")


def terms(brief: Brief) -> Display:
    """What the agreements permit, on whose record, and what is not known of them; empty without."""
    if not brief.papers:
        return Display(())
    words = brief.words
    blocks: list[Block] = [Heading(words.text("section.terms"), 2, "terms")]
    told = [claim for claim in map(brief.claim, ("terms.on_file", "terms.unknown")) if claim]
    blocks.append(Paragraph(sentences(brief, told)))
    blocks += _matrix(brief)
    blocks += _told(brief, "terms.say.", "terms.own", "")
    forms = brief.claims("terms.form.", "terms.same.")
    if forms:
        blocks.append(Heading(words.text("terms.standard.title"), 3, "standard-terms"))
        blocks.append(Paragraph(sentences(brief, forms)))
    blocks += _told(brief, "terms.standard.", "terms.standard", "standard")
    blocks += _documents(brief)
    blocks += _quotes(brief)
    return Display(tuple(blocks))


def _matrix(brief: Brief) -> Iterator[Block]:
    """Powers and setting by agreement, a table for every few columns."""
    words = brief.words
    known = [
        column
        for column in columns(brief.papers, grouped=brief.place.kind == "state")
        if brief.claim(form_id(column)) or column.on_file
    ]
    if known:
        yield Paragraph((Span(words.text("terms.matrix.key")),), role="note")
    for start in range(0, len(known), _COLUMNS):
        some = known[start : start + _COLUMNS]
        yield Table(
            words.text("terms.matrix.more" if start else "terms.matrix"),
            (words.text("terms.matrix.power"), *(_head(brief, column) for column in some)),
            tuple(
                (
                    (Span(words.text(f"terms.name.{term.id}")),),
                    *(_cell(brief, column, term, first=not row) for column in some),
                )
                for row, term in enumerate(shown())
            ),
            ("left",) * (len(some) + 1),
            widths=(1.5, *(1.1,) * len(some)),
        )


def _head(brief: Brief, column: Column) -> Words:
    """The agency and model, or model, form and number of agreements."""
    words = brief.words
    if column.alone:
        return named(words, "terms.head.of", {"agreement": column.papers[0].name})
    kind = "statewide" if column.statewide else "local"
    return words.text(
        f"terms.column.{kind}" if column.on_file else f"terms.column.{kind}.none",
        {
            "model": column.model,
            "form": column.form or "unknown",
            "n": len(column.papers),
            "k": len(column.on_file),
        },
    )


def _cell(brief: Brief, column: Column, term: Term, *, first: bool) -> Spans:
    """What the memoranda say, then what the standard form says where some are not on hand.

    What is cited for the column as a whole is cited in the first row.
    """
    words = brief.words
    spans = []
    if own := brief.claim(cell_id(column, term)):
        text = words.parts(own.message, own.values)[-1]
        spans.append(
            Span(text, claim=own.id, cites=brief.ledger.numbers(own), state=_mark(own.values))
        )
    elif tally := brief.claim(count_id(column)):
        values = {**tally.values, **count(heard(column, term)), "power": f"terms.name.{term.id}"}
        text = words.parts(counted_message(values), values)[-1]
        cites = brief.ledger.numbers(tally) if first else ()
        spans.append(Span(text, claim=tally.id, cites=cites, state=_mark(values)))
    form, found = brief.claim(form_id(column)), in_form(column.form, term.id)
    if form and found:
        text = words.text("terms.cell.form", {"standard": value_name(found)})
        cites = brief.ledger.numbers(form) if first else ()
        spans.append(Span(text, claim=form.id, cites=cites, style="standard"))
    return tuple(spans) or (Span(words.text("terms.cell.unknown"), state="unknown"),)


def _mark(values: Mapping[str, Value]) -> State:
    """The mark of a cell, by what is told or counted in it."""
    yes, unreadable = values.get("k"), values.get("unreadable")
    if yes is None:
        marks: dict[Value, State] = {
            "terms.value.no": "absent",
            "terms.value.unreadable": "unknown",
        }
        return marks.get(values["told"], "in_place")
    if yes:
        return "in_place" if yes == values["n"] else "partly"
    return "unknown" if unreadable else "absent"


def _told(brief: Brief, prefix: str, caption: str, style: str) -> Iterator[Block]:
    """Terms by group: a row for each group, a sentence for each term."""
    words = brief.words
    claims: dict[str, list[Claim]] = {}
    groups = {term.id: term.group for term in told()}
    below = _told_as_gaps(brief)
    for claim in brief.claims(prefix):
        term = claim.id.removeprefix(prefix).partition(".")[0]
        if term in below and str(claim.values.get("statement", "")).endswith(".absent"):
            continue
        claims.setdefault(groups[term], []).append(claim)
    if claims:
        yield Table(
            words.text(f"{caption}.caption"),
            (words.text("terms.head.group"), words.text(f"{caption}.head")),
            tuple(
                ((Span(words.text(f"moa.group.{group}")),), _by_holder(brief, some, style))
                for group, some in claims.items()
            ),
            ("left", "left"),
            # On paper the section on gaps says what matters of a form that nobody here is known to
            # have signed.
            in_pdf=not style,
            widths=(1, 5.6),
        )


def _told_as_gaps(brief: Brief) -> frozenset[str]:
    """The terms whose absence the section on gaps tells, with its evidence.

    Only those that reach a level alone: the absence of others can stand beside the gap that is told.
    """
    return frozenset(
        term
        for item in load_rubric()
        if brief.claim(f"gaps.here.{item.id}.absent")
        for condition in (*item.in_place, *item.partly)
        if len(condition) == 1
        for term in condition
    )


def _by_holder(brief: Brief, claims: list[Claim], style: str) -> Spans:
    """What all say, then what some say behind their names, which are told once."""
    held: dict[tuple[Run, ...], list[Span]] = {}
    for claim in claims:
        *holders, text = brief.cells(claim)
        # Every sentence on a standard form rests on the same record, which the text above cites.
        cites = () if style else brief.ledger.numbers(claim)
        who = tuple(run for name in holders for run in name)
        held.setdefault(who, []).extend(to_spans(text, claim.id, cites, style))
    spans = held.pop((), [])
    for who, some in held.items():
        space = (Run(" "),) if spans else ()
        names = merged((*space, *who, Run(": ")))
        spans += [*to_spans(names, some[0].claim, style="strong"), *some]
    return tuple(spans)


def _documents(brief: Brief) -> Iterator[Block]:
    """Who signed and when, then what is unusual, then what differs from the standard form."""
    words = brief.words
    signed = brief.claims("terms.signed.")
    unusual = brief.claims(*(f"terms.{kind}." for kind in _UNUSUAL))
    if not signed and not unusual:
        return
    yield Heading(words.text("terms.documents"), 3, "memoranda")
    if signed:
        yield Table(
            words.text("terms.signed.caption"),
            tuple(words.text(f"terms.head.{name}") for name in ("agreement", "lea", "ice", "form")),
            tuple(cited_row(brief, claim) for claim in signed),
            ("left",) * 4,
            widths=(1.9, 2, 2, 2.1),
        )
        yield Paragraph((Span(words.text("terms.signed.note")),), role="note")
    items = [
        *(sentence(brief, claim) for claim in unusual),
        *_deviations(brief),
        *(sentence(brief, claim) for claim in map(brief.claim, _COMPARED) if claim),
    ]
    if items:
        yield Bullets(tuple(items))


_COMPARED = ("terms.unchanged", "terms.uncompared")


def _deviations(brief: Brief) -> Iterator[Spans]:
    """Each difference from the standard form, with its words where the store has them."""
    for paper in described(brief.status, brief.papers):
        for number, item in enumerate(paper.memorandum.deviations if paper.memorandum else (), 1):
            claim = need(brief, deviation_id(paper, number))
            words = " … ".join(_quotable(part) for part in (item.standard, item.words) if part)
            lang = brief.words.of_source
            quoted = (Span(f" “{words}”", style="label", lang=lang),) if words else ()
            yield (*sentence(brief, claim), *quoted)


def _quotes(brief: Brief) -> Iterator[Block]:
    """The quoted words of each local memorandum, folded on screens."""
    if brief.place.kind == "state":
        return
    words = brief.words
    for paper in described(brief.status, brief.papers):
        rows = tuple(_quoted(brief, paper)) if paper.item.local else ()
        if rows:
            yield Table(
                named(words, "terms.quotes", {"agreement": paper.name}),
                tuple(words.text(f"terms.head.{name}") for name in ("term", "page", "words")),
                rows,
                ("left", "right", "left"),
                folded=True,
                widths=(1.4, 0.5, 4),
            )


def _quoted(brief: Brief, paper: Paper) -> Iterator[tuple[Spans, ...]]:
    for term in (*shown(), *told()):
        found = paper.found(term.id)
        if found and found.state == "present" and found.quote:
            yield (
                (Span(brief.words.text(*statement(term.id, found))),),
                (Span(str(found.page or "")),),
                (Span(f"“{_quotable(found.quote)}”", lang=brief.words.of_source),),
            )


def _quotable(text: str) -> str:
    """Words to show: without telephone numbers, mail and street addresses of people."""
    # Only a store with words needs it.
    from reportkit.moa.contacts import scrub

    return plain(scrub(text))
