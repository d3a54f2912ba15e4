"""The section on views and research."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import Block, Heading, Paragraph, Span, Spans, Table
from reportkit.brief.display import Display
from reportkit.brief.spans import sentence, sentences
from reportkit.evidence import Claim
from reportkit.findings.views import VOICES
from reportkit.library.voices import load_inquiries


def views(brief: Brief) -> Display:
    """What each voice says in equal room and type, then what research found."""
    return Display((*_views(brief), *_research(brief)))


def _views(brief: Brief) -> Iterator[Block]:
    words = brief.words
    yield Heading(words.text("section.views"), 2, "views")
    if none := brief.claim("views.none"):
        yield Paragraph(sentence(brief, none))
        return
    rows = (
        ((Span(words.text(f"views.{voice}")),), sentences(brief, brief.claims(f"views.{voice}.")))
        for voice in VOICES
    )
    yield _table(brief, "views", tuple(rows))
    yield Paragraph((Span(words.text("views.method")),), role="note")


def _research(brief: Brief) -> Iterator[Block]:
    words = brief.words
    rows = tuple(
        ((Span(words.text(f"views.inquiry.{inquiry.id}")),), sentences(brief, told))
        for inquiry in load_inquiries()
        for fact in inquiry.facts
        if (told := _told(brief, fact))
    )
    if rows:
        yield _table(brief, "views.research", rows)


def _told(brief: Brief, fact: str) -> tuple[Claim, ...]:
    """A finding and its limits; an id may begin with another, so both are looked up whole."""
    found = (brief.claim(f"views.{part}.{fact}") for part in ("research", "limit"))
    return tuple(claim for claim in found if claim)


def _table(brief: Brief, message: str, rows: tuple[tuple[Spans, ...], ...]) -> Table:
    """Two columns: whose or which, and the sentences."""
    words = brief.words
    return Table(
        words.text(f"{message}.caption"),
        (words.text(f"{message}.head"), words.text(f"{message}.told")),
        rows,
        ("left", "left"),
        widths=(1, 5),
    )
