"""Agreements are never called agencies, nor agencies agreements; and words that are not used."""

from __future__ import annotations

import re

import pytest

from findings.places import CASES, brief
from reportkit.messages import catalogue

WORDS = catalogue("en")
# What a placeholder counts, by the first letters of its name, and the formats that may print it.
UNITS = {
    "agenc": {
        "count.agency",
        "count.local",
        "count.statewide",
        "number",
        "list",
        "takers",
        "messages",
    },
    "agreement": {"count.agreement", "number", "list", "agreement", "agreements"},
}
RULED_OUT = ("partner", "alien", "surge", "illegal")
each = pytest.mark.parametrize(
    ("name", "day"), CASES, ids=[f"{name} {day}".replace("/", " ") for name, day in CASES]
)


def texts(message):
    return WORDS._messages[message]


@pytest.mark.parametrize("message", list(WORDS))
def test_a_placeholder_prints_the_unit_of_its_name(message):
    for text in texts(message):
        for name, kind in re.findall(r"\{(\w+)(?::([\w.]+))?\}", text):
            for stem, formats in UNITS.items():
                if name.startswith(stem) and kind:
                    assert kind in formats, text


@pytest.mark.parametrize("message", list(WORDS))
def test_no_bare_number_stands_before_another_unit(message):
    """A number printed without its unit must not be followed by the other one."""
    for text in texts(message):
        assert not re.search(r"\{agreements?(:number)?\}\s+(\w+\s+)?agenc", text), text
        assert not re.search(r"\{agenc\w+(:number)?\}\s+(\w+\s+)?agreement", text), text


@each
def test_counts_are_told_with_their_own_unit(name, day):
    made = brief(name, day)
    seen = 0
    for claim in made.ledger.claims:
        agencies, agreements = claim.values.get("agencies"), claim.values.get("agreements")
        if not isinstance(agencies, int) or not isinstance(agreements, int):
            continue
        text = made.text(claim)
        if "agenc" not in text and "agreement" not in text:
            continue
        seen += 1
        if agencies != agreements:
            other = r"(?:\w+ ){0,2}"
            assert not re.search(rf"\b{agreements:,} {other}agenc", text), text
            assert not re.search(rf"\b{agencies:,} {other}agreement", text), text
    assert seen


@each
def test_ruled_out_words_are_not_said(name, day):
    made = brief(name, day)
    for claim in made.ledger.claims:
        text = made.text(claim)
        for word in RULED_OUT:
            assert not re.search(rf"\b{word}s?\b", text, re.I), text
