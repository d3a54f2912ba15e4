"""Running text: feet apart, paragraphs joined, sections named as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moa.lines import document, page
from reportkit.moa.flow import flow, paragraphs
from reportkit.moa.pagination import gaps
from reportkit.moa.sections import headings, outlines

FORM = [f"{key}. {words}" for key, words in outlines()["numbered"].items() if "Appendix" not in key]


def sections(texts: list[str]) -> list[str]:
    return [found.section for found in headings(texts)]


def test_sections_of_both_outlines():
    lettered = [
        "I. PARTIES", "II. PURPOSE", "III. AUTHORITY", "IV. RESPONSIBILITIES",
        "A. DESIGNATION OF AUTHORIZED FUNCTIONS", "B. NOMINATION OF PERSONNEL",
        "V. REPORTING AND DOCUMENTATION", "A. COMPLAINT PROCEDURES", "B. COMMUNICATION",
        "C. RELEASE OF INFORMATION TO THIRD PARTIES", "APPENDIX A", "APPENDIXB",
    ]  # fmt: skip
    assert sections(lettered) == [
        "I", "II", "III", "IV", "IV.A", "IV.B", "V", "V.A", "V.B", "V.C", "Appendix A",
        "Appendix B",
    ]  # fmt: skip
    assert sections(FORM) == [text.split(".")[0] for text in FORM]


@pytest.mark.parametrize(
    ("printed", "section"),
    [
        ("VIl. NOMINATIONOFPERSONNEL", "VII"),
        ("vll. TRAINING OFPERSONNEL", "VIII"),
        ("lX. CERTD'ICATION AND AUTHORIZATION", "IX"),
        ("XVIll. EFFECTIVE DA TE, SUSPENSION, AND TERMINATION OF TfflS MOA", "XVIII"),
        ("XVI.( CIVIL RIGHTS STANDARDS", "XVI"),
    ],
)
def test_noise_in_a_heading_does_not_hide_its_section(printed: str, section: str):
    at = next(i for i, text in enumerate(FORM) if text.startswith(f"{section}."))
    assert sections([*FORM[:at], printed, *FORM[at + 1 :]])[at] == section


def test_body_text_is_no_heading():
    assert (
        sections(["at Appendix B.", "pursuant to Section XIII. The LEA", "A. The LEA office"]) == []
    )


def test_an_addendum_keeps_its_section_to_the_end():
    found = headings([*FORM, "APPENDIX C", "ADDENDUM TO MODIFY MEMORANDUM OF AGREEMENT",
                      "EFFECTIVE DATE, SUSPENSION, AND TERMINATION OF THIS MOA:"])  # fmt: skip
    assert found[-1].section == "Addendum"


def test_feet_are_set_apart_by_position_and_repetition():
    bodies = [["MEMORANDUM OF AGREEMENT"], ["I. PURPOSE", "It is to be read.", "It goes on."],
              ["Other words stand here."], ["The last of them."]]  # fmt: skip
    made = document(
        page(n, body, f"Some County Sheriff's Office {n}") for n, body in enumerate(bodies, 1)
    )
    kinds = [(item.text, item.kind) for item in flow(made) if item.page == 2]
    assert kinds == [
        ("I. PURPOSE", "heading"), ("It is to be read.", "body"),
        ("It goes on.", "body"), ("Some County Sheriff's Office 2", "foot"),
    ]  # fmt: skip


def test_a_paragraph_runs_over_a_page_break():
    first = page(1, ["I. PURPOSE", "One.", "II. AUTHORITY", "The LEA shall make", ""], "1")
    second = page(2, ["every", "possible", "effort.", "", "Another paragraph."], "2")
    found = paragraphs(flow(document([first, second])))
    assert [(item.text, item.page, item.section) for item in found] == [
        ("One.", 1, "I"),
        ("The LEA shall make every possible effort.", 1, "II"),
        ("Another paragraph.", 2, "II"),
    ]  # fmt: skip


@given(st.integers(5, 14), st.data())
def test_a_missing_page_is_seen_in_the_printed_numbers(pages: int, data: st.DataObject):
    missing = data.draw(st.integers(2, pages - 2))
    numbers = [n for n in range(1, pages + 1) if n != missing]
    made = document(
        page(at, ["Words of the text."], f"Office {number} Revised 03/07/2025")
        for at, number in enumerate(numbers, 1)
    )
    assert gaps(flow(made), len(numbers)) == {missing - 1}


@given(st.integers(3, 14), st.data())
def test_one_misread_number_is_no_missing_page(pages: int, data: st.DataObject):
    wrong = data.draw(st.integers(1, pages))
    made = document(
        page(n, ["Words of the text."], f"Office {n + 1 if n == wrong else n}")
        for n in range(1, pages + 1)
    )
    assert gaps(flow(made), pages) == frozenset()
