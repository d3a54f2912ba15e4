"""Records on voices and research are refused with file, record and field."""

from __future__ import annotations

import pytest

from reportkit.errors import InputError
from reportkit.library.facts import data_text
from reportkit.library.voices import load_inquiries, load_sides, read_inquiries, read_sides

SIDES = data_text("voices")
INQUIRY = {"id": "crime", "question": "whether", "facts": "[rf-1]", "reason": "because"}


def test_sides_of_the_package():
    sides = load_sides()
    assert sides["vl-1"] == {"wary"}
    assert sides["vl-4"] == {"in_favor"}
    assert sides["vl-5"] == {"wary", "in_favor"}


def test_questions_of_the_package():
    assert [(item.id, item.facts) for item in load_inquiries()] == [
        ("crime", ("rf-2", "rf-1")),
        ("model", ("rf-3",)),
        ("else", ("rf-5", "rf-4")),
    ]
    assert all(item.question and item.reason for item in load_inquiries())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            SIDES.replace("side: both", "side: neutral"),
            " record 5 (vl-5): side: 'neutral' is not known; use both, in_favor, wary",
        ),
        (
            SIDES.replace("id: vl-3", "id: vc-3"),
            " record 3 (vc-3): id: 'vc-3' is no fact of topic viewpoint-law-enforcement; correct "
            "the id",
        ),
        (
            SIDES.replace("id: vl-3", "id: vl-2"),
            " record 3 (vl-2): id: record 2 has the same; rename one",
        ),
        (
            SIDES.replace("side: both", "why: both"),
            " record 5 (vl-5): side: is missing; add it\n"
            "voices.yaml record 5 (vl-5): why: no such field; use id, side",
        ),
        ("- id: vl-1\n  side: wary\n", ": vl-2 has no record; add one with its side"),
    ],
)
def test_a_wrong_side_is_refused(text, message):
    with pytest.raises(InputError) as error:
        read_sides(text, "voices.yaml")
    assert str(error.value) == f"voices.yaml{message}"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("facts", "rf-1", "is no list; write it like [gr-2, gr-7]"),
        ("facts", "[]", "is empty; write it like [rf-1, rf-2]"),
        ("facts", "[rf-99]", "'rf-99' is no fact of topic research-finding; correct the id"),
        ("facts", "[rf-1, vo-1]", "'vo-1' is no fact of topic research-finding; correct the id"),
        ("facts", "[[rf-1]]", "['rf-1'] is no fact of topic research-finding; correct the id"),
        ("reason", "7", "7 is no text; put it in quotes"),
        ("question", "''", "is empty; write what the source is or says"),
    ],
)
def test_a_wrong_question_is_refused(field, value, message):
    fields = INQUIRY | {field: value}
    text = "- " + "\n  ".join(f"{name}: {held}" for name, held in fields.items())
    with pytest.raises(InputError) as error:
        read_inquiries(text, "research.yaml")
    assert str(error.value) == f"research.yaml record 1 (crime): {field}: {message}"


def test_a_question_without_a_reason_is_refused():
    with pytest.raises(InputError, match=r"record 1 \(crime\): reason: is missing; add it"):
        read_inquiries("- id: crime\n  question: whether\n  facts: [rf-1]\n", "research.yaml")
