"""News against the archive: every change that a plain reader of the workbooks sees, and no other."""

from collections import defaultdict
from difflib import SequenceMatcher

import pytest

from findings.lists import shown
from reportkit.findings.news import events
from reportkit.store import Store

CAME = {"signed", "model_added", "returned", "renewed", "switched", "relisted"}
LEFT = {"ended", "model_dropped", "renewed", "switched", "relisted"}
# A further row of an agency came or went while another spelling of it stood on the same lists.
DOUBLES = {
    ("2025-05-16", "st cloud police department"),
    ("2025-06-12", "zephyrhills police department"),
    ("2025-07-03", "city of st cloud police department"),
    ("2025-07-03", "city of zephyrhills police department"),
    ("2025-07-15", "florida department of environmental protection division of law enforcement"),
    ("2025-07-30", "florida department of environmental protection"),
}
# The same agency under a name that has little in common with the old one.
RENAMED = {
    ("louisiana state patrol", "louisiana state police department"),
    ("tennessee state constable 4th district", "polk county constable district 4"),
    ("okaloosa county corrections", "okaloosa county board of county commissioners"),
    ("florida department of agriculture", "office of agricultural law enforcement"),
}


@pytest.fixture(scope="module")
def store():
    return Store()


@pytest.fixture(scope="module")
def books(corpus, store):
    paths = {path.name: path for path in (corpus / "lists").rglob("*.xlsx")}
    return [shown(paths[item.file]) for item in store.lists]


@pytest.fixture(scope="module")
def told(store, books):
    """What news says came to and left each list, as the keys of the rows that it cites."""
    number = {item.sha256: item.number for item in store.lists}
    keys = {
        (n, row): key
        for n, book in enumerate(books)
        for key, rows in book.rows.items()
        for row in rows
    }
    came, left = defaultdict(dict), defaultdict(dict)
    dates = {item.date: item.number for item in store.lists}
    for event in events(store):
        if event.item.kind not in CAME | LEFT:
            continue
        here = dates[event.item.until]
        for citation in event.item.claim.evidence:
            if citation.locator.kind == "row" and citation.source.kind == "list":
                row = number[citation.source.sha256], int(citation.locator.value)
                if event.item.kind in CAME and row[0] == here:
                    came[here][keys[row]] = event.item
                if event.item.kind in LEFT and row[0] == here - 1:
                    left[here][keys[row]] = event.item
    return came, left


def test_what_is_told_is_on_the_lists(store, books, told):
    """No phantom: each row that news calls new is not on the list before, and the other way."""
    came, left = told
    n = 0
    for here in range(1, len(books)):
        before, now = books[here - 1].rows, books[here].rows
        for key, item in came[here].items():
            assert key in now
            # A renewal may be no more than a new date in a row of the same name and model.
            assert key not in before or item.kind == "renewed", (store.lists[here].date, key)
            n += 1
        for key, item in left[here].items():
            assert key in before
            assert key not in now or item.kind == "renewed", (store.lists[here].date, key)
            n += 1
    assert n > 1900


def test_what_the_lists_show_is_told(store, books, told):
    """Every change of a name is told, or is one agreement under two spellings on neighbouring lists."""
    came, left = told
    respelt, doubles = 0, set()
    for here in range(1, len(books)):
        before, now = books[here - 1], books[here]
        day = store.lists[here].date.isoformat()
        new = now.rows.keys() - before.rows.keys() - came[here].keys()
        gone = before.rows.keys() - now.rows.keys() - left[here].keys()
        for key in sorted(new):
            twin = next((old for old in sorted(gone) if same(old, key, before, now)), None)
            if twin:
                gone.remove(twin)
                respelt += 1
            else:
                doubles.add((day, key[1]))
        doubles |= {(day, key[1]) for key in gone}
    assert doubles == DOUBLES
    assert respelt == 70


def same(old, new, before, now):
    """One agreement under two spellings: model and a signing date agree, and state or name."""
    if old[2] != new[2] or not before.signed[old] & now.signed[new]:
        return False
    if old[0] != new[0]:
        return old[1] == new[1] or SequenceMatcher(None, old[0], new[0]).ratio() > 0.8
    alike = SequenceMatcher(None, old[1], new[1]).ratio() > 0.7
    nested = set(old[1].split()) <= set(new[1].split()) or set(new[1].split()) <= set(
        old[1].split()
    )
    return alike or nested or (old[1], new[1]) in RENAMED
