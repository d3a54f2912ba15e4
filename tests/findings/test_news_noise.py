"""What is no news: names printed otherwise, old lists again, bad files; and a store that grows."""

from __future__ import annotations

import datetime as dt

import pytest

from reportkit.findings.news import changes_between, events
from reportkit.messages import catalogue
from reportkit.roster import FileNote
from reportkit.store import Store
from reportkit.store.build import Content, write
from roster.make import day_name, list_file, row
from store import small

FILLER = [row(f"Constable Precinct {n}", "TFM", "2025-04-01") for n in range(1, 101)]
URL = "https://www.ice.gov/doclib/287gMOA/LeeCoFL_TFM_MOA_05262025.pdf"
LEE = row(
    "Lee County Sheriff's Office", state="FL", signed="2025-05-26", county="Lee County", url=URL
)


@pytest.fixture
def made(tmp_path):
    """A store of lists of days of June 2025: those of the day number as filler and more rows."""

    def make(*lists, notes=(), pending=()):
        files = [
            list_file(day_name(f"2025-06-{number:02}"), [*FILLER, *rows])
            for number, rows in lists
        ]  # fmt: skip
        files += [
            list_file(day_name(f"2025-06-{number:02}", "pending"), rows, "pending")
            for number, rows in pending
        ]
        write(Content(files, notes), tmp_path / "store")
        return Store(tmp_path / "store")

    return make


def told(store, since=1, until=30):
    june = (dt.date(2025, 6, since), dt.date(2025, 6, until))
    return [
        (item.kind, item.agency, item.until.day) for item in changes_between(store, *june).items
    ]


def plain(name, **changed):
    """A row of a county's sheriff, with some cells printed otherwise."""
    cells = {"agency": f"{name} County Sheriff's Office", "state": "FL", "signed": "2025-05-26",
             "county": f"{name} County", "url": URL.replace("Lee", name), **changed}  # fmt: skip
    return row(**cells)


OTHERWISE = {
    "Alachua": {"agency": "Alachua  County Sheriff’s Office "},
    "Bay": {"agency": "Bay County Sheriff's Department"},
    "Baker": {"agency": "Bakre County Sheriff's Office"},
    "Bradford": {"agency": "BRADFORD COUNTY SHERIFFS OFFICE", "state": "florida"},
    "Brevard": {"signed": "2025-06-02"},
    "Broward": {"signed": "2024-05-26"},
    "Calhoun": {"signed": ""},
    "Charlotte": {"type": "Municipality ", "county": "#N/A"},
    "Citrus": {
        "url": "https://www.ice.gov/doclib/about/offices/ero/CitrusCoFL_TFM_MOA_05262025.pdf"
    },
    "Clay": {"url": "https://www.ice.gov/doclib/287gMOA/CLAYCoFL-TFM%20MOA_05262025.pdf"},
    "Collier": {"url": ""},
}


def test_rows_that_are_printed_otherwise_are_no_news(made):
    straight = [plain(county) for county in OTHERWISE]
    crooked = [plain(county, **changed) for county, changed in OTHERWISE.items()]
    # Something else changes, or the list would be an old one again.
    more = row("Marlin Police Department", signed="2025-06-06")
    lists = (
        (1, straight),
        (3, straight),
        (5, crooked),
        (7, [*straight, more]),
        (9, [*straight, more]),
    )
    news = told(made(*lists))
    assert [item for item in news if item[0] != "correction"] == [
        ("signed", "Marlin Police Department", 7)
    ]


def test_a_row_twice_or_once_is_no_news(made):
    twin = row("Lee County Sheriff's Department", state="FL", signed="2025-05-26", url=URL)
    assert told(made((1, [LEE]), (3, [LEE, LEE]), (5, [LEE, twin]), (7, [LEE]))) == []


