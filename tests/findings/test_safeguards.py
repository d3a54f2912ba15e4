"""Safeguards: three-valued levels, never a wrong answer for want of a page, and the labels."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.places import brief
from reportkit.brief.assemble import open_store
from reportkit.findings.papers import local_papers
from reportkit.findings.safeguards import (
    Safeguard,
    answers,
    find_safeguards,
    linked,
    rate,
    worst,
)
from reportkit.library.rubric import LINKED, Indicator, load_rubric, read_rubric
from reportkit.moa.declared import declared
from reportkit.moa.values import Found
from reportkit.store import default_folder

OWN = {item.id: item for item in load_rubric() if item.scope == "own"}
UNREADABLE = Found("unreadable")
# What a label says of a memorandum, by the indicator that asks the same.
LABELS = {
    "steering": "steering_committee",
    "review": "three_year_review",
    "end_date": "fixed_term",
    "complaint_route": "complaint_appendix",
    "complaint_posters": "complaint_poster",
    "interpreters": "interpreter_clause",
    "exam": "exam_pass_mark_70",
    "experience": "min_two_years_experience",
    "press": "press_preapproval",
}
# Whose presence is the gap.
REVERSED = {"press"}

(TESTED,) = read_rubric(
    """
- id: tested
  group: governance
  weight: 3
  scope: own
  ask:
    in_place: [{refresher: as-needed, fixed_term: absent}, {steering_committee: present}]
    partly: [{refresher: [as-needed, after-one-year]}]
  why: [ov-1]
""",
    "tested.yaml",
)
YES, NO = Found("present", True), Found("absent")


@pytest.mark.parametrize(
    ("refresher", "fixed_term", "steering", "state"),
    [
        (Found("present", "as-needed"), NO, NO, "in_place"),
        (Found("present", "as-needed"), YES, NO, "partly"),
        (Found("present", "as-needed"), UNREADABLE, NO, "unknown"),
        (Found("present", "as-needed"), None, NO, "unknown"),
        (Found("present", "as-needed"), YES, UNREADABLE, "unknown"),
        (Found("present", "as-needed"), UNREADABLE, YES, "in_place"),
        (Found("present", "after-one-year"), UNREADABLE, NO, "partly"),
        (Found("present", "as-needed-two-years-apart"), NO, NO, "absent"),
        (Found("present", None), YES, NO, "unknown"),
        (Found("present", None), NO, NO, "unknown"),
        (NO, UNREADABLE, NO, "absent"),
        (NO, NO, NO, "absent"),
        (UNREADABLE, NO, NO, "unknown"),
        (UNREADABLE, YES, NO, "unknown"),
        (None, None, YES, "in_place"),
        (None, None, None, "unknown"),
    ],
)
def test_levels(refresher, fixed_term, steering, state):
    held = {"refresher": refresher, "fixed_term": fixed_term, "steering_committee": steering}
    assert rate(TESTED, held.get) == state


def _found(name: str) -> st.SearchStrategy[Found]:
    """What a memorandum can say on a term, read in full."""
    term = next((item for item in declared() if item.id == name), None)
    values = ["1", "30"] if term and term.number else list(term.values) if term else [True]
    present = st.sampled_from(values).map(lambda value: Found("present", value))
    return st.one_of(st.just(NO), present)


@st.composite
def asked(draw: st.DrawFn) -> tuple[Indicator, dict[str, Found]]:
    """An indicator and what is found on each of its terms."""
    indicator = draw(st.sampled_from([*OWN.values(), TESTED]))
    return indicator, {name: draw(_found(name)) for name in sorted(indicator.terms)}


@given(asked(), st.data())
def test_an_unreadable_term_makes_a_state_unknown_or_leaves_it(case, data: st.DataObject):
    indicator, found = case
    whole = rate(indicator, found.get)
    assert whole != "unknown"
    hidden = data.draw(st.sets(st.sampled_from(sorted(found)), min_size=1))
    blank = data.draw(st.sampled_from([UNREADABLE, None]))
    partial = {name: blank if name in hidden else item for name, item in found.items()}
    assert rate(indicator, partial.get) in {"unknown", whole}
    assert rate(indicator, dict.fromkeys(found, blank).get) == "unknown"


@given(asked(), st.data())
def test_what_is_told_in_spite_of_an_unreadable_term_holds_whatever_it_says(
    case, data: st.DataObject
):
    indicator, found = case
    hidden = data.draw(st.sets(st.sampled_from(sorted(found)), min_size=1))
    partial = {name: UNREADABLE if name in hidden else item for name, item in found.items()}
    told = rate(indicator, partial.get)
    other = {name: data.draw(_found(name)) if name in hidden else found[name] for name in found}
    assert told in {"unknown", rate(indicator, other.get)}


def test_every_level_of_every_indicator_can_be_reached():
    for item in OWN.values():
        needs = {value for held in (*item.in_place, *item.partly) for value in held.values()}
        said = [NO, YES, *(Found("present", value) for held in needs for value in held)]
        names = sorted(item.terms)
        reached = {
            rate(item, dict(zip(names, combination, strict=True)).get)
            for combination in product(said, repeat=len(names))
        }
        assert reached == {"in_place", "absent"} | ({"partly"} if item.partly else set()), item.id


def test_the_place_has_the_worst_that_is_known():
    assert worst(["in_place", "unknown", "partly"]) == "partly"
    assert worst(["in_place", "absent", "partly"]) == "absent"
    assert worst(["unknown", "in_place"]) == "in_place"
    assert worst(["unknown"]) == worst([]) == "unknown"
    held = find_safeguards(brief("Lee County, FL").papers)["exam"]
    assert held.state == "absent"
    assert {(paper.held.model, state) for paper, state in held.held} == {
        ("JEM", "in_place"), ("TFM", "absent"), ("TFM", "unknown"), ("WSO", "unknown"),
    }  # fmt: skip
    assert [paper.held.model for paper in held.having("absent")] == ["TFM", "TFM"]
    assert {paper.held.model for paper in held.by_form("in_place")} == {"WSO"}


def test_without_a_memorandum_nothing_but_the_link_is_known():
    for place in ("Knox County, TN", "Collin County, TX"):
        for name, item in find_safeguards(brief(place).papers).items():
            for paper, state in item.held:
                assert paper.memorandum is None
                assert (state != "unknown") == (name == "posted")


def test_the_form_is_told_apart_and_only_where_no_memorandum_is():
    safeguards = find_safeguards(brief("Butler County, OH").papers)
    race = safeguards["race"]
    assert [(paper.held.model, state) for paper, state in race.held] == [
        ("TFM", "unknown"),
        ("JEM", "in_place"),
    ]
    assert [(paper.held.model, paper.basis, state) for paper, state in race.standard] == [
        ("TFM", "form", "absent")
    ]
    assert (race.state, race.form_state) == ("in_place", "absent")
    assert safeguards["posted"].standard == ()


def test_statewide_agencies_count_for_a_state_alone():
    papers = brief("Lee County, FL").papers
    local = local_papers(papers)
    assert len(local) < len(papers)
    assert tuple(p for p, _ in find_safeguards(papers)["exam"].held) == local
    assert tuple(p for p, _ in find_safeguards(papers, whole=True)["exam"].held) == papers
    assert find_safeguards(brief("Grafton County, NH").papers) == {}


def test_they_come_in_the_order_of_the_rubric():
    assert list(find_safeguards(brief("Butler County, OH").papers)) == list(OWN)


def test_the_link_is_read_off_the_list():
    states = {
        bool(paper.held.moa_url): linked(paper.held).state
        for paper in brief("Lee County, FL").papers
    }
    assert states == {True: "present", False: "absent"}


def test_a_jail_enforcement_memorandum_of_2025_state_by_state():
    """Read by eye: Butler County's memorandum of 2025."""
    paper = next(p for p in brief("Butler County, OH").papers if p.memorandum)
    found = {name: rate(item, answers(paper.held, paper.memorandum)) for name, item in OWN.items()}
    states = {state: {n for n, held in found.items() if held == state} for state in found.values()}
    assert states == {
        "in_place": {
            "posted", "complaint_route", "complaint_posters", "review", "exam", "refresher",
            "statutes", "race", "interpreters", "liability",
        },
        "partly": {"records", "complaint_review", "notice", "supervisor", "reimbursement"},
        "absent": {
            "statistics", "press", "complaint_open", "complaint_time", "complaint_answer",
            "complaint_outcomes", "steering", "end_date", "local_approval", "hours", "experience",
        },
    }  # fmt: skip


