"""Deviations from a standard text: made documents here, altered copies of the corpus at the end."""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.moa.consensus import FEWEST, Standard, standard, standards
from reportkit.moa.deviation_report import Compared, deviation_report
from reportkit.moa.deviations import deviations, lost_pages
from reportkit.moa.values import Document, Line, Page, Word

AGENCIES = ["Ash County", "Birch City Police", "Cedar Falls Town", "Dogwood County", "Elm City"]
PAGES = [
    """MEMORANDUM OF AGREEMENT
    This agreement is made between the federal agency and the @ under the law of the state.
    The county shall report every arrest to the field office within 48 hours of the arrest.
    The county may not detain any person after the release that a judge has ordered in writing.
    Officers who take part must pass the training and the examination before they receive authority.
    Each officer must complete the course and keep all records of the training for three years.
    The federal agency will pay for the training and the materials that the officers need there.""",
    """The agency will review the program every year and will publish the results of the review.
    A complaint about an officer must be resolved within 90 days of the day it was received.
    The parties may end this agreement upon notice of 30 days given in writing to the other party.
    Neither party may transfer the duties under this agreement to any other agency or person.
    Information obtained under this agreement is under the control of the federal agency alone.
    Nothing in this agreement limits the duty of the county under the public records law.""",
]


def page(number: int, text: str, *, image: bool = False) -> Page:
    """A page of lines, each word as wide as its letters."""
    rows = []
    for index, row in enumerate(text.split("\n")):
        at, words = 72.0, []
        for word in row.split():
            words.append(Word(word, at, 80 + 14 * index, at + 5 * len(word), 90 + 14 * index))
            at += 5 * len(word) + 3
        if words:
            rows.append(Line(tuple(words)))
    reading = "ocr" if image else "text"
    return Page(number, 612, 792, tuple(rows), reading, image, 0.97, True)


def document(agency: str, pages: list[str] = PAGES, *, image: bool = False) -> Document:
    """A memorandum of that agency."""
    made = tuple(page(n, text.replace("@", agency), image=image) for n, text in enumerate(pages, 1))
    digest = sha256(repr((agency, pages, image)).encode()).hexdigest()
    return Document(digest, f"{agency}.pdf", made)


@pytest.fixture(scope="module")
def form() -> Standard:
    found = standard("form", [document(agency) for agency in AGENCIES])
    assert found is not None
    return found


def altered(old: str, new: str) -> list[str]:
    assert sum(text.count(old) for text in PAGES) == 1
    return [text.replace(old, new) for text in PAGES]


def told(found):
    return [(item.kind, item.page, item.standard, item.words) for item in found]


def test_the_standard_is_what_the_files_share_and_a_slot_for_the_agency(form):
    text = " ".join(word.text or "_" for word in form.words)
    assert "agency and the _ under the law" in text
    assert len(form.words) == sum(len(p.replace("@", "x").split()) for p in PAGES)
    assert sum(not word.text for word in form.words) == 1


def test_the_order_of_the_files_does_not_matter_and_json_gives_the_same_back(form):
    files = [document(agency) for agency in AGENCIES]
    random.Random(3).shuffle(files)
    again = standard("form", [*files, files[0]])
    assert again is not None
    assert again.to_json() == form.to_json()
    assert Standard.from_json(form.to_json()) == form


def test_fewer_files_than_needed_give_no_standard():
    files = [document(agency) for agency in AGENCIES[: FEWEST - 1]]
    assert standard("form", files) is None
    assert standards([(file, "form") for file in files]) == {}


def test_json_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="not a standard text"):
        Standard.from_json('{"generation": "x"}')


@pytest.mark.parametrize("image", [False, True])
@pytest.mark.parametrize("agency", [*AGENCIES, "Office of the Sheriff of Fir County, Oregon"])
def test_a_file_that_only_fills_in_the_form_has_none(form, agency, image):
    assert deviations(document(agency, image=image), form) == ()


