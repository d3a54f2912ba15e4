"""The sections of the brief on the nation as displays: what the cells of its notebook show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportkit.brief.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Figure,
    Heading,
    Paragraph,
    Span,
    Spans,
    Table,
)
from reportkit.brief.display import Display
from reportkit.brief.factcheck import factcheck as factcheck
from reportkit.brief.program import Program
from reportkit.brief.program_pictures import coverage_map, growth_chart
from reportkit.brief.sections import evidence as evidence
from reportkit.brief.sections import head_document, head_facts
from reportkit.brief.spans import cited_row, need, row_cells, rows_source, sentence, sentences, told
from reportkit.evidence import Claim
from reportkit.findings.generation_counts import CHANGED, COMPARED, find_forms
from reportkit.roster.values import MODELS


def head(brief: Program) -> Display:
    """Title, answer box and what the brief is about."""
    words, national = brief.words, brief.national
    title = words.text("program.title")
    answer = need(brief, "program.answer")
    cites = brief.ledger.numbers(answer)
    counted = (
        (national.nation.agreements, "figure.agreements"),
        (national.nation.agencies, "figure.agencies.state"),
        (national.states + national.territories, "program.figure.states"),
    )
    figures = tuple(
        Figure(words.number(number), words.text(unit), cites, answer.id) for number, unit in counted
    )
    return Display(
        (
            Heading(title, 1, "top"),
            AnswerBox(
                words.text("program.place"),
                brief.answer,
                sentence(brief, answer),
                head_facts(brief),
                figures,
            ),
            Paragraph(told(words, "program.intro"), role="note"),
        ),
        head_document(brief, title, words.text("program.place")),
    )


def growth(brief: Program) -> Display:
    """Agreements and agencies over time, by model, state and kind of agency."""
    words = brief.words
    order = ("growth.first", "growth.low", "growth.newest", "growth.year_before")
    date = brief.national.snapshot.list.date.isoformat()
    before = brief.claim("growth.year_before")
    states = words.text(
        "growth.states" if before else "growth.states.only",
        {"list_date": date, **({"before": before.values["list_date"]} if before else {})},
    )
    blocks: list[Block] = [
        _heading(brief, "program.growth", "growth"),
        Paragraph(sentences(brief, _named(brief, order)), role="lead"),
        growth_chart(brief),
        _list(brief, brief.claims("growth.model.")),
        Paragraph(sentences(brief, _named(brief, ("growth.month", "growth.lists")))),
        _heading(brief, "growth.states.title", "states", 3),
        Paragraph(sentences(brief, _named(brief, ("growth.top",)))),
        _table(
            brief,
            states,
            ("state", "agencies", "agreements", *(("before", "change") if before else ())),
            brief.claims("growth.state."),
            (3, *(1.2,) * (4 if before else 2)),
        ),
        _source(brief, brief.claims("growth.state.")),
        _heading(brief, "growth.kinds.title", "kinds", 3),
        Paragraph(sentences(brief, _named(brief, ("growth.holders",)))),
        _table(
            brief,
            words.text("growth.kinds", {"list_date": date}),
            ("kind", "agencies", "agreements", *MODELS),
            brief.claims("growth.kind."),
            (2.2, 1.1, 1.2, 1.1, 1.5, 1.9),
        ),
        _source(brief, brief.claims("growth.kind.")),
        _note(brief, "growth.kinds.note"),
    ]
    return Display(tuple(blocks))


def departures(brief: Program) -> Display:
    """Who left the lists and when; renewals, changes of model and returns apart."""
    words = brief.words
    blocks: list[Block] = [_heading(brief, "program.departures", "departures")]
    if none := brief.claim("departures.none"):
        return Display((*blocks, Paragraph(sentence(brief, none))))
    rows = brief.claims("departures.row.")
    order = ("departures.total", "departures.spread", "departures.st-g10")
    blocks += [
        Paragraph(sentences(brief, _named(brief, order))),
        _table(
            brief,
            words.text("departures.years"),
            ("year", "ended", "gone"),
            brief.claims("departures.year."),
            (1, 1.4, 1.6),
        ),
        Table(
            words.text("departures.rows"),
            tuple(words.text(f"head.{name}") for name in _DEPARTURE),
            tuple(cited_row(brief, claim) for claim in rows),
            ("left",) * len(_DEPARTURE),
            folded=True,
            widths=(3, 1.7, 1.7, 1.7, 1.4),
        ),
    ]
    apart = brief.claims(
        "departures.renewals", "departures.switches", "departures.moved", "departures.returned."
    )
    if apart:
        blocks += [_heading(brief, "departures.apart", "apart", 3), _list(brief, apart)]
    return Display(tuple(blocks))


_DEPARTURE = ("agency", "model", "last", "absent", "still")


def generations(brief: Program) -> Display:
    """What the memoranda on hand say, by form, beside what others counted."""
    words = brief.words
    blocks: list[Block] = [_heading(brief, "program.generations", "generations")]
    on_hand = brief.claim("generations.on_hand")
    if on_hand is None:
        return Display((*blocks, _note(brief, "generations.none")))
    forms = brief.claims("generations.form.")
    blocks += [
        Paragraph(sentence(brief, on_hand)),
        _note(brief, "generations.method"),
        _table(
            brief,
            words.text("generations.forms"),
            ("form", "memoranda", "signed.first", "signed.last"),
            forms,
            (3, 1.2, 1.4, 1.4),
            right=(1,),
        ),
        _source(brief, forms),
        _terms(brief),
        _source(brief, brief.claims("generations.cell.")),
    ]
    beside = [
        _list(brief, brief.claims(f"generations.{name}"))
        for name in COMPARED
        if brief.claim(f"generations.{name}")
    ]
    if beside:
        blocks += [
            _heading(brief, "generations.beside", "beside", 3),
            *beside,
            _note(brief, "generations.beside.note"),
        ]
    return Display(tuple(blocks))


def people(brief: Program) -> Display:
    """How many people live where a county-wide agency takes part, with the map."""
    words = brief.words
    order = ("people.nation", "people.counties")
    rows = brief.claims("people.state.")
    blocks: list[Block] = [
        _heading(brief, "program.people", "people"),
        Paragraph(sentences(brief, _named(brief, order))),
        _note(brief, "people.scope"),
        coverage_map(brief),
    ]
    if rows:
        blocks.append(
            _table(
                brief,
                words.text("people.states"),
                ("state", "covered", "people", "share"),
                rows,
                (2, 1.5, 1.5, 1),
                folded=True,
            )
        )
    return Display(tuple(blocks))


def figures(brief: Program) -> Display:
    """Published figures beside the lists of the same days, and why sources disagree."""
    words = brief.words
    blocks: list[Block] = [_heading(brief, "program.figures", "figures")]
    if summary := brief.claim("figures.summary"):
        blocks.append(Paragraph(sentence(brief, summary)))
    if rows := brief.claims("figures.row."):
        blocks.append(
            Table(
                words.text("figures.rows"),
                tuple(words.text(f"head.{name}") for name in ("source", "figure", "day", "record")),
                tuple(cited_row(brief, claim) for claim in rows),
                ("left",) * 4,
                widths=(2.4, 1.8, 1.4, 3),
            )
        )
        blocks.append(_note(brief, "figures.method"))
    for title, prefix in (
        ("figures.conflicts", "figures.conflict."),
        ("figures.others", "figures.other."),
    ):
        if claims := brief.claims(prefix):
            blocks += [_heading(brief, title, prefix.split(".")[1], 3), _list(brief, claims)]
    if len(blocks) == 1:
        blocks.append(_note(brief, "figures.none"))
    return Display(tuple(blocks))


def oversight(brief: Program) -> Display:
    """What auditors and others found about the program as a whole."""
    blocks: list[Block] = [
        _heading(brief, "program.oversight", "oversight"),
        _note(brief, "program.oversight.note"),
    ]
    for title in ("oversight.auditors", "oversight.others"):
        if claims := brief.claims(f"{title}."):
            blocks += [_heading(brief, title, title.split(".")[1], 3), _list(brief, claims)]
    return Display(tuple(blocks))


def unknowns(brief: Program) -> Display:
    """What the record leaves open about all agreements together."""
    claims = brief.claims("limits.", "unknown.")
    return Display(
        (
            _heading(brief, "program.unknown", "unknown"),
            Bullets(
                (
                    (Span(brief.words.text("limits.scope")),),
                    *(sentence(brief, claim) for claim in claims),
                )
            ),
        )
    )


ORDER = (
    head,
    growth,
    departures,
    generations,
    people,
    figures,
    factcheck,
    oversight,
    unknowns,
    evidence,
)
"""The sections in the order of the notebook."""


def _heading(brief: Program, message: str, anchor: str, level: int = 2) -> Heading:
    return Heading(brief.words.text(message), level, anchor)


def _note(brief: Program, message: str) -> Paragraph:
    return Paragraph((Span(brief.words.text(message)),), role="note")


def _named(brief: Program, names: Iterable[str]) -> Iterator[Claim]:
    """Those of the claims that the brief makes."""
    return (claim for name in names if (claim := brief.claim(name)))


def _list(brief: Program, claims: Iterable[Claim]) -> Bullets:
    return Bullets(tuple(sentence(brief, claim) for claim in claims))


def _source(brief: Program, claims: Iterable[Claim]) -> Paragraph:
    return rows_source(brief, claims, brief.words.text("program.source"))


def _table(
    brief: Program,
    caption: str,
    head: tuple[str, ...],
    claims: Iterable[Claim],
    widths: tuple[float, ...],
    *,
    right: tuple[int, ...] = (),
    folded: bool = False,
) -> Table:
    """A table of row claims: the first column names the row, the others hold numbers."""
    words = brief.words
    numbers = right or tuple(range(1, len(head)))
    return Table(
        caption,
        tuple(words.model(name) if name in MODELS else words.text(f"head.{name}") for name in head),
        tuple(row_cells(brief, claim) for claim in claims),
        tuple("right" if column in numbers else "left" for column in range(len(head))),
        folded=folded,
        widths=widths,
    )


def _terms(brief: Program) -> Table:
    """The terms of the memoranda on hand, a column for each form."""
    words, forms = brief.words, find_forms(brief.national)
    return Table(
        words.text("generations.cells"),
        (
            words.text("head.term"),
            *(
                words.text(
                    "generations.column",
                    {"model": f"generations.short.{form.model}", "form": form.id},
                )
                for form in forms
            ),
        ),
        tuple(
            (
                (Span(words.text(f"generations.term.{term}")),),
                *(_cell(brief, f"generations.cell.{term}.{f.model.lower()}.{f.id}") for f in forms),
            )
            for term in CHANGED
        ),
        ("left", *("right",) * len(forms)),
        widths=(3.2, *(1.0,) * len(forms)),
    )


def _cell(brief: Program, identity: str) -> Spans:
    claim = brief.claim(identity)
    if claim is None:
        return (Span(brief.words.text("generations.unasked")),)
    return (Span(brief.words.parts(claim.message, claim.values)[-1], claim=claim.id),)
