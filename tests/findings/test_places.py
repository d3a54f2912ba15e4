"""What briefs say of known places, to the number."""

from __future__ import annotations

import pytest

from findings.places import brief, facts
from reportkit.brief.assemble import open_store


def agencies(found, *reasons):
    return {item["agency"] for item in found["agreements"] if item["covers"] in reasons}


def claim(found, identity):
    (match,) = [item for item in found["claims"] if item["id"] == identity]
    return match


LOCAL = {
    "Lee County Sheriff's Office": ("county", 3),
    "Office of the State Attorney, 20th Judicial Circuit": ("circuit", 1),
    "Cape Coral Police Department": ("municipality", 1),
    "Fort Myers Police Department": ("municipality", 1),
    "Sanibel Police Department": ("municipality", 1),
    "Florida Gulf Coast University Police Department": ("campus", 1),
    "Florida Southwestern State College Police Department": ("campus", 1),
    "Lee County Port Authority Police": ("port", 1),
}


def test_lee_county():
    found = facts("Lee County, FL")
    assert found["jurisdiction"] == {
        "geoid": "12071", "name": "Lee County", "kind": "county", "state": "FL"
    }  # fmt: skip
    assert found["answer"] == "participating"
    local = [item for item in found["agreements"] if item["covers"] != "statewide"]
    assert len(local) == 10
    counted = {
        name: (reason, sum(item["agency"] == name for item in local))
        for name, (reason, _) in LOCAL.items()
    }
    assert counted == LOCAL
    assert {item["agency"] for item in local} == set(LOCAL)
    assert len(agencies(found, "statewide")) == 12
    assert all(item["status"] == "listed" for item in found["agreements"])
    values = claim(found, "bottom.answer")["values"]
    assert (values["agencies"], values["agreements"]) == (8, 10)
    assert claim(found, "bottom.statewide")["values"]["n"] == 12
    assert found["roster"]["list_date"] == "2026-05-18"
    assert found["roster"]["file"] == "participatingAgencies05182026am.xlsx"
    assert (found["roster"]["age_days"], found["roster"]["pending_list_date"]) == (0, "2026-02-17")


def test_lee_county_sheriff():
    held = {
        item["model"]: item["signed"]
        for item in facts("Lee County, FL")["agreements"]
        if item["agency"] == "Lee County Sheriff's Office"
    }
    assert held == {"TFM": "2025-02-24", "JEM": "2025-03-03", "WSO": "2025-02-26"}


def test_the_nation_on_the_newest_list():
    nation = facts("Lee County, FL")["context"]["nation"]
    assert nation["agreements"] == 1843
    assert nation["agencies"] == 1549
    assert nation["models"] == {"TFM": 1162, "JEM": 182, "WSO": 499}
    assert (nation["states"], nation["territories"]) == (38, 2)


ANSWERS = [
    ("Cook County, IL", "2026-05-18", "not_listed"),
    ("Illinois", "2026-05-18", "not_listed"),
    ("Chicago, IL", "2026-05-18", "not_listed"),
    ("Frederick County, MD", "2026-05-18", "ended"),
    ("Frederick County, MD", "2026-02-16", "participating"),
    ("Frederick County, MD", "2026-02-17", "ended"),
    ("Garrett County, MD", "2026-05-17", "participating"),
    ("Garrett County, MD", "2026-05-18", "ended"),
    ("Maryland", "2026-05-18", "ended"),
    ("Denton County, TX", "2025-03-28", "pending"),
    ("Tennessee", "2026-05-18", "participating"),
    ("Lee County, FL", "2021-01-13", "not_listed"),
    ("Lee County, FL", "2026-11-14", "participating"),  # 180 days
    ("Lee County, FL", "2026-11-15", "too_old"),
    ("Lee County, FL", "2026-11-22", "too_old"),
    ("Cook County, IL", "2026-11-22", "too_old"),
    ("Florida", "2026-11-22", "too_old"),
    ("Henagar, AL", "2026-05-18", "unclear"),
    ("Northern Mariana Islands", "2026-05-18", "participating"),
    ("Guam", "2026-05-18", "participating"),
    # A town whose own police is on the list takes part, whatever its county's sheriff does.
    ("Milton, PA", "2026-05-18", "participating"),
    ("Sunbury, PA", "2026-05-18", "participating"),
    ("Muncy, PA", "2026-05-18", "participating"),
    ("Coraopolis, PA", "2026-05-18", "ended"),
    ("Mohawk, NY", "2026-05-18", "participating"),
    ("Las Vegas, NV", "2026-05-18", "participating"),
]


@pytest.mark.parametrize(("name", "day", "answer"), ANSWERS)
def test_answers(name, day, answer):
    assert brief(name, day).status.answer == answer


def test_an_end_is_a_window_between_two_lists():
    found = facts("Frederick County, MD")
    (ended,) = found["ended"]
    assert ended["agency"] == "Frederick County Sheriff's Office"
    assert (ended["model"], ended["status"]) == ("JEM", "ended")
    assert (ended["last_listed"], ended["first_absent"]) == ("2026-02-12", "2026-02-17")
    told = claim(found, "status.ended." + ended["id"])
    assert "12 February 2026" in told["text"]
    assert "17 February 2026" in told["text"]


