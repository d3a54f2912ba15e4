"""The section on what is not known, and what to ask for."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import Bullets, Heading, Paragraph, Span, Spans
from reportkit.brief.display import Display
from reportkit.brief.spans import sentence
from reportkit.findings.asks import Asked, find_asked, letter_items
from reportkit.library.asking import To

_STATUTE = "unknown.statute"


def unknowns(brief: Brief) -> Display:
    """What is not known here, then what the letters beside the brief ask for."""
    words = brief.words
    told = [claim for claim in brief.claims("unknown.") if claim.id != _STATUTE]
    return Display(
        (
            Heading(words.text("section.unknowns"), 2, "unknowns"),
            Bullets(tuple(sentence(brief, claim) for claim in told)),
            Heading(words.text("asks.title"), 3, "what-to-ask"),
            Bullets(tuple(_asks(brief))),
            Paragraph((Span(words.text("asks.files") + " "), *_statute(brief))),
        )
    )


def _asks(brief: Brief) -> Iterator[Spans]:
    """What each letter asks for."""
    words, asked = brief.words, find_asked(brief.status)
    agency = asked.agency.name if asked.agency else None
    values = {"agency": agency, "items": _short(brief, "agency")}
    yield (Span(words.text(f"asks.{_whom(brief, asked)}", values)),)
    yield (Span(words.text("asks.federal", {"items": _short(brief, "federal")})),)


def _whom(brief: Brief, asked: Asked) -> str:
    """Whom the records letter goes to; of a state without statewide agencies, one of many."""
    if asked.agency is None:
        return "office"
    many = brief.place.kind == "state" and asked.agency.scope != "statewide"
    return "example" if many and asked.others else "agency"


def _short(brief: Brief, to: To) -> tuple[str, ...]:
    found = letter_items(to, brief.status, brief.papers, brief.national)
    return tuple(f"request.{item.id}.short" for item in found)


def _statute(brief: Brief) -> Spans:
    claim = brief.claim(_STATUTE)
    return sentence(brief, claim) if claim else ()
