"""Memoranda in the tables of a store: they come back as they went, without words where asked."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.moa.values import Deviation, Found
from reportkit.store import MemorandumRecord, Store
from reportkit.store.build import Content, write
from reportkit.store.decode import earlier
from reportkit.store.memoranda import (
    decode_memoranda,
    encode_memoranda,
    newest,
    without_words,
)
from reportkit.store.tables import dump, load
from store import small

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1)
FOUND = st.builds(
    Found,
    st.sampled_from(["present", "absent", "unreadable"]),
    st.none() | st.booleans() | TEXT.filter(lambda text: text not in {"yes", "no"}),
    st.none() | st.integers(1, 300),
    st.none() | TEXT,
    st.none() | TEXT,
    st.none() | TEXT,
)
RECORDS = st.builds(
    MemorandumRecord,
    st.text("0123456789abcdef", min_size=64, max_size=64),
    TEXT,
    st.integers(1, 300),
    st.lists(st.integers(1, 300), max_size=3).map(tuple),
    st.none() | st.sampled_from(["TFM", "JEM", "WSO"]),
    st.none() | TEXT,
    st.none() | st.just("2025-02-15"),
    st.just(({"field": "Signature1", "intact": True, "signer": None},)) | st.just(()),
    st.booleans(),
    st.just("0123456789abcdef"),
    st.dictionaries(st.sampled_from(["lea_name", "model", "transport"]), FOUND),
    st.lists(
        st.builds(
            Deviation,
            st.sampled_from(["added", "struck", "changed", "moved", "page"]),
            st.integers(1, 300),
            st.none() | TEXT,
            st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))),
            st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))),
        ),
        max_size=2,
    ).map(tuple),
)


@given(st.lists(RECORDS, max_size=3, unique_by=lambda item: item.sha256[:16]))
def test_records_come_back(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("tables")
    tables = encode_memoranda(records)
    back = []
    for name, rows in tables.items():
        import hashlib

        data = dump(name, rows)
        (folder / f"{name}.csv").write_bytes(data)
        back.append(load(folder, name, hashlib.sha256(data).hexdigest()))
    assert decode_memoranda(*back) == tuple(sorted(records, key=lambda item: item.sha256))


LEE = MemorandumRecord(
    "a" * 64,
    small.URL.rsplit("/", 1)[-1],
    14,
    (),
    "TFM",
    "tfm-2025-02-12",
    "2025-02-12",
    (),
    True,
    "reader",
    {
        "lea_name": Found("present", "Lee County Sheriff's Office", 1, "I", "the Lee County"),
        "ice_signed": Found("present", "2025-02-26", 9, None, "February 26", "digital-stamp"),
        "transport": Found("present", True, 3, "V", "words of the paper"),
        "steering_committee": Found("absent"),
    },
    (Deviation("added", 9, "XVIII", "", "reviewed by counsel"),),
)


@pytest.fixture
def store(tmp_path):
    write(Content(small.files(), memoranda=[LEE]), tmp_path / "store")
    return Store(tmp_path / "store")


def test_a_memorandum_is_found_by_its_agreement(store):
    (record,) = store.memoranda_of["fl-lee-county-sheriff-tfm-2025-02-26"]
    assert record.found == LEE.found
    assert record.deviations == LEE.deviations
    assert record.rule == "link"


def test_a_misplaced_one_is_found_by_the_agreement_that_links_to_it(tmp_path):
    other = {**LEE.found, "lea_name": Found("present", "Bay County Sheriff's Office", 1)}
    record = dataclasses.replace(LEE, found=other)
    write(Content(small.files(), memoranda=[record]), tmp_path / "store")
    store = Store(tmp_path / "store")
    (found,) = store.misplaced["fl-lee-county-sheriff-tfm-2025-02-26"]
    assert found.differs == ("agency",)
    assert "fl-lee-county-sheriff-tfm-2025-02-26" not in store.memoranda_of


def test_adding_keeps_what_was_read(store, tmp_path):
    write(earlier(store), tmp_path / "again")
    again = Store(tmp_path / "again")
    assert again.memoranda == store.memoranda
    assert again.sha256 == store.sha256


def test_a_file_read_again_replaces_what_was_said_of_it():
    fresh = dataclasses.replace(LEE, pages=15)
    other = dataclasses.replace(LEE, sha256="b" * 64)
    assert newest([LEE, other], [fresh]) == [fresh, other]


def test_known_departures_outlive_a_reading_without_a_text_to_compare_with():
    fresh = dataclasses.replace(LEE, pages=15, compared=False, deviations=())
    (kept,) = newest([LEE], [fresh])
    assert (kept.pages, kept.compared, kept.deviations) == (15, True, LEE.deviations)
    (bare,) = newest([dataclasses.replace(LEE, compared=False, deviations=())], [fresh])
    assert (bare.compared, bare.deviations) == (False, ())


def test_facts_alone_hold_no_word_of_the_text():
    bare = without_words(LEE)
    assert [item.quote for item in bare.found.values()] == [None] * 4
    assert bare.deviations == (Deviation("added", 9, "XVIII", "", ""),)
    assert bare.found["transport"].value is True
