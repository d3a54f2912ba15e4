"""What holds for every brief: evidence, ids, messages, schema, equal bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from importlib.resources import files

import jsonschema
import pytest

from findings.places import CASES, brief, facts
from reportkit.brief import make_brief
from reportkit.brief.assemble import open_store
from reportkit.brief.facts import brief_facts
from reportkit.errors import DateError, StoreError, UnknownPlace
from reportkit.store import EMBEDDED

each = pytest.mark.parametrize(
    ("name", "day"), CASES, ids=[f"{name} {day}".replace("/", " ") for name, day in CASES]
)


@each
def test_every_claim_has_evidence_and_its_own_id(name, day):
    claims = facts(name, day)["claims"]
    ids = [item["id"] for item in claims]
    assert len(ids) == len(set(ids))
    assert all(item["evidence"] for item in claims)
    assert all(item["rule"] for item in claims)
    assert {item["section"] for item in claims} >= {"bottom", "limits", "context"}


@each
def test_evidence_is_numbered_by_first_appearance(name, day):
    found = facts(name, day)
    assert [item["id"] for item in found["evidence"]] == list(range(1, len(found["evidence"]) + 1))
    seen: set[int] = set()
    for item in found["claims"]:
        seen |= set(item["evidence"])
        assert seen == set(range(1, len(seen) + 1)), item["id"]
    assert len(seen) == len(found["evidence"])
    parts = ("sha256", "title", "url", "published", "locator")
    places = [json.dumps([item[part] for part in parts]) for item in found["evidence"]]
    assert len(places) == len(set(places))


@each
def test_every_agreement_names_its_evidence(name, day):
    found = facts(name, day)
    by_number = {item["id"]: item for item in found["evidence"]}
    for item in (*found["agreements"], *found["ended"]):
        rows = {
            (by_number[number]["title"], by_number[number]["locator"]["value"])
            for number in item["evidence"]
        }
        # The brief of a state cites its newest list as a whole; the agreement names the row.
        wanted = (item["list_file"], str(item["list_row"]))
        assert wanted in rows or (wanted[0], "") in rows, item["id"]


@each
def test_nothing_is_left_to_fill_in(name, day):
    for item in facts(name, day)["claims"]:
        assert not re.search(r"[{}]|\bNone\b|\bnan\b", item["text"]), item["text"]
        assert "  " not in item["text"]
        assert item["text"] == item["text"].strip()


@each
def test_every_value_that_a_message_needs_is_there(name, day):
    made = brief(name, day)
    for claim in made.ledger.claims:
        wanted = set(re.findall(r"\{(\w+)", made.words.template(claim.message)))
        assert wanted <= {key for key, value in claim.values.items() if value is not None}, claim.id


@each
def test_the_schema_fits(name, day):
    schema = files("reportkit.brief").joinpath("schema.json")
    if not schema.is_file():
        pytest.skip("the package has no schema.json")
    data = json.loads(json.dumps(facts(name, day)))
    validator = jsonschema.Draft202012Validator(json.loads(schema.read_text("utf-8")))
    assert [error.message for error in validator.iter_errors(data)] == []


@each
def test_no_evidence_is_younger_than_the_day(name, day):
    found = facts(name, day)
    assert found["as_of"] == day
    assert found["roster"]["list_date"] <= day
    for item in (*found["agreements"], *found["ended"], *found["pending"]):
        assert item["first_listed"] <= item["last_listed"] <= found["roster"]["list_date"] or (
            item in found["pending"] and item["last_listed"] <= day
        )
        assert (item.get("first_absent") or day) <= day
        assert (item.get("moa", {}).get("link_pending_since") or day) <= day


@each
def test_counts_agree_with_the_tables(name, day):
    made, found = brief(name, day), facts(name, day)
    answer = next(item for item in found["claims"] if item["id"] == "bottom.answer")
    counted = [
        item
        for item in found["agreements"]
        if made.place.kind == "state" or (item["covers"] != "statewide" and item["covers_certain"])
    ]
    assert answer["values"]["agreements"] == len(counted)
    if found["answer"] == "participating":
        assert answer["values"]["agencies"] == len({item["agency"] for item in counted})
        # On a county line, agencies of every county it may lie in answer without being counted.
        assert counted or answer["message"] == "bottom.participating.either"
    if found["answer"] in {"not_listed", "pending", "ended"}:
        assert counted == []


def test_a_brief_made_twice_is_the_same():
    first, again = (json.dumps(brief_facts(make_brief("12071", "2026-05-18"))) for _ in range(2))
    assert first == again
    assert json.loads(first) == json.loads(json.dumps(facts("Lee County, FL")))


def test_the_report_id_is_a_hash_of_the_inputs():
    ids = {
        brief(name, day).report_id
        for name, day in (
            ("Lee County, FL", "2026-05-18"),
            ("Lee County, FL", "2026-05-17"),
            ("Lee County, TX", "2026-05-18"),
        )
    }
    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", identity) for identity in ids)
    assert brief("12071").report_id == brief("Lee County, FL").report_id


def test_evidence_hashes_are_those_of_the_lists():
    store = open_store(None)
    hashes = {item.sha256 for item in (*store.lists, *store.pending_lists)}
    cited = {
        item["sha256"]
        for item in facts("Lee County, FL")["evidence"]
        if item["kind"] in {"list", "pending-list"}
    }
    assert cited
    assert cited <= hashes
    (census,) = [i for i in facts("Lee County, FL")["evidence"] if i["kind"] == "census"]
    data = files("reportkit.places").joinpath("data", "counties.csv").read_bytes()
    assert census["sha256"] == hashlib.sha256(data).hexdigest()


TOMORROW = (dt.date.today() + dt.timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    "as_of",
    [
        TOMORROW,
        "9999-12-31",
        "2021-01-12",
        "1776-07-04",
        "yesterday",
        "2026-13-01",
        "2026-02-30",
        "05/18/2026",
        "2026-05",
        " ",
        "2026-05-18T00:00:00",
        dt.date(2020, 12, 31),
        dt.date.max,
    ],
)
def test_days_that_cannot_be_used(as_of):
    with pytest.raises(DateError, match="as-of date"):
        make_brief("Lee County, FL", as_of)


@pytest.mark.parametrize("as_of", ["2021-01-13", "2026-05-18", dt.date(2025, 6, 1)])
def test_days_that_can_be_used(as_of):
    day = as_of if isinstance(as_of, str) else as_of.strftime("%Y-%m-%d")
    assert brief_facts(make_brief("Lee County, FL", as_of))["as_of"] == day


def test_a_time_of_day_is_a_day_or_an_error_of_dates():
    try:
        found = make_brief("Lee County, FL", dt.datetime(2025, 6, 1, 12))
    except DateError:
        return
    assert brief_facts(found)["as_of"] == "2025-06-01"


def test_without_a_day_it_is_that_of_the_newest_list():
    assert make_brief("Lee County, FL").as_of == dt.date(2026, 5, 18)


def test_what_cannot_be_used_is_told(tmp_path):
    with pytest.raises(UnknownPlace):
        make_brief("Nowhere County, ZZ")
    with pytest.raises(StoreError):
        make_brief("Lee County, FL", store=tmp_path)


def test_an_agency_means_the_place_it_acts_in():
    assert make_brief("Lee County Sheriff's Office, FL").place.geoid == "12071"
    assert make_brief("Cape Coral Police Department, FL").place.geoid == "gn4149962"


def test_the_environment_names_the_store(monkeypatch, tmp_path):
    open_store.cache_clear()
    monkeypatch.setenv("REPORTKIT_STORE", str(tmp_path))
    try:
        with pytest.raises(StoreError):
            make_brief("Lee County, FL")
        monkeypatch.setenv("REPORTKIT_STORE", str(EMBEDDED))
        assert make_brief("Lee County, FL").store.folder == EMBEDDED
    finally:
        open_store.cache_clear()


def test_the_environment_may_change_between_briefs(monkeypatch, tmp_path):
    make_brief("Lee County, FL")
    monkeypatch.setenv("REPORTKIT_STORE", str(tmp_path))
    with pytest.raises(StoreError):
        make_brief("Lee County, FL")
