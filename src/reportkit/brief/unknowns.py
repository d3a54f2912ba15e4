"""The section on what is not known, and what to ask for."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import Block, Bullets, Heading, Paragraph, Span, Spans
from reportkit.brief.display import Display
from reportkit.brief.spans import sentence, to_spans, told
from reportkit.evidence import Value
from reportkit.findings.asks import find_asked, letter_items, ours
from reportkit.library.asking import To
from reportkit.messages import Run, merged

_STATUTE = "unknown.statute"


def unknowns(brief: Brief) -> Display:
    """What is not known here, then what the letters beside the brief ask for."""
    known = [claim for claim in brief.claims("unknown.") if claim.id != _STATUTE]
    return Display(
        (
            Heading(brief.words.text("section.unknowns"), 2, "unknowns"),
            Bullets(tuple(sentence(brief, claim) for claim in known)),
            *_what_to_ask(brief),
        )
    )


def _what_to_ask(brief: Brief) -> Iterator[Block]:
    """The letters; where no agreement is listed they ask for little, and a sentence tells it."""
    words, status = brief.words, brief.status
    if not ours(status, status.listed):
        yield Paragraph((*_few(brief), *_statute(brief)))
        return
    yield Heading(words.text("asks.title"), 3, "what-to-ask")
    yield Bullets((_agency(brief), _federal(brief)))
    yield Paragraph((Span(words.text("asks.files") + " "), *_statute(brief)))


def _few(brief: Brief) -> Spans:
    """What both letters ask for, in one sentence that says nothing twice."""
    agency = find_asked(brief.status).agency
    both = {
        brief.words.text(item): item
        for item in (*_short(brief, "federal"), *_short(brief, "agency"))
    }
    values: dict[str, Value] = {
        "agency": agency.name if agency else None,
        "items": tuple(both.values()),
    }
    few = brief.words.runs("asks.few" if agency else "asks.few.office", values)
    return to_spans(merged((*few, Run(" "))))


def _agency(brief: Brief) -> Spans:
    """What the letter to the agency asks for; in a state without statewide ones it is any."""
    asked = find_asked(brief.status)
    assert asked.agency is not None  # one is listed
    any_of_many = brief.place.kind == "state" and asked.agency.scope != "statewide" and asked.others
    values: dict[str, Value] = {"agency": asked.agency.name, "items": _short(brief, "agency")}
    return told(brief.words, "asks.example" if any_of_many else "asks.agency", values)


def _federal(brief: Brief) -> Spans:
    return told(brief.words, "asks.federal", {"items": _short(brief, "federal")})


def _short(brief: Brief, to: To) -> tuple[str, ...]:
    found = letter_items(to, brief.status, brief.papers, brief.national)
    return tuple(f"request.{item.id}.short" for item in found)


def _statute(brief: Brief) -> Spans:
    claim = brief.claim(_STATUTE)
    return sentence(brief, claim) if claim else ()
