"""The memoranda in the embedded store: facts with pages, no words, no way to a person."""

from __future__ import annotations

import re

import pytest

from reportkit.store import EMBEDDED, Store

# Telephone numbers, mail addresses, and house numbers with a kind of street.
REACHES = re.compile(
    r"\(?\b\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}\b|\S@\S|"
    r"\b\d+\s+(?:[\w.]+\s+){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Blvd|Highway|Hwy)\b",
    re.IGNORECASE,
)
# Offices of the federal government, which forms name with their address.
OFFICES = {"opla_location"}


@pytest.fixture(scope="module")
def memoranda():
    return Store(EMBEDDED).memoranda


def test_the_search_finds_what_it_looks_for():
    for text in ("(305) 555-0142", "305.555.0143", "a@b.org", "14 Quay Street", "70 Small Road"):
        assert REACHES.search(text)


def test_no_fact_reaches_a_person(memoranda):
    found = [
        (item.file, name, fact.value)
        for item in memoranda
        for name, fact in item.found.items()
        if name not in OFFICES and isinstance(fact.value, str) and REACHES.search(fact.value)
    ]
    assert found == []


def test_no_word_of_a_memorandum_is_handed_on(memoranda):
    assert not any(fact.quote for item in memoranda for fact in item.found.values())
    assert not any(part.words or part.standard for item in memoranda for part in item.deviations)
    assert not (EMBEDDED / "standard.json").exists()


def test_what_is_present_has_its_page(memoranda):
    assert len(memoranda) == 122
    bare = [
        (item.file, name)
        for item in memoranda
        for name, fact in item.found.items()
        if fact.state == "present" and fact.page is None and name not in {"complete", "scanned"}
    ]
    assert bare == []
    assert all(
        1 <= fact.page <= item.pages
        for item in memoranda
        for fact in item.found.values()
        if fact.page is not None
    )


def test_every_memorandum_finds_its_agreement(memoranda):
    assert {item.rule for item in memoranda} == {"link"}
