"""Agreements over time: one signing, its corrections, what took its place."""

from __future__ import annotations

import datetime as dt

import pytest

from roster.make import roster, row

SHERIFF = "Lee County Sheriff's Office"
OTHERS = row("Bee County Sheriff's Office", signed="2025-01-15")


def follow(*lists):
    """The agreements of the sheriff over lists of (day, its rows)."""
    made = roster(*((day, [OTHERS, *rows]) for day, rows in lists))
    return [item for item in made.agreements if item.agency[1] == "lee county sheriff"]


def signed(day, model="TFM", **more):
    return row(SHERIFF, model, day, **more)


def told(agreements):
    return [
        (item.model, item.signed and item.signed.isoformat(), item.first, item.last)
        for item in agreements
    ]


def test_each_model_is_an_agreement():
    rows = [signed("2025-06-01", model) for model in ("TFM", "JEM", "WSO")]
    assert told(follow(("2025-07-01", rows))) == [
        ("JEM", "2025-06-01", 0, 0),
        ("TFM", "2025-06-01", 0, 0),
        ("WSO", "2025-06-01", 0, 0),
    ]


@pytest.mark.parametrize(
    ("later", "count"),
    [
        ("2025-05-31", 1),
        ("2025-07-31", 1),  # 60 days: the same signing, corrected
        ("2025-04-02", 1),  # 60 days the other way
        ("2025-08-01", 2),  # 61 days: a new signing
        ("2025-04-01", 2),
        ("2025-06-01", 1),
        ("", 1),  # no date printed any more
        ("soon", 1),
    ],
)
def test_a_new_date_is_a_correction_up_to_60_days_and_a_renewal_after(later, count):
    found = follow(("2025-08-05", [signed("2025-06-01")]), ("2025-08-07", [signed(later)]))
    assert len(found) == count
    if count == 1:
        assert found[0].id == "tx-lee-county-sheriff-tfm-2025-06-01"
        assert (found[0].first, found[0].last) == (0, 1)
    else:
        old = next(item for item in found if item.signed == dt.date(2025, 6, 1))
        new = next(item for item in found if item is not old)
        assert (old.last, new.first) == (0, 1)
        assert (old.continues_as, old.succession) == (new.id, "renewal")
        assert new.continues_as is None


def test_the_newest_printed_date_counts_and_the_id_stays():
    found = follow(
        ("2025-07-01", [signed("2025-06-01")]),
        ("2025-07-03", [signed("2025-06-11")]),
        ("2025-07-07", [signed("2025-06-12")]),
    )
    assert [(item.id, item.signed) for item in found] == [
        ("tx-lee-county-sheriff-tfm-2025-06-01", dt.date(2025, 6, 12))
    ]


def test_an_unreadable_date_mended_later_is_one_agreement():
    found = follow(("2025-09-04", [signed("8/282025")]), ("2025-09-08", [signed("2025-08-28")]))
    assert told(found) == [("TFM", "2025-08-28", 0, 1)]


def test_a_year_mistyped_and_mended_later_is_one_agreement():
    found = follow(("2026-03-20", [signed("2016-03-19")]), ("2026-03-27", [signed("2026-03-19")]))
    assert told(found) == [("TFM", "2026-03-19", 0, 1)]


def test_a_row_printed_twice_counts_once():
    (found,) = follow(("2025-07-01", [signed("2025-06-01"), signed("2025-06-01")]))
    assert len(found.doubles) == 1
    assert [row.row for row in found.rows.values()] == [3]


def test_another_model_in_the_place_of_one_is_a_switch():
    old, new = follow(
        ("2025-07-01", [signed("2025-06-01", "JEM")]),
        ("2025-07-03", [signed("2025-07-02", "WSO")]),
    )
    assert (old.model, old.continues_as, old.succession) == ("JEM", new.id, "model switch")


def test_a_renewal_comes_before_a_switch():
    found = follow(
        ("2025-07-01", [signed("2020-06-01", "JEM")]),
        ("2025-07-03", [signed("2025-07-02", "WSO"), signed("2025-07-02", "JEM")]),
    )
    ended = next(item for item in found if item.signed == dt.date(2020, 6, 1))
    assert ended.continues_as == "tx-lee-county-sheriff-jem-2025-07-02"
    assert ended.succession == "renewal"


