"""The archive: each list once, in order of time, bad files set apart."""

from __future__ import annotations

import itertools

import pytest

from reportkit.roster import FileNote, arrange
from roster.make import day_name, list_file, row

AGENCIES = [row(f"Agency {n}", state="OH") for n in range(100)]


def lists(*contents, kind="participating"):
    """Lists of the days 1, 2, 3 … of July 2025 with these rows."""
    return [
        list_file(day_name(f"2025-07-{day:02}", kind), rows, kind)
        for day, rows in enumerate(contents, start=1)
    ]


def verdicts(archive):
    return [note.verdict for note in archive.notes]


def days(archive):
    return [item.date.day for item in archive.participating]


def test_same_bytes_count_once_a_day():
    (one,) = lists(AGENCIES)
    twin = type(one)("again07012025.xlsx", one.sha256, one.kind, one.generation, one.rows)
    later = type(one)("copy-20250705120000.xlsx", one.sha256, one.kind, one.generation, one.rows)
    found = arrange([twin, later, one])
    assert days(found) == [1, 5]
    verdict = {note.name: note.verdict for note in found.notes}
    # The first by name is kept, whatever the order of the files.
    assert verdict == {twin.name: "used", one.name: "copy", later.name: "used"}


def test_the_same_content_on_a_later_day_stays_a_list():
    assert days(arrange(lists(AGENCIES, AGENCIES, AGENCIES))) == [1, 2, 3]


def test_old_content_after_newer_is_set_apart():
    more = [*AGENCIES, *(row(f"New Agency {n}", state="OH") for n in range(4))]
    found = arrange(lists(AGENCIES, more, AGENCIES, more))
    assert days(found) == [1, 2, 4]
    assert verdicts(found) == ["used", "used", "repost", "used"]
    assert "2025-07-01" in found.notes[2].reason


def test_one_agency_that_comes_and_goes_is_no_repost():
    more = [*AGENCIES, row("New Agency", state="OH")]
    assert days(arrange(lists(AGENCIES, more, AGENCIES))) == [1, 2, 3]
    # With two other lists between, the old content is a repost however small the change.
    still = [*more, row("Newer Agency", state="OH")]
    assert days(arrange(lists(AGENCIES, more, still, AGENCIES))) == [1, 2, 3]


def test_old_content_of_a_pending_list_is_no_repost():
    few, more = AGENCIES[:2], AGENCIES[:3]
    found = arrange(lists(few, more, few, kind="pending"))
    assert [item.date.day for item in found.pending] == [1, 2, 3]


def test_order_of_rows_and_links_are_not_content():
    linked = [row(f"Agency {n}", state="OH", url="https://www.ice.gov/a.pdf") for n in range(100)]
    more = [*AGENCIES, *(row(f"New Agency {n}", state="OH") for n in range(4))]
    found = arrange(lists(AGENCIES, more, linked[::-1]))
    assert verdicts(found) == ["used", "used", "repost"]


def test_half_a_list_is_set_apart_when_the_rows_come_back():
    found = arrange(lists(AGENCIES, AGENCIES[:50], [*AGENCIES, row("New", state="OH")]))
    assert days(found) == [1, 3]
    assert verdicts(found) == ["used", "quarantined", "used"]
    assert "partial: 50 of the 100" in found.notes[1].reason
    assert found.notes[1].rows == 50


def test_half_a_list_is_set_apart_while_nothing_bears_it_out():
    found = arrange(lists(AGENCIES, AGENCIES[:50]))
    assert days(found) == [1]
    assert verdicts(found) == ["used", "quarantined"]


def test_a_mass_exit_is_kept_once_later_lists_confirm_it():
    stay = AGENCIES[:50]
    more = [*stay, row("New", state="OH")]
    assert days(arrange(lists(AGENCIES, stay, more))) == [1]
    confirmed = arrange(lists(AGENCIES, stay, more, [*more, row("Newer", state="OH")], stay))
    assert days(confirmed)[:4] == [1, 2, 3, 4]


def test_bad_lists_in_a_row_are_all_set_apart_when_the_rows_come_back():
    half = AGENCIES[:50]
    found = arrange(lists(AGENCIES, half, half[:49], half[:48], half[:47], AGENCIES))
    assert days(found) == [1, 6]


def test_a_few_departures_need_no_confirmation():
    assert days(arrange(lists(AGENCIES, AGENCIES[5:]))) == [1, 2]


def test_respelt_rows_are_not_missing():
    respelt = [row(f"AGENCY  {n}".title(), state="OH") for n in range(100)]
    assert days(arrange(lists(AGENCIES, respelt))) == [1, 2]


def test_parts_of_a_day_are_in_order():
    names = [f"participatingAgencies07092025{part}.xlsx" for part in ("pm", "am", "mid")]
    files = [list_file(name, AGENCIES[: 98 + n]) for n, name in enumerate(names)]
    found = arrange(files)
    parts = [item.file.name.removesuffix(".xlsx")[29:] for item in found.participating]
    assert parts == ["am", "mid", "pm"]
    assert [item.order for item in found.participating] == [60_000, 120_000, 180_000]


def test_two_lists_of_one_part_of_a_day_get_two_ids():
    names = ["participatingAgencies07092025am.xlsx", "participatingAgencies07092025amB.xlsx"]
    files = [list_file(name, AGENCIES[: 99 + n]) for n, name in enumerate(names)]
    found = arrange(files)
    assert [item.file.name for item in found.participating] == names
    assert [item.id for item in found.participating] == [
        "participating-2025-07-09-060000",
        "participating-2025-07-09-060001",
    ]


def test_one_bad_file_never_stops_the_others():
    good = lists(AGENCIES, AGENCIES[1:])
    bad = [
        list_file("undated.xlsx", AGENCIES),
        list_file(day_name("2025-07-03"), [row("A", state="ATLANTIS")]),
    ]
    unreadable = FileNote("page.xlsx", "00", "", "unreadable", "", "page.xlsx: not a workbook")
    found = arrange([*bad, *good], [unreadable])
    assert days(found) == [1, 2]
    assert {note.name: note.verdict for note in found.notes} == {
        good[0].name: "used",
        good[1].name: "used",
        bad[0].name: "quarantined",
        bad[1].name: "quarantined",
        "page.xlsx": "unreadable",
    }


def test_no_lists_at_all():
    found = arrange([])
    assert (found.participating, found.pending, found.notes) == ((), (), ())


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[1::5])
def test_the_order_of_the_files_does_not_matter(order):
    files = lists(AGENCIES, AGENCIES[:50], [*AGENCIES, row("New", state="OH")], AGENCIES)
    assert arrange([files[n] for n in order]) == arrange(files)
