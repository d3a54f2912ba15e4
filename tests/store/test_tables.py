"""Tables of a store as text, and back."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.errors import StoreError
from reportkit.store.tables import COLUMNS, dump, load, pack_rows, unpack_rows


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ({}, ""),
        ({0: 2}, "0:2"),
        ({110: 45, 111: 45, 112: 45, 113: 46, 130: 50}, "110:45,0*2,1;130:50"),
        ({3: 9, 4: 7, 5: 5}, "3:9,-2*2"),
        ({1: 2, 3: 2}, "1:2;3:2"),
    ],
)
def test_rows_are_packed(rows, text):
    assert pack_rows(rows) == text
    assert unpack_rows(text) == rows


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 3000)))
def test_packed_rows_come_back(rows):
    assert unpack_rows(pack_rows(rows)) == rows


@given(st.integers(0, 50), st.lists(st.integers(1, 60), min_size=1, max_size=80))
def test_neighbouring_rows_come_back(start, rows):
    held = dict(enumerate(rows, start))
    assert unpack_rows(pack_rows(held)) == held


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=30)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS["history"], CELLS)), max_size=4))
def test_any_text_survives_a_table(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("table")
    data = dump("history", rows)
    (folder / "history.csv").write_bytes(data)
    assert list(load(folder, "history", sha256(data).hexdigest())) == rows


def test_a_column_that_is_not_declared_is_refused():
    with pytest.raises(ValueError, match="surplus"):
        dump("history", [{"surplus": 1}])


@pytest.mark.parametrize("data", [b"", b"kind,agency\n", b"\xff\xfe", b"agency\xff,kind\n"])
def test_a_damaged_table_is_named(tmp_path, data):
    (tmp_path / "history.csv").write_bytes(data)
    with pytest.raises(StoreError, match=r"history\.csv"):
        list(load(tmp_path, "history", sha256(data).hexdigest()))


def test_a_changed_table_is_named(tmp_path):
    (tmp_path / "history.csv").write_bytes(dump("history", []))
    with pytest.raises(StoreError, match=r"history\.csv: other bytes"):
        load(tmp_path, "history", "0" * 64)


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"history\.csv"):
        load(tmp_path, "history", "0" * 64)
