"""What changed between two days: against the store's tables, over all periods, and item by item."""

import datetime as dt
import itertools
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from findings.nation import shown, table
from reportkit.errors import DateError
from reportkit.findings.news import changes_between, concerning, events
from reportkit.findings.news_items import KINDS
from reportkit.findings.news_waiting import waits
from reportkit.messages import catalogue
from reportkit.places import Gazetteer
from reportkit.store import Store

STORE = Store()
LISTS = STORE.lists
FIRST, LAST = LISTS[0].date, LISTS[-1].date
BEGUN, ENDED = {"signed", "model_added"}, {"ended", "model_dropped"}
REPLACED = {"renewed", "switched", "relisted"}


def day(text):
    return dt.date.fromisoformat(text)


def items(since, until, *kinds):
    told = changes_between(STORE, since, until).items
    return [item for item in told if not kinds or item.kind in kinds]


def ids(told):
    return {item.claim.id for item in told}


def sentences(since, until, states=(), kinds=KINDS):
    words = catalogue("en")
    told = concerning(changes_between(STORE, day(since), day(until)).items, STORE, states, ())
    return [words.text(i.claim.message, i.claim.values) for i in told if i.kind in kinds]


@cache
def listed(column):
    """Agreements, or agencies, on each list by its ISO date."""
    return {date: set(rows) for date, rows in shown().groupby("date")[column]}


@cache
def followed():
    """The agreement that took the place of each, by the table; empty for none."""
    return dict(table("agreements")[["id", "continues_as"]].itertuples(index=False))


def test_agreements_come_and_go_as_the_tables_say():
    """Each list against the one before, by pandas over the store's tables alone."""
    on, follows = listed("agreement"), followed()
    earlier = {later: old for old, later in follows.items() if later}
    ever = set(on[FIRST.isoformat()])
    for before, here in itertools.pairwise(LISTS):
        old, new = on[before.date.isoformat()], on[here.date.isoformat()]
        told = items(before.date, here.date)
        came = {item.agreement for item in told if item.kind in BEGUN}
        back = {item.agreement for item in told if item.kind == "returned"}
        left = {item.agreement for item in told if item.kind in ENDED}
        after = {item.agreement for item in told if item.kind in REPLACED}
        assert back == (new - old) & ever
        # One that took the place of another that is gone by now is not new.
        took = {a for a in new - old - ever if a in earlier and earlier[a] not in new}
        assert came == new - old - ever - took
        assert took <= after
        # One that another took the place of is not ended; if that comes later, it is for now.
        replaced = {a for a in old - new if follows[a] in new}
        assert left == old - new - replaced
        assert {follows[a] for a in replaced} <= after
        assert after == took | {follows[a] for a in replaced}
        ever |= new


def test_all_that_was_ever_told():
    told = Counter(event.item.kind for event in events(STORE))
    assert told == {
        "signed": 1609, "model_added": 180, "returned": 6, "renewed": 8, "switched": 4, "relisted": 8,
        "ended": 80, "model_dropped": 25, "pending": 735, "no_longer_pending": 29,
        "memorandum": 1554, "link": 18, "addendum": 44, "on_hand": 122, "correction": 44,
    }  # fmt: skip
    assert len(ids(event.item for event in events(STORE))) == sum(told.values())


def test_it_says_departed_where_no_agreement_is_left():
    on = listed("agency")
    seen = 0
    for event in events(STORE):
        if event.item.kind in ENDED:
            here = on[event.item.until.isoformat()]
            assert (event.item.agency_id in here) == (event.item.kind == "model_dropped")
            seen += 1
        elif event.item.kind in BEGUN:
            stood = event.item.agency_id in on[event.item.after.isoformat()]
            assert stood == (event.item.kind == "model_added")
            seen += 1
    assert seen > 1800


days = st.integers(0, (LAST - FIRST).days + 30).map(lambda n: FIRST + dt.timedelta(n))


@settings(max_examples=200, deadline=None)
@given(st.lists(days, min_size=3, max_size=3, unique=True).map(sorted))
def test_periods_that_follow_each_other_add_up(three):
    """The items of both parts are those of the whole, but for what the second part undoes."""
    a, b, c = three
    whole, early, late = (items(*period) for period in ((a, c), (a, b), (b, c)))
    kept = {item.claim.id: item for item in (*early, *late)}
    assert all(kept[item.claim.id] == item for item in whole)
    assert ids(late) <= ids(whole)
    gone = [kept[identity] for identity in kept.keys() - ids(whole)]
    assert ids(gone) <= ids(early)
    for item in gone:
        # What undoes it is told in its place, or is undone itself.
        if item.kind in ENDED | {"no_longer_pending", "pending"}:
            continue
        assert item.claim.message.startswith("news.again")


