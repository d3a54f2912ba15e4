"""What briefs say of views and research: equal room in every brief, dated, known by the day."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest

from findings.places import NEWEST, brief
from reportkit.brief.assemble import open_store
from reportkit.brief.blocks import Heading, Paragraph, Table
from reportkit.brief.views import views
from reportkit.findings import Citations
from reportkit.findings.balance import TOLERANCE
from reportkit.findings.views import VOICES, view_claims
from reportkit.library import load_facts
from reportkit.library.voices import SIDES, load_inquiries, load_sides
from reportkit.messages import catalogue
from reportkit.places import Gazetteer

WORDS = catalogue("en")
STATES = Gazetteer.load().states


@pytest.fixture(scope="module")
def store():
    return open_store(None)


@pytest.fixture(scope="module")
def days(store):
    """The days of all lists, the first of each month between, and a day after the last."""
    months = {dt.date(year, month, 1) for year in range(2021, 2027) for month in range(1, 12)}
    lists = {item.date for item in store.lists}
    first = min(lists)
    return sorted(day for day in months | lists | {dt.date(2026, 11, 22)} if day >= first)


def claims(store, state, day, *, listed=True):
    """The claims for a place of a state, with an agreement or without."""
    status = SimpleNamespace(place=state, listed=(object(),) if listed else ())
    national = SimpleNamespace(snapshot=SimpleNamespace(as_of=day))
    return view_claims(status, (), national, Citations(store))


def text(claim):
    return WORDS.text(claim.message, claim.values)


def by_voice(found):
    return [[c for c in found if c.id.startswith(f"views.{voice}.")] for voice in VOICES]


def fact(claim):
    return load_facts()[claim.id.rsplit(".", 1)[1]]


def ids(name, day=NEWEST):
    return [claim.id for claim in brief(name, day).claims("views.")]


def test_the_voices_have_equal_room_in_every_brief(store, days):
    widest, briefs = 0.0, 0
    for state in STATES:
        for day in days:
            for listed in (True, False):
                voices = by_voice(claims(store, state, day, listed=listed))
                lengths = [sum(len(text(claim)) for claim in voice) for voice in voices]
                assert min(lengths) > 0, (state.name, day)
                assert len({len(voice) for voice in voices}) == 1, (state.name, day)
                widest = max(widest, (max(lengths) - min(lengths)) / max(lengths))
                briefs += 1
    assert widest <= TOLERANCE == 0.2
    assert briefs > 20_000


def test_nothing_enters_before_its_day_and_every_claim_has_one(store, days):
    for state in STATES[::5]:
        for day in days:
            for claim in claims(store, state, day):
                known = fact(claim).known_by
                assert known is not None, claim.id
                assert known <= day, (claim.id, day)


def test_every_view_names_its_year():
    for item in load_facts().values():
        if item.topic in VOICES.values() and item.known_by:
            assert str(item.known_by.year) in WORDS.text(f"fact.{item.id}"), item.id


def test_law_enforcement_bodies_are_shown_on_both_sides_since_2022(store, days):
    for state in STATES:
        for day in days:
            for listed in (True, False):
                *_, bodies = by_voice(claims(store, state, day, listed=listed))
                shown = frozenset().union(*(load_sides()[fact(claim).id] for claim in bodies))
                assert shown == SIDES or day < dt.date(2022, 7, 1), (state.name, day)


def test_a_place_with_agreements_hears_two_of_each():
    assert ids("Lee County, FL") == [
        "views.officials.vo-1", "views.officials.vo-2",
        "views.critics.vc-2", "views.critics.vc-3",
        "views.bodies.vl-5", "views.bodies.vl-1",
        "views.research.rf-2", "views.limit.rf-2",
        "views.research.rf-3", "views.limit.rf-3",
        "views.research.rf-5", "views.limit.rf-5",
    ]  # fmt: skip


def test_a_place_without_any_agreement_hears_one_of_each():
    assert ids("Cook County, IL") == [
        "views.officials.vo-1", "views.critics.vc-2", "views.bodies.vl-5",
    ]  # fmt: skip


def test_what_is_about_the_state_is_preferred(store):
    state = next(item for item in STATES if item.state == "MD")
    officials, _, _ = by_voice(claims(store, state, dt.date(2026, 5, 18)))
    assert {claim.id for claim in officials} & {"views.officials.vo-3", "views.officials.vo-4"}
    assert "views.officials.vo-4" in ids("Frederick County, MD")


def test_views_and_findings_of_an_earlier_day():
    assert ids("Knox County, TN", "2021-05-15") == [
        "views.officials.vo-2", "views.critics.vc-4", "views.bodies.vl-1",
        "views.research.rf-1", "views.limit.rf-1",
        "views.research.rf-3", "views.limit.rf-3",
        "views.research.rf-5", "views.limit.rf-5",
    ]  # fmt: skip


def test_sentences_say_who_and_when():
    made = brief("Cook County, IL")
    assert [made.text(claim) for claim in made.claims("views.")] == [
        f"Reported by Breitbart News (17 September 2025): {WORDS.text('fact.vo-1')}",
        f"Reported by Davis Vanguard (4 March 2026): {WORDS.text('fact.vc-2')}",
        f"Reported by WorldOnNow (AP) (May 2025): {WORDS.text('fact.vl-5')}",
    ]


def test_every_finding_that_may_be_told_has_its_limits_and_a_date():
    for inquiry in load_inquiries():
        for identity in inquiry.facts:
            assert f"limit.{identity}" in WORDS
            assert re.search(r"\w{3}", WORDS.text(f"limit.{identity}"))


def test_where_no_choice_is_balanced_the_brief_says_so(store):
    found = claims(store, STATES[0], dt.date(2006, 1, 1))
    assert [text(claim) for claim in found] == [
        "We hold no set of dated statements by 1 January 2006 that would give officials, critics "
        "and law-enforcement bodies equal room."
    ]
    assert found[0].evidence[0].source.title == "facts.yaml"


def test_the_section_sets_the_three_voices_in_the_same_type():
    heading, voices, note, research = views(brief("Lee County, FL")).blocks
    assert isinstance(heading, Heading)
    assert isinstance(note, Paragraph)
    assert isinstance(voices, Table)
    assert [row[0][0].text for row in voices.rows] == [
        "Officials and supporters",
        "Critics",
        "Law-enforcement bodies",
    ]
    assert {tuple(span.style for span in told) for _, told in voices.rows} == {("", "")}
    assert isinstance(research, Table)
    assert [(head[0].text, [span.claim for span in told]) for head, told in research.rows] == [
        ("Does crime fall?", ["views.research.rf-2", "views.limit.rf-2"]),
        ("Does the model matter?", ["views.research.rf-3", "views.limit.rf-3"]),
        ("What else changes?", ["views.research.rf-5", "views.limit.rf-5"]),
    ]


def test_every_question_of_research_has_its_words():
    for inquiry in load_inquiries():
        assert WORDS.text(f"views.inquiry.{inquiry.id}").endswith("?")
