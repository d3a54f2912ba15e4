"""When a list was published: its name, checked against its rows."""

from __future__ import annotations

import datetime as dt

import pytest

from reportkit.errors import ListError
from reportkit.roster.dates import date_list
from roster.make import list_file, row

AM, NOON, PM = 60_000, 120_000, 180_000


def file(name, *signed, kind="participating", generation="TYPE"):
    dates = signed or ("2025-05-01",)
    rows = [row(f"Agency {n}", signed=day) for n, day in enumerate(dates)]
    return list_file(f"{name}.xlsx", rows, kind, generation)


NAMED = [
    ("ParticipatingEntities-20210113002027", "2021-01-13", 2_027, "captured"),
    ("participatingAgencies-20250227214658", "2025-02-27", 214_658, "captured"),
    ("participatingAgencies05182026am", "2026-05-18", AM, "named"),
    ("participatingAgencies05182026mid", "2026-05-18", NOON, "named"),
    ("participatingAgencies05182026pm", "2026-05-18", PM, "named"),
    ("participatingAgencies05182026PM", "2026-05-18", PM, "named"),
    ("participatingAgencies04232026", "2026-04-23", NOON, "named"),
    ("participatingAgencies11122025B", "2025-11-12", NOON, "named"),
    ("participatingAgencies11122025amB", "2025-11-12", AM, "named"),
    ("participatingAgencies11122025pm_b", "2025-11-12", PM, "named"),
    ("participatingAgencies11122025am2", "2025-11-12", AM, "named"),
    ("participatingAgencies11122025pm copy", "2025-11-12", PM, "named"),
    ("participatingAgencies11122025 pm", "2025-11-12", PM, "named"),
    ("participatingAgencies 2025-11-12", "2025-11-12", NOON, "named"),
]


@pytest.mark.parametrize(("name", "date", "order", "rule"), NAMED)
def test_dates_as_named(name, date, order, rule):
    found = date_list(file(name))
    assert (found.date.isoformat(), found.order, found.rule) == (date, order, rule)


REPAIRED = [
    ("01052025pm", ("2025-12-18",) * 3, "2026-01-05", PM, "year early"),
    ("01092025pm", ("2026-01-08",) * 5, "2026-01-09", PM, "year early"),
    ("01062025pm", ("2025-12-18", "2025-12-20", "2026-01-05"), "2026-01-06", PM, "year early"),
    ("08022025pm", ("2025-08-28",) * 3, "2025-09-02", PM, "digit mistyped"),
    ("090022025am", ("2025-08-28",) * 3, "2025-09-02", AM, "digit mistyped"),
]


@pytest.mark.parametrize(("name", "signed", "date", "order", "rule"), REPAIRED)
def test_a_list_is_not_older_than_its_newest_signing(name, signed, date, order, rule):
    found = date_list(file(f"participatingAgencies{name}", "2025-03-01", *signed))
    assert (found.date.isoformat(), found.order, found.rule) == (date, order, rule)


@pytest.mark.parametrize("day", ["01052025", "01062025", "01092025"])
def test_pending_lists_with_the_same_error_in_the_year(day):
    rows = [row("One Agency", signed="")]
    found = date_list(list_file(f"pendingAgencies{day}pm.xlsx", rows, "pending"))
    assert found.date == dt.date(2026, 1, int(day[2:4]))
    assert found.rule == "year early"


@pytest.mark.parametrize(
    "typo", ["2025-12-30", "2026-05-01", "5025-07-07", "2105-01-01", "20026-01-02", "05/082025"]
)
@pytest.mark.parametrize("count", [1, 2])
def test_a_few_mistyped_signings_do_not_move_a_list(typo, count):
    found = date_list(file("participatingAgencies07092025pm", "2025-07-01", *[typo] * count))
    assert (found.date, found.rule) == (dt.date(2025, 7, 9), "named")


def test_one_mistyped_signing_does_not_spoil_the_repair_of_the_name():
    signed = ("2025-08-28", "2025-08-28", "2025-08-28", "2026-08-20")
    found = date_list(file("participatingAgencies08022025pm", *signed))
    assert found.date == dt.date(2025, 9, 2)


def test_signings_on_the_day_itself_are_not_late():
    found = date_list(file("participatingAgencies07092025pm", *["2025-07-09"] * 9))
    assert found.rule == "named"


def test_archived_pages_may_be_older_than_the_first_workbook():
    found = date_list(file("ParticipatingEntities01312021pm", generation="MOA"))
    assert found.date == dt.date(2021, 1, 31)


@pytest.mark.parametrize(
    "name",
    [
        "participatingAgencies",
        "list",
        "participatingAgencies2026",
        "participatingAgencies-20251345000000",
        "participatingAgencies123456789012345",
    ],
)
def test_a_name_without_a_date_is_refused(name):
    with pytest.raises(ListError, match=f"^{name}.xlsx: "):
        date_list(file(name))


def test_a_name_that_fits_no_reading_is_refused():
    with pytest.raises(ListError, match=r"07092025pm\.xlsx.*2027-03-01"):
        date_list(file("participatingAgencies07092025pm", *["2027-03-01"] * 3))
