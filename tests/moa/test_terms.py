"""Terms: present, absent and unreadable, their values, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moa.lines import document, page
from reportkit.messages import catalogue
from reportkit.moa.declared import Term, declared, statement
from reportkit.moa.flow import flow
from reportkit.moa.generations import generations
from reportkit.moa.sections import outlines
from reportkit.moa.standard import standard_terms
from reportkit.moa.terms import terms
from reportkit.moa.values import Found, Template

JEM = Template("JEM", None, None, None, None)
WORDS = catalogue("en")
LABELLED = (
    "steering_committee", "three_year_review", "fixed_term", "complaint_appendix",
    "complaint_poster", "interpreter_clause", "exam_pass_mark_70", "min_two_years_experience",
    "press_preapproval",
)  # fmt: skip
ORDER = tuple(outlines()["lettered"].items())


def form(clauses: dict[str, str], unread: str = "", image: bool = False):
    """A small agreement: every section on a page of its own, with the clauses given."""
    pages = []
    for number, (section, words) in enumerate(ORDER, 1):
        printed = section.split(".")[-1]
        heads = [section.upper(), words] if section.startswith("App") else [f"{printed}. {words}"]
        body = [*heads, "", f"Plain words number {number} of no meaning.", clauses.get(section, "")]
        known = section != unread
        pages.append(page(number, body, str(number), known, image))
    return pages


def found(pages, template: Template = JEM) -> dict[str, Found]:
    made = document(pages)
    return dict(terms(made, flow(made), template))


def test_a_clause_is_found_with_page_section_and_words():
    held = found(form({"IV.C": "Each must pass with a minimum score of 70 percent to go on."}))
    assert held["exam_pass_mark_70"] == Found(
        "present", True, 7, "IV.C", "Each must pass with a minimum score of 70 percent to go on."
    )
    assert held["exam_pass_mark"].value == "70"


def test_every_labelled_clause_is_declared_and_absent_from_a_form_without_clauses():
    held = found(form({}))
    assert {term: held[term].state for term in LABELLED if term != "complaint_appendix"} == {
        term: "absent" for term in LABELLED if term != "complaint_appendix"
    }


@pytest.mark.parametrize(
    ("section", "clause", "term", "value"),
    [
        ("Appendix A", "will continue to be held in the LEA facilities for no more than 72 hours.",
         "custody_hours", "72"),
        ("Appendix A", "continue to be held inthe facilities for nomorethan48hours.",
         "custody_hours", "48"),
        ("VIII", "until either party, upon 9O-day written notice to the other party, ends it.",
         "notice_days", "90"),
        ("VIII", "Either party may end it upon not less than 60-day written notice to the other party.",
         "notice_days", "60"),
        ("IV.E", "ICE is responsible for the costs of the LEA personnel's travel expenses.",
         "travel_paid_by", "ice"),
        ("IV.E", "The LEA will cover the costs of all LEA personnel's travel, housing.",
         "travel_paid_by", "agency"),
        ("VIII", "This MOA is in effect until June 30, 2028 and ends then.", "fixed_term", True),
        ("Appendix B", "Complaints will be accepted from any source, inmates among them.",
         "complaint_any_source", True),
        ("Appendix B", "Upon receipt, ICE OPR will undertake a complete review of each.",
         "complaint_reviewed_by_ice", True),
        ("Appendix B", "It is expected that any complaint received will be resolved within 90 days.",
         "complaint_days_expected", True),
        ("Appendix B", "Complaint reporting procedures shall be disseminated by the LEA.",
         "complaint_disseminated", True),
        ("Appendix B", "Each year the LEA will publish the number of complaints.",
         "complaint_outcomes_published", True),
        ("V.C", "It is under the control of lCE and shall not be disclosed unless so agreed.",
         "ice_controls_records", True),
        ("V.C", "The LEA shall publish statistics on its work.", "statistics_published", True),
        ("VIII", "This MOA was approved by the Board of County Commissioners.", "local_approval",
         True),
        ("IV.E", "ICE will reimburse the LEA for salaries and benefits.", "personnel_reimbursed",
         True),
    ],
)  # fmt: skip
def test_values(section: str, clause: str, term: str, value: object):
    held = found(form({section: clause}))[term]
    assert (held.state, held.value, held.section) == ("present", value, section)


@pytest.mark.parametrize(
    ("section", "clause", "term"),
    [
        ("IV.D", "An authorization letter is valid for two years.", "min_two_years_experience"),
        ("V.B", "The LEA shall make every effort to meet at least annually.", "steering_committee"),
        ("Appendix B", "Procedures shall be disseminated as appropriate.", "complaint_poster"),
        ("VIII", "It will remain in effect until either party terminates it.", "fixed_term"),
        ("IV.C", "Refresher training is due every two years.", "three_year_review"),
        ("Appendix A", "serve and execute warrants of arrest for immigration violations",
         "serve_removal_warrants"),
        ("VIII", "The decision will be published on the website 90 days in advance.",
         "statistics_published"),
        ("V.B", "The LEA shall keep statistics and give them to ICE.", "statistics_published"),
        ("Appendix B", "The resolution of the complaint shall be reported to an ICE officer.",
         "complaint_outcomes_published"),
        ("Appendix B", "Complaints from ICE will be accepted.", "complaint_any_source"),
        ("VIII", "Each candidate must be approved by ICE before the training.", "local_approval"),
        ("IV.E", "ICE may issue travel orders and reimburse travel expenses only.",
         "personnel_reimbursed"),
        ("IV.E", "ICE will not reimburse the LEA for salaries.", "personnel_reimbursed"),
    ],
)  # fmt: skip
def test_look_alikes_are_not_taken(section: str, clause: str, term: str):
    assert found(form({section: clause}))[term].state == "absent"


def test_a_clause_that_denies_is_absent_and_says_so():
    held = found(form({"V.C": "The LEA will not take part in Steering Committee meetings."}))
    assert (held["steering_committee"].state, held["steering_committee"].note) == (
        "absent",
        "denied",
    )
    assert held["steering_committee"].page == 17


def test_an_addendum_may_bring_a_clause():
    pages = form({})
    added = ["ADDENDUM TO MODIFY MEMORANDUM OF AGREEMENT", "", "ICE reserves the right to conduct an",
             "internal review of this MOA every three years."]  # fmt: skip
    held = found([*pages, page(len(pages) + 1, added)])["three_year_review"]
    assert (held.state, held.page, held.section) == ("present", len(pages) + 1, "Addendum")


def test_what_a_document_of_no_known_form_lacks_is_not_absent():
    read = found(form({}), Template(None, None, None, None, None))
    assert {(item.state, item.note) for item in read.values() if item.state != "present"} == {
        ("unreadable", "unknown-form")
    }


def test_an_unread_page_matters_only_where_the_clause_would_stand():
    held = found(form({}, unread="IV.B"))
    assert held["min_two_years_experience"].state == "unreadable"
    assert held["exam_pass_mark_70"].state == "absent"


def test_a_missing_page_leaves_its_clauses_unreadable():
    pages = [item for item in form({}) if item.number != 23]
    kept = [page(at, [row.text for row in item.lines[:-1]], item.lines[-1].text)
            for at, item in enumerate(pages, 1)]  # fmt: skip
    held = found(kept)
    assert held["complaint_poster"].state == "unreadable"
    assert held["steering_committee"].state == "absent"


def test_a_trace_on_a_scanned_page_is_not_called_absent():
    garbled = {
        "IV.B": "Candidates must have a background investigabon that we conduct a backgr0und irvestigatlon"
    }
    assert found(form(garbled, image=True))["background_check"].state != "absent"


def test_a_newer_form_may_say_it_in_other_words():
    newer = Template("JEM", None, "2026-01-15", 1, None)
    known = Template("JEM", None, "2025-02-15", 1, None)
    told = {
        name: found(form({}), held)["steering_committee"]
        for name, held in (("newer", newer), ("known", known))
    }
    assert told["newer"] == Found("unreadable", note="unknown-form")
    assert told["known"].state == "absent"


def _whole(term: Term) -> list[str]:
    return [sign for sign in term.values[True] if "..." not in sign]


@given(st.sampled_from([t for t in declared() if not t.valued and _whole(t)]), st.data())
def test_spaces_and_case_do_not_hide_a_sign(term, data: st.DataObject):
    sign = data.draw(st.sampled_from(_whole(term)))
    section = next(name for name in term.place["lettered"]) if term.place["lettered"] else "I"
    section = "I" if section == "body" else section
    letters = [char.upper() if data.draw(st.booleans()) else char for char in sign]
    kept = "".join(char for char in letters if char != " " or data.draw(st.booleans()))
    assert found(form({section: f"Here {kept} there."}))[term.id].state == "present"


def test_each_state_and_value_has_a_plain_statement():
    for term in declared():
        assert WORDS.template(term.heading)
        for state in ("absent", "unreadable"):
            assert WORDS.text(*statement(term.id, Found(state)))
        for value in ("7", None) if term.number else term.values:
            said = WORDS.text(*statement(term.id, Found("present", value)))
            assert said.endswith(".") and "{" not in said


def test_standard_terms_carry_no_words():
    for name in generations():
        facts = standard_terms(name)
        assert set(facts) <= {term.id for term in declared()}
        assert {(item.page, item.quote) for item in facts.values()} == {(None, None)}


def test_standard_terms_differ_where_the_forms_do():
    states = {name: standard_terms(name)["steering_committee"].state for name in generations()}
    assert {name for name, state in states.items() if state == "present"} == {
        "jem-2020", "jem-2020-07", "wso-2019", "wso-2020", "tfm-2025-01",
    }  # fmt: skip
    assert standard_terms("wso-2025-02-15")["custody_hours"].value == "48"
    assert standard_terms("tfm-2025-03-07")["arrest_without_warrant"].value is True
    assert standard_terms("jem-2025-02-15")["setting"].value == "jail"