@pytest.mark.parametrize("image", [False, True])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("within 48 hours", "within 72 hours", ("changed", 1, "48", "72")),
        ("county shall report", "county may report", ("changed", 1, "shall", "may")),
        ("agency will review", "agency will not review", ("added", 2, "", "not")),
        ("may not detain", "may detain", ("struck", 1, "not", "")),
        ("within 90 days", "within 180 days", ("changed", 2, "90", "180")),
    ],
)
def test_one_word_is_found(form, old, new, expected, image):
    found = deviations(document("Gum City", altered(old, new), image=image), form)
    assert told(found) == [expected]


@pytest.mark.parametrize("image", [False, True])
def test_a_struck_and_an_added_sentence_are_found(form, image):
    sentence = PAGES[1].split("\n")[1].strip()
    extra = "The county keeps any person for as long as the sheriff wants that person to stay."
    found = deviations(document("Gum City", altered(sentence, ""), image=image), form)
    assert told(found) == [("struck", 2, sentence, "")]
    found = deviations(
        document("Gum City", altered(sentence, f"{sentence}\n{extra}"), image=image), form
    )
    assert [(item.kind, item.page) for item in found] == [("added", 2)]
    assert "as long as the sheriff wants" in found[0].words


def test_what_a_scanner_makes_of_words_is_none(form):
    pages = list(PAGES)
    for old, new in [
        ("federal agency and", "federaI agency and"), ("within 48", "within 4S"),
        ("training and the", "trainingand the"), ("complete the course", "comp lete the course"),
        ("every year and", "every ycar and"), ("Information", "Infonnation"),
    ]:  # fmt: skip
        pages = [text.replace(old, new, 1) for text in pages]
    assert pages != PAGES
    assert deviations(document("Gum City", pages, image=True), form) == ()


def test_words_run_together_hide_no_change(form):
    row = PAGES[0].split("\n")[2].strip()
    merged = row.replace("48", "72").replace(" ", "")
    found = deviations(document("Gum City", altered(row, merged), image=True), form)
    assert [(item.kind, item.standard, item.words) for item in found] == [("changed", "48", "72")]


def test_a_paragraph_in_another_place_was_moved(form):
    rows = PAGES[0].split("\n")
    rows[2], rows[5] = rows[5], rows[2]
    found = deviations(document("Gum City", ["\n".join(rows), PAGES[1]]), form)
    assert {item.kind for item in found} & {"moved"}


def test_a_reading_that_several_files_share_is_an_edition(form):
    pages = altered("must be resolved within 90 days", "must be resolved within 60 days")
    files = [document(agency) for agency in AGENCIES]
    shared = [document(agency, pages) for agency in ("Gum City", "Holly County", "Ivy Town")]
    both = standard("form", [*files, *shared])
    assert both is not None
    assert deviations(shared[0], both) == ()
    assert told(deviations(shared[0], form)) == [("changed", 2, "90", "60")]


def test_a_page_that_is_not_there_or_unread_is_no_deviation():
    long = [PAGES[0] + "\n" + PAGES[1].replace("agreement", "compact"), PAGES[1] + "\n" + PAGES[0]]
    form = standard("form", [document(agency, long) for agency in AGENCIES])
    assert form is not None
    short = document("Gum City", long[:1])
    assert deviations(short, form) == ()
    assert [(item.kind, item.words) for item in lost_pages(short, form)] == [("page", "")]
    whole = document("Gum City", long)
    blank = replace(whole.pages[1], lines=(), reading="none", readable=False)
    unread = replace(whole, pages=(whole.pages[0], blank))
    assert deviations(unread, form) == ()
    assert lost_pages(unread, form) == ()


def placed(*rows: tuple[float, float, str]) -> tuple[Line, ...]:
    """Lines at given places: left edge, top and text."""
    return tuple(
        Line(
            tuple(
                Word(word, x + 40 * at, y, x + 40 * at + 5 * len(word), y + 10)
                for at, word in enumerate(text.split())
            )
        )
        for x, y, text in rows
    )


LABELS = ("Date:", "Signature:", "Title:")
CLOSING = (72.0, 200.0, "to the fullest extent allowed by law.")


