"""One memorandum as data: the fields that were promised, and nothing that reaches a person."""

from __future__ import annotations

import json
import re

import pytest

from moa.make_pdf import pages, show
from reportkit.moa.collection import collect
from reportkit.moa.memorandum import CLAUSES, as_json, compared

FIELDS = {
    *("model", "lea_name", "template_revision", "complete", "scanned"),
    *("lea_signatory", "lea_title", "lea_signed", "ice_signatory", "ice_title", "ice_signed"),
    *("opla_location", "lea_contact", "addendum", "addendum_signed", "addendum_subject"),
    *CLAUSES,
}
LINES = [
    "MEMORANDUM OF AGREEMENT",
    "287(g) Task Force Model",
    "between ICE and the Harbor County Sheriff's Office, pursuant to which",
    "For the LEA: Sheriff Jane Roe, 14 Quay Street, Harbor, FL 33101",
    "Phone (305) 555-0142, fax 305.555.0143, jane.roe@harbor.example.org",
]
REACHES = re.compile(r"\d{3}\W{0,2}\d{3}\W\d{4}|@|Quay Street|\b33101\b")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTKIT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def paper(tmp_path):
    body = b"".join(show(text, 72, 700 - 20 * n) for n, text in enumerate(LINES))
    path = tmp_path / "harbor.pdf"
    path.write_bytes(pages([body, body]))
    return path


def test_every_promised_field_is_there(paper):
    (memorandum,) = collect([paper]).memoranda
    data = json.loads(json.dumps(as_json(memorandum)))
    assert data.keys() >= FIELDS | {"pages", "terms", "deviations", "form_fields",
                                    "digital_signatures"}  # fmt: skip
    for name in (*FIELDS, "pages"):
        assert data[name].keys() >= {"value", "page", "state", "quote"}
        assert data[name]["state"] in {"present", "absent", "unreadable"}
    assert (data["pages"]["value"], data["deviations"]) == (2, None)


def test_clauses_are_answered_yes_no_or_not_known(paper):
    (memorandum,) = collect([paper]).memoranda
    data = as_json(memorandum)
    answers = {"present": True, "absent": False, "unreadable": None}
    assert all(data[name]["value"] is answers[data[name]["state"]] for name in CLAUSES)


def test_nothing_reaches_a_person(paper):
    (memorandum,) = collect([paper]).memoranda
    text = json.dumps(as_json(memorandum))
    assert REACHES.search(" ".join(LINES))
    assert not REACHES.search(text)


def test_without_a_standard_text_nothing_is_compared(paper):
    (memorandum,) = collect([paper]).memoranda
    assert compared(memorandum, {}).deviations is None


def test_a_second_run_reads_nothing_again(paper, monkeypatch):
    first = collect([paper])

    def reads(*args, **options):
        raise AssertionError("read again")

    monkeypatch.setattr("reportkit.moa.collection.study", reads)
    monkeypatch.setattr("reportkit.moa.collection.each", lambda job, items, **k: map(job, items))
    again = collect([paper])
    assert again == first


def test_the_same_bytes_count_once_and_keep_the_name_given(paper, tmp_path):
    collect([paper])
    copies = [tmp_path / "b.pdf", tmp_path / "a.pdf"]
    for copy in copies:
        copy.write_bytes(paper.read_bytes())
    found = collect(copies)
    assert [item.document.name for item in found.memoranda] == ["b.pdf"]


def test_a_damaged_cache_is_read_anew(paper, tmp_path):
    first = collect([paper])
    (kept,) = (tmp_path / "cache").rglob("memoranda/*/*.json")
    kept.write_text('{"document": ')
    assert collect([paper]) == first


def test_a_bad_file_costs_itself(paper, tmp_path):
    page = tmp_path / "blocked.pdf"
    page.write_text("<!DOCTYPE html><html>Access denied</html>")
    found = collect([page, paper, tmp_path / "nothing.pdf"])
    assert [item.document.name for item in found.memoranda] == ["harbor.pdf"]
    reasons = {item.path.name: item.reason for item in found.failures}
    assert reasons.keys() == {"blocked.pdf", "nothing.pdf"}
    assert "web page" in reasons["blocked.pdf"]
    assert "cannot be read" in reasons["nothing.pdf"]


def placed(*texts: str) -> bytes:
    return b"".join(show(text, 72, 700 - 20 * n) for n, text in enumerate(texts))


def test_another_document_is_refused_with_the_reason(tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(pages([placed("Dear Sheriff,", "the agreement of ICE under 287(g) is late.")]))
    found = collect([path])
    assert found.memoranda == ()
    (failure,) = found.failures
    assert failure.other
    assert failure.reason.startswith("letter.pdf: no memorandum of agreement: ")


def test_of_two_agreements_the_first_is_told_and_a_note_says_so(tmp_path):
    agreements = [
        placed(
            "MEMORANDUM OF AGREEMENT",
            "287(g) Task Force Model",
            "I. PURPOSE",
            "This is between ICE, a component of the Department of",
            f"Homeland Security (DHS), and the {name} County",
            "Sheriff's Office, pursuant to which",
        )
        for name in ("Harbor", "Quay")
    ]
    signing = placed("By signing this MOA, each party agrees.", "Date: 3/5/2025")
    path = tmp_path / "both.pdf"
    path.write_bytes(pages([agreements[0], signing, agreements[1], signing]))
    (memorandum,) = collect([path]).memoranda
    data = as_json(memorandum)
    assert data["notes"] == [{"id": "moa.note.agreements", "count": 2, "first": 1, "last": 2}]
    assert data["pages"]["value"] == 4
    assert data["lea_name"]["value"] == "Harbor County Sheriff's Office"
    assert data["lea_signatory"]["page"] == 2
