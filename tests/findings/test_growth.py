"""Growth: every count against the store's tables counted with pandas, on every list."""

import pytest

from findings.nation import DAYS, NEWEST, nation, program, shown, table
from reportkit.findings.growth import find_growth

GROWTH = find_growth(nation())


def test_every_list_is_counted_as_its_table_has_it():
    counts = (
        shown()
        .groupby("date")
        .agg(agreements=("agreement", "nunique"), agencies=("agency", "nunique"))
    )
    models = shown().groupby(["date", "model"])["agreement"].nunique()
    states = shown().groupby("date")["state"].nunique()
    assert len(GROWTH.points) == 164
    for point in GROWTH.points:
        assert point.counts.agreements == counts.agreements[point.date]
        assert point.counts.agencies == counts.agencies[point.date]
        assert dict(point.counts.models) == models[point.date].to_dict()
        assert len(point.by_state) == states[point.date]


def test_lists_hold_as_many_rows_as_agreements_but_for_rows_printed_twice():
    rows = table("lists").query("kind == 'participating'").set_index("date")["rows"].astype(int)
    surplus = [rows[point.date] - point.counts.agreements for point in GROWTH.points]
    assert min(surplus) == 0
    assert max(surplus) == 2


@pytest.mark.parametrize("day", DAYS)
def test_parts_add_up_on_every_list(day):
    growth = find_growth(nation(day))
    for point in growth.points:
        assert sum(point.counts.models.values()) == point.counts.agreements
        for parts in (point.by_state, point.by_kind):
            assert sum(part.agreements for part in parts.values()) == point.counts.agreements
            assert sum(part.agencies for part in parts.values()) == point.counts.agencies
    assert growth.newest.counts == nation(day).nation


@pytest.mark.parametrize("day", DAYS)
def test_rows_of_states_and_kinds_add_up_to_all(day):
    made = program(day)
    total = nation(day).nation
    for prefix in ("growth.state.", "growth.kind."):
        rows = made.claims(prefix)
        assert sum(row.values["agreements"] for row in rows) == total.agreements
        assert sum(row.values["agencies"] for row in rows) == total.agencies


def test_changes_of_states_are_those_since_the_list_of_a_year_before():
    now = shown()[shown().date == NEWEST].groupby("state").size()
    before = shown().query("date == '2025-05-16'").groupby("state").size()
    made = program()
    for state in ("TX", "FL", "MO"):
        row = made.claim(f"growth.state.{state}").values
        assert (row["agreements"], row["before"]) == (now[state], before[state])
        assert row["change"] == now[state] - before[state]
    rows = made.claims("growth.state.")
    assert sum(row.values["change"] for row in rows) == 1843 - 570
    assert len(rows) == 13


def test_agencies_by_the_number_of_their_agreements():
    held = shown()[shown().date == NEWEST].groupby("agency").size().value_counts()
    values = program().claim("growth.holders").values
    assert (values["one"], values["two"], values["three"]) == (held[1], held[2], held[3])
    assert held[1] + 2 * held[2] + 3 * held[3] == 1843


def test_first_list_of_each_model():
    first = shown().groupby("model")["date"].min()
    assert first["TFM"] == "2025-02-27"
    for model in ("TFM", "JEM", "WSO"):
        assert GROWTH.first_with(model).date == first[model]
    assert program("2021-06-30").claim("growth.model.TFM").message == "growth.model.none"


def test_the_fewest_and_the_month_of_most_signings():
    low = program().claim("growth.low").values
    counts = shown().groupby("date").size()
    assert low["agreements"] == counts.min()
    assert low["list_date"] == counts.idxmin()
    month = program().claim("growth.month").values
    assert (month["month"], month["agreements"]) == ("2026-04", 179)


def test_a_short_record_says_nothing_of_a_year_before():
    made = program("2021-06-30")
    assert made.claim("growth.year_before") is None
    assert made.claim("growth.low") is None
    assert {row.message for row in made.claims("growth.state.")} == {
        "growth.state.only", "growth.rest.only",
    }  # fmt: skip
    assert program("2021-01-13").claim("growth.lists").message == "growth.lists.one"
