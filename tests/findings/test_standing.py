"""What the record says of a place: a list that brings nothing new leaves it as it is."""

import datetime as dt
import itertools

import pytest

from reportkit.brief import make_brief
from reportkit.brief.assemble import assemble, nation_as_of, open_store
from reportkit.findings.standing import changes, standing
from reportkit.places import Gazetteer
from reportkit.store import EMBEDDED, Store
from reportkit.store.build import Content, write
from store import small


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return small.store(tmp_path_factory.mktemp("small"))


def on(store, day, geoid):
    place = Gazetteer.load().place(geoid)
    return standing(place, nation_as_of(store, dt.date.fromisoformat(day)))


LEE, BAY, GULF, CLAY, DUVAL = "12071", "12005", "12045", "12019", "12031"


@pytest.mark.parametrize(
    ("geoid", "before", "after", "told"),
    [
        (LEE, "2025-06-02", "2025-06-09", []),
        (LEE, "2025-07-01", "2025-08-01", []),
        (
            LEE,
            "2025-06-09",
            "2025-06-16",
            [
                f"Lee County Sheriff's Office (TFM): memorandum link was link pending, is {small.URL}",
                "Lee County Sheriff's Office (TFM): remark was link pending, is none",
            ],
        ),
        (
            BAY,
            "2025-07-01",
            "2025-07-15",
            [
                "the place: status was participating, is ended",
                "Bay County Sheriff's Office (WSO): status was listed, is ended",
                "Bay County Sheriff's Office (WSO): first absent was never, is 2025-07-15",
                "Bay County Sheriff's Office (WSO): remark was link pending, is none",
            ],
        ),
        (
            GULF,
            "2025-06-16",
            "2025-07-01",
            [
                "the place: status was ended, is participating",
                "Gulf County Sheriff's Office (JEM): status was ended, is listed",
                "Gulf County Sheriff's Office (JEM): first absent was 2025-06-09, is never",
                "Gulf County Sheriff's Office (JEM): absences was 0, is 1",
                "Gulf County Sheriff's Office (JEM): remark was none, is link pending",
            ],
        ),
        # Clay waits and then takes part; Duval is its neighbour, far from Bay and Gulf.
        (
            DUVAL,
            "2025-06-16",
            "2025-07-01",
            ["Clay County, Florida, a neighbor: models was none, is TFM"],
        ),
        (DUVAL, "2025-07-01", "2025-07-15", []),
    ],
)
def test_changes_tell_what_a_list_brings_to_a_place(store, geoid, before, after, told):
    lines = list(changes(on(store, before, geoid), on(store, after, geoid)))
    assert [line for line in lines if "Bay" not in line or geoid == BAY] == told


def test_a_wait_that_ends_is_told(store):
    lines = list(changes(on(store, "2025-06-16", CLAY), on(store, "2025-07-01", CLAY)))
    assert "Clay County Sheriff's Office (TFM): new on record" in lines
    assert "Clay County Sheriff's Office (TFM, pending): no longer on record" in lines


def test_what_was_known_on_a_day_stays_the_same_when_lists_follow(store, tmp_path):
    """So briefs of that day keep their ids, and their bytes."""
    listed, rest = small.files()[: len(small.DAYS)], small.files()[len(small.DAYS) :]
    write(Content([*listed[:-1], *rest]), tmp_path)
    earlier = Store(tmp_path)
    assert earlier.sha256 != store.sha256
    day = dt.date.fromisoformat(small.DAYS[-2])
    known = [one.snapshot(day).sha256 for one in (earlier, store)]
    assert known[0] == known[1]
    assert store.snapshot().sha256 not in known


@pytest.mark.parametrize(
    ("day", "fields"),
    [
        ("2026-05-18", {"signed", "county"}),
        ("2026-05-11", {"signed", "county"}),
        ("2025-12-31", {"signed"}),
    ],
)
def test_corrections_cite_no_list_of_a_later_day(day, fields):
    brief = make_brief("12071", day)
    cited = {row.rpartition("#")[0] for item in brief.corrections for row in item.rows}
    assert {item.field for item in brief.corrections} == fields
    assert all(item.rows for item in brief.corrections)
    assert cited <= {item.file for item in brief.national.snapshot.lists}


@pytest.mark.parametrize("geoid", ["12071", "24021", "44", "72", "gn4151316"])
def test_places_that_stand_alike_are_told_alike(geoid):
    """Between lists on which nothing is new, no claim about a place comes or goes."""
    gazetteer = Gazetteer.load()
    store = open_store(str(EMBEDDED))
    place = gazetteer.place(geoid)
    own = ("status.", "context.law.", "unknown.", "bottom.")
    alike = 0
    for before, after in itertools.pairwise(store.lists[-12:]):
        nations = [nation_as_of(store, item.date) for item in (before, after)]
        if list(changes(*(standing(place, nation) for nation in nations))):
            continue
        alike += 1
        briefs = [assemble(place, nation, "en") for nation in nations]
        ids = [{claim.id for claim in brief.claims(*own)} for brief in briefs]
        assert ids[0] == ids[1], (before.date, after.date)
    assert alike > 0