def signed(*rows: tuple[float, float, str], labels: tuple[str, ...] = LABELS) -> Document:
    """A memorandum whose second page ends with signatures and the rows given."""
    made = document("Gum City")
    block = [(72.0, 240.0, "For the LEA: For ICE:")]
    block += [(72.0, 260 + 25.0 * at, label) for at, label in enumerate(labels)]
    lines = (*made.pages[1].lines, *placed(CLOSING, *block, *rows))
    return replace(made, pages=(made.pages[0], replace(made.pages[1], lines=lines)))


@pytest.fixture(scope="module")
def signed_form() -> Standard:
    pages = [PAGES[0], PAGES[1] + "\n" + CLOSING[2]]
    found = standard("form", [document(agency, pages) for agency in AGENCIES])
    assert found is not None
    return found


@pytest.mark.parametrize(
    "rows",
    [
        (),
        # A name by hand and two further lines of the office, within 60 points of the last label.
        ((72.0, 332.0, "Sean B. Ash"), (300.0, 340.0, "Enforcement"), (300.0, 369.0, "Security")),
        ((300.0, 720.0, "Revised 02/12/2025"),),
        ((90.0, 450.0, "___________"),),
    ],
)
def test_the_block_of_signatures_as_the_form_has_it_is_none(signed_form, rows):
    assert deviations(signed(*rows), signed_form) == ()


@pytest.mark.parametrize("labels", [LABELS, ("Date:", "Signature:", "Name:", "Title:", "Agency:")])
def test_writing_well_below_the_block_is_an_addition(signed_form, labels):
    below = 260.0 + 25 * (len(labels) - 1) + 75
    found = deviations(signed((100.0, below, "20 7/410r"), labels=labels), signed_form)
    assert told(found) == [("added", 2, "", "20 7/410r")]


def test_many_lines_between_do_not_hide_what_stands_below_the_block(signed_form):
    noise = [(300.0, 320.0 + 15 * at, "~") for at in range(6)]
    found = deviations(signed(*noise, (100.0, 405.0, "Seen by counsel")), signed_form)
    assert told(found) == [("added", 2, "", "Seen by counsel")]


@pytest.mark.parametrize(
    "words", ["APPROVED AS TO FORM:", "APPROVEDASTOFORMANDLEGALITY", "CIYY ATTORNEY", "Attest:"]
)
def test_a_stamp_close_to_the_signatures_is_told_by_its_words(signed_form, words):
    found = deviations(signed((72.0, 330.0, words)), signed_form)
    assert told(found) == [("added", 2, "", words)]


def test_a_second_signatory_in_the_same_column_is_an_addition(signed_form):
    rows = [(72.0, 345.0, "Date:"), (72.0, 370.0, "Signature:"), (72.0, 395.0, "Title: Mayor")]
    found = deviations(signed(*rows), signed_form)
    assert told(found) == [("added", 2, "", "Date: / Signature: / Title: Mayor")]


def test_a_line_that_stands_on_all_pages_is_none_below_the_signatures(signed_form):
    made = signed((90.0, 620.0, "Gum City Police"))
    more = [
        replace(
            made.pages[1], number=number, lines=placed((90.0, 620.0, f"Gum City Police {number}"))
        )
        for number in (3, 4, 5)
    ]
    assert [item.page for item in deviations(made, signed_form)] == [2]
    whole = replace(made, pages=(*made.pages, *more))
    assert [item.page for item in deviations(whole, signed_form)] == [3]


@pytest.mark.parametrize("image", [False, True])
def test_the_agencys_name_set_in_once_more_is_a_fill_in(form, image):
    row = "The parties may end this agreement"
    pages = altered(row, f"Gum City Department\n{row}")
    assert deviations(document("Gum City Department", pages, image=image), form) == ()
    assert deviations(document("Fir Town", pages, image=image), form) != ()


def test_no_entry_holds_a_number_or_an_address_of_a_person(form):
    row = "Neither party may transfer the duties"
    for added, expected in [
        ("Call the sheriff at 305-555-0188 whenever any person is ill.", "Call the sheriff at"),
        ("Write to a.person@example.gov about any person in the facility.", "about any person"),
        ("Bring all records to 12 Main Street within the week for review.", "within the week"),
    ]:
        (entry,) = deviations(document("Gum City", altered(row, f"{added}\n{row}")), form)
        assert entry.kind == "added"
        assert expected in entry.words
        assert not {"305-555-0188", "a.person@example.gov", "Main"} & set(entry.words.split())
    only = altered(row, f"Office: 305-555-0188 Cell: 305-555-0199\n{row}")
    assert deviations(document("Gum City", only), form) == ()


