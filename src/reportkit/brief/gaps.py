"""The section on oversight gaps: what is missing here, what is in place, the program as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import Block, Heading, Paragraph, Span, Spans, State, Table
from reportkit.brief.display import Display
from reportkit.brief.spans import sentence, sentences, shared_cites
from reportkit.evidence import Claim
from reportkit.findings.gaps import Gap, find_gaps, pages, programme, reason, share
from reportkit.findings.papers import our_papers
from reportkit.findings.safeguards import LACKING, Safeguard, find_safeguards
from reportkit.library.rubric import LINKED

_NAMING = ("gaps.in_place", "gaps.form_in_place", "gaps.unread")


def gaps(brief: Brief) -> Display:
    """The section on oversight gaps; nothing where no agency at all can act under an agreement."""
    if not brief.papers:
        return Display(())
    blocks: list[Block] = [Heading(brief.words.text("section.gaps"), 2, "gaps")]
    if none := brief.claim("gaps.none"):
        blocks.append(Paragraph(sentence(brief, none)))
    found, rest = find_gaps(_safeguards(brief)), _rest(brief)
    if found:
        blocks += _table(brief, found, rest)
    elif rest:
        blocks.append(Paragraph(tuple(span for spans in rest.values() for span in spans)))
    blocks += _programme(brief)
    return Display(tuple(blocks))


def _table(brief: Brief, found: tuple[Gap, ...], rest: dict[str, Spans]) -> Iterator[Block]:
    """How to read it, then a row for each gap, the worst first, and one for each other state."""
    words = brief.words
    shared = [claim for gap in found if (claim := brief.claim(f"gaps.share.{gap.indicator.id}"))]
    cites = shared_cites(brief, shared)
    date = brief.national.snapshot.list.date.isoformat()
    note = Span(words.text("gaps.note", {"list_date": date}), cites=cites)
    yield Paragraph((Span(words.text("gaps.method") + " "), note), role="note")
    yield Table(
        words.text("gaps.caption"),
        tuple(words.text(f"gaps.head.{name}") for name in ("safeguard", "here", "nation")),
        (
            *(_row(brief, gap) for gap in found),
            *(
                ((Span(words.text(f"gaps.head.{name}")),), spans, ())
                for name, spans in rest.items()
            ),
        ),
        ("left", "left", "right"),
        widths=(1.2, 6.3, 1.2),
    )


def _rest(brief: Brief) -> dict[str, Spans]:
    """What is in place and what is not known, without what nothing is told of."""
    unknown = (
        *_told_of(brief, "gaps.unread", "unknown"),
        *_told_of(brief, "gaps.unheld", "unknown"),
    )
    rest = {
        "sound": (
            *_told_of(brief, "gaps.in_place", "in_place"),
            *_told_of(brief, "gaps.form_in_place", None),
        ),
        "unknown": (*unknown, *sentences(brief, brief.claims("gaps.elsewhere"))),
    }
    return {name: spans for name, spans in rest.items() if spans}


def _row(brief: Brief, gap: Gap) -> tuple[Spans, ...]:
    """The safeguard, what is missing of it here and why it matters, and the nation."""
    nation = brief.claim(f"gaps.share.{gap.indicator.id}")
    count = brief.words.parts(nation.message, nation.values)[-1] if nation else ""
    return (
        (Span(brief.words.text(f"gaps.name.{gap.indicator.id}")),),
        _here(brief, gap),
        (Span(count, claim=nation.id),) if nation else (),
    )


def _here(brief: Brief, gap: Gap) -> Spans:
    """What is missing by own text and by form, and why it matters."""
    name = gap.indicator.id
    here = [
        span
        for state in LACKING
        if (claim := brief.claim(f"gaps.here.{name}.{state}"))
        for span in _told(brief, claim, _mark(claim, state))
    ]
    why = brief.claim(f"gaps.why.{name}")
    return (*here, *(sentence(brief, why) if why else ()))


def _mark(claim: Claim, state: State) -> State | None:
    """No mark where the sentence rests on standard forms alone."""
    return None if claim.values["standard"] == claim.values["n"] else state


def _told(brief: Brief, claim: Claim, state: State | None) -> Spans:
    """A sentence with its mark; in the style of standard forms, where it rests on them alone."""
    if state is None:
        return sentence(brief, claim, "standard")
    return sentence(brief, claim, state=state)


def _told_of(brief: Brief, name: str, state: State | None) -> Spans:
    """The same of a claim by its id; nothing where it is not made."""
    claim = brief.claim(name)
    return _told(brief, claim, state) if claim else ()


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
        ),
        role="note",
    )


def _safeguards(brief: Brief) -> dict[str, Safeguard]:
    return dict(find_safeguards(brief.papers, whole=brief.place.kind == "state"))


def _whole(brief: Brief) -> tuple[Any, ...]:
    return programme(our_papers(brief.status, brief.papers), brief.as_of)


def gap_facts(brief: Brief) -> list[dict[str, Any]]:
    """The safeguards of a place as JSON-safe data: the gaps worst first, then the others, then the
    program's. Empty for a place without agreements to weigh.

    `agreements` holds those that are known on the point, by their own text or by the list;
    `form_states` what the standard form says of others, by agreement. Of any other it is not known.
    """
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
    claims = (
        *(f"gaps.here.{indicator.id}.{state}" for state in LACKING),
        f"gaps.share.{indicator.id}",
        f"gaps.why.{indicator.id}",
    )
    named = (
        name
        for name in _NAMING
        if (claim := brief.claim(name))
        and f"gaps.name.{indicator.id}" in cast(tuple[str, ...], claim.values["names"])
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
                "basis": "list" if indicator.terms == {LINKED} else paper.basis,
                "pages": list(pages(indicator, paper)),
            }
            for paper, state in own.held
            if state != "unknown"
        ],
        "form_states": forms,
        "share": {"lack": lack, "known": known},
        "why": [fact] if fact else [],
        "claims": [*(name for name in claims if brief.claim(name)), *named],
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