def test_a_wrong_state_for_a_stretch_is_a_correction_alone(made):
    cass = row("Crow Wing County Sheriff's Office", state="MN", signed="2025-06-01")
    away = row("Crow Wing County Sheriff's Office", state="MA", signed="2025-06-01")
    store = made((1, []), (3, [away]), (5, [away]), (7, [cass]), (9, [cass]), (11, [cass]))
    assert told(store) == [
        ("signed", "Crow Wing County Sheriff's Office", 3),
        ("correction", "Crow Wing County Sheriff's Office", 3),
    ]


def test_an_old_list_again_is_set_apart_and_changes_nothing(made):
    more = [row(f"Town {n} Police Department", state="OH", signed="2025-06-02") for n in range(4)]
    store = made((1, [LEE]), (3, [LEE, *more]), (5, [LEE]), (7, [LEE, *more]))
    assert [item for item in told(store) if item[0] != "signed"] == [("quarantined", "", 5)]
    (file,) = [event.item for event in events(store) if event.item.kind == "quarantined"]
    assert file.claim.message == "news.quarantined.repost"
    text = catalogue("en").text(file.claim.message, file.claim.values)
    assert text.startswith("The file participatingAgencies-20250605120000.xlsx, of 5 June 2025")
    assert "repeats the list of 2025-06-01" in text


def test_a_list_that_lacks_a_part_is_set_apart_and_ends_nothing(made):
    files = [list_file(day_name(f"2025-06-{n:02}"), rows) for n, rows in
             ((1, FILLER), (3, FILLER[:50]), (5, FILLER), (7, FILLER))]  # fmt: skip
    store = made((9, []))
    write(Content(files), store.folder)
    assert told(Store(store.folder)) == [("quarantined", "", 3)]


def test_an_unreadable_file_is_told_by_the_day_of_its_name(made):
    def note(name, digit):
        return FileNote(name, digit * 64, "participating", "unreadable", "", f"{name}: no workbook")

    notes = [note("participatingAgencies06042025am.xlsx", "a"), note("list.xlsx", "b")]
    store = made((1, [LEE]), (3, [LEE]), notes=notes)
    assert told(store) == [("quarantined", "", 4)]
    assert told(store, 4) == []
    (item,) = changes_between(store, dt.date(2025, 6, 3), dt.date(2025, 6, 4)).items
    assert item.claim.values["reason"].endswith("no workbook")
    assert item.claim.evidence[0].source.sha256 == "a" * 64


def test_what_came_and_went_within_a_period_is_told_with_both(made):
    store = made((1, []), (3, [LEE]), (5, []), (7, []), (9, []))
    name = "Lee County Sheriff's Office"
    assert told(store) == [("signed", name, 3), ("ended", name, 5)]
    assert told(store, 3) == [("ended", name, 5)]


def test_two_models_at_once_are_two_agreements_of_one_agency(made):
    jail = row("Lee County Sheriff's Office", "JEM", state="FL", signed="2025-05-26")
    task = row("Lee County Sheriff's Office", "TFM", state="FL", signed="2025-06-02")
    name = "Lee County Sheriff's Office"
    assert told(made((1, []), (3, [jail, task]))) == [("signed", name, 3), ("signed", name, 3)]


def test_a_model_that_stays_while_another_goes(made, tmp_path):
    jail = row("Lee County Sheriff's Office", "JEM", state="FL", signed="2025-01-26")
    name = "Lee County Sheriff's Office"
    store = made(
        (1, [jail]), (3, [jail, LEE]), (5, [jail]), (7, [jail]), (9, []), (11, []), (13, [])
    )
    assert told(store) == [
        ("model_added", name, 3), ("ended", name, 9), ("model_dropped", name, 5),
    ]  # fmt: skip


def test_waits_that_agreements_answer_are_theirs(made):
    waiting = row("Lee County Sheriff's Office", "TFM", "", state="FL")
    store = made((1, []), (7, [LEE]), (9, [LEE]), pending=[(2, []), (4, [waiting]), (6, [])])
    name = "Lee County Sheriff's Office"
    assert told(store, 1, 5) == [("pending", name, 4)]
    # It left the pending lists; whether with an agreement is not known before the list of the 7th.
    assert told(store, 5, 6) == []
    assert told(store) == [("signed", name, 7)]
    (item,) = changes_between(store, dt.date(2025, 6, 1), dt.date(2025, 6, 9)).items
    assert item.pending_since == dt.date(2025, 6, 4)
    assert item.claim.message == "news.signed.pending.once"