@settings(max_examples=100, deadline=None)
@given(st.lists(days, min_size=2, max_size=2, unique=True).map(sorted))
def test_the_items_explain_the_totals(two):
    """Agreements on the later list = those on the earlier one, with what came and went."""
    since, until = two
    changes = changes_between(STORE, since, until)
    on = listed("agreement")
    old = on[changes.listed.before.date.isoformat()]
    new = on[changes.listed.after.date.isoformat()]
    came = {i.agreement for i in changes.items if i.kind in BEGUN | REPLACED | {"returned"}}
    left = {i.agreement for i in changes.items if i.kind in ENDED}
    assert new - old <= came
    assert {a for a in old - new if followed()[a] not in came} <= left
    assert not left & new


def test_lists_between_the_days_are_said():
    changes = changes_between(STORE, day("2026-02-14"), day("2026-03-01"))
    assert [changes.listed.before.date, changes.listed.after.date] == [
        day("2026-02-12"), day("2026-02-17"),
    ]  # fmt: skip
    assert changes.listed.between == 1
    assert not changes.listed.same
    quiet = changes_between(STORE, day("2026-05-18"), day("2026-09-01"))
    assert quiet.listed.same
    assert quiet.pending.same
    assert quiet.items == ()
    early = changes_between(STORE, day("2021-01-13"), day("2021-03-01"))
    assert (early.pending.before, early.pending.after) == (None, None)


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2026-05-18", "2026-02-13", "ends before it begins"),
        ("2026-05-18", "2026-05-18", "ends when it begins.*newest list on hand is of 2026-05-18"),
        ("2021-01-12", "2026-05-18", "the first list on hand is of 2021-01-13"),
    ],
)
def test_a_period_that_is_none(since, until, told):
    with pytest.raises(DateError, match=told):
        changes_between(STORE, day(since), day(until))


def test_the_exits_of_maryland():
    told = concerning(items(day("2026-02-12"), day("2026-05-18")), STORE, ("MD",), ())
    windows = {item.agency: (item.after.isoformat(), item.until.isoformat()) for item in told}
    assert {item.kind for item in told} == {"ended"}
    february = ("2026-02-17", "2026-03-02")
    assert windows == {
        "Frederick County Sheriff's Office": ("2026-02-12", "2026-02-17"),
        "Carroll County Sheriff's Office": february,
        "Cecil County Sheriff's Office": february,
        "Harford County Sheriff's Office": february,
        "St. Mary's County Sheriff's Office": february,
        "Wicomico County Corrections Center": february,
        "Allegany County Sheriff's Office": ("2026-03-02", "2026-03-05"),
        "Garrett County Sheriff's Office": ("2026-05-11", "2026-05-18"),
        "Washington County Sheriff's Office": ("2026-05-11", "2026-05-18"),
    }
    assert sentences("2026-02-13", "2026-02-28", ("MD",)) == [
        "The Frederick County Sheriff's Office, Maryland, was last on the list of 12 February 2026 "
        "with a Jail Enforcement agreement; the list of 17 February 2026 does not show the agency."
    ]


def test_the_exits_of_virginias_state_agencies():
    told = concerning(items(day("2026-02-03"), day("2026-05-18"), *ENDED), STORE, ("VA",), ())
    assert {item.agency: (str(item.after), str(item.until), item.model) for item in told} == {
        "Virginia Department of State Police": ("2026-02-05", "2026-02-09", "TFM"),
        "Virginia Marine Resources Commission": ("2026-02-05", "2026-02-09", "TFM"),
        "Virginia Department of Wildlife Resources": ("2026-02-09", "2026-02-12", "TFM"),
        "Virginia DOC Law Enforcement Services": ("2026-03-02", "2026-03-05", "TFM"),
        "Virginia Department of Corrections": ("2026-03-02", "2026-03-05", "JEM"),
    }
    virginia = Gazetteer.load().state_by_postal("VA").geoid
    assert {item.places for item in told} == {(virginia,)}


def test_a_change_of_model_is_neither_new_nor_ended():
    # The old one was off the lists for two lists before the new one came.
    assert [i.kind for i in items(day("2026-04-21"), day("2026-04-30")) if "marion" in i.agency_id] == [
        "model_dropped"
    ]  # fmt: skip
    whole = [
        i for i in items(day("2026-04-21"), day("2026-05-18"))
        if i.agency_id == "ar-marion-county-sheriff" and i.group != "papers"
    ]  # fmt: skip
    assert [(i.kind, i.model, str(i.after), str(i.until)) for i in whole] == [
        ("switched", "WSO", "2026-04-21", "2026-05-11")
    ]


def test_a_blip_is_an_end_and_a_return_and_together_a_return():
    rooks = "ks-rooks-county-sheriff-wso-2025-07-31"

    def kinds(since, until):
        return [i.kind for i in items(day(since), day(until)) if i.agreement == rooks]

    assert kinds("2025-09-05", "2025-09-08") == ["ended"]
    assert kinds("2025-09-08", "2025-09-10") == ["returned"]
    assert kinds("2025-09-05", "2025-09-10") == ["returned"]


