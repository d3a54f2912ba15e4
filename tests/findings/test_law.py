"""What briefs say of state law: cited, of the day, silent where nothing is held."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from findings.places import brief
from reportkit.brief.assemble import open_store
from reportkit.brief.law import law
from reportkit.findings import Citations
from reportkit.findings.law import law_claims, law_facts
from reportkit.library import load_facts
from reportkit.messages import catalogue
from reportkit.places import Gazetteer

WORDS = catalogue("en")
STATES = {state.state: state for state in Gazetteer.load().states}
DAYS = [dt.date(year, month, 1) for year in range(2021, 2027) for month in range(1, 13)]


@pytest.fixture(scope="module")
def cite():
    return Citations(open_store(None))


def claims(cite, state, day):
    """The claims on a state, of whatever place and with whatever listed."""
    status = SimpleNamespace(place=STATES[state])
    national = SimpleNamespace(snapshot=SimpleNamespace(as_of=day))
    return law_claims(status, (), national, cite)


def told(made):
    return {
        claim.id.removeprefix("context.law."): made.text(claim)
        for claim in made.claims("context.law.")
    }


def test_a_state_that_requires_agreements_has_its_law_on_agreements_first():
    found = told(brief("Lee County, FL"))
    assert list(found) == ["sl-fl", "sl-fl2", "sl-fl3", "sl-fl4"]
    assert (
        found["sl-fl"]
        == f"Read at the source, Florida Legislature (February 2025): {WORDS.text('fact.sl-fl')}"
    )


def test_a_law_read_elsewhere_names_who_reports_it():
    found = told(brief("Frederick County, MD"))
    assert found == {"sl-md": f"Reported by WMAR (17 February 2026): {WORDS.text('fact.sl-md')}"}


def test_a_law_is_not_told_before_its_day_but_counted():
    assert told(brief("Maryland", "2025-12-31")) == {
        "none": "We hold no verified statement on what the law of Maryland required or barred on "
        "31 December 2025.",
        "later": "We hold 1 statement of law on Maryland dated after 31 December 2025; a brief with "
        "a later as-of date tells what is left out here.",
    }
    assert list(told(brief("Maryland"))) == ["sl-md"]


def test_the_day_of_signing_is_the_first_that_tells_the_law(cite):
    (before, _), (after,) = (
        claims(cite, "MD", dt.date(2026, 2, 16)),
        claims(cite, "MD", dt.date(2026, 2, 17)),
    )
    assert before.message == "law.none.then"
    assert after.id == "context.law.sl-md"


@pytest.mark.parametrize("name", ["Guam", "Alaska", "Kodiak Island Borough, AK"])
def test_nothing_is_said_of_a_law_that_is_not_held(name):
    made = brief(name)
    (claim,) = made.claims("context.law.")
    state = made.place.state_name
    assert made.text(claim) == (
        f"We hold no verified statement on what the law of {state} requires or bars."
    )
    (citation,) = claim.evidence
    assert (citation.source.kind, citation.source.title) == ("library", "facts.yaml")


def test_every_claim_tells_a_fact_of_the_state_that_was_known_or_that_there_is_none(cite):
    counted = 0
    for state, place in STATES.items():
        for day in DAYS:
            found = claims(cite, state, day)
            facts = {f.id for f in law_facts(state) if f.known_by and f.known_by <= day}
            later = len(law_facts(state)) - len(facts)
            messages = [claim.message for claim in found]
            assert {claim.values.get("n") for claim in found if claim.message == "law.later"} == (
                {later} if later else set()
            )
            assert ("law.none" in messages) == (not facts and not later)
            assert ("law.none.then" in messages) == (not facts and bool(later))
            ids = {claim.id.removeprefix("context.law.") for claim in found}
            assert ids & load_facts().keys() == facts
            assert all(load_facts()[identity].state == place.state for identity in facts)
            assert all(claim.evidence and claim.section == "context" for claim in found)
            counted += len(facts)
    assert counted > 500


def test_a_disagreement_is_told_with_all_its_facts_once_it_was_known(cite):
    def told_on(state, day):
        return [
            claim for claim in claims(cite, state, day) if claim.id.startswith("context.law.conf")
        ]

    assert told_on("VA", dt.date(2026, 8, 31)) == []
    (virginia,) = told_on("VA", dt.date(2026, 9, 1))
    assert virginia.id == "context.law.conflict.virginia-order"
    assert WORDS.text(virginia.message).startswith("On the federal order of 31 August 2026")
    assert virginia.evidence == (cite.fact("cc-16"), cite.fact("sl-va"))
    assert told_on("NJ", dt.date(2026, 5, 18)) == []
    assert len(told_on("TX", dt.date(2026, 5, 18))) == 1


def test_a_disagreement_without_a_fact_that_meets_the_bar_is_not_told(cite):
    (claim,) = claims(cite, "ID", dt.date(2026, 11, 22))
    assert claim.message == "law.none"


def test_a_count_of_states_is_no_law_of_one(cite):
    ids = {claim.id for state in STATES for claim in claims(cite, state, dt.date(2026, 11, 22))}
    assert "context.law.sl-tn" in ids
    assert not {"context.law.sl-summary", "context.law.sl-ct-count"} & ids


def test_facts_stand_in_order_of_bearing_and_age():
    for state in STATES:
        facts = law_facts(state)
        bearing = [fact.effect not in {"", "none"} for fact in facts]
        assert bearing == sorted(bearing, reverse=True)
        for on in (True, False):
            days = [
                fact.published or fact.since
                for fact, bears in zip(facts, bearing, strict=True)
                if bears is on
            ]
            assert days == sorted(days, reverse=True)


def test_no_state_takes_more_room_than_a_paragraph(cite):
    for state in STATES:
        assert len(claims(cite, state, dt.date(2026, 11, 22))) <= 6


def test_a_county_is_told_the_law_of_its_state():
    assert told(brief("Lee County, FL")) == told(brief("Florida"))


def test_the_paragraph_is_a_label_and_the_sentences():
    made = brief("Cook County, IL")
    (paragraph,) = law(made)
    label, *told = paragraph.spans
    assert (label.text, label.style) == ("State law: ", "strong")
    assert [span.claim for span in told] == [c.id for c in made.claims("context.law.")] != []
    assert all(span.cites for span in told)
