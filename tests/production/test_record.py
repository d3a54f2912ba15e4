"""The record beside a brief comes back as it was written, and nothing else passes for one."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from production.records import JOB, record
from reportkit.production.outputs import Held
from reportkit.production.record import (
    NAME,
    Record,
    damaged,
    formats_of,
    inputs,
    lacking,
    outdated,
    written,
)

WORDS = st.text(max_size=8)
RECORDS = st.builds(
    Record,
    geoid=WORDS,
    as_of=WORDS,
    lang=WORDS,
    report_id=WORDS,
    formats=st.lists(WORDS).map(tuple),
    inputs=st.dictionaries(WORDS, WORDS),
    standing=st.dictionaries(WORDS, st.dictionaries(WORDS, WORDS)),
    files=st.dictionaries(WORDS, st.tuples(st.integers(0, 2**40), WORDS)),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)


@given(RECORDS)
def test_it_comes_back_as_it_was(made):
    assert Record.from_bytes(made.to_bytes()) == made


@given(RECORDS, st.data())
def test_cut_off_it_is_none(made, data):
    whole = made.to_bytes().rstrip()
    assert Record.from_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))]) is None


@given(st.sampled_from(sorted(json.loads(record().to_bytes()))), JSON)
def test_with_another_kind_of_value_it_is_none_or_still_usable(name, value):
    data = {**json.loads(record().to_bytes()), name: value}
    made = Record.from_bytes(json.dumps(data).encode())
    if made is not None:
        list(outdated(made, JOB))
        assert damaged(made, {}) == [f"{file} is gone" for file in made.files]
        assert Record.from_bytes(made.to_bytes()) == made


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"null", b"[]", b"{}", b'"made"', b"[" * 100_000,
        json.dumps({"geoid": "12071", "formats": ["json"], "files": {}}).encode(),
        record().to_bytes().replace(b'"formats": [', b'"formats": [7, '),
    ],
)  # fmt: skip
def test_what_is_foreign_is_none(data):
    assert Record.from_bytes(data) is None


def test_files_are_told_by_size_and_hash():
    assert written({"b": b"", "a": b"xy"}) == {
        "a": (2, hashlib.sha256(b"xy").hexdigest()),
        "b": (0, hashlib.sha256(b"").hexdigest()),
    }


def test_another_store_bears_it_out_and_nothing_else_changes():
    made = record().checked("f" * 64)
    assert made.inputs == {**inputs(JOB), "store": "f" * 64}
    assert made.checked(JOB.store_sha256) == record()


def test_formats_that_it_lacks():
    assert list(lacking(record(formats=("json",)), ("html", "json", "pdf"))) == ["html", "pdf"]


def test_damage_is_told_file_by_file():
    made = record(files={"brief.json": (3, ""), "brief.html": (4, ""), "brief.pdf": (5, "")})
    held = {"brief.json": Held(3, 0), "brief.html": Held(5, 0), NAME: Held(9, 0)}
    assert damaged(made, held) == ["brief.pdf is gone", "brief.html was changed since"]


def test_formats_of_files():
    names = {"brief.html", "brief.pdf", "foia-request.txt", NAME, "notes.txt", "brief.txt"}
    assert formats_of(names) == ("html", "pdf", "letters")
    assert formats_of({NAME}) == formats_of(()) == ()