@pytest.mark.parametrize(
    ("day", "succession"), [("2025-09-01", "model switch"), ("2025-09-02", "")]
)
def test_what_begins_more_than_60_days_after_the_end_took_no_place(day, succession):
    found = follow(
        ("2025-07-01", [signed("2025-06-01", "JEM")]),
        ("2025-07-03", []),
        (day, [signed("2025-08-30", "WSO")]),
    )
    assert [item.succession for item in found if item.model == "JEM"] == [succession]


def test_a_model_held_beside_is_no_successor():
    both = [signed("2025-06-01", "JEM"), signed("2025-06-01", "WSO")]
    found = follow(("2025-07-01", both), ("2025-07-03", both[1:]))
    assert [(item.model, item.continues_as) for item in found] == [("JEM", None), ("WSO", None)]


def test_a_return_after_a_gap_is_the_same_agreement():
    on = [signed("2025-06-01")]
    (found,) = follow(
        ("2025-07-01", on), ("2025-07-03", []), ("2025-07-05", []), ("2026-03-02", on)
    )
    assert (found.first, found.last, sorted(found.rows)) == (0, 3, [0, 3])
    assert found.gaps(3) == [(0, 3)]
    assert found.gaps(2) == []


# --- one agreement, two agencies -----------------------------------------------------------------

JAIL = "Lee County Corrections Department"


def handed(first, second):
    found = roster(("2025-07-01", [OTHERS, first]), ("2025-07-03", [OTHERS, second]))
    return {item.agency[1]: item for item in found.agreements if item.signed != OTHERS.signed}


def test_an_agreement_moves_from_the_sheriff_to_the_county_jail():
    found = handed(signed("2025-06-01", "JEM"), row(JAIL, "JEM", "2025-06-01"))
    old = found["lee county sheriff"]
    assert old.continues_as == "tx-lee-county-correction-department-jem-2025-06-01"
    assert old.succession == "listed under another agency"
    assert found["lee county correction department"].continues_as is None


@pytest.mark.parametrize(
    "other",
    [
        row(JAIL, "WSO", "2025-06-01"),
        row(JAIL, "JEM", "2025-06-02"),
        row(JAIL, "JEM", "2025-06-01", state="FL"),
        row("Bell County Corrections Department", "JEM", "2025-06-01"),
    ],
)
def test_what_is_no_re_attribution(other):
    found = handed(signed("2025-06-01", "JEM"), other)
    assert found["lee county sheriff"].continues_as is None


# --- mistyped years ------------------------------------------------------------------------------

BEFORE = ("2026-01-05", [])


@pytest.mark.parametrize(
    ("printed", "listed", "meant"),
    [
        ("2016-02-19", "2026-02-23", "2026-02-19"),
        ("2025-02-23", "2026-02-26", "2026-02-23"),
        ("2025-12-20", "2026-01-07", None),  # fits as it is
        ("2027-01-06", "2026-01-07", "2026-01-06"),  # after its own listing
        ("2025-06-01", "2026-01-07", None),  # 220 days: late, but no slip
        ("2024-12-20", "2026-01-07", "2025-12-20"),  # the year of the list or the one before
        ("2024-07-01", "2026-01-07", None),  # no year puts it near the listing
        ("2020-02-29", "2026-03-04", None),  # no such day in 2026
    ],
)
def test_a_year_that_cannot_be_is_taken_for_a_slip(printed, listed, meant):
    (found,) = follow(BEFORE, (listed, [signed(printed)]))
    assert found.signed == dt.date.fromisoformat(meant or printed)
    assert found.mistyped == (dt.date.fromisoformat(printed) if meant else None)


def test_what_the_first_list_shows_may_be_old():
    (found,) = follow(("2026-03-23", [signed("2016-03-19")]))
    assert (found.signed, found.mistyped) == (dt.date(2016, 3, 19), None)


def test_the_impossible_year_5025_is_mended():
    (found,) = follow(BEFORE, ("2026-01-07", [signed("5026-01-06")]))
    assert (found.signed, found.mistyped) == (dt.date(2026, 1, 6), dt.date(5026, 1, 6))
