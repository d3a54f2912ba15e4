"""Addenda: found, dated, described."""

from __future__ import annotations

from moa.make import document, page
from reportkit.moa.addenda import addendum

REVIEW = '"ICE reserves the right to conduct an internal review of this MOA every three years".'


def agreement():
    end = [
        (72, 100, "APPENDIX C"),
        (72, 120, "The points of contact for coordinating such activities are:"),
    ]
    return [page([(72, 90, "MEMORANDUM OF AGREEMENT")]), page(end)]


def added(text=REVIEW, lea="Date: 6/22/2020", ice="Date: 2020.06.23 16:32:19", image=False):
    return page(
        [
            (150, 80, "ADDENDUM TO MODIFY MEMORANDUM OF AGREEMENT"),
            (72, 110, "the agreement that was effective on June 8, 2020"),
            (72, 130, "The following language shall be added to Section VIII."),
            (72, 150, text),
            (
                72,
                180,
                "By signing this addendum, each party is bound to the fullest extent allowed by law.",
            ),
            (72, 220, ice),
            (320, 220, lea),
            (72, 260, "John Roe"),
            (320, 260, "Jane Doe"),
            (72, 272, "Assistant Director"),
            (320, 272, "Sheriff"),
            (72, 284, "U.S. Immigration and Customs Enforcement"),
        ],
        image=image,
    )


def test_subject_and_the_later_date():
    found = addendum(document([*agreement(), added()]))
    assert (found["addendum"].value, found["addendum"].page) == (True, 3)
    assert found["addendum_signed"].value == "2020-06-23"
    subject = found["addendum_subject"]
    assert (
        subject.value
        == "adds ICE's right to an internal review of the MOA every three years (section VIII)"
    )
    assert subject.note == "three_year_review"


def test_only_ices_date_may_stand_alone():
    ice = addendum(document([*agreement(), added(lea="Date: zz", image=True)]))["addendum_signed"]
    assert (ice.value, ice.note) == ("2020-06-23", "other-side-unread")
    lea = addendum(document([*agreement(), added(ice="Date: zz", image=True)]))["addendum_signed"]
    assert (lea.state, lea.value) == ("unreadable", None)


def test_other_additions_are_named_in_general():
    found = addendum(document([*agreement(), added("Reports are due monthly.")]))[
        "addendum_subject"
    ]
    assert (found.value, found.note) == ("adds language to the MOA (section VIII)", "added")


def test_no_addendum():
    found = addendum(document(agreement()))
    assert (found["addendum"].state, found["addendum"].value) == ("absent", False)
    assert found["addendum_signed"].state == found["addendum_subject"].state == "absent"


def test_a_page_that_was_not_read_may_be_one():
    blind = page([(72, 100, "x")])
    blind = type(blind)(3, 612, 792, blind.lines, "none", True, 0.0, False)
    found = addendum(document([*agreement(), blind]))
    assert (found["addendum"].state, found["addendum"].value) == ("unreadable", None)


def test_an_unread_page_inside_the_agreement_is_none():
    first, last = agreement()
    blind = type(first)(2, 612, 792, first.lines, "none", True, 0.0, False)
    assert addendum(document([first, blind, last]))["addendum"].value is False
