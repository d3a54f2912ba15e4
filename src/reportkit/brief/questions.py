"""The section with questions to go deeper."""

from __future__ import annotations

from reportkit.brief.assemble import Brief
from reportkit.brief.blocks import Bullets, Heading
from reportkit.brief.display import Display
from reportkit.brief.spans import told
from reportkit.findings.asks import find_asked, find_situation
from reportkit.findings.questions import choose_questions


def questions(brief: Brief) -> Display:
    """The questions chosen for this place."""
    words, place = brief.words, brief.place
    asked = find_asked(brief.status)
    values = {
        "place": place.name,
        "state": place.state_name,
        "agency": asked.agency.name if asked.agency else None,
    }
    chosen = choose_questions(find_situation(brief.status, brief.papers, brief.national))
    return Display(
        (
            Heading(words.text("section.questions"), 2, "questions"),
            Bullets(tuple(told(words, f"question.{q.id}", values) for q in chosen)),
        )
    )
