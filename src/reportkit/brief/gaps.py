"""The section on oversight gaps: what is missing here, what is in place, the program as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import Block, Heading, Paragraph, Span, Spans, State, Table
from reportkit.brief.display import Display
from reportkit.brief.spans import sentence, sentences
from reportkit.evidence import Claim
from reportkit.findings.gaps import Gap, find_gaps, meant, pages, programme, reason, share
from reportkit.findings.safeguards import Safeguard, find_safeguards

_MARKS: tuple[tuple[str, State], ...] = (
    ("gaps.in_place", "in_place"),
    ("gaps.form_in_place", "unknown"),
    ("gaps.unread", "unknown"),
    ("gaps.unheld", "unknown"),
)

_LACKING: tuple[State, ...] = ("absent", "partly")


def gaps(brief: Brief) -> Display:
    """The section on oversight gaps; nothing where no agency at all can act under an agreement."""
    words = brief.words
    if not brief.papers:
        return Display(())
    blocks: list[Block] = [Heading(words.text("section.gaps"), 2, "gaps")]
    if none := brief.claim("gaps.none"):
        blocks.append(Paragraph(sentence(brief, none)))
    blocks += _table(brief)
    blocks += _rest(brief)
    blocks += _programme(brief)
    return Display(tuple(blocks))


def _table(brief: Brief) -> Iterator[Block]:
    """A row for each gap, the worst first, and what the last column counts."""
    words = brief.words
    found = find_gaps(_safeguards(brief))
    if not found:
        return
    yield Paragraph((Span(words.text("gaps.method")),), role="note")
    yield Table(
        words.text("gaps.caption"),
        tuple(words.text(f"gaps.head.{name}") for name in ("safeguard", "here", "nation")),
        tuple(_row(brief, gap) for gap in found),
        ("left", "left", "right"),
        widths=(1.4, 5.9, 1.1),
    )
    shared = [claim for gap in found if (claim := brief.claim(f"gaps.share.{gap.indicator.id}"))]
    cites = {number for claim in shared for number in brief.ledger.numbers(claim)}
    date = brief.national.snapshot.list.date.isoformat()
    text = words.text("gaps.note", {"list_date": date})
    yield Paragraph((Span(text, cites=tuple(sorted(cites))),), role="note")


def _row(brief: Brief, gap: Gap) -> tuple[Spans, ...]:
    """Name; what is missing by own text and by form, and why it matters; the nation."""
    name = gap.indicator.id
    here = [
        span
        for state in _LACKING
        if (claim := brief.claim(f"gaps.here.{name}.{state}"))
        for span in _told(brief, claim, _mark(claim, state))
    ]
    why, nation = brief.claim(f"gaps.why.{name}"), brief.claim(f"gaps.share.{name}")
    count = brief.words.parts(nation.message, nation.values)[-1] if nation else ""
    return (
        (Span(brief.words.text(f"gaps.name.{name}")),),
        (*here, *(sentence(brief, why) if why else ())),
        (Span(count, claim=nation.id),) if nation else (),
    )


def _mark(claim: Claim, state: State) -> State | None:
    """No mark where the sentence rests on standard forms alone."""
    return None if claim.values["standard"] == claim.values["n"] else state


def _told(brief: Brief, claim: Claim, state: State | None) -> Spans:
    """A sentence with its mark; in the style of standard forms, where it rests on them alone."""
    if state is None:
        return sentence(brief, claim, "standard")
    return (
        Span(brief.text(claim), claim=claim.id, cites=brief.ledger.numbers(claim), state=state),
    )


def _rest(brief: Brief) -> Iterator[Block]:
    """What is in place, what is not known, and what most others lack."""
    spans: list[Span] = []
    for name, state in _MARKS:
        if claim := brief.claim(name):
            spans += _told(brief, claim, state)
    spans += sentences(brief, brief.claims("gaps.elsewhere."))
    if spans:
        yield Paragraph(tuple(spans))


def _programme(brief: Brief) -> Iterator[Block]:
    """What sources report on the whole program, each with its mark."""
    claims = brief.claims("gaps.programme.")
    if not claims:
        return
    states = {
        f"gaps.programme.{indicator.id}.{fact}": state
        for indicator, state, facts in _whole(brief)
        for fact in facts
    }
    yield Heading(brief.words.text("gaps.programme.title"), 3, "program-gaps")
    yield Paragraph(
        tuple(
            span
            for claim in claims
            for span in _told(brief, claim, states.get(claim.id, "unknown"))
        )
    )


def _safeguards(brief: Brief) -> dict[str, Safeguard]:
    return dict(find_safeguards(brief.papers, whole=brief.place.kind == "state"))


def _whole(brief: Brief) -> tuple[Any, ...]:
    return programme(meant(brief.status, brief.papers), brief.as_of)


def gap_facts(brief: Brief) -> list[dict[str, Any]]:
    """The safeguards of a place as JSON-safe data: the gaps worst first, then the others, then the
    program's. Empty for a place without agreements to weigh."""
    safeguards = _safeguards(brief)
    if not safeguards:
        return []
    found = {gap.indicator.id: gap for gap in find_gaps(safeguards)}
    others = [Gap(item) for name, item in safeguards.items() if name not in found]
    return [
        *(_own_facts(brief, gap) for gap in (*found.values(), *others)),
        *_programme_facts(brief),
    ]


def _own_facts(brief: Brief, gap: Gap) -> dict[str, Any]:
    own, indicator = gap.safeguard, gap.indicator
    lack, known = share(gap, brief.national)
    fact = reason(indicator, brief.as_of)
    forms = {paper.held.id: state for paper, state in own.standard}
    kinds = ("own", "form")
    claims = (
        *(
            f"gaps.{kind}.{indicator.id}.{state}"
            for state in ("absent", "partly")
            for kind in kinds
        ),
        f"gaps.share.{indicator.id}",
        f"gaps.why.{indicator.id}",
    )
    return {
        "indicator": indicator.id,
        "group": indicator.group,
        "weight": indicator.weight,
        "scope": indicator.scope,
        "state": own.state,
        "agreements": [
            {
                "id": paper.held.id,
                "state": state,
                "basis": paper.basis,
                "pages": list(pages(indicator, paper)),
            }
            for paper, state in own.held
        ],
        "form_states": forms,
        "share": {"lack": lack, "known": known},
        "why": [fact] if fact else [],
        "claims": [name for name in claims if brief.claim(name)],
    }


def _programme_facts(brief: Brief) -> Iterator[dict[str, Any]]:
    for indicator, state, facts in _whole(brief):
        names = (f"gaps.programme.{indicator.id}.{fact}" for fact in facts)
        yield {
            "indicator": indicator.id,
            "group": indicator.group,
            "weight": indicator.weight,
            "scope": indicator.scope,
            "state": state,
            "agreements": [],
            "form_states": {},
            "share": None,
            "why": list(facts),
            "claims": [name for name in names if brief.claim(name)],
        }
