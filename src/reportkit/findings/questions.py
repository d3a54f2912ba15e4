"""Questions to go deeper, chosen by what is found of a place."""

from __future__ import annotations

from reportkit.findings.asks import Situation
from reportkit.library.asking import Question, load_questions

# So many questions a brief asks; of a place without any agreement fewer.
_MOST, _FEW = 5, 3


def choose_questions(situation: Situation) -> tuple[Question, ...]:
    """The most specific questions that hold of a place, at most one of each topic."""
    chosen: dict[str, Question] = {}
    for question in load_questions():
        if situation.holds(question.when):
            chosen.setdefault(question.topic, question)
    most = _MOST if "agreement" in situation.record else _FEW
    return tuple(chosen.values())[:most]
