"""Where sources do not agree: the schema, and the package's own records."""

import datetime as dt
import re
from calendar import month_name

import pytest
import yaml

from reportkit.errors import InputError
from reportkit.library import load_facts
from reportkit.library.conflicts import Conflict, conflicts_of, load_conflicts, read_conflicts
from reportkit.messages import catalogue

WORDS = catalogue("en")
CONFLICTS = load_conflicts()
GOOD = {"id": "who-pays", "topic": "cost", "facts": ["cl-1", "cl-5"], "since": "2025-10-01"}


def read(*records):
    return read_conflicts(yaml.safe_dump([dict(record) for record in records]), "my.yaml")


def test_a_record_is_read_as_it_stands():
    assert read(GOOD | {"state": "TX"}) == {
        "who-pays": Conflict("who-pays", "cost", ("cl-1", "cl-5"), "2025-10-01", "TX")
    }


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"facts": ["cl-1", "zz-9"]}, "(who-pays): facts: 'zz-9': not in facts.yaml; correct the id"),
        ({"facts": [5]}, "(who-pays): facts: 5: not in facts.yaml; correct the id"),
        ({"facts": ["cl-1", "cl-1"]}, "(who-pays): facts: an id is there twice; name each fact once"),
        ({"facts": "cl-1"}, "(who-pays): facts: is no list; write it like [gr-2, gr-7]"),
        ({"topic": "money"}, "(who-pays): topic: 'money' is not known; use complaint, cost, coverage"),
        ({"since": "soon"}, "(who-pays): since: 'soon' is no date; write it like 2025-02-24"),
        ({"since": 2025}, "(who-pays): since: 2025 is no text; put it in quotes"),
        ({"topic": 5}, "(who-pays): topic: 5 is no text; put it in quotes"),
        ({"state": "Texas"}, "(who-pays): state: 'Texas' is no state; write a postal code like FL"),
        ({"id": "Who pays"}, "(Who pays): id: 'Who pays' has another shape; write it like who-pays"),
        ({"fact": "cl-1"}, "(who-pays): fact: no such field; did you mean facts?"),
    ],
)  # fmt: skip
def test_a_record_that_does_not_fit_is_told(changed, line):
    with pytest.raises(InputError) as caught:
        read(GOOD | changed)
    assert str(caught.value).startswith(f"my.yaml record 1 {line}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("field", sorted(GOOD))
def test_a_missing_field_is_told(field):
    with pytest.raises(InputError, match=rf"my.yaml record 1.*: {field}: is missing; add it"):
        read({name: value for name, value in GOOD.items() if name != field})


def test_the_same_id_twice_is_refused():
    with pytest.raises(InputError, match=r"record 2 \(who-pays\): id: record 1 has the same"):
        read(GOOD, GOOD)


def test_the_conflicts_of_the_package():
    assert len(CONFLICTS) == 20
    texts = {name for name in WORDS if name.startswith("conflict.")}
    assert texts == {f"conflict.{identity}" for identity in CONFLICTS}
    assert [held.id for held in CONFLICTS.values() if not held.facts] == ["idaho-bills"]


def test_conflicts_of_a_fact():
    assert [held.id for held in conflicts_of("gr-7")] == ["units", "baseline", "percentages"]
    assert [held.id for held in conflicts_of("sl-me")] == ["maine-effective"]
    assert conflicts_of("st-g1") == ()
    assert conflicts_of("zz-9") == ()


def test_facts_are_of_the_state_that_a_conflict_is_about():
    facts = load_facts()
    for held in CONFLICTS.values():
        if held.state:
            assert {facts[fact].state for fact in held.facts} <= {held.state}


@pytest.mark.parametrize("held", list(CONFLICTS.values()), ids=lambda held: held.id)
def test_a_conflict_tells_of_no_day_after_the_one_that_gates_it(held):
    text = WORDS.text(f"conflict.{held.id}")
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)}
    assert max(years, default=0) <= held.known_by.year
    for day, month, year in re.findall(
        rf"(\d{{1,2}}) ({'|'.join(month_name[1:])}) (\d{{4}})", text
    ):
        assert dt.date(int(year), list(month_name).index(month), int(day)) <= held.known_by


def test_a_conflict_is_known_no_earlier_than_it_can_be():
    assert CONFLICTS["maine-effective"].known_by == dt.date(2026, 7, 29)
    assert CONFLICTS["new-jersey-enactment"].known_by == dt.date(2026, 10, 31)
    assert CONFLICTS["crime"].known_by == dt.date(2022, 12, 31)


UNITS = "agreement agencies states departments percent weeks hours billion people counties officers bill"


@pytest.mark.parametrize("identity", sorted(CONFLICTS))
def test_a_conflict_names_its_units(identity):
    text = WORDS.text(f"conflict.{identity}")
    assert 100 < len(text) < 360
    assert any(unit in text for unit in (*UNITS.split(), "law", "stops", "deputies"))
    assert not re.search(r"\b(helper|record found|here)\b", text)


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ("units", ["1,001 agreements", "832 agreements of 690 agencies", "958 agreements"]),
        ("baseline", ["135 agreements", "134 agreements", "133 agencies"]),
        ("states", ["21 states", "38 to 40", "47 states or territories"]),
        ("percentages", ["563, 609, 641", "896, 958, 1,001 and 1,372 agreements"]),
        ("signed-in-2025", ["1,130 agreements", "1,255"]),
        ("people-covered", ["142 million people (41 percent)", "77.2 million", "23 percent"]),
        ("how-much-money", ["$14 billion", "$2.3 billion"]),
        ("complaint-notice", ["48 hours", "“timely”"]),
    ],
)
def test_figures_of_conflicts(identity, said):
    text = WORDS.text(f"conflict.{identity}")
    assert [part for part in said if part not in text] == []
