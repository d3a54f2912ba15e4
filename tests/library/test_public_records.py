"""The public-records statutes: which are held, and that bad records are refused by name."""

from __future__ import annotations

import re

import pytest
import yaml

from reportkit.errors import InputError
from reportkit.library.public_records import FEDERAL, load_statutes, read_statutes
from reportkit.places import Gazetteer

GOOD = {
    "state": "FL",
    "name": "Florida Public Records Law",
    "citation": "Fla. Stat. ch. 119",
    "url": "https://www.flgov.com/open-gov-resources/",
    "publisher": "Governor of Florida",
    "published": "2024-05",
    "confidence": "high",
    "read_at": "the page",
}


def text(*records: dict) -> str:
    return yaml.safe_dump(list(records), allow_unicode=True)


def test_every_state_and_the_federal_act_have_one_and_american_samoa_has_none():
    states = {place.state for place in Gazetteer.load().states}
    assert states - load_statutes().keys() == {"AS"}
    assert load_statutes().keys() - states == {FEDERAL}


@pytest.mark.parametrize(
    ("state", "name", "citation", "confidence"),
    [
        ("US", "Freedom of Information Act", "5 U.S.C. § 552", "high"),
        ("FL", "Florida Public Records Law", "Fla. Stat. ch. 119", "high"),
        ("TX", "Texas Public Information Act", "Tex. Gov't Code ch. 552", "high"),
        ("AL", "Alabama Public Records Law", "Ala. Code § 36-12-40", "medium"),
        ("GU", "Sunshine Reform Act of 1999", "5 G.C.A. ch. 10", "high"),
    ],
)
def test_a_statute_says_what_a_letter_cites(state, name, citation, confidence):
    held = load_statutes()[state]
    assert (held.name, held.citation, held.confidence) == (name, citation, confidence)


def test_nothing_is_from_memory():
    for held in load_statutes().values():
        assert held.url.startswith("http")
        assert not re.search(r"\bmemory\b", held.read_at)


def test_a_good_record_is_read():
    assert read_statutes(text(GOOD), "f")["FL"].published == "2024-05"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"state": "FX"}, "record 1 (FX): state: 'FX' is no state"),
        ({"state": ""}, "record 1: state: is empty"),
        ({"name": " "}, "record 1 (FL): name: is empty"),
        ({"citation": None}, "record 1 (FL): citation: None is no text"),
        ({"url": "flgov"}, "record 1 (FL): url: 'flgov' does not begin with http"),
        ({"published": "2024-13"}, "record 1 (FL): published: '2024-13' is no date"),
        ({"confidence": "low"}, "record 1 (FL): confidence: 'low' is not known"),
        ({"citaton": "x"}, "record 1 (FL): citaton: no such field; did you mean citation?"),
        ({"qqqq": "x"}, "record 1 (FL): qqqq: no such field; use citation, confidence"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_by_file_record_and_field(change, told):
    with pytest.raises(InputError) as refused:
        read_statutes(text({**GOOD, **change}), "my.yaml")
    assert str(refused.value).startswith("my.yaml ")
    assert told in str(refused.value)


@pytest.mark.parametrize("field", GOOD)
def test_a_missing_field_is_named(field):
    held = {name: value for name, value in GOOD.items() if name != field}
    with pytest.raises(InputError, match=rf"{field}: is missing; add it"):
        read_statutes(text(held), "f")


def test_a_state_twice_is_refused():
    with pytest.raises(InputError, match=r"record 2 \(FL\): state: record 1 has the same"):
        read_statutes(text(GOOD, GOOD), "f")
