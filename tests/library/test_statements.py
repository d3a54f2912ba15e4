"""Statements to check: the package's are whole, and a file that does not fit is refused by name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportkit.errors import InputError
from reportkit.library.fields import span
from reportkit.library.statements import load_statements, read_statements

EXAMPLE = Path(__file__).parents[2] / "params" / "claims-example.yaml"
SOURCE = {"publisher": "Herald", "title": "A page", "published": "2025-10-05"}
COUNT = {
    "id": "a-count",
    "text": "More than 1,000 agencies took part.",
    "source": SOURCE,
    "measure": "agencies",
    "date": "2025-10-05",
    "comparison": "over",
    "value": 1000,
}
GROWTH = {**COUNT, "id": "growth", "measure": "growth", "of": "agreements", "since": "2025-01-20"}
POWER = {
    "id": "power",
    "text": "Officers may arrest.",
    "source": SOURCE,
    "measure": "memoranda",
    "terms": ["arrest_without_warrant"],
    "share": "some",
}
VARIES = {
    "id": "varies",
    "text": "Terms differ.",
    "source": SOURCE,
    "measure": "variation",
    "comparison": "over",
    "value": 50,
}
FACT = {
    "id": "told",
    "text": "It is so.",
    "source": SOURCE,
    "measure": "facts",
    "supported_by": ["gr-1"],
}


def text(*records: dict) -> str:
    return yaml.safe_dump(list(records), allow_unicode=True)


def without(record: dict, field: str) -> dict:
    return {name: value for name, value in record.items() if name != field}


def test_the_pages_statements_are_all_there():
    held = load_statements()
    assert len({item.id for item in held}) == len(held)
    by_page = {}
    for item in held:
        by_page.setdefault(item.source.published, []).append(item.id)
    assert {page: len(ids) for page, ids in by_page.items()} == PAGES
    assert {item.source.url for item in held} == {""}


PAGES = {"2025-10-05": 25, "2025": 18}


def test_the_example_can_be_copied():
    held = read_statements(EXAMPLE.read_text("utf-8"), "example")
    assert [item.measure for item in held] == ["agencies", "growth", "memoranda", "agencies"]
    assert held[0].span == (dt.date(2025, 7, 1), dt.date(2025, 7, 31))


@pytest.mark.parametrize("record", [COUNT, GROWTH, POWER, VARIES, FACT], ids=lambda r: r["id"])
def test_a_good_record_is_read(record):
    assert read_statements(text(record), "f")[0].id == record["id"]


def test_only_a_change_can_be_less_than_none():
    assert read_statements(text({**GROWTH, "value": -12.5}), "f")[0].value == -12.5


def test_dates_and_years_need_no_quotes():
    held = read_statements(
        "- {id: a, text: t, source: {publisher: p, title: t, published: 2025}, measure: states,\n"
        "   date: 2024-02, comparison: about, value: 40, tolerance: 10}",
        "f",
    )[0]
    assert (held.source.published, held.span, held.tolerance) == (
        "2025",
        (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        10,
    )


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (
            {**COUNT, "mesure": "x"},
            "record 1 (a-count): mesure: no such field; did you mean measure?",
        ),
        ({**COUNT, "Value": 1}, "record 1 (a-count): Value: no such field; did you mean value?"),
        (
            {**without(COUNT, "comparison"), "comparsion": "over"},
            "record 1 (a-count): comparsion: no such field; did you mean comparison?",
        ),
        (
            {**without(COUNT, "measure"), "mesure": "agencies"},
            "record 1 (a-count): measure: is missing; is it what you wrote as mesure?",
        ),
        ({**COUNT, "measure": "agency"}, "measure: 'agency' is not known; did you mean agencies?"),
        ({**COUNT, "measure": "zzz"}, "measure: 'zzz' is not known; use agencies, agreements"),
        ({**COUNT, "comparison": "atleast"}, "'atleast' is not known; did you mean at least?"),
        ({**COUNT, "comparison": "between"}, "to: goes with comparison: between"),
        ({**COUNT, "to": 5}, "to: goes with comparison: between"),
        ({**COUNT, "comparison": "between", "to": 5}, "to: 5 is less than value 1000"),
        ({**COUNT, "tolerance": 5}, "tolerance: goes with comparison: about only"),
        ({**COUNT, "value": "1,000"}, "value: '1,000' is no number"),
        ({**COUNT, "value": True}, "value: True is no number"),
        ({**COUNT, "value": -1}, "value: -1 is out of range"),
        ({**GROWTH, "value": -101}, "value: -101 is out of range; write a number from -100 to"),
        ({**COUNT, "value": float("nan")}, "value: nan is out of range"),
        ({**COUNT, "value": float("inf")}, "value: inf is out of range"),
        ({**COUNT, "date": "2025-13-01"}, "date: '2025-13-01' is no date"),
        ({**COUNT, "date": "October 2025"}, "date: 'October 2025' is no date"),
        ({**COUNT, "date": ""}, "date: is empty"),
        ({**COUNT, "date": 20251005}, "date: '20251005' is no date"),
        ({**COUNT, "state": "Florida"}, "state: 'Florida' is no state"),
        ({**COUNT, "model": "TFN"}, "model: 'TFN' is not known; did you mean TFM?"),
        ({**COUNT, "kind": "sherif"}, "kind: 'sherif' is not known; did you mean sheriff?"),
        ({**COUNT, "status": "open"}, "status: 'open' is not known; use ended, listed, pending"),
        ({**COUNT, "terms": ["setting"]}, "terms: does not go with measure: agencies; take it out"),
        ({**COUNT, "id": "A count"}, "id: 'A count' is no id"),
        ({**COUNT, "id": 7}, "record 1: id: 7 is no text"),
        ({**COUNT, "text": "  "}, "text: is empty"),
        ({**COUNT, "text": "a\nb"}, "text: has a line break"),
        ({**COUNT, "text": "\x1b[31mred"}, "text: has a line break or a character"),
        ({**COUNT, "source": "Herald"}, "source: has no fields"),
        (
            {**COUNT, "source": {**SOURCE, "titel": "x"}},
            "source.titel: no such field; did you mean",
        ),
        ({**COUNT, "source": without(SOURCE, "title")}, "source.title: is missing; add it"),
        ({**COUNT, "source": {**SOURCE, "url": "herald"}}, "source.url: 'herald' does not begin"),
        ({**COUNT, "source": {**SOURCE, "published": "soon"}}, "source.published: 'soon' is no"),
        (
            {**COUNT, "facts": ["gr-1", "gr-x"]},
            "facts: 'gr-x' is no fact of library/data/facts.yaml",
        ),
        ({**COUNT, "facts": []}, "facts: is no list with an entry"),
        ({**COUNT, "facts": [["gr-1"]]}, "facts: ['gr-1'] is no fact of library"),
        ({**GROWTH, "since": "2026"}, "since: 2026 is later than date 2025-10-05"),
        ({**GROWTH, "of": "states"}, "of: 'states' is not known"),
        (without(GROWTH, "of"), "of: is missing; add it"),
        (
            {**POWER, "terms": ["arrest"]},
            "terms: 'arrest' is no term of moa/data/terms.yaml; the nearest",
        ),
        ({**POWER, "instead": ["take_custody"]}, "terms: give either terms or"),
        (without(POWER, "terms"), "terms: give either terms or"),
        ({**POWER, "share": "none"}, "share: 'none' is not known"),
        (
            {**VARIES, "group": "oversigt"},
            "group: 'oversigt' is not known; did you mean oversight?",
        ),
        (without(FACT, "supported_by"), "supported_by: is missing; name facts"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_by_file_record_and_field(record, told):
    with pytest.raises(InputError) as refused:
        read_statements(text(record), "claims.yaml")
    assert str(refused.value).startswith("claims.yaml record 1")
    assert told in str(refused.value)


@pytest.mark.parametrize("record", [COUNT, GROWTH, POWER, VARIES], ids=lambda r: r["id"])
def test_every_field_that_is_needed_is_missed(record):
    for field in record:
        with pytest.raises(InputError, match=rf"record 1.* (?:{field}|terms): "):
            read_statements(text(without(record, field)), "f")


def test_a_file_that_grows_when_read_is_refused_at_once():
    levels = "".join(f"  l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 9)}]\n" for n in range(9))
    bomb = f"- id: a\n  text: &l0 [x]\n{levels}  source: *l9\n  measure: *l9\n"
    with pytest.raises(InputError, match=r"measure: .{1,300} is no text"):
        read_statements(bomb, "f")


def test_an_id_twice_is_refused():
    with pytest.raises(InputError, match=r"record 2 \(a-count\): id: record 1 has the same"):
        read_statements(text(COUNT, COUNT), "f")


@given(st.dates(dt.date(1900, 1, 1), dt.date(2098, 12, 31)))
def test_a_month_and_a_year_hold_their_days_and_no_other(day):
    assert span(day.isoformat()) == (day, day)
    for part, length in (("month", 7), ("year", 4)):
        first, last = span(day.isoformat()[:length])
        assert first <= day <= last
        assert getattr(first, part) == getattr(last, part) == getattr(day, part)
        assert getattr(last + dt.timedelta(1), part) != getattr(day, part)