def test_a_task_force_memorandum_of_2025_state_by_state():
    """Read by eye: a memorandum on the form of 12 February 2025."""
    store = open_store(str(default_folder()))
    memorandum = next(
        item for item in store.memoranda if item.generation == "tfm-2025-02-12" and not item.unread
    )
    found = {
        name: rate(item, memorandum.found.get)
        for name, item in OWN.items()
        if item.terms != {LINKED}
    }
    states = {state: {n for n, held in found.items() if held == state} for state in found.values()}
    assert states == {
        "in_place": {
            "complaint_route", "complaint_open", "complaint_review", "experience", "interpreters",
            "liability",
        },
        "partly": {
            "statistics", "records", "complaint_time", "notice", "refresher", "supervisor",
            "statutes", "reimbursement",
        },
        "absent": {
            "press", "complaint_answer", "complaint_posters", "complaint_outcomes", "steering",
            "end_date", "review", "local_approval", "hours", "exam", "race",
        },
    }  # fmt: skip


@pytest.mark.corpus
@pytest.mark.parametrize("name", LABELS)
def test_states_agree_with_labels_read_by_eye(name, corpus):
    memoranda = {item.sha256: item for item in open_store(str(default_folder())).memoranda}
    rows = (corpus.parent / "labels" / "moa-dev.jsonl").read_text("utf-8").splitlines()
    wrong, compared = [], 0
    for label in map(json.loads, rows):
        state = rate(OWN[name], memoranda[label["sha256"]].found.get)
        truth = label[LABELS[name]]
        if truth is None:
            fits = state == "unknown"
        else:
            fits = (state in {"in_place", "partly"}) == (truth is not (name in REVERSED))
            fits = fits and state != "unknown"
        compared += 1
        if not fits:
            wrong.append((label["key"], truth, state))
    assert (wrong, compared) == ([], 32)


def test_a_safeguard_without_agreements_is_unknown():
    assert Safeguard(TESTED, (), ()).state == "unknown"
