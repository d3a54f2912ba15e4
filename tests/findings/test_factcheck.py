"""The fact check: exact verdicts and figures, and the logic of units, days and unknowns."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.brief.assemble import nation_as_of, open_store
from reportkit.brief.blocks import Table
from reportkit.brief.edition import Edition
from reportkit.brief.factcheck import factcheck
from reportkit.evidence import Ledger
from reportkit.findings import Citations, National
from reportkit.findings.factcheck import factcheck_claims
from reportkit.findings.listing import roster_rows
from reportkit.findings.measures import TermsHeld, bracket, memoranda, terms_held, variation
from reportkit.findings.verdicts import check, fits
from reportkit.library.statements import Said, Statement, load_statements
from reportkit.messages import catalogue
from reportkit.places import Gazetteer
from reportkit.store import Store
from reportkit.store.build import Content, write
from roster.make import day_name, list_file, row
from store import small

NEWEST = "2026-05-18"
SAID = Said("Herald", "A page", "2025-10-05", "")
TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}
VERDICTS = {
    "delegation-by-agreement": "holds",
    "agencies-over-1000": "other_unit",
    "states-about-40": "holds",
    "agreements-over-1000": "holds",
    "growth-after-2016": "holds",
    "growth-2024": "fails",
    "growth-2025": "holds",
    "growth-641-percent": "holds",
    "power-identify": "holds",
    "power-arrest": "holds",
    "power-process": "holds",
    "training-required": "holds",
    "training-safeguard": "unknown",
    "federal-lead": "unknown",
    "cooperation-without-agreement": "holds",
    "reimbursement-offered": "holds",
    "incentives-growth": "unknown",
    "critics-profiling": "holds",
    "critics-deportation-force": "holds",
    "raids-abuses": "unknown",
    "officials-criminals": "holds",
    "terms-differ-widely": "other_forms",
    "oversight-terms-vary": "other_forms",
    "critics-oversight": "holds",
    "data-unpublished": "holds",
    "agreements-135-in-2024": "holds",
    "agreements-april-2025": "holds",
    "agreements-650-april-2025": "fails",
    "states-april-2025": "holds",
    "three-models": "holds",
    "power-question": "holds",
    "power-detainers": "holds",
    "power-detain": "holds",
    "power-locate": "holds",
    "power-notices-to-appear": "other_power",
    "restricting-42-percent": "unknown",
    "outside-mission": "unknown",
    "chiefs-object": "unknown",
    "lower-crime-rates": "unknown",
    "task-force-315-departments": "holds",
    "ice-staff": "unknown",
    "attorney-general-sessions": "fails",
    "funding-threats": "unknown",
}


def nation(day: str = NEWEST) -> National:
    return nation_as_of(open_store(str(Store().folder)), dt.date.fromisoformat(day))


def statement(measure: str = "agencies", **fields) -> Statement:
    held = {"date": "2025-10-05", "comparison": "exactly", "value": 1, **fields}
    return Statement(id="a", text="So it is.", source=SAID, measure=measure, **held)


@cache
def listed(day: str) -> list[dict]:
    """The roster as the command prints it, on the list of a day."""
    return roster_rows(Store().snapshot(dt.date.fromisoformat(day)))


@cache
def claims(day: str = NEWEST):
    national = nation(day)
    return {claim.id: claim for claim in factcheck_claims(national, Citations(national.store))}


def test_the_verdicts_on_the_two_pages():
    assert [item.id for item in load_statements()] == list(VERDICTS)
    found = {
        item.id: claims()[f"check.{item.id}"].values["verdict"].removeprefix("check.verdict.")
        for item in load_statements()
    }
    assert found == VERDICTS


def test_the_summary_counts_the_verdicts():
    values = claims()["check.all.summary"].values
    kinds = list(VERDICTS.values())
    assert values == {
        "n": len(kinds),
        "holds": kinds.count("holds"),
        "other": sum(kind.startswith("other") for kind in kinds),
        "fails": kinds.count("fails"),
        "unknown": kinds.count("unknown"),
    }


@pytest.mark.parametrize(
    ("name", "number", "day"),
    [
        ("agencies-over-1000", 1, "2025-10-03"),
        ("agencies-over-1000", 2, "2025-10-07"),
        ("agreements-135-in-2024", 1, "2024-07-03"),
        ("agreements-april-2025", 1, "2025-04-30"),
        ("states-april-2025", 1, "2025-04-06"),
        ("three-models", 1, "2025-04-06"),
    ],
)
def test_figures_are_those_of_the_roster(name, number, day):
    values = claims()[f"check.{name}"].values
    rows = listed(day)
    states = {item["state"] for item in rows}
    assert values[f"date_{number}"] == day
    assert {key: values[f"{key}_{number}"] for key in ("agreements", "agencies", "models")} == {
        "agreements": len(rows),
        "agencies": len({(item["state"], item["agency"]) for item in rows}),
        "models": len({item["model"] for item in rows}),
    }
    assert values[f"states_{number}"] == len(states - TERRITORIES)
    assert values[f"territories_{number}"] == len(states & TERRITORIES)


def test_the_figures_that_the_pages_turn_on():
    figure = {name: claims()[f"check.{name}"].values for name in VERDICTS}
    assert figure["agencies-over-1000"]["agencies_1"] == 858
    assert figure["agencies-over-1000"]["agreements_1"] == 1035
    assert figure["agreements-135-in-2024"]["agencies_1"] == 133
    assert figure["states-about-40"]["states_1"] == 40
    assert figure["states-about-40"]["territories_1"] == 1
    assert figure["growth-641-percent"]["share"] == round(1000 / 135 - 1, 4)
    assert figure["task-force-315-departments"]["agencies_1"] == 314
    assert figure["task-force-315-departments"]["date_1"] == "2025-06-06"
    assert claims()["check.agencies-over-1000.reached"].values == {"date": "2025-12-08"}


def test_task_force_agencies_are_those_of_the_roster():
    for day, number in (("2025-06-12", 315), ("2025-04-30", 241)):
        rows = [item for item in listed(day) if item["model"] == "TFM"]
        agencies = len({(item["state"], item["agency"]) for item in rows})
        assert agencies == number if day == "2025-04-30" else agencies >= number
    before = max(item.date for item in Store().lists if item.date < dt.date(2025, 6, 12))
    rows = [item for item in listed(before.isoformat()) if item["model"] == "TFM"]
    assert len({(item["state"], item["agency"]) for item in rows}) < 315


def test_claims_cite_what_they_count():
    kinds = {
        name: [(item.source.kind, item.source.id) for item in claims()[f"check.{name}"].evidence]
        for name in VERDICTS
    }
    assert [item for item in kinds["agencies-over-1000"] if item[0] == "list"] == [
        ("list", "participating-2025-10-03-106"),
        ("list", "participating-2025-10-07-107"),
    ]
    assert ("table", "terms") in kinds["power-arrest"]
    assert ("library", "facts") in kinds["federal-lead"]
    assert sum(kind == "fact" for kind, _ in kinds["growth-641-percent"]) == 1
    for name, held in kinds.items():
        assert held[-1] == ("library", "statements") or ("library", "statements") in held, name


def test_powers_are_counted_over_the_memoranda_of_each_model():
    values = claims()["check.power-arrest"].values
    records = memoranda(nation())
    models = [item.model for item in records]
    each = tuple(f"{models.count(m)} {m}" for m in ("TFM", "JEM", "WSO"))
    assert values["held"] == values["read"] == each
    # Warrant Service Officers serve warrants of arrest, but do not question.
    identify = claims()["check.power-identify"].values
    assert (identify["held"], identify["read"]) == (each[:2], each)
    notices = claims()["check.power-notices-to-appear"]
    assert notices.message == "check.memoranda.instead"
    assert notices.values["instead"] == ("moa.term.prepare_charging_documents",)


def test_every_claim_can_be_said_and_names_no_placeholder():
    words = catalogue("en")
    for claim in claims().values():
        text = words.text(claim.message, claim.values)
        assert text
        assert "{" not in text


def test_statements_enter_when_they_were_made():
    assert claims("2021-06-30") == {}
    early = claims("2025-10-31")
    assert "check.agencies-over-1000" in early
    assert "check.agreements-135-in-2024" not in early
    # Facts of later days are not known yet, and neither are later lists.
    dates = {
        value
        for claim in early.values()
        for name, value in claim.values.items()
        if name.startswith("date")
    }
    assert max(dates) <= "2025-10-31"
    assert early["check.critics-deportation-force"].values["verdict"] == "check.verdict.unknown"


# --- days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "dates", "covered"),
    [
        ("2025-10-05", ["2025-10-03", "2025-10-07"], True),
        ("2025-10-03", ["2025-10-03", "2025-10-07"], True),
        ("2024-12-15", ["2024-12-01", "2025-01-04"], True),
        ("2025-04", ["2025-03-28", "2025-04-06", "2025-04-10", "2025-04-30", "2025-05-02"], True),
        ("2026-05-18", ["2026-05-18"], True),
        ("2021-01-12", [], False),
        ("2021-01", ["2021-01-13", "2021-02-01"], False),
        ("2026-05-19", [], False),
        ("2017", [], False),
    ],
)
def test_the_lists_that_tell_of_a_time(date, dates, covered):
    told = bracket(statement(date=date), nation(), date)
    assert [item.list.date.isoformat() for item in told.readings] == dates
    assert told.covered is covered


def test_a_time_outside_the_lists_is_unknown_whatever_is_said():
    for date in ("2020-06-30", "2019", "2026-06-01", "2030-01-01"):
        for comparison in ("over", "under", "exactly"):
            found = check(statement(date=date, comparison=comparison, value=5), nation())
            assert (found.verdict, found.message) == ("unknown", "check.outside")


def test_a_time_that_lists_tell_of_in_part_can_hold_but_not_fail():
    partly = {"date": "2021-01", "comparison": "exactly"}
    assert check(statement("agreements", **partly, value=150), nation()).verdict == "holds"
    assert check(statement("agreements", **partly, value=151), nation()).verdict == "unknown"


def test_either_list_may_bear_a_statement_out():
    for value in (1035, 1034):
        found = check(statement("agreements", value=value), nation())
        assert found.verdict == "holds"
        assert {found.values["agreements_1"], found.values["agreements_2"]} == {1035, 1034}
    assert check(statement("agreements", value=1033), nation()).verdict == "fails"


def test_lists_after_the_as_of_date_do_not_tell():
    found = check(statement("agreements", value=1034), nation("2025-10-05"))
    assert found.verdict == "unknown"
    assert found.message == "check.outside"


# --- units ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value", "verdict"),
    [
        ("agencies", 858, "holds"),
        ("agencies", 1035, "other_unit"),
        ("agreements", 858, "other_unit"),
        ("agencies", 900, "fails"),
        ("states", 40, "holds"),
        ("states", 41, "other_unit"),
        ("states", 42, "fails"),
        ("models", 3, "holds"),
        ("models", 2, "fails"),
    ],
)
def test_a_count_that_fails_is_tried_in_the_nearest_unit(measure, value, verdict):
    assert check(statement(measure, value=value), nation()).verdict == verdict


def test_growth_is_tried_in_the_nearest_unit_too():
    spoken = {"since": "2025-01-04", "date": "2025-09-15", "comparison": "exactly"}
    agencies = check(statement("growth", of="agencies", value=641, **spoken), nation())
    assert (agencies.verdict, agencies.message) == ("other_unit", "check.growth.agreements")
    own = check(statement("growth", of="agencies", value=523, **spoken), nation())
    assert (own.verdict, own.values["share"]) == ("holds", round(829 / 133 - 1, 4))
    assert check(statement("growth", value=700, **spoken), nation()).verdict == "fails"


def test_growth_from_before_the_lists_is_unknown():
    found = check(
        statement("growth", since="2016", date="2017", comparison="over", value=0), nation()
    )
    assert (found.verdict, found.message) == ("unknown", "check.outside")


def test_a_fall_is_a_change_too():
    fell = {"since": "2021-01-13", "date": "2024-12-01", "comparison": "about"}
    found = check(statement("growth", value=-10, **fell), nation())
    assert (found.verdict, found.values["share"]) == ("holds", -0.1)
    assert check(statement("growth", value=10, **fell), nation()).verdict == "fails"


def test_a_change_from_none_has_no_percentage():
    spoken = {"since": "2024-06-01", "date": "2025-06-01", "comparison": "over", "value": 0}
    found = check(statement("growth", model="TFM", **spoken), nation())
    assert (found.verdict, found.message) == ("unknown", "check.growth.none")


def test_filters_narrow_the_count():
    rows = [
        item
        for item in listed("2025-10-03")
        if item["state"] == "FL" and item["model"] == "TFM" and item["agency_kind"] == "sheriff"
    ]
    found = check(
        statement("agreements", value=len(rows), state="FL", model="TFM", kind="sheriff"), nation()
    )
    assert rows
    assert found.verdict == "holds"
    assert found.values["of"] == ("check.of.model TFM", "kind.sheriff", "check.of.state Florida")


def small_nation(folder, lists) -> National:
    files = [list_file(day_name(day), rows) for day, rows in lists.items()]
    write(Content(files), folder)
    store = Store(folder)
    return National(store, store.snapshot(), Gazetteer.load())


LEE_WSO = row("Lee County Sheriff's Office", "WSO", "2025-02-26", state="FL")


def test_an_agency_of_two_models_is_one_agency(tmp_path):
    lists = {
        "2025-06-02": [*small.FILLER, small.LEE, LEE_WSO],
        "2025-06-09": [*small.FILLER, small.LEE, LEE_WSO],
    }
    national = small_nation(tmp_path, lists)
    spoken = {"date": "2025-06-05", "comparison": "over", "value": 61}
    agencies = check(statement("agencies", **spoken), national)
    assert (agencies.verdict, agencies.values["agencies_1"]) == ("other_unit", 61)
    assert agencies.values["agreements_1"] == 62
    assert check(statement("agreements", **spoken), national).verdict == "holds"
    assert len([key for key in agencies.values if key.startswith("date_")]) == 1


def test_ended_and_pending_are_counted_on_their_own_lists(tmp_path):
    store = small.store(tmp_path)
    national = National(store, store.snapshot(), Gazetteer.load())
    ended = {"date": "2025-07-20", "status": "ended", "state": "FL"}
    assert check(statement("agreements", value=1, **ended), national).verdict == "holds"
    assert check(statement("agreements", value=0, **ended), national).verdict == "fails"
    # Gulf is off the lists of 9 and 16 June, and back later.
    away = {"date": "2025-06-12", "status": "ended"}
    assert check(statement("agreements", value=1, **away), national).verdict == "holds"
    waiting = {"date": "2025-06-06", "status": "pending"}
    found = check(statement("agencies", value=2, **waiting), national)
    assert (found.verdict, found.message) == ("holds", "check.pending.two")
    assert {item.kind for item in found.lists} == {"pending"}
    assert check(statement("agencies", value=3, **waiting), national).verdict == "fails"


# --- memoranda ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "share", "verdict"),
    [
        ("", "some", "holds"),
        ("", "most", "fails"),
        ("TFM", "most", "holds"),
        ("", "all", "fails"),
        ("TFM", "all", "holds"),
        ("WSO", "some", "fails"),
    ],
)
def test_how_many_memoranda_must_say_so(model, share, verdict):
    spoken = statement("memoranda", terms=("arrest_without_warrant",), model=model, share=share)
    assert check(spoken, nation()).verdict == verdict


def test_all_terms_named_must_stand_in_a_memorandum():
    both = terms_held(("question_status", "serve_removal_warrants"), "", nation())
    records = memoranda(nation())
    assert dict(both.held) == {"TFM": 0, "JEM": sum(r.model == "JEM" for r in records), "WSO": 0}


def test_pages_that_cannot_be_read_are_unknown_and_not_no():
    found = terms_held(("fixed_term",), "WSO", nation())
    unread = sum(
        item.model == "WSO" and item.found["fixed_term"].state == "unreadable"
        for item in memoranda(nation())
    )
    assert unread > 0
    assert (found.unread, sum(found.held.values())) == (unread, 0)
    spoken = statement("memoranda", terms=("fixed_term",), model="WSO", share="some")
    assert check(spoken, nation()).verdict == "unknown"
    # Where every page was read, the same is no.
    assert check(dataclasses.replace(spoken, model="TFM"), nation()).verdict == "fails"


def test_no_memorandum_on_hand_is_unknown(tmp_path):
    store = small.store(tmp_path)
    national = National(store, store.snapshot(), Gazetteer.load())
    spoken = statement("memoranda", terms=("question_status",), share="some")
    assert check(spoken, national).verdict == "unknown"
    assert check(spoken, national).message == "check.memoranda.unread"
    assert check(statement("variation", comparison="over", value=50), national).verdict == "unknown"


def test_variation_within_a_form_is_less_than_between_forms():
    for group in ("", "oversight", "powers"):
        found = variation(group, nation())
        assert 0 <= found.within < found.across <= found.terms
    # Powers: all ten differ between models, but none within a form.
    powers = variation("powers", nation())
    assert (powers.terms, powers.within) == (10, 0)


def test_a_majority_counts_what_could_not_be_read():
    """Of 57 jail-service memoranda 31 ask for a committee, 24 do not, 2 cannot be read there."""
    found = terms_held(("steering_committee",), "WSO", nation())
    yes, no = found.held["WSO"], found.read["WSO"] - found.held["WSO"]
    spoken = statement("memoranda", terms=("steering_committee",), model="WSO", share="most")
    assert yes * 2 > yes + no + found.unread
    assert check(spoken, nation()).verdict == "holds"
    assert check(dataclasses.replace(spoken, share="all"), nation()).verdict == "fails"


@pytest.mark.parametrize(
    ("share", "held", "read", "unread", "verdict"),
    [
        ("some", 0, 10, 1, "unknown"),
        ("some", 1, 10, 1, "holds"),
        ("most", 5, 10, 2, "unknown"),
        ("most", 5, 10, 0, "fails"),
        ("most", 7, 10, 2, "holds"),
        ("all", 10, 10, 1, "unknown"),
        ("all", 9, 10, 1, "fails"),
        ("some", 0, 0, 0, "unknown"),
        ("some", 0, 0, 3, "unknown"),
    ],
)
def test_what_could_not_be_read_may_say_so(monkeypatch, share, held, read, unread, verdict):
    found = TermsHeld({"WSO": held}, {"WSO": read}, unread)
    monkeypatch.setattr("reportkit.findings.verdicts.terms_held", lambda *asked: found)
    spoken = statement("memoranda", terms=("steering_committee",), share=share)
    assert check(spoken, nation()).verdict == verdict


# --- facts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("supported", "contradicted", "day", "verdict"),
    [
        (("gr-1",), (), NEWEST, "holds"),
        ((), ("gr-1",), NEWEST, "fails"),
        (("gr-1",), ("gr-8",), NEWEST, "unknown"),
        (("gr-8",), (), "2025-09-16", "unknown"),
        (("gr-8",), (), "2025-09-17", "holds"),
    ],
)
def test_cited_facts_decide_once_they_are_known(supported, contradicted, day, verdict):
    spoken = statement("facts", supported_by=supported, contradicted_by=contradicted)
    assert check(spoken, nation(day)).verdict == verdict


def test_a_fact_that_only_bears_on_it_decides_nothing():
    found = check(statement("none", facts=("gr-1", "gr-1")), nation())
    assert (found.verdict, found.message, found.facts) == ("unknown", "check.facts", ("gr-1",))


# --- comparisons ----------------------------------------------------------------------------------


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 500))
def test_comparisons_agree_with_each_other(number, value, width):
    def said(comparison: str, **more) -> bool:
        return fits(statement(comparison=comparison, value=value, **more), number)

    assert said("over") != said("up to")
    assert said("under") != said("at least")
    assert said("exactly") == (said("at least") and said("up to"))
    assert said("between", to=value + width) == (value <= number <= value + width)
    assert said("about", tolerance=0) == said("exactly")
    assert said("exactly") <= said("about")


@given(st.integers(100, 2000), st.sampled_from(["over", "under", "exactly", "at least", "up to"]))
def test_a_verdict_is_what_the_lists_show(value, comparison):
    spoken = statement("agencies", comparison=comparison, value=value)
    agencies, agreements = {858}, {1035, 1034}
    verdict = check(spoken, nation()).verdict
    if any(fits(spoken, number) for number in agencies):
        assert verdict == "holds"
    elif any(fits(spoken, number) for number in agreements):
        assert verdict == "other_unit"
    else:
        assert verdict == "fails"


# --- the section ----------------------------------------------------------------------------------


class Nation(Edition):
    subject = "us"
    command = ""
    held = ()


def section(day: str = NEWEST):
    national, ledger = nation(day), Ledger()
    for claim in factcheck_claims(national, Citations(national.store)):
        ledger.add(claim)
    return factcheck(Nation(national, ledger, catalogue("en")))


def test_the_section_shows_every_statement_once_what_fails_first():
    tables = [block for block in section().blocks if isinstance(block, Table)]
    assert len(tables) == 1
    verdicts = [line[1][0].text for line in tables[0].rows]
    assert len(verdicts) == len(VERDICTS)
    failing = list(VERDICTS.values()).count("fails")
    assert verdicts[:failing] == ["Does not hold"] * failing
    assert "Does not hold" not in verdicts[failing:]
    assert verdicts == sorted(verdicts, key=list(dict.fromkeys(verdicts)).index)
    shown = {line[0][0].claim.removeprefix("check.") for line in tables[0].rows}
    assert shown == VERDICTS.keys()
    for said, verdict, record in tables[0].rows:
        assert said[0].claim == verdict[0].claim == record[0].claim
        assert record[0].cites
        assert {span.claim.rpartition(".")[0] for span in record[1:]} <= {said[0].claim}


def test_the_section_is_not_there_before_anything_was_said():
    assert section("2021-06-30").blocks == ()
