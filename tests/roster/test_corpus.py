"""The lists that ICE published: counts, departures, look-alikes and counties judged by hand."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import pytest

from reportkit.places import Gazetteer
from reportkit.roster.codes import code_list
from reportkit.roster.names import canonical
from reportkit.store import EMBEDDED, Store
from roster.make import table

pytestmark = pytest.mark.corpus

TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}


@pytest.fixture(scope="module")
def store(corpus_store):
    return Store(corpus_store)


@pytest.fixture(scope="module")
def newest(store):
    return store.snapshot()


COUNTS = [
    # day, list, agreements, agencies, states, territories, JEM, WSO, TFM, linked, link pending
    ("2021-02-01", "2021-02-01", 148, 145, 26, 0, 72, 76, 0, 148, 0),
    ("2025-04-30", "2025-04-30", 517, 414, 39, 0, 87, 189, 241, 379, 135),
    ("2025-10-31", "2025-10-31", 1096, 906, 40, 0, 137, 406, 553, 964, 132),
    ("2026-05-18", "2026-05-18", 1843, 1549, 38, 2, 182, 499, 1162, 1680, 163),
]


@pytest.mark.parametrize("row", COUNTS, ids=[row[0] for row in COUNTS])
def test_counts(store, row):
    day, listed_on, agreements, agencies, states, territories, *models, linked, pending = row
    found = store.snapshot(dt.date.fromisoformat(day))
    assert found.list.date.isoformat() == listed_on
    by_model = Counter(item.model for item in found.listed)
    held = {item.agency.state for item in found.listed}
    assert len(found.listed) == agreements
    assert len({item.agency.id for item in found.listed}) == agencies
    assert len(held - TERRITORIES) + len(held & TERRITORIES) == states + territories
    assert [by_model["JEM"], by_model["WSO"], by_model["TFM"]] == models
    assert sum(bool(item.moa_url) for item in found.listed) == linked
    assert sum(item.moa_words == "link pending" for item in found.listed) == pending


def test_states_and_territories_on_the_newest_list(newest):
    held = {item.agency.state for item in newest.listed}
    assert len(held - TERRITORIES) == 38
    assert held & TERRITORIES == {"GU", "MP"}


def test_agencies_by_number_of_models(newest):
    held = Counter(item.agency.id for item in newest.listed)
    assert Counter(held.values()) == {1: 1305, 2: 194, 3: 50}


def test_addenda_by_state(newest):
    found = Counter(item.agency.state for item in newest.listed if item.addendum_url)
    assert found == {"FL": 41, "TX": 3, "OK": 1}


def test_the_embedded_store_is_the_store_of_the_corpus(corpus_store):
    fresh = {path.name: path.read_bytes() for path in sorted(corpus_store.iterdir())}
    packed = {path.name: path.read_bytes() for path in sorted(EMBEDDED.iterdir())}
    assert fresh.keys() == packed.keys()
    assert [name for name in fresh if fresh[name] != packed[name]] == []


def test_every_file_of_the_corpus_has_a_verdict(store, corpus):
    assert len(list((corpus / "lists").rglob("*.xlsx"))) == 247
    verdicts = Counter((row["kind"], row["verdict"]) for row in store.origins.values())
    assert verdicts.pop(("memorandum", "used")) == 122
    assert sum(verdicts.values()) == 247
    assert {verdict for _, verdict in verdicts} == {"used"}
    assert all(row["origin"] for row in store.origins.values())


def test_lists_with_a_wrong_date_in_the_name(store):
    dates = {item.file: item.date.isoformat() for item in store.lists}
    assert dates["participatingAgencies01052025pm.xlsx"] == "2026-01-05"
    assert dates["participatingAgencies01092025pm.xlsx"] == "2026-01-09"
    assert dates["participatingAgencies08022025pm.xlsx"] == "2025-09-02"
    named = {item.file for item in (*store.lists, *store.pending_lists) if item.dated == "named"}
    repaired = {file for file in dates if "Agencies-" not in file and "Entities-" not in file}
    assert repaired - named == {
        "participatingAgencies01052025pm.xlsx",
        "participatingAgencies01092025pm.xlsx",
        "participatingAgencies08022025pm.xlsx",
    }


def test_each_list_shows_what_it_prints(store):
    """No row is lost: agreements shown on a list are its rows, less the repeated ones."""
    shown = Counter()
    for item in store.snapshot().agreements:
        shown.update(store.shown_on(item.id))
    differ = {item.file: item.rows - shown[item.number] for item in store.lists}
    assert all(0 <= count <= 4 for count in differ.values())
    assert sum(differ.values()) <= 40
    assert differ["participatingAgencies05182026am.xlsx"] == 0


def test_departures_are_those_judged_by_hand(store, newest):
    held = defaultdict(list)
    for item in newest.agreements:
        held[item.agency.id].append(item)
    found = set()
    for items in held.values():
        if any(item.status == "listed" or item.continues_as in _ids(newest) for item in items):
            continue
        last = max(items, key=lambda item: item.last.list.number)
        names = {canonical(item.agency.state, item.name_printed) for item in items}
        found.add((items[0].agency.state, last.last.list.date, last.absent.date, frozenset(names)))
    wanted = {
        (state, dt.date.fromisoformat(last), dt.date.fromisoformat(absent), canonical(state, name))
        for state, name, last, absent in table("departures.csv")
    }
    missed = {w for w in wanted if not any(w[:3] == f[:3] and w[3] in f[3] for f in found)}
    extra = {f for f in found if not any(w[:3] == f[:3] and w[3] in f[3] for w in wanted)}
    assert (missed, extra) == (set(), set())
    assert len(found) == 63


def _ids(snapshot):
    return {item.id for item in snapshot.agreements if item.status == "listed"}


def test_the_history_tells_the_same_departures(store):
    told = {
        (store.agencies[row["agency"]].state, row["from"], row["to"], row["agency"])
        for row in store.history
        if row["kind"] == "departed"
    }
    windows = Counter((state, last, absent) for state, _, last, absent in table("departures.csv"))
    assert Counter(row[:3] for row in told) == windows


@pytest.fixture(scope="module")
def named(store):
    """Agencies by state and canonical name of any spelling."""
    found = {}
    for name, identity in store.spellings:
        state = store.agencies[identity].state
        found.setdefault((state, canonical(state, name)), set()).add(identity)
    return found


@pytest.mark.parametrize("pair", table("lookalikes.csv"), ids=lambda pair: " ".join(pair))
def test_lookalikes_are_two_agencies(named, pair):
    state, one, other = pair
    first = named.get((state, canonical(state, one)), set())
    second = named.get((state, canonical(state, other)), set())
    # A stray under a wrong state is nowhere in that state.
    assert len(first) == 1 or one.startswith("Wichita")
    assert len(second) == 1 or other.startswith("Wichita")
    assert not first & second


def test_no_spelling_belongs_to_two_agencies(named):
    assert {key: ids for key, ids in named.items() if len(ids) != 1} == {}


GAZETTEER = Gazetteer.load()
COUNTIES = {
    (state, county.name): county.geoid
    for state in code_list("state").labels
    for county in GAZETTEER.counties(state)
}


@pytest.mark.parametrize("row", table("missing_counties.csv"), ids=lambda row: f"{row[0]} {row[1]}")
def test_counties_that_ice_does_not_print(store, named, row):
    state, agency, counties = row
    (identity,) = named[state, canonical(state, agency)]
    wanted = {COUNTIES[state, name] for name in counties.split("; ")}
    found = store.agencies[identity]
    assert set(found.covers) == wanted
    assert found.county == (next(iter(wanted)) if len(wanted) == 1 else None)