def test_a_wait_that_nothing_answers_ends(made):
    waiting = row("Lee County Sheriff's Office", "TFM", "", state="FL")
    store = made((1, []), (7, []), (9, []), pending=[(2, [waiting]), (4, []), (8, [waiting])])
    name = "Lee County Sheriff's Office"
    # Who stands on the first pending list on hand is not told as new.
    assert told(store, 1, 3) == []
    assert told(store, 1, 7) == [("no_longer_pending", name, 7)]
    assert told(store) == [("pending", name, 8)]
    (back,) = changes_between(store, dt.date(2025, 6, 7), dt.date(2025, 6, 8)).items
    assert back.claim.message == "news.pending.again"


def test_two_pending_lists_of_one_day_are_told_apart(tmp_path):
    lee = row("Lee County Sheriff's Office", "TFM", "", state="FL")
    key = row("Key West Police Department", "TFM", "", state="FL")
    waiting = {day_name("2025-06-02", "pending"): []}
    waiting |= {"pendingAgencies06042025am.xlsx": [lee], "pendingAgencies06042025pm.xlsx": [key]}
    files = [list_file(day_name(f"2025-06-0{day}"), FILLER) for day in (1, 9)]
    files += [list_file(name, rows, "pending") for name, rows in waiting.items()]
    write(Content(files), tmp_path / "store")
    store, days = Store(tmp_path / "store"), (dt.date(2025, 6, 1), dt.date(2025, 6, 9))
    found = {
        (item.kind, item.agency[:3]): item.claim for item in changes_between(store, *days).items
    }
    came, left = found["pending", "Key"], found["no_longer_pending", "Lee"]
    assert catalogue("en").text(came.message, came.values) == (
        "The Key West Police Department, Florida, is on the later pending list of 4 June 2025 for "
        "a Task Force agreement; it was not on the earlier one of that day."
    )
    assert catalogue("en").text(left.message, left.values) == (
        "The Lee County Sheriff's Office, Florida, was on the earlier pending list of 4 June 2025 "
        "for a Task Force agreement and is not on the later one of that day; the participating "
        "list of 9 June 2025 does not show such an agreement either."
    )
    assert "segunda lista de pendientes del 4 de junio" in catalogue("es").text(
        came.message, came.values
    )


def test_a_wait_that_came_and_went_is_not_told_as_pending(made):
    waiting = row("Lee County Sheriff's Office", "TFM", "", state="FL")
    store = made((1, []), (5, []), (9, []), pending=[(2, []), (4, [waiting]), (6, [])])
    name = "Lee County Sheriff's Office"
    assert told(store, 1, 8) == [("pending", name, 4)]
    assert told(store) == told(store, 5, 9) == [("no_longer_pending", name, 9)]


@pytest.mark.parametrize("known", range(2, 7))
def test_a_store_that_grew_tells_a_past_period_by_the_same_items(known, tmp_path):
    """Claim for claim, and by the same ids, whatever later lists show."""
    day = dt.date.fromisoformat(small.DAYS[known - 1])
    grown = small.store(tmp_path / "grown")
    files = [file for file in small.files() if dates(grown)[file.sha256] <= day]
    write(Content(files), tmp_path / "then")
    then = Store(tmp_path / "then")
    for since in [dt.date.fromisoformat(text) for text in small.DAYS[: known - 1]]:
        old, new = changes_between(then, since, day), changes_between(grown, since, day)
        assert [item for item in new.items if item.kind != "correction"] == list(old.items)
        assert (old.listed, old.pending) == (new.listed, new.pending)


def dates(store):
    return {item.sha256: item.date for item in (*store.lists, *store.pending_lists)}
