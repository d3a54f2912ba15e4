"""Signature blocks of each layout, and the dates in them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moa.make import document, page
from reportkit.moa.signatures import is_addendum, person, sides, signature_page, title
from reportkit.moa.signing_dates import signing_date, stamp

DATES = [
    ("02/12/2025", "2025-02-12"),
    ("3-12-25", "2025-03-12"),
    ("4.29.25", "2025-04-29"),
    ("February 18, 2025", "2025-02-18"),
    ("March25,2025", "2025-03-25"),
    ("5 March 2025", "2025-03-05"),
    ("Sept. 9, 2019", "2019-09-09"),
    ("2/19/2025 t", "2025-02-19"),
    ("04/1 0/2025", "2025-04-10"),
    ("03/04/20 25", "2025-03-04"),
    ("02/30/2025", "2025-02-30"),
    ("7th day of May, 2025", "2025-05-07"),
    ("this 22 of June 2025", "2025-06-22"),
    ("3/5/2025 12:30 PM", "2025-03-05"),
    ("3/5/25 9:05:11 AM", "2025-03-05"),
    ("March 1, 2025 1:30", "2025-03-01"),
    ("1/15/2026 1/16/2026", "2026-01-15"),
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_typed_dates(text, iso):
    assert signing_date(text, scanned=False).iso == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("OCT 1 5 2019", "2019-10-15"),
        ("OCT 1 5 2~19", "2019-10-15"),
        ("SEP - 9 2819", "2019-09-09"),
        ("O C T 1 5 2 01 9", "2019-10-15"),
        ("0211212025", "2025-02-12"),
        ("3-/9-25", "2025-03-19"),
    ],
)
def test_scanned_dates(text, iso):
    assert signing_date(text, scanned=True).iso == iso


@pytest.mark.parametrize(
    "text", ["Z-2L-N", "4/za/2025", "16-4-2020", "3 -12 -", "", "Q3/1 2025", "287(g)", "13/45/2025"]
)
def test_noise_is_no_date(text):
    assert signing_date(text, scanned=True) is None


def test_repairs_are_for_scans_only():
    assert signing_date("OCT 1 5 2~19", scanned=False) is None
    assert signing_date("0211212025", scanned=False) is None
    assert signing_date("OCT 1 5 2~19", scanned=True).noisy


def test_day_first_only_where_typed():
    assert signing_date("16/4/2020", scanned=False).iso == "2020-04-16"


@given(
    st.dates(dt.date(2002, 1, 1), dt.date(2030, 12, 31)),
    st.sampled_from(["%m/%d/%Y", "%m-%d-%Y", "%B %d, %Y", "%m.%d.%y"]),
)
def test_every_day_is_read_back(day, form):
    text = day.strftime(form)
    assert signing_date(text, scanned=False).iso == day.isoformat()
    assert signing_date(text, scanned=True).iso == day.isoformat()


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Date: 2020.07.24 13:42:19 -04'00'", "2020-07-24"),
        ("Date:2020.07.1008:01:34", "2020-07-10"),
        ("Date: 2025.0328 10:22:05", "2025-03-28"),
        ("~ ~020.06.23 06:32: 19", "2020-06-23"),
    ],
)
def test_stamps(text, iso):
    assert stamp(text).iso == iso


@pytest.mark.parametrize("text", ["~020.01.0609:51:21", "~g02s .03 .2aoas", "1020 Main", ""])
def test_stamps_misread_are_none(text):
    """A one in a stamp without its first figures may be a seven."""
    assert stamp(text) is None


LAW = [(72, 100, "By signing this MOA, each party is bound to the fullest extent allowed by law.")]


def test_headers_with_names_and_no_name_line():
    rows = [
        *LAW,
        (72, 130, "For the LEA: Jane Doe"),
        (320, 130, "For ICE: John Roe"),
        (72, 160, "Date: 3/5/2025"),
        (320, 160, "Date: March 7, 2025"),
        (72, 190, "Signature: ______"),
        (320, 190, "Signature: ______"),
        (72, 220, "Title: Chief of Police"),
        (320, 220, "Title: Acting Director"),
    ]
    both = sides(page(rows))
    assert (both["lea"].name, both["lea"].office, both["lea"].date.iso) == (
        "Jane Doe",
        "Chief of Police",
        "2025-03-05",
    )
    assert (both["ice"].name, both["ice"].office, both["ice"].date.iso) == (
        "John Roe",
        "Acting Director",
        "2025-03-07",
    )


def test_name_on_the_signature_line_and_date_on_another():
    rows = [
        *LAW,
        (72, 130, "For the LEA:"),
        (320, 130, "For ICE:"),
        (72, 160, "Date:"),
        (320, 160, "Date:"),
        (72, 190, "Signature: 02-19-25"),
        (320, 190, "Signature: John Roe"),
        (72, 220, "Name: Jane Doe"),
        (320, 220, "Name: ______"),
        (72, 250, "Title: Sheriff"),
        (320, 250, "Title: Acting Director"),
    ]
    both = sides(page(rows))
    assert both["lea"].date.iso == "2025-02-19"
    assert both["ice"].name == "John Roe"


def test_a_title_line_may_hold_the_name():
    rows = [
        *LAW,
        (72, 130, "For the LEA:"),
        (320, 130, "For ICE:"),
        (72, 160, "Date: 2/19/2025"),
        (320, 160, "Date: 2/20/2025"),
        (72, 220, "Title: Sample County Sheriff Jane Doe"),
        (320, 220, "Title: John M. Roe"),
    ]
    both = sides(page(rows))
    assert (both["lea"].name, both["lea"].office) == ("Jane Doe", "Sample County Sheriff")
    assert (both["ice"].name, both["ice"].office) == ("John M. Roe", None)


def test_the_layout_of_2019_has_ice_on_the_left():
    rows = [
        *LAW,
        (72, 130, "Date: OCT 1 5 2019"),
        (320, 140, "Date: 06/20/2019"),
        (72, 200, "John M. Roe"),
        (320, 200, "Jane Doe"),
        (72, 212, "Acting Executive Associate Director"),
        (320, 212, "Sheriff, Sample County"),
        (72, 224, "U.S. Immigration and Customs Enforcement"),
        (72, 236, "Department of Homeland Security"),
        (320, 224, "Sample County Sheriff's Office"),
    ]
    both = sides(page(rows, image=True))
    assert (both["ice"].name, both["ice"].office) == (
        "John M. Roe",
        "Acting Executive Associate Director",
    )
    assert both["ice"].date.iso == "2019-10-15"
    assert (both["lea"].name, both["lea"].office) == ("Jane Doe", "Sheriff, Sample County")
    assert both["lea"].date.iso == "2019-06-20"


def test_a_stamp_is_no_typed_date():
    rows = [
        *LAW,
        (72, 130, "Date: CHRIS"),
        (200, 128, "Digitally signed by CHRIS ROE"),
        (200, 138, "Date: 2020.06.08 10:59:08"),
        (72, 170, "Chris Roe"),
        (72, 182, "Assistant Director"),
        (72, 194, "U.S. Immigration and Customs Enforcement"),
        (330, 130, "Date: 5/6/2020"),
        (330, 170, "Jane Doe"),
        (330, 182, "Sheriff"),
    ]
    ice = sides(page(rows, image=True))["ice"]
    assert ice.date is None
    assert ice.stamped.iso == "2020-06-08"


def test_a_further_signatory_below_changes_nothing():
    rows = [
        *LAW,
        (72, 130, "For the LEA:"),
        (320, 130, "For ICE:"),
        (72, 160, "Date: 2/24/2025"),
        (320, 160, "Date: 2/25/2025"),
        (72, 190, "Signature:"),
        (320, 190, "Signature:"),
        (72, 220, "Title: Chief of Police"),
        (320, 220, "Title: Acting Director"),
        (72, 300, "Date: 12/24/2024"),
        (72, 330, "Title: City Manager"),
    ]
    lea = sides(page(rows))["lea"]
    assert (lea.date.iso, lea.office) == ("2025-02-24", "Chief of Police")


def test_values_left_or_right_of_labels_stay_on_their_side():
    rows = [
        *LAW,
        (72, 130, "For the LEA:"),
        (320, 130, "For ICE:"),
        (72, 160, "Date: 2/24/2025"),
        (318, 160, "Date:"),
        (352, 152, "February 25, 2025"),
        (72, 190, "Title: Sheriff"),
        (318, 190, "Title: Acting Director"),
    ]
    both = sides(page(rows))
    assert both["ice"].date.iso == "2025-02-25"
    assert both["lea"].date.iso == "2025-02-24"


def test_the_block_may_stand_on_the_next_page():
    text = page([(72, 700, "By signing this MOA, each party represents it is authorized")])
    signed = page(
        [(72, 20, "For the LEA:"), (320, 20, "For ICE:"), (72, 50, "Date:"), (320, 50, "Date:")]
    )
    assert signature_page(document([page([(72, 90, "text")]), text, signed])) == 3


def test_sentences_are_no_headers():
    text = page(
        [(72, 300, "The points of contact for the media for ICE and for the LEA are in Appendix C")]
    )
    assert signature_page(document([text])) is None


def test_an_addendum_is_not_the_signature_page():
    rows = [
        (150, 80, "A D D E N D U M  TO MODIFY MEMORANDUM OF AGREEMENT"),
        (72, 130, "For the LEA:"),
        (320, 130, "For ICE:"),
    ]
    assert is_addendum(page(rows))
    assert signature_page(document([page(rows)])) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Q. Doe", "Jane Q. Doe"),
        ("JaneQ.Doe", "Jane Q. Doe"),
        ("Sheriff Jane Doe", "Jane Doe"),
        ("Jane McDoe", "Jane McDoe"),
        ("JANE A. DOE", "JANE A. DOE"),
        ("Jane Doe-Roe", "Jane Doe-Roe"),
        ("_ Jane Doe, Jr. _", "Jane Doe Jr"),
        ("N Jane Doe", "Jane Doe"),
        ("José A. Treviño", "José A. Treviño"),
        ('Jane "Jay" Doe', 'Jane "Jay" Doe'),
        ("Jane (Jay) Doe", "Jane (Jay) Doe"),
        ("Chief Deputy Jane Doe", "Jane Doe"),
        ("Vice President", None),
        ("Adjutant General", None),
        ("Print Name", None),
        ("To be completed", None),
        ("Chief of Police", None),
        ("Sample County", None),
        ("Doe", None),
        ("7.C", None),
        ("CHieryHoL", None),
        ("", None),
        ("Department of Homeland Security", None),
    ],
)
def test_persons(text, name):
    assert person(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sheriff, Sample County", "sheriff"),
        ("Acting Director", "acting director"),
        ("ActingDirector", "acting director"),
        ("Acting Executive Associate Director", "acting executive associate director"),
        ("Shertf", "sheriff"),
        ("ChiefofPolice", "chief of police"),
        ("Sample County Sheriff's Office", None),
        ("Jane Doe", None),
        ("", None),
    ],
)
def test_titles(text, name):
    assert title(text) == name
