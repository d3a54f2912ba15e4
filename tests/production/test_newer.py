"""A brief opened later: which lists came since, and what they say of its subject."""

import copy

import pytest
from click.testing import CliRunner

from reportkit.brief import make_brief
from reportkit.brief.assemble import open_store
from reportkit.brief.facts import brief_facts
from reportkit.brief.program import make_program
from reportkit.brief.program_facts import program_facts
from reportkit.cli import main
from reportkit.errors import DateError
from reportkit.messages import catalogue
from reportkit.production.newer import newer, newer_on, newer_text
from reportkit.store import EMBEDDED

NEWEST = "2026-05-18"


@pytest.fixture(scope="module")
def store():
    return open_store(str(EMBEDDED))


def facts(geoid, day, store):
    return brief_facts(make_brief(geoid, day, store))


def test_frederick_of_october_meets_the_end_of_its_agreement(store):
    found = newer(facts("24021", "2025-10-31", store), store)
    assert (len(found.lists), len(found.pending_lists)) == (45, 23)
    assert (found.lists[0], found.lists[-1]) == ("2025-11-03", NEWEST)
    assert found.changes[:3] == (
        "the place: status was participating, is ended",
        "Frederick County Sheriff's Office (JEM): status was listed, is ended",
        "Frederick County Sheriff's Office (JEM): first absent was never, is 2026-02-17",
    )
    assert newer_text(found, catalogue("en")) == (
        "The store holds 45 lists newer than this brief's of 31 October 2025; the newest is of "
        "18 May 2026. What is on record about this place differs in 8 points; a brief made now "
        "tells."
    )


def test_lists_that_say_nothing_new_of_a_place_are_told_as_such(store):
    found = newer(facts("17031", "2025-10-31", store), store)
    assert (len(found.lists), found.changes) == (45, ())
    assert newer_text(found, catalogue("en")).endswith("It says nothing new of this place.")


def test_one_list_and_one_point(store):
    found = newer(facts("24021", "2026-05-12", store), store)
    assert found.lists == (NEWEST,)
    assert found.pending_lists == ()
    assert found.changes == ("Washington County, Maryland, a neighbor: models was WSO, is none",)
    assert newer_text(found, catalogue("es")) == (
        "Hay una lista más reciente que la de este informe, del 11 de mayo de 2026; la más reciente es "
        "del 18 de mayo de 2026. Lo que consta sobre este lugar difiere en un punto; lo dice un "
        "informe hecho ahora."
    )


def test_nothing_is_newer_than_the_newest(store):
    assert newer(facts("24021", NEWEST, store), store) is None
    assert newer_on("2026-06-30", None, store) is None


def test_the_nation_counts_agreements(store):
    found = newer(program_facts(make_program("2026-05-11", store)), store)
    assert found == newer_on("2026-05-11", None, store)
    assert found.lists == (NEWEST,)
    assert any("Washington County" in line and "MD (WSO)" in line for line in found.changes)
    assert f"differs for {len(found.changes)} agreements" in newer_text(found, catalogue("en"))


def test_a_list_found_later_for_a_day_before_the_brief_is_newer_than_the_brief_s_list(store):
    """Another store knew no list between the brief's list and its day."""
    held = copy.deepcopy(facts("24021", NEWEST, store))
    held["roster"]["list_date"] = "2026-02-12"
    found = newer(held, store)
    assert found.lists[0] == "2026-02-17"
    assert "the place: status was participating, is ended" in found.changes


def test_a_day_before_the_record_is_told(store):
    held = facts("24021", NEWEST, store)
    held["roster"]["list_date"] = held["as_of"] = "2019-01-01"
    with pytest.raises(DateError, match="the first list on hand"):
        newer(held, store)


def test_the_brief_of_an_earlier_day_says_so_on_stderr_and_not_in_its_bytes(tmp_path):
    def made(*more):
        return CliRunner().invoke(
            main, ["brief", "17031", "--format", "json", "--out", str(tmp_path), *more]
        )

    earlier = made("--as-of", "2026-05-12")
    assert earlier.stderr == (
        "The store holds one list newer than this brief's of 11 May 2026; the newest is of "
        "18 May 2026. It says nothing new of this place.\n"
    )
    path = tmp_path / "il/cook-county/2026-05-12/brief.json"
    assert earlier.stdout == f"{path}\n"
    assert NEWEST not in path.read_text("utf-8")
    assert made().stderr == ""
