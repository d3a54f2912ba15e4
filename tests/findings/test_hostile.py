"""Names that would do harm if anything took them for more than text."""

from __future__ import annotations

import json

import pytest

from reportkit.brief.assemble import assemble, nation_as_of
from reportkit.brief.facts import brief_facts
from reportkit.places import Gazetteer
from reportkit.store import Store
from reportkit.store.build import Content, write
from roster.make import day_name, list_file, row

NAMES = [
    "<script>alert(1)</script> Police Department",
    "</td><img src=x onerror=alert(1)> Police Department",
    '=HYPERLINK("https://example.org","Lee") Police Department',
    "+1+cmd Police Department",
    "@SUM(A1) Police Department",
    '#eval("x") Police Department',
    "#import \"@local/x:1.0.0\" Police Department",
    "{{ 7*7 }} Police Department",
    "{% raw %} Police Department",
    "{place} {n:number} Police Department",
    "../../etc/passwd Police Department",
    "$x^2$ `code` *bold* _it_ Police Department",
    "A, \"B\" 'C'; DROP TABLE Police Department",
    "A | B Police Department",
    "Ünïcödé 警察 Police Department",
]  # fmt: skip
FILLER = [row(f"Constable Precinct {n}", "TFM", "2025-04-01") for n in range(1, 61)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    rows = [row(name, state="FL", county="Lee County", type="Municipality") for name in NAMES]
    lists = [
        list_file(day_name("2025-06-02"), [*FILLER, *rows]),
        list_file(day_name("2025-06-09"), [*FILLER, *rows[:-1]]),
    ]
    waiting = [
        list_file(
            day_name("2025-06-05", "pending"),
            [row(f"Zeta {name}", "WSO", "", state="FL", county="Lee County") for name in NAMES],
            "pending",
        )
    ]
    folder = tmp_path_factory.mktemp("stores") / "hostile"
    write(Content([*lists, *waiting]), folder)
    return Store(folder)


@pytest.fixture(scope="module")
def brief(store):
    gazetteer = Gazetteer.load()
    return assemble(gazetteer.place("12071"), nation_as_of(store, store.lists[-1].date), "en")


@pytest.mark.parametrize("name", NAMES)
def test_the_name_stands_in_the_json_as_it_is(brief, name):
    found = json.loads(json.dumps(brief_facts(brief)))
    held = {item["agency"]: item for item in (*found["agreements"], *found["ended"])}
    assert name in held
    told = [item for item in found["claims"] if item["id"].endswith(held[name]["id"])]
    assert told
    assert all(item["values"]["agency"] == name and name in item["text"] for item in told)
    assert f"Zeta {name}" in {item["agency"] for item in found["pending"]}


def test_ids_hold_nothing_but_letters_digits_and_hyphens(brief):
    for item in (*brief_facts(brief)["agreements"], *brief_facts(brief)["ended"]):
        assert set(item["id"]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize("name", NAMES)
def test_the_store_knows_the_name_as_a_spelling(store, name):
    (identity,) = {identity for spelling, identity in store.spellings if spelling == name}
    assert store.agencies[identity].name == name
