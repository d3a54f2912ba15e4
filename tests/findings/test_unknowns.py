"""What is not known of a place, and what its letters ask for."""

from __future__ import annotations

import datetime as dt

import pytest

from findings import papers as made_up
from findings.places import CASES, brief
from reportkit.brief import sections
from reportkit.brief.assemble import nation_as_of, open_store
from reportkit.findings import Citations, find_papers, find_status, unknown_claims
from reportkit.findings.asks import find_asked, gone, letter_items
from reportkit.findings.unknowns import _FEW, _MOST
from reportkit.messages import catalogue
from reportkit.moa.values import Found
from reportkit.places import Gazetteer

LEE, COOK, FREDERICK = "Lee County, FL", "Cook County, IL", "Frederick County, MD"
PENDING = "Spalding County, GA", "2025-03-31"
CASES = (*CASES, PENDING, ("Butler County, OH", "2026-05-18"), (LEE, "2021-06-30"))
ALWAYS = ["approval", "positions", "training"]
WORK = ["counts", "statistics", "complaints", "inspections", "minutes", "press", "costs"]
ICE = ["certificates", "statistics_received", "complaints_federal", "inspections_federal"]


def told(made) -> dict[str, str]:
    return {
        claim.id.removeprefix("unknown."): made.text(claim)
        for claim in made.claims("unknown.")
        if claim.id != "unknown.statute"
    }


def asked(made, to: str) -> list[str]:
    return [item.id for item in letter_items(to, made.status, made.papers, made.national)]


def test_what_is_not_known_of_a_county_with_many_agreements():
    assert told(brief(LEE)) == {
        "linked": "The signed texts that ICE links for 6 agreements here are not on hand, and where "
        "they depart from the standard forms is not known.",
        "unlinked": "ICE's list of 18 May 2026 links no signed text: Office of the State "
        "Attorney, 20th Judicial Circuit (Task Force).",
        "addendum": "An addendum that ICE links is not on hand, and what it changes is not known: "
        "Lee County Sheriff's Office (Warrant Service Officer).",
        "published": "ICE's public lists and fact sheet, as read in 2026, do not say how many "
        "officers each agency has trained, how complaints ended or what inspections found.",
        "form": "The newest memorandum on hand on a standard form was signed on 18 June 2025; whether "
        "ICE has changed the form since, for 3 agreements signed later here, is not known.",
        "signatures": "A name or a date on the signature page could not be read: Sanibel Police "
        "Department (Task Force).",
    }


def test_what_is_not_known_of_a_county_without_any_agreement():
    assert told(brief(COOK)) == {
        "cooperation": "ICE's lists do not say whether the police or jails of Cook County hold "
        "people at ICE's request, tell it of releases or join its operations.",
        "before": "Agreements that ended before 13 January 2021, the day of the first list on hand, "
        "are not in the record.",
    }


def test_what_is_not_known_of_an_end():
    found = told(brief(FREDERICK))
    assert list(found) == ["ended", "cooperation"]
    assert found["ended"] == (
        "The day, the decision and the reason of an end are not in ICE's lists: "
        "Frederick County Sheriff's Office (Jail Enforcement)."
    )
    claim = brief(FREDERICK).claim("unknown.ended")
    assert [(cite.source.id[:24], cite.locator.kind) for cite in claim.evidence] == [
        ("participating-2026-02-12", "row"),
        ("participating-2026-02-17", "whole"),
    ]


def test_what_is_not_known_of_a_wait():
    found = told(brief(*PENDING))
    assert list(found) == ["waiting", "cooperation"]
    assert found["waiting"] == (
        "What became of the pending agreement of the Spalding County Sheriff's Office after "
        "27 March 2025 is not known; no newer pending list is on hand."
    )


def test_several_waits_are_told_together():
    assert told(brief("Tennessee", "2025-05-20"))["waiting"] == (
        "What became of the pending agreements of the Bradley County Sheriff's Office, the Macon "
        "County Sheriff's Office, the Sullivan County Sheriff's Office, and the Tennessee "
        "Department of Corrections after 19 May 2025 is not known; no newer pending list is on hand."
    )


