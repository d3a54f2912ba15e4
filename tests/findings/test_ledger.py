"""Claims and the ledger that numbers their evidence."""

from __future__ import annotations

import dataclasses

import pytest

from reportkit.evidence import Citation, Claim, Ledger, Locator, Source
from reportkit.messages import catalogue

SOURCE = Source("list-1", "list", "a.xlsx", "ICE", None, "00", "2025-06-01")


def cite(row):
    return Citation(SOURCE, Locator("row", str(row)))


def claim(identity, *rows, message="bottom.answer"):
    return Claim(identity, "bottom", message, {}, "rule", tuple(cite(row) for row in rows))


def test_a_claim_without_evidence_cannot_be_made():
    with pytest.raises(ValueError, match=r"bottom\.x"):
        claim("bottom.x")


def test_values_are_immutable():
    with pytest.raises(dataclasses.FrozenInstanceError):
        claim("a", 1).id = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        SOURCE.sha256 = "11"  # type: ignore[misc]


def test_evidence_is_numbered_by_first_appearance():
    ledger = Ledger()
    first, second, third = claim("a", 7, 3), claim("b", 3, 9), claim("c", 9, 7)
    for item in (first, second, third):
        ledger.add(item)
    assert [(n, found.locator.value) for n, found in ledger.citations] == [
        (1, "7"),
        (2, "3"),
        (3, "9"),
    ]
    assert [ledger.numbers(item) for item in ledger.claims] == [(1, 2), (2, 3), (1, 3)]
    assert ledger.find(cite(9)) == 3
    assert ledger.find(cite(1)) is None
    assert ledger.get("b") is second
    assert ledger.get("z") is None


def test_equal_places_in_equal_sources_are_one_citation():
    ledger = Ledger()
    ledger.add(claim("a", 7))
    same = dataclasses.replace(SOURCE)
    other = dataclasses.replace(SOURCE, sha256="11")
    assert ledger.find(Citation(same, Locator("row", "7"))) == 1
    assert ledger.find(Citation(other, Locator("row", "7"))) is None


def test_the_same_claim_may_come_twice_and_another_not():
    ledger = Ledger()
    ledger.add(claim("a", 1))
    assert ledger.add(claim("a", 1)) == claim("a", 1)
    assert len(ledger.claims) == 1
    with pytest.raises(ValueError, match="share the id 'a'"):
        ledger.add(claim("a", 2))
    assert [n for n, _ in ledger.citations] == [1]


WORDS = catalogue("en")


@pytest.mark.parametrize(
    ("message", "values", "text"),
    [
        ("age", {"age": 1}, "1 day"),
        ("age", {"age": 0}, "0 days"),
        ("age", {"age": 1234}, "1,234 days"),
        (
            "signing",
            {"model": "TFM", "signed": "2025-02-04"},
            "Task Force (signed 4 February 2025)",
        ),
        ("signing.undated", {"model": "JEM"}, "Jail Enforcement (no signing date printed)"),
        (
            "bottom.others",
            {"agencies": ("the A", "the B", "the C")},
            "Also on it: the A, the B, and the C.",
        ),
        ("bottom.others", {"agencies": ("the A",)}, "Also on it: the A."),
    ],
)
def test_messages(message, values, text):
    assert WORDS.text(message, values) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0%"), (0.0042, "0.4%"), (0.01, "1%"), (0.5, "50%"), (0.996, "100%"), (1.0, "100%")],
)
def test_percentages(share, text):
    assert WORDS.percent(share) == text


def test_a_missing_message_or_value_is_a_defect():
    with pytest.raises(KeyError):
        WORDS.text("no.such.message")
    with pytest.raises(KeyError):
        WORDS.text("title", {})


@pytest.mark.parametrize("value", ["{place}", "{{ 7*7 }}", "\\1", "%s", "{n:number}", "<b>"])
def test_values_are_never_templates(value):
    assert WORDS.text("title", {"place": value}) == f"287(g) in {value}"
