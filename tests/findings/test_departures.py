"""Departures: who left, against the store's history and its tables counted with pandas."""

from collections import Counter

import pytest

from findings.nation import DAYS, NEWEST, nation, program, shown, table
from reportkit.findings.departures import find_departures

LEFT = find_departures(nation().snapshot)


def test_they_are_the_departures_and_dropped_models_of_the_history():
    history = table("history").query("kind in ('departed', 'model dropped')")
    assert {item.held.id for item in LEFT.ended} == set(history.agreement)
    assert len(LEFT.ended) == len(history) == 94
    dates = history.set_index("agreement")
    for item in LEFT.ended:
        assert item.held.last.list.date.isoformat() == dates["from"][item.held.id]
        assert item.held.absent.date.isoformat() == dates["to"][item.held.id]
        # A model that was dropped first counts as dropped even where the agency left later.
        assert dates["kind"][item.held.id] == "model dropped" if item.still else True
        assert not item.still if dates["kind"][item.held.id] == "departed" else True


def test_agencies_without_any_are_on_no_list_of_the_day():
    here = set(shown()[shown().date == NEWEST]["agency"])
    departed = table("history").query("kind == 'departed'")
    assert set(LEFT.gone) == set(departed.agency)
    assert not set(LEFT.gone) & here
    assert program().claim("departures.total").values["gone"] == 63


def test_successions_are_counted_by_kind():
    kinds = table("history")["kind"].value_counts()
    made = program()
    for claim, kind in (
        ("departures.renewals", "renewal"),
        ("departures.switches", "model switch"),
        ("departures.moved", "listed under another agency"),
    ):
        assert made.claim(claim).values["agreements"] == kinds[kind]


@pytest.mark.parametrize("day", DAYS)
def test_what_left_is_not_listed_and_has_no_successor(day):
    snapshot = nation(day).snapshot
    found = find_departures(snapshot)
    listed = {item.id for item in snapshot.listed}
    for item in found.ended:
        assert item.held.id not in listed
        assert item.held.continues_as is None
        assert item.held.last.list.date < item.held.absent.date <= snapshot.list.date
    for item in found.succeeded:
        assert item.continues_as in {other.id for other in snapshot.agreements}
    assert {item.id for item in found.returned} <= listed
    # Every agreement ever listed is listed, left, or was replaced: nothing is lost or told twice.
    assert len(listed) + len(found.ended) + len(found.succeeded) == len(snapshot.agreements)


@pytest.mark.parametrize("day", DAYS)
def test_what_left_by_a_day_is_what_pandas_finds(day):
    known = shown().query("date <= @day")
    newest = known["date"].max()
    first, last = known.groupby("agreement")["date"].min(), known.groupby("agreement")["date"].max()
    follows = known.drop_duplicates("agreement").set_index("agreement")["continues_as"]
    left = {
        agreement
        for agreement, date in last.items()
        if date < newest and follows[agreement] not in first.index
    }
    assert {item.held.id for item in find_departures(nation(day).snapshot).ended} == left


@pytest.mark.parametrize("day", DAYS)
def test_years_add_up(day):
    made, found = program(day), find_departures(nation(day).snapshot)
    years = made.claims("departures.year.")
    assert sum(row.values["agreements"] for row in years) == len(found.ended)
    assert sum(row.values["gone"] for row in years) == len(found.gone)
    if found.ended:
        models = Counter(item.held.model for item in found.ended)
        assert made.claim("departures.spread").values["models"] == tuple(
            f"{models[model]} {model}" for model in ("TFM", "JEM", "WSO") if models[model]
        )
    else:
        assert made.claim("departures.none")


def test_an_end_never_says_that_cooperation_stopped():
    made = program()
    assert made.claim("departures.st-g10").evidence[0].source.kind == "statute"
    for claim in made.claims("departures."):
        assert "cooperat" not in made.text(claim) or claim.id == "departures.st-g10"


def test_the_newest_come_first_and_the_earlier_ones_stay():
    dates = [item.held.absent.date for item in LEFT.ended]
    assert dates == sorted(dates, reverse=True)
    early = {item.held.id for item in find_departures(nation("2021-06-30").snapshot).ended}
    assert len(early) == 3
    assert early <= {item.held.id for item in LEFT.ended}