def test_what_is_not_known_of_a_state():
    made = brief("Texas")
    assert list(told(made)) == ["ended", "linked", "unlinked", "addendum", "published", "form"]
    # So many agreements are not cited row by row.
    assert [cite.locator.kind for cite in made.claim("unknown.linked").evidence] == ["whole"]


def test_before_2026_nothing_is_said_of_a_search_of_2026():
    assert list(told(brief(LEE, "2021-06-30"))) == ["cooperation", "before"]
    assert "published" not in told(brief("Denton County, TX", "2025-03-28"))
    assert "published" in told(brief("Frederick County, MD", "2026-02-16"))


@pytest.mark.parametrize(("name", "day"), CASES)
def test_the_unknowns_are_few_and_repeat_nothing(name, day):
    made = brief(name, day)
    found = told(made)
    agreements = made.status.listed if made.place.kind == "state" else [
        item for item in made.status.listed if item.local
    ]  # fmt: skip
    assert 1 <= len(found) <= (_MOST if agreements else _FEW)
    others = {made.text(item) for item in made.ledger.claims if not item.id.startswith("unknown.")}
    assert not others & set(found.values())
    assert len(set(found.values())) == len(found)


def test_an_agreement_of_the_same_model_is_no_end():
    made = brief("Butler County, OH")
    assert [item.held.model for item in made.status.ended] == ["JEM"]
    assert gone(made.status) == ()
    assert "ended" not in told(made)


def test_pages_and_signatures_that_could_not_be_read(tmp_path):
    records = made_up.memoranda()
    records[2].found["lea_signed"] = Found("unreadable", None, 7, note="handwritten")
    opened = made_up.store(tmp_path / "store", records)
    found = told(made_up.brief(opened))
    assert found["pages"] == (
        "Some pages on file could not be read, and what stands on them is not known: "
        "Sanibel Police Department (Task Force)."
    )
    assert found["signatures"] == (
        "A name or a date on the signature page could not be read: "
        "Bonita Springs Police Department (Task Force)."
    )
    # What is blank was read.
    records[2].found["lea_signed"] = Found("absent", None, 7, note="blank")
    opened = made_up.store(tmp_path / "other", records)
    assert "signatures" not in told(made_up.brief(opened))


@pytest.mark.parametrize(
    ("case", "agency", "federal"),
    [
        (
            (LEE, "2026-05-18"),
            ["memorandum", *ALWAYS, "supervision", *WORK],
            ["memorandum", *ICE, "payments"],
        ),
        ((COOK, "2026-05-18"), ["any_agreement", "cooperation"], ["any_agreement"]),
        (
            (FREDERICK, "2026-05-18"),
            ["ending", "positions", "counts", "statistics", "complaints"],
            ["ending", *ICE],
        ),
        (
            ("Texas", "2026-05-18"),
            # Those who are asked, the Highway Patrol, have none that ended.
            ["memorandum", *ALWAYS, "supervision", *WORK],
            ["memorandum", "ending", *ICE, "payments"],
        ),
        (PENDING, ["application", "approval"], ["application"]),
        ((LEE, "2021-06-30"), ["any_agreement", "cooperation"], ["any_agreement"]),
        # Its agreements are on file.
        (
            ("Frederick County, MD", "2026-02-16"),
            ["memorandum", *ALWAYS, *WORK],
            ["memorandum", *ICE, "payments"],
        ),
    ],
)
def test_what_the_letters_ask_for(case, agency, federal):
    made = brief(*case)
    assert asked(made, "agency") == agency
    assert asked(made, "federal") == federal


