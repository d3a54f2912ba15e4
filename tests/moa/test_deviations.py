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
