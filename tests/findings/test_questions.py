"""Questions to go deeper: chosen by findings, checked as data."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.places import CASES, brief
from reportkit.brief import sections
from reportkit.errors import InputError
from reportkit.findings.asks import Situation, find_situation
from reportkit.findings.questions import choose_questions
from reportkit.library.asking import (
    RECORD,
    conditions,
    load_questions,
    load_requests,
    read_questions,
    read_requests,
)
from reportkit.messages import catalogue

WORDS = catalogue("en")
NAMES = ("answer", "kind", "models", "law", "record", "lacks")
PENDING = "Spalding County, GA", "2025-03-31"


def chosen(name: str, day: str = "2026-05-18") -> list[str]:
    made = brief(name, day)
    found = choose_questions(find_situation(made.status, made.papers, made.national))
    return [question.id for question in found]


@pytest.mark.parametrize(
    ("case", "questions"),
    [
        (
            ("Lee County, FL",),
            ["departures", "agencies_apart", "law_required", "field_contact", "complaint_answer"],
        ),
        (("Cook County, IL",), ["law_daily", "requests", "considered"]),
        (("Frederick County, MD",), ["ended_why", "law_daily", "requests"]),
        (
            ("Texas",),
            ["ended_why", "departures", "state_counties", "law_required", "field_contact"],
        ),
        (PENDING, ["pending_decision", "statewide", "requests"]),
        (("Lee County, FL", "2021-06-30"), ["statewide", "requests", "considered"]),
    ],
)
def test_the_questions_of_a_place(case, questions):
    assert chosen(*case) == questions


@pytest.mark.parametrize(("name", "day"), [*CASES, PENDING])
def test_every_place_has_a_few_questions_in_full(name, day):
    (_, bullets) = sections.questions(brief(name, day)).blocks
    texts = [span.text for item in bullets.items for span in item]
    local = [
        i for i in brief(name, day).papers if i.item.local or brief(name, day).place.kind == "state"
    ]
    assert len(texts) == len(set(texts)) == (5 if local else 3)
    for text in texts:
        assert text.endswith("?")
        assert "{" not in text
        assert "None" not in text


def situation(**held: object) -> Situation:
    return Situation(**{name: frozenset(held.get(name, ())) for name in NAMES})  # type: ignore[arg-type]


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.id)
def test_every_question_can_be_reached(question):
    """One code for each of its conditions is enough, with whatever makes a place have three."""
    code = {name: {sorted(codes)[0]} for name, codes in question.when.items()}
    found = choose_questions(situation(**code))
    assert question in found


codes = st.fixed_dictionaries(
    {name: st.frozensets(st.sampled_from(sorted(known))) for name, known in conditions().items()}
)


@given(codes)
def test_chosen_questions_hold_are_ordered_and_of_different_topics(held):
    at = situation(**held)
    found = choose_questions(at)
    assert len(found) <= (5 if "agreement" in at.record else 3)
    assert len({question.topic for question in found}) == len(found)
    assert [q.priority for q in found] == sorted(q.priority for q in found)
    for question in found:
        assert all(question.when[name] & held[name] for name in question.when)
    # What is left out of a topic is less specific than what is asked.
    for question in load_questions():
        if at.holds(question.when) and question not in found:
            assert found
            assert question.priority >= min(
                [q.priority for q in found if q.topic == question.topic] or [found[-1].priority]
            )


@given(codes)
def test_one_more_code_never_takes_a_condition_away(held):
    at = situation(**held)
    more = situation(**{**held, "record": held["record"] | RECORD})
    for question in load_questions():
        assert at.holds(question.when) <= more.holds(question.when)


def test_priorities_are_different_and_texts_are_questions():
    priorities = [question.priority for question in load_questions()]
    assert len(set(priorities)) == len(priorities)
    assert 20 <= len(priorities) <= 30
    for question in load_questions():
        text = WORDS.template(f"question.{question.id}")
        assert text.endswith("?")
        assert set(re.findall(r"\{(\w+)\}", text)) <= {"place", "state", "agency"}
        if "{agency}" in text:
            # Only where an agency is listed is there one to name.
            assert question.when.get("record") == {"agreement"} or question.when["answer"] == {
                "unclear"
            }


def test_every_code_of_the_record_is_asked_by_something():
    used = {
        code
        for item in (*load_requests(), *load_questions())
        for code in item.when.get("record", ())
    }
    assert used == RECORD


def packed(name: str) -> str:
    return files("reportkit.library").joinpath("data", f"{name}.yaml").read_text("utf-8")


QUESTION = "- {id: rights, topic: rights, priority: 1, when: {lacks: [race]}}"
ITEM = "- {id: costs, to: [agency], when: {record: [agreement]}}"


def test_the_examples_are_right():
    assert [item.id for item in read_questions(QUESTION, "f")] == ["rights"]
    assert [item.id for item in read_requests(ITEM, "f")] == ["costs"]
    assert read_questions(packed("questions"), "f") == load_questions()
    assert read_requests(packed("requests"), "f") == load_requests()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("lacks:", "lack:", "record 1 (rights): when.lack: no such field; did you mean lacks?"),
        ("lacks:", "zzz:", "when.zzz: no such field; use answer, kind, lacks, law, models, record"),
        ("[race]", "[steerin]", "when.lacks: 'steerin' is no code; did you mean steering?"),
        # Programme-wide findings are not the place's own.
        ("[race]", "[measures]", "when.lacks: 'measures' is no code"),
        ("lacks: [race]", "models: [JAIL]", "when.models: 'JAIL' is no code; use JEM, TFM, WSO"),
        ("[race]", "race", "when.lacks: is no list with an entry"),
        ("[race]", "[]", "when.lacks: is no list with an entry"),
        ("[race]", "[[race]]", "when.lacks: ['race'] is no code"),
        ("{lacks: [race]}", "{}", "when: no condition"),
        ("{lacks: [race]}", "always", "when: no condition"),
        ("id: rights", "id: unheard", "record 1 (unheard): id: no message 'question.unheard'"),
        ("id: rights", "id: 7", "record 1: id: 7 is no text"),
        ("id: rights, ", "", "record 1: id: is missing; add it"),
        ("priority: 1", "priority: high", "priority: 'high' is no whole number"),
        ("priority: 1", "priority: true", "priority: True is no whole number"),
        ("topic: rights", "topic: ''", "topic: is empty"),
        ("topic: rights", "topics: rights", "topics: no such field; did you mean topic?"),
        (", priority: 1", "", "priority: is missing; add it"),
        ("- {", "{", "'- id:'"),
        ("]}}", "]}", "YAML"),
    ],
)
def test_a_wrong_question_is_refused_with_file_record_and_field(old, new, message):
    assert old in QUESTION
    with pytest.raises(InputError, match=re.escape(message)) as error:
        read_questions(QUESTION.replace(old, new), "mine.yaml")
    assert str(error.value).startswith("mine.yaml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[agency]", "[sheriff]", "mine.yaml record 1 (costs): to: 'sheriff' is no code"),
        ("to: [agency], ", "", "to: is missing; add it"),
        (
            "[agreement]",
            "[agreements]",
            "when.record: 'agreements' is no code; did you mean agreement?",
        ),
        ("id: costs", "id: money", "id: no message 'request.money'; write it first"),
    ],
)
def test_a_wrong_item_is_refused_with_file_record_and_field(old, new, message):
    with pytest.raises(InputError, match=re.escape(message)):
        read_requests(ITEM.replace(old, new), "mine.yaml")


def test_the_same_id_twice_is_refused():
    with pytest.raises(
        InputError, match=r"mine.yaml record 2 \(rights\): id: record 1 has the same"
    ):
        read_questions(f"{QUESTION}\n{QUESTION}", "mine.yaml")
