"""The claims ledger beside a brief: what each file says, that spreadsheets run none of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from importlib.resources import files
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from findings.places import brief
from reportkit.brief.facts import brief_facts
from reportkit.brief.program import make_program
from reportkit.evidence import Citation, Claim, Ledger, Locator, Source
from reportkit.messages import catalogue
from reportkit.production import ledger
from reportkit.production.ledger import COLUMNS, Checks, ledger_files
from reportkit.production.tables import cell

HASH = "a" * 64
LIST = Source(
    "participating-2026-05-18-1", "list", "list.xlsx", "ICE", "https://example.org/list", HASH,
    "2026-05-19", "an archive", None, None,
)  # fmt: skip
REPORT = Source(
    "fact-1", "fact", "@Report, \"final\"", "=GAO", "https://example.org/report", None, None,
    published="2021",
)  # fmt: skip
CLAIMS = (
    Claim("limits.list", "limits", "limits.list", {"list_date": "2026-05-18"}, "rows of the newest list",
          (Citation(LIST, Locator("row", "7")), Citation(LIST, Locator("row", "3")))),
    Claim("views.one", "views", "limits.list", {"list_date": "2025-01-02", "of": ("a", "=b"), "n": 2.5},
          "no rule that has words", (Citation(REPORT, Locator("section", "p. 4")),)),
)  # fmt: skip

SENTENCES = {
    "limits.list": 'The newest list, "participating", is that of 18 May 2026.',
    "views.one": "+1 is a sentence that a spreadsheet would count.",
}


def small(lang: str = "en") -> SimpleNamespace:
    """An edition of two claims; the second cites what a spreadsheet would run."""
    held, words = Ledger(), catalogue(lang)
    for claim in CLAIMS:
        held.add(claim)
    return SimpleNamespace(
        ledger=held,
        words=words,
        report_id="0123456789abcdef",
        about={"geoid": "12071", "name": "Lee County", "kind": "county", "state": "FL"},
        as_of=dt.date(2026, 5, 18),
        text=lambda claim: SENTENCES[claim.id],
    )


# One row a line, cut where "|" stands.
GOLDEN = '''\
report_id,claim,section,sentence,values,rule,claim_check,|
evidence,kind,title,publisher,url,locator_kind,locator,sha256,retrieved,published,evidence_check
0123456789abcdef,limits.list,limits,"The newest list, ""participating"", is that of 18 May 2026.",|
"{""list_date"": ""2026-05-18""}",rows of the newest list,computed,|
1,list,list.xlsx,ICE,https://example.org/list,row,7,HASH,2026-05-19,,identified
0123456789abcdef,limits.list,limits,"The newest list, ""participating"", is that of 18 May 2026.",|
"{""list_date"": ""2026-05-18""}",rows of the newest list,computed,|
2,list,list.xlsx,ICE,https://example.org/list,row,3,HASH,2026-05-19,,identified
0123456789abcdef,views.one,views,'+1 is a sentence that a spreadsheet would count.,|
"{""list_date"": ""2025-01-02"", ""of"": [""a"", ""=b""], ""n"": 2.5}",no rule that has words,computed,|
3,fact,"'@Report, ""final""",'=GAO,https://example.org/report,section,p. 4,,,2021,cited
'''


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_byte_for_byte():
    golden = GOLDEN.replace("|\n", "").replace("HASH", HASH).replace("\n", "\r\n")
    assert ledger_files(small())["claims.csv"].decode() == "\ufeff" + golden


def test_the_json_says_the_same_and_states_what_its_states_mean():
    data = json.loads(ledger_files(small())["claims.json"])
    assert data["claims"][1] == {
        "id": "views.one",
        "section": "views",
        "sentence": "+1 is a sentence that a spreadsheet would count.",
        "values": {"list_date": "2025-01-02", "of": ["a", "=b"], "n": 2.5},
        "rule": "no rule that has words",
        "check": "computed",
        "evidence": [3],
    }
    assert data["evidence"][2] == {
        "id": 3,
        "kind": "fact",
        "title": '@Report, "final"',
        "publisher": "=GAO",
        "url": "https://example.org/report",
        "locator": {"kind": "section", "value": "p. 4"},
        "sha256": None,
        "retrieved": None,
        "origin": None,
        "licence": None,
        "published": "2021",
        "check": "cited",
    }
    assert (
        data["checks"]["evidence"]["cited"] == "Cited by address and place; no bytes are on record."
    )
    assert set(data["checks"]["claims"]) == set(ledger.CLAIM_CHECKS)
    assert set(data["checks"]["evidence"]) == set(ledger.EVIDENCE_CHECKS)


def test_what_a_later_check_found_stands_in_both():
    found = Checks({"limits.list": "recomputed"}, {1: "reopened", 3: "not_on_hand"})
    written = ledger_files(small(), found)
    table = [(row["claim_check"], row["evidence_check"]) for row in rows(written["claims.csv"])]
    assert table == [
        ("recomputed", "reopened"),
        ("recomputed", "identified"),
        ("computed", "not_on_hand"),
    ]
    data = json.loads(written["claims.json"])
    assert [item["check"] for item in data["claims"]] == ["recomputed", "computed"]
    assert [item["check"] for item in data["evidence"]] == ["reopened", "identified", "not_on_hand"]


def test_in_spanish_sentences_rules_and_states_are_spanish():
    data = json.loads(ledger_files(small("es"))["claims.json"])
    assert data["claims"][0]["rule"] == "filas de la lista más reciente"
    assert data["checks"]["claims"]["computed"].startswith("Calculada a partir del almacén")


@pytest.mark.parametrize("make", [lambda: brief("WY"), make_program], ids=["place", "nation"])
def test_the_ledger_is_the_brief_of_its_json(make):
    edition = make()
    written = ledger_files(edition)
    assert tuple(written) == ledger.FILES
    data = json.loads(written["claims.json"])
    schema = json.loads(files("reportkit.brief").joinpath(ledger.SCHEMA).read_text("utf-8"))
    Draft202012Validator(schema).validate(data)
    if data["subject"]["kind"] != "nation":
        facts = json.loads(json.dumps(brief_facts(edition)))
        assert data["subject"] == facts["jurisdiction"]
        assert data["evidence"] == [
            {**item, "check": "identified" if item["sha256"] else "cited"}
            for item in facts["evidence"]
        ]
        for told, claim in zip(data["claims"], facts["claims"], strict=True):
            assert [told[key] for key in ("id", "sentence", "values", "evidence")] == [
                claim[key] for key in ("id", "text", "values", "evidence")
            ]
    table = rows(written["claims.csv"])
    assert [(row["claim"], int(row["evidence"])) for row in table] == [
        (item["id"], number) for item in data["claims"] for number in item["evidence"]
    ]
    assert tuple(table[0]) == COLUMNS
    for row in table:
        assert isinstance(json.loads(row["values"]), dict)
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


@given(st.text())
def test_no_cell_is_run(text):
    told = cell(text)
    assert not told.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert told.removeprefix("'") == text.removeprefix("'")


def rules() -> set[str]:
    """The rules of briefs that have, between them, all kinds of claims."""
    places = [
        ("Lee County, FL",),
        ("TX",),
        ("MD",),
        ("Cook County, IL",),
        ("Frederick County, MD",),
    ]
    days = [("2025-03-31",), ()]
    editions = [*(brief(*place) for place in places), *(make_program(*day) for day in days)]
    return {claim.rule for edition in editions for claim in edition.ledger.claims}


def test_every_rule_has_words_in_both_languages():
    english, spanish = catalogue("en"), catalogue("es")
    used = rules()
    assert len(used) > 80
    assert {rule for rule in used if rule not in english or rule not in spanish} == set()
    assert {rule for rule in used if spanish.rule(rule) == rule} == set()
