"""The rubric: what it holds, what it refuses, and that every indicator has its words."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from reportkit.errors import InputError
from reportkit.library import load_facts
from reportkit.library.facts import data_text
from reportkit.library.rubric import LINKED, load_rubric, read_rubric
from reportkit.messages import catalogue
from reportkit.moa.declared import declared

WORDS = catalogue("en")
OWN = {
    "id": "x", "group": "governance", "weight": 3, "scope": "own",
    "ask": {"in_place": [{"steering_committee": "present"}]}, "why": ["ov-1"],
}  # fmt: skip
PROGRAMME = {
    "id": "p", "group": "federal", "weight": 3, "scope": "programme",
    "findings": [{"models": ["JEM"], "state": "absent", "facts": ["ov-1"]}],
}  # fmt: skip


def read(*records: object):
    return read_rubric(yaml.safe_dump(list(records)), "mine.yaml")


def test_it_holds_every_group_and_scope():
    rubric = load_rubric()
    assert Counter(item.scope for item in rubric) == {"own": 26, "programme": 4}
    assert list(dict.fromkeys(item.group for item in rubric)) == [
        "transparency", "accountability", "governance", "supervision", "rights", "resources",
        "federal",
    ]  # fmt: skip
    assert all(1 <= item.weight <= 5 for item in rubric)
    assert len({item.id for item in rubric}) == len(rubric)


def test_a_record_is_read_as_it_stands():
    (item,) = read(
        OWN
        | {
            "ask": {
                "in_place": [
                    {"refresher": "as-needed", "fixed_term": "absent"},
                    {LINKED: "present"},
                ],
                "partly": [{"notice_days": ["30", "90"]}],
            }
        }
    )
    assert item.in_place == (
        {"refresher": ("as-needed",), "fixed_term": ("absent",)},
        {LINKED: ("present",)},
    )
    assert item.partly == ({"notice_days": ("30", "90")},)
    assert item.terms == {"refresher", "fixed_term", LINKED, "notice_days"}
    assert (item.weight, item.why, item.findings) == (3, ("ov-1",), ())


@pytest.mark.parametrize(
    ("record", "field", "problem"),
    [
        (OWN | {"weight": 6}, "weight", "6 is out of range; use 1 to 5"),
        (OWN | {"weight": 0}, "weight", "0 is out of range"),
        (OWN | {"weight": True}, "weight", "True is out of range"),
        (OWN | {"weight": "3"}, "weight", "'3' is out of range"),
        (OWN | {"group": "fees"}, "group", "'fees' is not known; use accountability, federal"),
        (OWN | {"scope": "all"}, "scope", "'all' is not known; use own, programme"),
        (OWN | {"why": ["ov-999"]}, "why", "'ov-999' is no fact of library/data/facts.yaml"),
        (OWN | {"why": []}, "why", "no list with an entry"),
        (OWN | {"why": [["ov-1"]]}, "why", "['ov-1'] is no fact"),
        (OWN | {"wieght": 3}, "wieght", "no such field"),
        ({k: v for k, v in OWN.items() if k != "why"}, "why", "is missing"),
        ({k: v for k, v in OWN.items() if k != "ask"}, "ask", "is missing"),
        (OWN | {"ask": {"partly": [{"refresher": "present"}]}}, "ask", "add in_place"),
        (OWN | {"ask": {"in_place": []}}, "ask.in_place", "no list with an entry"),
        (OWN | {"ask": {"in_place": [{}]}}, "ask.in_place", "a condition maps terms"),
        (OWN | {"ask": {"in_place": ["refresher"]}}, "ask.in_place", "a condition maps terms"),
        (OWN | {"ask": {"in_place": [{"steering": "present"}]}}, "ask.in_place",
         "'steering' is no term of moa/data/terms.yaml"),
        (OWN | {"ask": {"in_place": [{"refresher": "yearly"}]}}, "ask.in_place",
         "refresher cannot be 'yearly'; use present, absent, as-needed-two-years-apart"),
        (OWN | {"ask": {"in_place": [{"fixed_term": "yes"}]}}, "ask.in_place",
         "fixed_term cannot be 'yes'; use present, absent"),
        (OWN | {"ask": {"in_place": [{"fixed_term": True}]}}, "ask.in_place", "cannot be True"),
        (OWN | {"ask": {"in_place": [{"fixed_term": ["present", "absent"]}]}}, "ask.in_place",
         "cannot be 'present'"),
        (OWN | {"ask": {"in_place": [{LINKED: "present"}], "half": []}}, "ask.half",
         "no such field; use in_place, partly"),
        (OWN | {"findings": []}, "findings", "no such field"),
        (PROGRAMME | {"ask": {}}, "ask", "no such field"),
        (PROGRAMME | {"findings": []}, "findings", "no list with an entry"),
        (PROGRAMME | {"findings": [{"models": ["JEM"], "state": "absent"}]}, "findings",
         "needs models, state and facts"),
        (PROGRAMME | {"findings": [{"models": ["XYZ"], "state": "absent", "facts": ["ov-1"]}]},
         "findings.models", "'XYZ' is no model; use JEM, TFM, WSO"),
        (PROGRAMME | {"findings": [{"models": ["JEM"], "state": "open", "facts": ["ov-1"]}]},
         "findings.state", "'open' is not known; use absent, in_place, partly, unknown"),
        (PROGRAMME | {"findings": [{"models": ["JEM"], "state": "absent", "facts": ["no"]}]},
         "findings.facts", "'no' is no fact"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_file_record_and_field(record, field, problem):
    first = OWN | {"id": "first"}
    with pytest.raises(InputError) as refused:
        read(first, record)
    said = str(refused.value)
    assert said.startswith(f"mine.yaml record 2 ({record['id']}): {field}: ")
    assert problem in said


@pytest.mark.parametrize(
    ("name", "problem"), [("", "is empty"), (None, "None is no"), (7, "7 is no")]
)
def test_a_record_needs_an_id(name, problem):
    with pytest.raises(InputError, match=f"mine.yaml record 1: id: {problem}"):
        read(OWN | {"id": name})


def test_the_same_id_twice_is_refused():
    with pytest.raises(
        InputError, match=r"mine.yaml record 2 \(x\): id: record 1 has the same; rename one"
    ):
        read(OWN, OWN)


def test_every_indicator_has_its_words_and_no_word_is_left_over():
    wanted = set()
    for item in load_rubric():
        facts = {fact for finding in item.findings for fact in finding.facts} | set(item.why)
        wanted |= {f"gaps.why.{item.id}.{fact}" for fact in facts}
        if item.scope == "own":
            wanted |= {f"gaps.name.{item.id}", f"gaps.told.{item.id}.absent"}
        if item.partly:
            wanted.add(f"gaps.told.{item.id}.partly")
    held = {name for name in WORDS if name.startswith(("gaps.name.", "gaps.told.", "gaps.why."))}
    assert held == wanted


def test_names_are_short_and_differ():
    names = [
        WORDS.template(f"gaps.name.{item.id}") for item in load_rubric() if item.scope == "own"
    ]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 24


def test_a_fact_of_medium_confidence_is_told_as_reported_or_by_its_publisher():
    facts = load_facts()
    wrong = []
    for item in load_rubric():
        for fact in {*item.why, *(name for held in item.findings for name in held.facts)}:
            said = WORDS.template(f"gaps.why.{item.id}.{fact}")
            told = "reported" in said or facts[fact].publisher in said
            if facts[fact].confidence != "high" and not told:
                wrong.append(said)
    assert wrong == []


def test_every_term_that_is_told_only_here_is_asked_here():
    from reportkit.findings.points import shown, told

    elsewhere = {item.id for item in declared()} - {item.id for item in (*shown(), *told())}
    asked = {term for item in load_rubric() for term in item.terms}
    assert elsewhere <= asked


def test_the_head_of_the_file_explains_the_weights():
    head = data_text("rubric").partition("\n- id:")[0]
    assert all(f"#              {weight}  " in head for weight in range(1, 6))
