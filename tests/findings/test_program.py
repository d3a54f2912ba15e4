"""The brief on the nation: people, published figures, what is told on which day, and its sentences."""

import datetime as dt
import re

import pytest

from findings.nation import DAYS, NEWEST, facts, nation, program, shown, table
from findings.test_sentences import METHOD, method, said
from reportkit.brief import program_sections as sections
from reportkit.findings.cited import known
from reportkit.findings.published_figures import find_compared
from reportkit.library import load_facts
from reportkit.places import Gazetteer


def test_answer_counts_agreements_agencies_and_states():
    here = shown()[shown().date == NEWEST]
    values = program().claim("program.answer").values
    assert values["agreements"] == here.agreement.nunique() == 1843
    assert values["agencies"] == here.agency.nunique() == 1549
    assert values["states"] + values["territories"] == here.state.nunique() == 40
    assert program().answer == "participating"


def test_a_list_half_a_year_old_is_too_old():
    made = program("2026-11-22")
    assert made.answer == "too_old"
    assert made.claim("program.answer").message == "program.answer.too_old"
    assert "188 days old" in made.text(made.claim("program.answer"))


def test_people_are_those_of_counties_with_a_county_wide_agency():
    here = shown().query("date == @NEWEST and scope == 'county' and county != ''")
    gazetteer = Gazetteer.load()
    counties = set(here.county)
    covered = sum(gazetteer.place(geoid).population for geoid in counties)
    assert program().claim("people.nation").values["covered"] == covered
    assert program().claim("people.counties").values["k"] == len(counties)
    assert set(facts()["coverage"]["counties"]) == counties
    widest = here.groupby("county")["model"].agg(
        lambda models: min(models, key=["TFM", "JEM", "WSO"].index)
    )
    assert facts()["coverage"]["counties"] == widest.to_dict()


@pytest.mark.parametrize("day", DAYS)
def test_states_add_up_to_the_nation(day):
    made = program(day)
    total = made.claim("people.nation").values["covered"]
    assert sum(row.values["covered"] for row in made.claims("people.state.")) == total


COMPARED = {item.figure.id: item for item in find_compared(nation())}


@pytest.mark.parametrize(
    ("figure", "record", "agrees"),
    [
        ("gr-2-agreements-20241231", (135, 135), True),
        ("gr-2-states-20241231", (21, 21), True),
        ("gr-17-agencies-20250120", (133, 133), True),
        ("gr-3-agreements-20250417", (444, 517), True),
        ("gr-7-agreements-20250902", (957, 957), False),
        ("gr-9-agencies-202511", (906, 986), False),
        ("gr-1-agreements-202009", None, False),
    ],
)
def test_published_figures_beside_the_lists(figure, record, agrees):
    assert (COMPARED[figure].record, COMPARED[figure].agrees) == (record, agrees)


@pytest.mark.parametrize(
    "figure",
    sorted(name for name, item in COMPARED.items() if item.record and "people" not in name),
)
def test_record_of_a_figure_is_counted_on_its_lists(figure):
    item = COMPARED[figure]
    for point, recorded in zip((item.low, item.high), item.record, strict=True):
        here = shown()[shown().date == point.date]
        counted = {
            "agreements": here.agreement.nunique(),
            "agencies": here.agency.nunique(),
            "states": here.state.nunique(),
            "task_force": (here.model == "TFM").sum(),
        }
        assert counted[item.figure.unit] == recorded


def test_a_figure_later_than_the_newest_list_is_not_judged():
    later = [item for item in find_compared(nation("2026-11-22")) if item.figure.day > NEWEST]
    assert len(later) == 3
    assert all(item.record is None for item in later)
    rows = program("2026-11-22").claims("figures.row.gr-12", "figures.row.gr-13")
    assert {row.message for row in rows} == {"figures.row.later"}


@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_told_before_it_was_known(day):
    made, as_of = program(day), dt.date.fromisoformat(day)
    library = load_facts()
    told = [claim for claim in made.ledger.claims if claim.rule.startswith("cited fact, read")
            or claim.rule == "cited fact"]  # fmt: skip
    assert told
    for claim in told:
        assert known(library[claim.id.split(".")[-1]], as_of), claim.id
    for _, citation in made.ledger.citations:
        source = citation.source
        if source.kind in {"fact", "statute"} and source.published:
            assert source.published[:4] <= day[:4]
        if source.kind in {"list", "pending-list"}:
            assert re.search(r"\d{4}-\d{2}-\d{2}", source.id)[0] <= day
    for claim in made.ledger.claims:
        for name in ("list_date", "last", "absent", "first", "after"):
            value = str(claim.values.get(name) or "")
            assert not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) or value <= day


@pytest.mark.parametrize("day", DAYS)
def test_every_sentence_is_a_claim_or_method(day):
    made = program(day)
    ids = {claim.id for claim in made.ledger.claims}
    loose = []
    for section in sections.ORDER[:-1]:
        for block in section(made).data()["blocks"]:
            for span in said(block):
                if span["claim"]:
                    assert span["claim"] in ids
                elif not method("program").fullmatch(span["text"].strip()):
                    loose.append(span["text"])
    assert loose == []


def test_method_sentences_of_the_nation_are_used():
    texts = {
        span["text"]
        for day in ("2021-01-13", NEWEST)
        for section in sections.ORDER[:-1]
        for block in section(program(day)).data()["blocks"]
        for span in said(block)
        if not span["claim"]
    }
    words = program().words
    unused = [name for name in METHOD["program"] if "*" not in name
              and words.template(name) not in texts]  # fmt: skip
    # These are for days and stores that have no memorandum, or a form that lacks a term.
    assert set(unused) <= {"generations.none", "generations.unasked"}


@pytest.mark.parametrize("day", DAYS)
def test_units_are_not_mixed(day):
    made = program(day)
    seen = 0
    for claim in made.ledger.claims:
        agencies, agreements = claim.values.get("agencies"), claim.values.get("agreements")
        text = made.text(claim)
        if isinstance(agencies, int) and isinstance(agreements, int) and agencies != agreements:
            seen += 1
            assert not re.search(rf"\b{agreements:,} (?:\w+ )?agenc", text), text
            assert not re.search(rf"\b{agencies:,} (?:\w+ )?agreement", text), text
        for word in ("partner", "alien", "surge", "illegal"):
            assert not re.search(rf"\b{word}s?\b", text, re.I), text
    assert seen


def test_corrections_are_those_of_agencies_known_by_the_day():
    assert len(facts()["corrections"]) == len(table("corrections"))
    early = set(shown().query("date <= '2021-06-30'")["agency"])
    assert {item.agency for item in program("2021-06-30").corrections} <= early


def test_fact_check_has_a_verdict_for_each_statement_made_by_the_day():
    summary = program().claim("check.all.summary").values
    verdicts = [item["verdict"] for item in facts()["factcheck"]]
    assert len(verdicts) == summary["n"]
    assert verdicts.count("fails") == summary["fails"]
    assert facts("2021-06-30")["factcheck"] == []
