"""Gaps: the worst first, each with its ground, its reason and the nation's share; never from silence."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest

from findings import papers
from findings.places import CASES, NEWEST, brief
from reportkit.brief import sections
from reportkit.brief.blocks import Heading, Paragraph, Table
from reportkit.brief.gaps import gap_facts
from reportkit.brief.templates import fragment, prepare
from reportkit.findings.cited import known
from reportkit.findings.gaps import find_gaps, national_states, reason, share
from reportkit.findings.safeguards import find_safeguards
from reportkit.library import load_facts
from reportkit.library.rubric import load_rubric
from reportkit.messages import catalogue
from reportkit.moa.values import Found

WORDS = catalogue("en")
RUBRIC = {item.id: item for item in load_rubric()}
STATES = ("absent", "partly")


def told(name: str, day: str = NEWEST) -> dict[str, str]:
    """The sentences of the section by the id of their claims."""
    made = brief(name, day)
    return {item.id: made.text(item) for item in made.claims("gaps.")}


def table(name: str, day: str = NEWEST) -> Table:
    (found,) = (
        block for block in sections.gaps(brief(name, day)).blocks if isinstance(block, Table)
    )
    return found


def rows(name: str) -> dict[str, tuple[str, ...]]:
    return {
        row[0][0].text: tuple(" ".join(span.text for span in cell) for cell in row[1:])
        for row in table(name).rows
    }


def test_a_memorandum_on_hand_tells_what_it_lacks_with_its_page():
    texts, made = told("Butler County, OH"), brief("Butler County, OH")
    assert texts["gaps.here.statistics.absent"] == (
        "Jail Enforcement: No duty to publish figures, nor to keep them for ICE (1 agreement)."
    )
    assert texts["gaps.here.statistics.partly"] == (
        "Task Force: Figures go to ICE on request; no duty to publish them (1 agreement, by form)."
    )
    assert (
        texts["gaps.here.steering.absent"]
        == "No steering committee (2 of 2 agreements, 1 by form)."
    )
    (whole, form) = made.claim("gaps.here.steering.absent").evidence
    assert (whole.source.kind, whole.locator.kind) == ("memorandum", "whole")
    assert (form.source.id, form.locator.value) == ("moa-forms", "tfm-2025")
    page, _ = made.claim("gaps.here.press.absent").evidence
    assert (page.source.kind, page.locator.kind, page.locator.value) == ("memorandum", "page", "6")


def test_a_row_has_its_reason_and_the_share_of_the_nation():
    here, nation = rows("Butler County, OH")["Steering committee"]
    assert here == (
        "No steering committee (2 of 2 agreements, 1 by form). The Center for American Progress "
        "held in 2018 that local committees matter to public oversight."
    )
    assert nation == "73 of 115"
    claims = {
        span.claim for row in table("Butler County, OH").rows for cell in row[1:] for span in cell
    }
    assert None not in claims


def test_by_form_alone_is_told_as_such_and_never_marked():
    texts = told("Knox County, TN")
    assert texts["gaps.here.end_date.absent"] == "Standard form: No end date."
    assert texts["gaps.in_place"] == "In place: Memorandum posted."
    assert texts["gaps.form_in_place"] == (
        "In place by the standard form: Complaint procedure, Steering committee, Guidance on use of "
        "race, Interpreters, Posters on complaints, Exam pass mark, Civil-rights laws, Refresher "
        "training, and Liability in lawsuits."
    )
    marked = [span for row in table("Knox County, TN").rows for span in row[1] if span.state]
    assert [(span.claim, span.state) for span in marked] == [("gaps.in_place", "in_place")]
    sources = {
        citation.source.id
        for claim in brief("Knox County, TN").claims("gaps.here.")
        for citation in claim.evidence
    }
    assert sources == {"moa-forms"}


def test_neither_memorandum_nor_form_is_not_known():
    texts = told("Collin County, TX")
    assert not any(name.startswith("gaps.here.") for name in texts)
    assert texts["gaps.unheld"] == (
        "Neither the memorandum nor the form of its time is on hand: what safeguards the agreement "
        "has is not known."
    )
    assert texts["gaps.elsewhere"] == (
        "Most memoranda on hand in the country of each model here (Jail Enforcement; 15 in all), "
        "which may be on older forms, lack these: Figures published, Answer to complainant, Outcomes "
        "published, End date, Local approval, Training hours, Free media "
        "statements, Complaints by anyone, Time for complaints, and Years of experience."
    )
    assert told("Tarrant County, TX")["gaps.elsewhere"].endswith(
        "(Task Force, Jail Enforcement, and Warrant Service Officer; 117 in all), which may be on "
        "older forms, lack these: Outcomes published, End date, Local approval, Training hours, and "
        "Free media statements."
    )
    assert not [
        block
        for block in sections.gaps(brief("Collin County, TX")).blocks
        if isinstance(block, Table)
    ]


def test_many_agreements_are_counted_and_few_are_named():
    texts = told("Lee County, FL")
    assert texts["gaps.here.posted.absent"] == (
        "Office of the State Attorney, 20th Judicial Circuit (Task Force): ICE's list links no "
        "memorandum (1 agreement)."
    )
    assert texts["gaps.here.end_date.absent"] == "No end date (7 of 7 agreements, 4 by form)."
    assert texts["gaps.here.race.absent"] == (
        "Task Force: No federal guidance on the use of race (5 agreements, 3 by form)."
    )
    assert texts["gaps.unheld"].startswith("For 3 agreements, neither")
    assert texts["gaps.in_place"] == (
        "In place in every agreement read on the point: Complaint procedure, Interpreters, and "
        "Liability in lawsuits."
    )
    rests_on = {c.source.kind for c in brief("Lee County, FL").claim("gaps.in_place").evidence}
    assert rests_on == {"memorandum"}


def test_a_state_counts_all_its_agreements_and_cites_the_table():
    texts, made = told("Texas"), brief("Texas")
    assert texts["gaps.here.posted.absent"] == (
        "ICE's list links no memorandum (19 of 387 agreements)."
    )
    assert texts["gaps.here.end_date.absent"] == "No end date (74 of 74 agreements, 57 by form)."
    cited = {c.source.id for c in made.claim("gaps.here.end_date.absent").evidence}
    assert cited == {"terms", "moa-forms"}
    assert not any(
        c.source.kind == "memorandum" for claim in made.claims("gaps.") for c in claim.evidence
    )


def test_no_agreement_no_section_and_statewide_ones_are_the_states():
    assert sections.gaps(brief("Cook County, IL")).blocks == ()
    assert told("Cook County, IL") == {}
    heading, line = sections.gaps(brief("Grafton County, NH")).blocks
    assert isinstance(heading, Heading)
    assert isinstance(line, Paragraph)
    assert [span.claim for span in line.spans] == ["gaps.none"]
    assert gap_facts(brief("Grafton County, NH")) == gap_facts(brief("Cook County, IL")) == []


@pytest.mark.parametrize(
    "place", ["Lee County, FL", "Butler County, OH", "Knox County, TN", "Texas"]
)
def test_own_texts_come_first_then_absent_then_weight(place):
    made = brief(place)
    whole = made.place.kind == "state"
    gaps = find_gaps(find_safeguards(made.papers, whole=whole))
    ranks = [
        (
            gap.safeguard.state not in STATES,
            STATES.index(
                gap.safeguard.state if gap.safeguard.state in STATES else gap.safeguard.form_state
            ),
            -RUBRIC[gap.indicator.id].weight,
        )
        for gap in gaps
    ]
    assert ranks == sorted(ranks)
    assert len(ranks) > 10
    names = [row[0][0].text for row in table(place).rows]
    wanted = [WORDS.template(f"gaps.name.{gap.indicator.id}") for gap in gaps]
    assert names[: len(gaps)] == wanted
    assert names[len(gaps) :] in (["In place"], ["In place", "Not known"])


def test_the_share_counts_only_what_is_known():
    national = brief("Lee County, FL").national
    listed = len(national.snapshot.listed)
    on_hand = sum(item.id in national.store.memoranda_of for item in national.snapshot.listed)
    assert (listed, on_hand) == (1843, 117)
    states = national_states(national)
    assert dict(states["posted"]) == {"in_place": 1680, "absent": 163}
    assert dict(states["race"]) == {"in_place": 71, "absent": 46, "unknown": 1726}
    assert dict(states["steering"]) == {"in_place": 42, "absent": 73, "unknown": 1728}
    for name, counts in states.items():
        assert counts.total() == listed
        assert counts["unknown"] >= (0 if name == "posted" else listed - on_hand)


def test_the_share_of_what_is_in_part_counts_what_is_no_better():
    made = brief("Butler County, OH")
    gaps = {gap.indicator.id: gap for gap in find_gaps(find_safeguards(made.papers))}
    assert gaps["notice"].state == "partly"
    assert share(gaps["notice"], made.national) == (61, 117)
    # Partly in place by the Task Force form, absent in the Jail Enforcement memorandum.
    assert gaps["statistics"].state == "absent"
    assert share(gaps["statistics"], made.national) == (69, 115)


@pytest.mark.parametrize("day", ["2021-02-15", "2021-06-30", "2025-03-31", NEWEST])
def test_no_fact_is_told_before_it_was_known(day):
    as_of = dt.date.fromisoformat(day)
    facts = load_facts()
    for place in ("Lee County, FL", "Knox County, TN"):
        for claim in brief(place, day).claims("gaps."):
            for citation in claim.evidence:
                if citation.source.id in facts:
                    assert known(facts[citation.source.id], as_of), (claim.id, citation.source.id)


def test_an_earlier_fact_stands_in_for_a_later_one():
    review = RUBRIC["complaint_review"]
    assert reason(review, dt.date(2026, 5, 18)) == "ov-20"
    assert reason(review, dt.date(2021, 2, 15)) == "ov-8"
    assert reason(RUBRIC["complaint_posters"], dt.date(2021, 2, 15)) is None


def test_the_program_is_told_apart_and_only_for_the_models_here():
    texts = told("Knox County, TN")
    names = [name for name in texts if name.startswith("gaps.programme.")]
    assert names == [
        "gaps.programme.measures.ov-1",
        "gaps.programme.inspections.ov-2",
        "gaps.programme.rights_office.ov-20",
        "gaps.programme.since",
    ]
    task_force = [name for name in told("Sanibel, FL") if name.startswith("gaps.programme.")]
    models = {paper.held.model for paper in brief("Sanibel, FL").papers if paper.item.local}
    assert ("gaps.programme.inspections.ov-2" in task_force) == bool(models - {"TFM"})
    assert texts["gaps.programme.since"].endswith("is not known from the sources on hand.")
    assert not any(re.search(r"\b(still|open|unresolved)\b", texts[name]) for name in names)


@pytest.mark.parametrize(("place", "day"), CASES)
def test_every_sentence_is_whole_and_of_one_unit(place, day):
    texts = told(place, day)
    for name, text in texts.items():
        assert "{" not in text, name
        assert not re.search(r"\d[\d,]* agenc(y|ies)\b", text), name
        if not name.startswith("gaps.share."):
            assert text.endswith("."), name
    shown = {
        span.claim
        for block in sections.gaps(brief(place, day)).blocks
        for spans in (
            [block.spans] if isinstance(block, Paragraph)
            else [cell for row in block.rows for cell in row] if isinstance(block, Table)
            else []
        )
        for span in spans
    }  # fmt: skip
    assert shown - {None} == set(texts)


@pytest.mark.parametrize(("place", "day"), CASES)
def test_facts_say_the_same_as_the_section(place, day):
    made = brief(place, day)
    facts = gap_facts(made)
    assert json.loads(json.dumps(facts)) == facts
    claims = [name for item in facts for name in item["claims"]]
    assert {name for name in claims if made.claim(name) is None} == set()
    by_claim = {"gaps.here", "gaps.share", "gaps.why", "gaps.programme"}
    made_of = {
        claim.id for claim in made.claims("gaps.") if ".".join(claim.id.split(".")[:2]) in by_claim
    }
    assert made_of - {"gaps.programme.since"} == {
        name for name in claims if ".".join(name.split(".")[:2]) in by_claim
    }
    if facts:
        assert [item["indicator"] for item in facts if item["scope"] == "programme"] == [
            "measures", "inspections", "rights_office", "training_checks",
        ]  # fmt: skip
        assert len(facts) == len(RUBRIC)
    on_file = {paper.held.id for paper in made.papers if paper.memorandum}
    for item in facts:
        for held in item["agreements"]:
            assert (held["basis"] == "list") == (item["indicator"] == "posted")
            assert held["basis"] == "list" or held["id"] in on_file
            assert held["state"] in {"in_place", "partly", "absent"}
        assert not set(item["form_states"]) & {held["id"] for held in item["agreements"]}


def test_a_store_without_memoranda_has_no_share_and_no_own_gap(tmp_path):
    made = papers.brief(papers.store(tmp_path / "none", []))
    texts = {item.id: made.text(item) for item in made.claims("gaps.")}
    assert not any(name.startswith("gaps.share.") and name != "gaps.share.posted" for name in texts)
    assert not any(claim.values["n"] != claim.values["standard"]
                   for claim in made.claims("gaps.here.") if "posted" not in claim.id)  # fmt: skip
    assert "gaps.elsewhere" not in texts
    html = fragment(prepare(sections.gaps(made).data()["blocks"]))
    assert "Steering committee" in html


def test_a_memorandum_that_cannot_be_read_on_a_point_is_not_told_to_lack_it(tmp_path):
    records = papers.memoranda()
    blind = [
        replace(item, found={**item.found, "steering_committee": Found("unreadable")})
        for item in records
    ]
    said = {}
    for name, held in (("sighted", records), ("blind", blind)):
        made = papers.brief(papers.store(tmp_path / name, held))
        counts = made.claim("gaps.share.steering")
        shared = (counts.values["lack"], counts.values["known"]) if counts else None
        said[name] = (made.text(made.claim("gaps.here.steering.absent")), shared)
    assert said == {
        "sighted": ("No steering committee (5 of 5 agreements, 2 by form).", (3, 3)),
        "blind": ("No steering committee (2 of 2 agreements, by form).", None),
    }