def test_a_number_changed_for_another_is_told_without_either():
    pages = [PAGES[0], PAGES[1] + "\nCall the federal agency at 888-555-0100 to complain."]
    form = standard("form", [document(agency, pages) for agency in AGENCIES])
    assert form is not None
    own = [pages[0], pages[1].replace("888-555-0100", "877-555-0133")]
    assert told(deviations(document("Gum City", own), form)) == [("changed", 2, "…", "…")]


@pytest.mark.parametrize("image", [False, True])
def test_words_that_are_in_no_list_are_found_where_they_stand_for_others(form, image):
    found = deviations(
        document("Gum City", altered("a judge", "a quartermaster"), image=image), form
    )
    assert told(found) == [("changed", 1, "judge", "quartermaster")]


def test_a_garbled_word_is_no_other_word(form):
    found = document("Gum City", altered("a judge", "a jugdo"), image=True)
    assert deviations(found, form) == ()


def test_signs_that_recognition_made_words_of_are_not_missed(form):
    pages = [PAGES[0], PAGES[1].replace("public records law", "public ss records law")]
    read = standard("form", [document(agency, pages) for agency in AGENCIES])
    assert read is not None
    assert deviations(document("Gum City"), read) == ()


def test_a_lost_page_with_fill_ins_is_told_and_its_words_are_not_struck():
    long = [
        PAGES[0] + "\n" + PAGES[1].replace("agreement", "compact"),
        "COMPLAINTS\nThis part binds the federal agency and the @ from now on.\n"
        + PAGES[1] + "\n" + PAGES[0].replace("every arrest", "each stop"),
        "CONTACTS\nBoth parties name one officer each who speaks for them in public.",
    ]  # fmt: skip
    form = standard("form", [document(agency, long) for agency in AGENCIES])
    assert form is not None
    whole = document("Gum City", long)
    short = replace(whole, pages=(whole.pages[0], replace(whole.pages[2], number=2)))
    assert deviations(whole, form) == lost_pages(whole, form) == ()
    assert deviations(short, form) == ()
    (lost,) = lost_pages(short, form)
    assert (lost.kind, lost.page, lost.words) == ("page", 1, "")
    assert "This part binds" in lost.standard


def test_the_report_names_each_file_once_and_no_number_of_a_person(form):
    extra = "Call the sheriff at 305-555-0188 whenever the officers want to detain any person."
    sentence = PAGES[1].split("\n")[1].strip()
    own = document("Gum City", altered(sentence, f"{sentence}\n{extra}"))
    held = [Compared(own, "form"), Compared(document("Ash County"), "form"),
            Compared(document("Holly County"), None)]  # fmt: skip
    text = deviation_report(held, {"form": form})
    assert "2 of 3 memoranda compared; 1 differ" in text
    assert text.count("Gum City.pdf") == text.count("Holly County.pdf") == 1
    assert "Call the sheriff" in text
    assert "555-0188" not in text


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(AGENCIES), st.integers(0, 5), st.integers(0, 1))
def test_striking_any_line_is_told_on_its_page(agency, row, number):
    form = standard("form", [document(name) for name in AGENCIES])
    assert form is not None
    rows = PAGES[number].split("\n")
    if "@" in rows[row] or row >= len(rows) - 1:
        return
    struck = rows.pop(row).strip()
    pages = [*PAGES]
    pages[number] = "\n".join(rows)
    found = deviations(document(agency, pages), form)
    assert [item.kind for item in found] == ["struck"]
    assert found[0].standard == struck


def test_a_clause_in_the_place_of_a_fill_in_is_an_addition(form):
    clause = "@, which shall keep any person until the sheriff agrees, and also"
    found = deviations(document("Gum City", altered("the @ under", f"the {clause} under")), form)
    assert [(item.kind, item.page) for item in found] == [("added", 1)]
    assert "shall keep any person" in found[0].words