def test_cook_county_was_never_listed():
    found = facts("Cook County, IL")
    assert (found["agreements"], found["ended"], found["pending"]) == ([], [], [])
    assert claim(found, "bottom.answer")["values"]["first"] == "2021-01-13"
    assert claim(found, "bottom.st-g10")["text"].startswith("Federal law lets")


def test_a_place_that_waits():
    found = facts("Denton County, TX", "2025-03-28")
    (waits,) = found["pending"]
    assert waits["agency"] == "Denton County Sheriff's Office"
    assert (waits["model"], waits["status"]) == ("JEM", "pending")
    assert (waits["first_listed"], waits["last_listed"]) == ("2025-02-21", "2025-03-27")
    assert found["roster"]["pending_list_date"] == "2025-03-27"


def test_before_any_pending_list_that_is_said():
    found = facts("Knox County, TN", "2021-05-15")
    assert found["roster"]["pending_list_date"] is None
    assert claim(found, "limits.pending")["message"] == "limits.nopending"


def test_a_statewide_agency_is_not_local():
    found = facts("Alexandria city, VA", "2026-01-21")
    assert found["answer"] == "not_listed"
    assert {item["covers"] for item in found["agreements"]} == {"statewide"}
    assert "Virginia Department of State Police" in agencies(found, "statewide")
    assert all(item["county_geoid"] is None for item in found["agreements"])


def test_a_statewide_agency_is_in_no_county_row_of_its_state():
    found = facts("Tennessee")
    rows = {item["id"] for item in found["claims"] if item["id"].startswith("status.county_row.")}
    local = [item for item in found["agreements"] if item["covers"] != "statewide"]
    assert rows == {f"status.county_row.{item['county_geoid']}" for item in local}
    assert len(agencies(found, "statewide")) == 2


def test_a_municipality_has_its_own_police_and_its_county_but_no_neighbour_town():
    found = facts("Cape Coral, FL")
    assert agencies(found, "own") == {"Cape Coral Police Department"}
    assert agencies(found, "county") == {"Lee County Sheriff's Office"}
    assert agencies(found, "circuit") == {"Office of the State Attorney, 20th Judicial Circuit"}
    assert agencies(found, "municipality", "campus", "port") == set()


def test_a_municipality_on_a_county_line_has_two_counties_agencies():
    found = facts("Longboat Key, FL")
    assert agencies(found, "own") == {"Longboat Key Police Department"}
    assert found["answer"] == "participating"


def test_renewal_switch_and_re_attribution():
    told = [
        ("Knox County, TN", "2021-05-15", "status.ended.renewal"),
        ("Etowah County, AL", "2022-05-01", "status.ended.renewal"),
        ("Sanpete County, UT", "2025-12-01", "status.ended.switch"),
        ("Franklin County, PA", "2025-08-20", "status.ended.moved"),
    ]
    for name, day, message in told:
        assert message in {item["message"] for item in facts(name, day)["claims"]}, name


@pytest.mark.parametrize(
    ("state", "pending", "listed"),
    [
        (
            "FL",
            "Miami-Dade County Corrections and Rehabilitation",
            "Miami-Dade Corrections and Rehabilitation",
        ),
        ("LA", "St. Charles Place Sheriff's Office", "St. Charles Parish Sheriff's Office"),
        ("PA", "Unity Township Constable, PA", "Constable Unity Township"),
        ("PA", "Damascus County Constable", "Damascus Township Constable"),
    ],
)
def test_no_agency_waits_for_what_it_holds(state, pending, listed):
    """Pending under one spelling and listed under another: it does not wait any more."""
    store = open_store(None)
    ids = {
        identity
        for spelling, identity in store.spellings
        if spelling in {pending, listed} and store.agencies[identity].state == state
    }
    assert len(ids) == 1


def test_a_claim_of_waiting_is_not_made_of_an_agency_that_holds_the_model():
    told = [i["text"] for i in facts("Miami-Dade County, FL")["claims"] if "waited" in i["id"]]
    assert [text for text in told if "Corrections" in text] == []


@pytest.mark.parametrize("name", ["Ballwin, MO", "Berkeley, MO", "Delta, PA"])
def test_a_police_of_a_few_towns_is_not_that_of_every_town_of_the_county(name):
    """North County Police Cooperative serves some towns of St. Louis County, not these."""
    found = facts(name)
    assert found["answer"] != "participating"
    assert all(
        not item["covers_certain"] for item in found["agreements"] if item["covers"] == "regional"
    )


def test_a_mistyped_year_is_shown_beside_what_is_used():
    found = facts("Shelby County, TX")
    (tenaha,) = [i for i in found["agreements"] if i["agency"] == "Tenaha Police Department"]
    assert tenaha["signed"] == "2026-01-07"
    assert [
        (item["field"], item["printed"], item["value"])
        for item in found["corrections"]
        if item["agency"] == "Tenaha Police Department"
    ] == [("signed", "2025-01-07", "2026-01-07")]


@pytest.mark.parametrize(
    ("name", "county"),
    [
        ("St. Bernard Parish Sheriff's Office", "22087"),
        ("St. Charles Parish Sheriff's Office", "22089"),
        ("Texarkana Police Department", "05091"),
        ("Sparta Police Department", "47185"),
    ],
)
def test_a_printed_county_that_is_none_is_overruled(name, county):
    found = facts(county)
    (row,) = {(i["agency"], i["county_geoid"]) for i in found["agreements"] if i["agency"] == name}
    assert row == (name, county)
