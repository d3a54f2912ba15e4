"""Parties, blanks and contacts of made memoranda, typed and scanned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moa.make import document, page, pdf, placed_pdf
from reportkit.moa.blanks import INK, ink, opla_location
from reportkit.moa.complete import complete
from reportkit.moa.contacts import lea_contact, scrub
from reportkit.moa.digital import DigitalSignature
from reportkit.moa.parties import parties
from reportkit.moa.values import FormField

LAW = "to the fullest extent allowed by law."


def first(name, tail=", pursuant to which ICE delegates to nominated officers"):
    return [
        (72, 90, "MEMORANDUM OF AGREEMENT"),
        (72, 120, "a component of the Department of Homeland"),
        (72, 132, f"Security (DHS), and the {name}{tail}"),
    ]


def block(lea=(), ice=(), y=300):
    """A signature block of 2025: fill-ins (label, text, how far above its label)."""
    rows = [(72, y - 40, "By signing this MOA, each party agrees to be bound"), (72, y - 28, LAW)]
    rows += [(72, y, "For the LEA:"), (322, y, "For ICE:")]
    for at, label in enumerate(("Date", "Signature", "Name", "Title", "Agency")):
        for x, filled in ((72, dict(lea)), (322, dict(ice))):
            rows.append((x, y + 28 * (at + 1), f"{label}:"))
            rows.append((x + 40, y + 28 * (at + 1) + 3, "____________________"))
            if label in filled:
                rows.append((x + 50, y + 28 * (at + 1) - 4, filled[label]))
    return rows


LEA = {
    "Date": "02/21/2025",
    "Name": "Jane Q. Doe",
    "Title": "Sheriff",
    "Agency": "Sample County Sheriff's Office",
}
ICE = {"Date": "February 27, 2025", "Name": "John Roe", "Title": "Acting Director"}


def memorandum(lea=LEA, ice=ICE, image=False, name="Sample County Sheriff's Office"):
    return document([page(first(name), image=image), page(block(lea, ice), image=image)])


def values(found, *names):
    return tuple(found[name].value for name in names)


def test_fill_ins_over_their_rules_are_read():
    found = parties(memorandum())
    assert values(found, "lea_signatory", "lea_title", "lea_signed") == (
        "Jane Q. Doe",
        "Sheriff",
        "2025-02-21",
    )
    assert values(found, "ice_signatory", "ice_title", "ice_signed") == (
        "John Roe",
        "Acting Director",
        "2025-02-27",
    )
    assert found["lea_signed"].page == 2
    assert values(found, "lea_name", "scanned") == ("Sample County Sheriff's Office", False)


def test_a_blank_date_is_blank_by_measure_and_unreadable_without():
    lea = {key: value for key, value in LEA.items() if key != "Date"}
    memo = memorandum(lea)
    unknown = parties(memo)["lea_signed"]
    assert (unknown.state, unknown.note) == ("unreadable", "unreadable")
    only = document([page(block(lea, ICE))])
    empty = placed_pdf([(110, 331, "____________________")])
    blank = parties(only, data=empty)["lea_signed"]
    assert (blank.state, blank.value, blank.note) == ("absent", None, "blank")
    written = placed_pdf([(110, 318, "MMMMMMMMMM"), (110, 322, "MMMMMMMMMM")])
    hand = parties(only, data=written)["lea_signed"]
    assert (hand.state, hand.value, hand.note) == ("unreadable", None, "handwritten")


def test_a_huge_page_is_drawn_small():
    huge = pdf("#page(width: 14000pt, height: 14000pt)[written]")
    assert ink(huge, 1, (0, 0, 200, 100)) >= 0.0


def test_ink_leaves_the_rule_out():
    rule = placed_pdf([(100, 100, "________________________________")])
    assert ink(rule, 1, (100, 95, 250, 118)) < INK
    assert ink(placed_pdf([(100, 100, "written words here")]), 1, (100, 95, 190, 118)) > INK
    assert ink(rule, 1, (700, 900, 800, 950)) == 0.0


def test_impossible_dates_are_reported_as_printed():
    for typed, iso in (("02/28/2028", "2028-02-28"), ("02/30/2025", "2025-02-30")):
        found = parties(memorandum({**LEA, "Date": typed}))["lea_signed"]
        assert (found.value, found.note) == (iso, "impossible-date")


def test_on_paper_one_reading_must_fit_the_other_side():
    near = parties(memorandum({**LEA, "Date": "2-19-25"}, image=True))["lea_signed"]
    assert near.value == "2025-02-19"
    far = parties(memorandum({**LEA, "Date": "2-19-12"}, image=True))["lea_signed"]
    assert (far.state, far.value) == ("unreadable", None)


def test_two_readings_that_disagree_give_no_date():
    memo = memorandum(image=True)
    other = {
        2: page(block({**LEA, "Date": "02/24/2025"}, ICE), number=2, image=True, reading="ocr")
    }
    found = parties(memo, lambda numbers: {n: other[n] for n in numbers if n in other})
    assert (found["lea_signed"].value, found["lea_signed"].note) == (None, "readings-disagree")
    assert found["ice_signed"].value == "2025-02-27"


def test_a_second_look_is_asked_for_image_pages_only():
    asked = []
    parties(memorandum(), lambda numbers: asked.append(numbers) or {})
    assert asked == []
    parties(memorandum(image=True), lambda numbers: asked.append(numbers) or {})
    assert {n for numbers in asked for n in numbers} == {1, 2}


@pytest.mark.parametrize(
    ("subject", "party"),
    [
        ("Jane Doe, People, ICE, Department of Homeland Security, U.S. Government", "ice"),
        ("Jane Doe", "lea"),
    ],
)
def test_a_live_signature_outweighs_the_typed_date(subject, party):
    live = DigitalSignature("Signature1", "Jane Doe", "2025-03-03T10:00:00-05:00", subject=subject)
    found = parties(memorandum(), signatures=(live,))
    assert (found[f"{party}_signed"].value, found[f"{party}_signed"].note) == (
        "2025-03-03",
        "digital-signature",
    )
    other = {"ice": "lea", "lea": "ice"}[party]
    assert found[f"{other}_signed"].note is None


def test_a_live_signature_names_a_signatory_who_is_not_printed():
    ice = {key: value for key, value in ICE.items() if key != "Name"}
    live = DigitalSignature("S", "JOHN ROE", "2025-03-03T10:00:00-05:00", subject="U.S. Government")
    found = parties(memorandum(ice=ice), signatures=(live,))["ice_signatory"]
    assert (found.value, found.note) == ("John Roe", "digital-signature")


def test_form_fields_stand_where_their_boxes_are():
    lea = {key: value for key, value in LEA.items() if key not in ("Date", "Name")}
    fields = [
        FormField("Date", "text", "03/05/2025", 1, 110, 318, 240, 340),
        FormField("Name", "text", "Jane Q. Doe", 1, 110, 374, 240, 396),
    ]
    found = parties(document([page(block(lea, ICE))], fields))
    assert values(found, "lea_signed", "lea_signatory") == ("2025-03-05", "Jane Q. Doe")


# The agency's name


def test_the_name_may_stand_off_its_line():
    rows = [
        (72, 120, "a component of the Department of Homeland Security (DHS), and the"),
        (72, 132, "______________ , hereinafter the law enforcement agency (LEA)"),
        (80, 128, "Sample Police Dept"),
    ]
    rows[1] = (200, 132, ", hereinafter the law enforcement agency (LEA)")
    assert parties(document([page(rows)]))["lea_name"].value == "Sample Police Dept"


def test_a_misread_name_is_mended_by_the_running_foot():
    pages = [
        page(
            [
                *first("Sanple Couty Shoriff's 0ffice"),
                (72, 760, "Sample County Sheriff's Office  1"),
            ]
        )
    ]
    pages += [page([(72, 760, f"Sample County Sheriff's Office  {n}")]) for n in range(2, 6)]
    found = parties(document(pages))["lea_name"]
    assert (found.value, found.note) == ("Sample County Sheriff's Office", "cross-checked")


def test_the_foot_does_not_replace_another_name():
    pages = [page([*first("Sample Police Department (SPD)"), (72, 760, "City of Sample  1")])]
    pages += [page([(72, 760, f"City of Sample  {n}")]) for n in range(2, 6)]
    assert parties(document(pages))["lea_name"].value == "Sample Police Department (SPD)"


@pytest.mark.parametrize("image", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "Town of Ponce Inlet",
        "Indian River County Sheriff's Office",
        "Alabaster Police Department",
        "DESOTO COUNTY SHERIFF'S OFFICE",
        "Doña Ana County Sheriff's Office",
        "Harris County Constable Precinct 4",
        "Seminole Tribe of Florida",
        "Department of Wildlife & Fisheries",
    ],
)
def test_names_of_places_are_no_misread_words(name, image):
    assert parties(document([page(first(name), image=image)]))["lea_name"].value == name


def test_a_typed_name_stands_against_the_foot_of_a_neighbours_form():
    pages = [
        page([*first("Lea County Sheriff's Office"), (72, 760, "Bea County Sheriff's Office")])
    ]
    pages += [page([(72, 760, "Bea County Sheriff's Office")]) for _ in range(4)]
    assert parties(document(pages))["lea_name"].value == "Lea County Sheriff's Office"


def test_an_acronym_in_place_of_the_county_is_written_out():
    rest = [
        page([(72, 200, "notice to the Sample County Sheriff's Office shall be given")])
        for _ in range(3)
    ]
    memo = document([page(first("SCSO County Sheriffs Office (SCSO)")), *rest])
    assert parties(memo)["lea_name"].value == "Sample County Sheriff's Office (SCSO)"


def test_without_a_first_page_the_name_is_unknown():
    assert parties(document([page([(72, 100, "nothing here")])]))["lea_name"].state == "unreadable"


# The place of ICE's lawyers


def opla(filled, y=212.0):
    return document(
        [
            page(
                [
                    (
                        72,
                        200,
                        "personnel who wish to submit a request shall notify the local ICE",
                    ),
                    (72, 212, "Office of the Principal Legal Advisor (OPLA) field location at"),
                    (400, y, filled),
                    (72, 224, ". OPLA, through its headquarters, will assist LEA personnel"),
                ]
            )
        ]
    )


def test_the_office_keeps_its_address_but_no_telephone():
    found = opla_location(opla("1 Main St, Sample, TX (Phone: 407-555-0100)"))
    assert found.value == "1 Main St, Sample, TX"
    assert opla_location(opla("Sample, TX", y=208)).value == "Sample, TX"


@pytest.mark.parametrize("filled", ["____________", "(to be completed by ICE)", "ADDRESS"])
def test_an_empty_office_is_blank(filled):
    found = opla_location(opla(filled))
    assert (found.state, found.value, found.note) == ("absent", None, "blank")


def test_no_sentence_no_answer():
    assert opla_location(document([page([(72, 200, "other words")])])).state == "unreadable"


# Contacts


def contact(*rows):
    placed = [(72, 100, "The points of contact for purposes of this MOA are:")]
    placed += [(72, 112 + 12 * at, row) for at, row in enumerate(rows)]
    return lea_contact(document([page(placed)]))


def test_contacts_are_names_and_titles_only():
    found = contact(
        "For the LEA: Jane Q. Doe",
        "Chief of Police",
        "407-555-0100 ext 12",
        "12 Elm Street, Sample, FL 32000",
        "jane.doe@example.org",
        "For ICE: Department of Homeland Security",
    )
    assert found.value == found.quote == "Jane Q. Doe, Chief of Police"


def test_an_empty_contact_is_blank():
    assert contact("For the LEA: ____________", "For DHS: Field Office").note == "blank"


def test_the_other_side_ends_the_contact_even_misread():
    assert contact("For the LEA: Sheriff", "For DI-IS: Field Office Director").value == "Sheriff"


@pytest.mark.parametrize(
    "text",
    [
        "407-555-0100",
        "(407) 555-0100",
        "{407) 555-0100",
        "407.555.0100",
        "4075550100",
        "407-555-0136 ext. 12",
        "jane.doe@example.org",
        "jane . doe@example . org",
        "12 Elm Street",
        "12 E State Road 7",
        "P.O. Box 12",
        "80 Sample Parkway",
        "100 10thStreetWest",
        "45SampleElmBlvd.",
    ],
)
def test_scrub_takes_out_how_to_reach_people(text):
    kept = scrub(f"Jane Doe {text}")
    assert kept.startswith("Jane Doe")
    assert not any(
        part in kept
        for part in (
            "0100",
            "@example",
            "555",
            "0136",
            "Elm",
            "Road",
            "Box",
            "Park",
            "10th",
            "45Sample",
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "28 C.F.R. § 50.15",
        "section 287(g)",
        "02/12/2025",
        "48 hours",
        "every three years",
        "8 U.S.C. § 1357(g)",
    ],
)
def test_scrub_leaves_the_law_alone(text):
    assert scrub(text) == text


@given(st.from_regex(r"[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}", fullmatch=True))
def test_no_written_number_survives(number):
    assert number[-4:] not in scrub(f"Sheriff {number}, Sample")


# Whole or not


def whole(count, start=1):
    pages = [page([*first("Sample Police"), (300, 750, str(start))])]
    pages += [
        page([(72, 200, "text"), (300, 750, str(n))]) for n in range(start + 1, start + count - 1)
    ]
    last = [
        (72, 100, "APPENDIX C"),
        (72, 120, "The points of contact for coordinating such activities are:"),
    ]
    return [*pages, page([*last, (300, 750, str(start + count - 1))])]


def test_a_whole_agreement_is_complete():
    assert complete(document(whole(6)), 3).value is True


def test_a_page_left_out_shows_in_the_printed_numbers():
    pages = whole(6)
    found = complete(document([*pages[:2], *pages[3:]]), 3)
    assert (found.value, found.note) == (False, "pages-missing")


def test_no_signature_page_no_last_appendix():
    assert complete(document(whole(6)), None).value is False
    assert complete(document(whole(6)[:-1]), 3).value is False


def test_an_unread_page_may_hold_what_is_missing():
    pages = whole(6)[:-1]
    blind = page([(72, 100, "noise")])
    blind = type(blind)(6, 612, 792, blind.lines, "none", True, 0.0, False)
    found = complete(document([*pages, blind]), 3)
    assert (found.state, found.value) == ("unreadable", None)
