"""Reading: words, lines, views, fonts that name no characters, form fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moa.make_pdf import (
    appearance,
    field,
    form,
    pages,
    show,
    show_unnamed,
    unnamed_font,
)
from reportkit.moa.encodings import SHIFTS, decoded, shift_of, shifts, unshift
from reportkit.moa.glyphs import Glyphs, View
from reportkit.moa.layout import lines, once, words
from reportkit.moa.pool import each
from reportkit.moa.read import ranges, read
from reportkit.moa.values import Document, Word

PROSE = (
    "The agency shall provide the officers with a copy of this agreement before the training",
    "and each party may end it at any time with written notice to the other party.",
)


def chars(text: str, left: float = 0.0, top: float = 0.0) -> list[tuple[str, float, ...]]:
    return [
        (char, left + 6.0 * at, top, left + 6.0 * at + 6.0, top + 12.0)
        for at, char in enumerate(text)
    ]


def texts(document: Document, number: int = 1) -> list[str]:
    return [line.text for line in document.pages[number - 1].lines]


@pytest.fixture
def made(tmp_path: Path):
    def write(data: bytes) -> Document:
        path = tmp_path / "made.pdf"
        path.write_bytes(data)
        return read(path)

    return write


# --- words and lines -------------------------------------------------------------------------


def test_a_blank_is_a_word_of_its_own_where_letters_touch_it():
    assert [word.text for word in words(chars("Date:____Name"))] == ["Date:", "____", "Name"]


def test_one_underscore_stays_in_its_word():
    assert [word.text for word in words(chars("first_last"))] == ["first_last"]


def test_letters_of_one_ligature_share_a_box_and_a_word():
    sheriff = [*chars("Sheri"), ("f", 30.0, 0.0, 40.0, 12.0), ("f", 30.0, 0.0, 40.0, 12.0)]
    assert [word.text for word in words(sheriff)] == ["Sheriff"]


def test_a_step_back_and_a_wide_gap_part_words():
    assert [w.text for w in words([*chars("ab"), *chars("cd", left=-4.0)])] == ["ab", "cd"]
    assert [w.text for w in words([*chars("ab"), *chars("cd", left=16.0)])] == ["ab", "cd"]


def test_what_stands_over_a_blank_takes_its_place_on_its_line():
    blank = Word("_" * 20, 100, 100, 200, 112)
    typed = Word("Harlingen", 120, 94, 170, 106)
    above = Word("above", 120, 86, 160, 98)
    label = Word("at", 80, 100, 95, 112)
    found = [line.text for line in lines([above, label, blank, typed])]
    assert found == ["above", "at ____ Harlingen ______"]


def test_a_stroke_that_a_scanner_read_as_dashes_is_a_blank():
    stroke = Word("-" * 14, 352, 493.6, 523, 494.9)
    label = Word("Date:", 322, 483.5, 346, 494.3)
    value = Word("February", 354, 469.2, 404, 483.8, filled=True)
    assert lines([label, stroke, value])[0].text.startswith("Date: February")


def test_lines_of_a_page_scanned_askew_stay_apart():
    slope = 0.03
    askew = [
        Word(f"{row}.{at}", 12.0 * at, 14.0 * row + slope * 12 * at, 12.0 * at + 10, 0)
        for row in range(4)
        for at in range(40)
    ]
    askew = [Word(w.text, w.x0, w.y0, w.x1, w.y0 + 12) for w in askew]
    found = [{word.text.split(".")[0] for word in line.words} for line in lines(askew)]
    assert found == [{"0"}, {"1"}, {"2"}, {"3"}]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 700)), max_size=40))
def test_lines_lose_and_double_no_word(places: list[tuple[int, int]]):
    given_words = [Word(str(at), x, y, x + 9, y + 10) for at, (x, y) in enumerate(places)]
    found = [word.text for line in lines(given_words) for word in line.words]
    assert sorted(found) == sorted(word.text for word in given_words)


def test_text_set_twice_in_one_place_counts_once():
    one = Word("Revised", 10, 10, 60, 22)
    assert once([one, Word("Revised", 10.5, 10, 60.5, 22), Word("Revised", 10, 40, 60, 52)]) == [
        one,
        Word("Revised", 10, 40, 60, 52),
    ]


@pytest.mark.parametrize(
    ("numbers", "text"), [([1], "1"), ([1, 2, 3, 7], "1–3, 7"), ([2, 4, 5], "2, 4–5"), ([], "")]
)
def test_ranges(numbers: list[int], text: str):
    assert ranges(numbers) == text


# --- views -----------------------------------------------------------------------------------


@pytest.mark.parametrize("turns", range(4))
def test_a_turned_page_is_read_as_it_is_seen(made, turns: int):
    # Text is drawn so that the page's turn makes it upright.
    across = {
        0: b"1 0 0 1 100 700",
        1: b"0 1 -1 0 100 100",
        2: b"-1 0 0 -1 512 100",
        3: b"0 -1 1 0 500 692",
    }[turns]
    body = b"BT /F1 12 Tf %s Tm (first line of words) Tj 0 -20 Td (second line) Tj ET" % across
    document = made(pages([body], page_entries=b"/Rotate %d" % (90 * turns)))
    page = document.pages[0]
    assert (page.width, page.height) == ((792, 612) if turns % 2 else (612, 792))
    assert texts(document) == ["first line of words", "second line"]
    assert page.lines[0].x0 == pytest.approx(100, abs=1)


def test_a_page_laid_in_sideways_is_turned_upright(made):
    document = made(pages([show("first line", 72, 700)], page_entries=b"/Rotate 90"))
    assert texts(document) == ["first line"]
    assert (document.pages[0].width, document.pages[0].height) == (612, 792)


def test_positions_count_from_the_crop_box_and_text_outside_it_is_not_seen(made):
    content = show("inside", 100, 700) + show("outside", 20, 20)
    document = made(pages([content], page_entries=b"/CropBox[50 50 562 742]"))
    assert texts(document) == ["inside"]
    assert document.pages[0].lines[0].x0 == pytest.approx(50, abs=1)


@given(st.integers(0, 3), st.floats(0, 500), st.floats(0, 500), st.floats(1, 90), st.floats(1, 90))
def test_a_view_keeps_the_size_of_boxes(turns: int, x: float, y: float, w: float, h: float):
    x0, y0, x1, y1 = View(0, 0, 612, 792, turns).box(x, y, x + w, y + h)
    assert (x1 - x0, y1 - y0) == pytest.approx((h, w) if turns % 2 else (w, h), abs=1e-6)


# --- fonts that name no characters -----------------------------------------------------------

letters = st.characters(min_codepoint=33, max_codepoint=126)


@given(st.sampled_from(SHIFTS), st.text(letters | st.just(" ")))
def test_shifting_then_unshifting_gives_the_text_back(shift: int, text: str):
    assert unshift("".join(chr(ord(char) - shift) for char in text), shift) == text


@given(st.text(letters, min_size=1))
def test_text_whose_font_names_it_is_never_touched(text: str):
    page = Glyphs(chars(text), {})
    assert decoded(page, shifts([page])) == page.chars


@pytest.mark.parametrize("shift", SHIFTS)
@pytest.mark.parametrize(
    "text", ["Name: ____________", "For the LEA:", "Caleb Vitello Acting Director", *PROSE]
)
def test_the_shift_is_found_from_few_words(shift: int, text: str):
    assert shift_of("".join(chr(ord(char) - shift) for char in text)) == shift


@pytest.mark.parametrize("text", ["", "{|}~{|}", "q1w2;e3"])
def test_no_shift_is_invented_where_none_makes_sense(text: str):
    assert shift_of(text) == 0


@pytest.mark.parametrize("shift", [29, 31])
def test_only_the_font_that_names_nothing_is_decoded(made, shift: int):
    content = show("1DPH stays as it is", 72, 620) + show("Signed: ", 72, 600)
    data = pages(
        [content + show_unnamed("Rick Bush, Sheriff ____", shift, 130, 600)],
        extra=unnamed_font(),
    ).replace(b"/F1 3 0 R>>", b"/F1 3 0 R/U1 1100 0 R>>")
    assert texts(made(data)) == ["1DPH stays as it is", "Signed: Rick Bush, Sheriff ____"]


# --- form fields -----------------------------------------------------------------------------

SENTENCE = (
    show("The line above it stands here and there and is long enough", 72, 614)
    + show("represents ____________________ in the agreement", 72, 600)
    + show("The line below it stands here and there and is long enough", 72, 586)
)
BOX = (130, 595, 260, 612)


@pytest.mark.parametrize("with_appearance", [True, False])
def test_a_field_stands_in_place_of_the_blank_it_fills(made, with_appearance: bool):
    entries = b"/AP<</N 1005 0 R>>" if with_appearance else b""
    extra = {1005: appearance(show("Davie Police", 2, 4), 130, 17)}
    document = made(form(SENTENCE, [field("agency", "Davie Police", BOX, entries)], extra))
    assert texts(document)[1] == "represents Davie Police __________ in the agreement"
    assert [w.text for line in document.pages[0].lines for w in line.words if w.filled] == [
        "Davie",
        "Police",
    ]
    assert [(item.name, item.value, item.shown) for item in document.fields] == [
        ("agency", "Davie Police", True)
    ]
    assert document.notes == ()


def test_a_value_that_is_in_the_text_as_well_is_there_once(made):
    content = SENTENCE + show("Davie Police", 132, 600)
    extra = {1005: appearance(show("Davie Police", 4, 5, 10), 130, 17)}
    widget = field("agency", "Davie Police", BOX, b"/AP<</N 1005 0 R>>")
    assert made(form(content, [widget], extra)).pages[0].text.count("Davie") == 1


@pytest.mark.parametrize(
    "entries", [b"/F 2", b"/AP<</N 1005 0 R>>/F 4"], ids=["hidden", "nothing drawn"]
)
def test_a_field_that_the_page_does_not_show_is_no_text(made, entries: bytes):
    extra = {1005: appearance(b"/Tx BMC EMC", 130, 17)}
    document = made(form(SENTENCE, [field("agency", "Davie Police", BOX, entries)], extra))
    assert "Davie" not in document.pages[0].text
    assert [(item.value, item.shown) for item in document.fields] == [("Davie Police", False)]
    assert document.notes == (("moa.note.hidden_fields", {"pages": "1", "count": 1}),)


def test_a_field_that_a_typed_note_covers_is_not_shown(made):
    extra = {
        1005: appearance(show("Acting Director", 2, 4), 130, 17),
        1006: appearance(show("Chief of Police", 2, 4), 130, 17),
    }
    note = (
        b"<</Type/Annot/Subtype/FreeText/Rect[130 595 260 612]/F 4/Contents(Chief of Police)"
        b"/DA(/F1 12 Tf)/AP<</N 1006 0 R>>>>"
    )
    widget = field("title", "Acting Director", BOX, b"/AP<</N 1005 0 R>>")
    document = made(form(SENTENCE, [widget, note], extra))
    assert "Chief of Police" in document.pages[0].text
    assert "Director" not in document.pages[0].text
    assert [item.shown for item in document.fields] == [False]


def test_a_script_in_a_field_is_said_and_not_run(made):
    entries = b"/AA<</C<</S/JavaScript/JS(event.value = 'changed')>>>>"
    document = made(form(SENTENCE, [field("agency", "Davie Police", BOX, entries)]))
    assert [item.value for item in document.fields] == ["Davie Police"]
    assert document.notes == (("moa.note.scripts", {"fields": 1}),)
    assert "changed" not in document.pages[0].text


# --- the corpus ------------------------------------------------------------------------------


@pytest.mark.corpus
def test_every_memorandum_of_the_corpus_is_read(corpus: Path):
    found = dict(each(read, sorted((corpus / "moa").rglob("*.pdf"))))
    assert len(found) >= 122
    assert all(isinstance(document, Document) for document in found.values())
    # Signs of letters that stayed shifted by 29: "Name", "Title", "Date", "Signature".
    words_read = {
        word.text for d in found.values() for p in d.pages for row in p.lines for word in row.words
    }
    assert not {"1DPH", "7LWOH", "'DWH", "6LJQDWXUH", "BBBB"} & words_read