@pytest.mark.parametrize(
    ("case", "agency"),
    [
        ((LEE,), "Lee County Sheriff's Office"),
        # The municipality's own before the county-wide ones.
        (("Cape Coral, FL",), "Cape Coral Police Department"),
        (("Hazleton, PA",), "Hazleton Police Department"),
        ((FREDERICK,), "Frederick County Sheriff's Office"),
        (PENDING, "Spalding County Sheriff's Office"),
        (("Texas",), "Texas Department of Public Safety - Texas Highway Patrol"),
        ((COOK,), None),
        ((LEE, "2021-06-30"), None),
    ],
)
def test_whom_to_ask(case, agency):
    found = find_asked(brief(*case).status)
    assert (found.agency and found.agency.name) == agency


def test_others_whom_the_same_letter_serves():
    found = find_asked(brief(LEE).status)
    assert len(found.listed) == 3
    assert [agency.name for agency in found.others][:2] == [
        "Office of the State Attorney, 20th Judicial Circuit",
        "Cape Coral Police Department",
    ]
    assert len(found.others) == 7


def shown(made) -> list[str]:
    """The paragraphs and bullets of the section."""
    found = []
    for block in sections.unknowns(made).blocks:
        items = getattr(block, "items", None) or [getattr(block, "spans", ())]
        found += ["".join(span.text for span in item) for item in items]
    return [text for text in found if text]


def test_the_section_tells_what_the_letters_ask_for_and_cite():
    *_, agency, ice, files = shown(brief(LEE))
    assert agency.startswith(
        "Of the Lee County Sheriff's Office: the signed agreements with their addenda, "
        "the decision to sign, positions trained and certified,"
    )
    assert ice == (
        "Of ICE: the signed agreements with their addenda, numbers of officers certified, "
        "data given to ICE, complaints and their outcomes, inspection reports, and "
        "reimbursement paid."
    )
    assert files == (
        "Two letters beside this brief ask for this: records-request and foia-request (.txt, .docx). "
        "The records letter cites the Florida "
        "Public Records Law (Fla. Stat. ch. 119)."
    )
    law = brief(LEE).claim("unknown.statute").evidence[0]
    assert (law.source.kind, law.locator.value) == ("statute", "Fla. Stat. ch. 119")


def test_of_a_place_without_an_agreement_one_sentence_tells_it():
    assert shown(brief(COOK))[2:] == [
        "Letters to the police or sheriff and to ICE, beside this brief as records-request and "
        "foia-request (.txt, .docx), ask for: any agreement or application under section 287(g) "
        "and policies on other requests of ICE. The records letter cites the Illinois Freedom of "
        "Information Act (5 ILCS 140/1 et seq.)."
    ]
    assert shown(brief(*PENDING))[2].startswith(
        "Letters to the Spalding County Sheriff's Office and to ICE, beside this brief as "
        "records-request and foia-request (.txt, .docx), ask for: the application and its answer "
        "and the decision to sign."
    )


def test_one_sentence_says_nothing_twice():
    (told,) = shown(brief("Delaware"))[2:]
    assert told.count("complaints and their outcomes") == 1
    assert "ended agreements with the notice of their end" in told


def test_of_a_state_without_statewide_agencies_any_can_be_asked():
    *_, agency, _, _ = shown(brief("Alabama"))
    assert agency.startswith(
        "Of an agency on the list, for instance the Autauga County Sheriff's Office: "
    )


def test_a_state_without_a_verified_law_is_told(monkeypatch):
    monkeypatch.setattr("reportkit.findings.unknowns.load_statutes", lambda: {})
    store, gazetteer = open_store(None), Gazetteer.load()
    national = nation_as_of(store, dt.date(2026, 5, 18))
    status = find_status(gazetteer.place("17031"), national.snapshot, gazetteer)
    claims = unknown_claims(status, find_papers(status, store), national, Citations(store))
    assert catalogue("en").text(claims[-1].message, claims[-1].values) == (
        "We hold no verified statement of the public-records law of Illinois; the letter leaves a "
        "marked blank for it."
    )
    assert claims[-1].evidence[0].source.id == "public_records"