def test_a_new_agreement_says_since_when_it_was_pending():
    told = items(day("2026-01-30"), day("2026-02-03"), "signed")
    (wicomico,) = [item for item in told if item.state == "MD"]
    assert wicomico.pending_since == day("2026-01-26")
    assert wicomico.claim.message == "news.signed.pending"
    assert wicomico.claim.values["pending_last"] == "2026-01-29"
    kinds = [citation.source.kind for citation in wicomico.claim.evidence]
    assert kinds == ["list", "list", "pending-list", "pending-list"]


def test_to_leave_the_pending_lists_is_told_by_a_participating_list_as_new():
    """Ten in twelve that leave them stand on the next participating list: that is no news of its own."""
    for event in events(STORE):
        item = event.item
        if item.kind == "no_longer_pending":
            assert day(item.claim.values["absent"]) <= item.until
            assert any(item.until == record.date for record in LISTS)
    cascade = [i for i in items(day("2025-05-01"), day("2025-06-01"), "no_longer_pending")
               if i.state == "MT"]  # fmt: skip
    assert [(i.agency, str(i.after), str(i.until)) for i in cascade] == [
        ("Cascade County Sheriff's Office", "2025-05-22", "2025-05-28")
    ]


def test_a_wait_under_a_misprinted_name_is_that_of_its_agency():
    known = waits(STORE)
    for misprinted, agency, model in (
        ("fl-kershaw-county-sheriff", "sc-kershaw-county-sheriff", "TFM"),
        ("fl-heritage-creek-police", "ky-heritage-creek-police", "TFM"),
        ("ga-spaulding-county-sheriff", "ga-spalding-county-sheriff", "JEM"),
        ("tx-trousdale-county-sheriff", "tn-trousdale-county-sheriff", "WSO"),
    ):
        assert (misprinted, model) not in known
        assert {row for row, _ in STORE.waits[misprinted, model].values()} <= set(
            known[agency, model]
        )
    # One whose model was not printed at first is one wait.
    assert ("fl-madison-police", None) not in known
    # Nothing is lost.
    rows = {row for shown in STORE.waits.values() for row, _ in shown.values()}
    assert {row for shown in known.values() for row in shown} == rows


def test_a_link_that_is_missing_for_a_list_is_no_news():
    # The list of 26 August 2025 lacked 77 links that those before and after had.
    gone = items(day("2025-08-15"), day("2025-08-26"))
    assert [item for item in gone if item.group == "papers"] == []
    back = items(day("2025-08-26"), day("2025-08-27"), "memorandum", "addendum")
    assert len(back) < 30
    links = items(day("2026-04-13"), day("2026-04-21"), "link")
    assert [(i.agency, i.claim.values["old_file"], i.claim.values["file"]) for i in links] == [
        (
            "Jacksonville Sheriff's Office",
            "287gJEM_JacksonvilleCoFl2020-06-09.pdf",
            "JacksonvilleCoFL_JEM_MOA_04052026.pdf",
        )
    ]


def test_a_correction_is_told_with_the_first_list_that_calls_for_it():
    told = {
        (str(item.until), item.claim.values["printed"]): item.claim.values["value"]
        for item in items(FIRST, LAST, "correction")
    }
    assert told["2026-03-20", "2016-03-19"] == "2026-03-19"
    assert told["2025-07-08", "TEXAS"] == "Kansas"
    assert told["2025-11-25", "Yoakum County"] == ("Lavaca County", "DeWitt County")


def test_a_place_is_concerned_by_agencies_that_can_act_there():
    gazetteer = Gazetteer.load()
    lee = gazetteer.place("12071")
    told = concerning(items(day("2025-02-27"), LAST, *BEGUN), STORE, (), (lee,))
    assert "12071" in {place for item in told for place in item.places}
    assert {item.state for item in told} == {"FL"}
    # The circuit's state attorney and statewide agencies can act there, Tampa's police cannot.
    names = {item.agency for item in told}
    assert "Office of the State Attorney, 20th Judicial Circuit" in names
    assert not any("Tampa" in name for name in names)
    for item in told:
        assert item.places[0] == "12" or "12071" in item.places


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_item_has_a_sentence_and_evidence_on_its_lists(lang):
    words = catalogue(lang)
    dates = {item.sha256: item.date for item in (*LISTS, *STORE.pending_lists)}
    for event in events(STORE):
        item = event.item
        text = words.text(item.claim.message, item.claim.values)
        assert text.endswith(".")
        assert item.kind in KINDS
        assert item.after <= item.until
        cited = {dates.get(part.source.sha256) for part in item.claim.evidence}
        if item.kind not in {"on_hand", "correction"}:
            assert {item.after, item.until} <= cited, item.claim.id
