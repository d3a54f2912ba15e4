"""Model, revision and generation from content; an unknown form stays unknown."""

from __future__ import annotations

import datetime as dt

import pytest

from moa.lines import document, page
from reportkit.moa import generations, prints, template
from reportkit.moa.flow import flow
from reportkit.moa.search import text
from reportkit.moa.values import Document, Page, Template

TITLE = ["MEMORANDUM OF AGREEMENT", "287(g) Task Force Model", ""]
WORDS = (
    "alder", "birch", "cedar", "dogwood", "elder", "fir", "ginkgo", "hazel", "ivy", "juniper",
    "katsura", "larch", "maple", "nutmeg", "oak",
)  # fmt: skip


def told(paper: Document) -> Template:
    return template.template(paper, flow(paper))


def is_one_of(paper: Document, form: Template) -> bool:
    return template.is_memorandum(paper, flow(paper), form)


def body(number: int, other: bool = False) -> list[str]:
    """Lines that differ from page to page, in the place of a form's standard text."""
    words = [word[::-1] if other else word for word in WORDS]
    return [
        " ".join(words[(number * 7 + row * 3 + at * (5 + row)) % 15] for at in range(11))
        for row in range(30)
    ]


def made(feet: list[str], *, other: bool = False, title: list[str] = TITLE) -> Document:
    """A scanned agreement with a mark, one page for each foot."""
    marks = ["VI. RESOLUTION OF LOCAL CHARGES", *body(99, other)]
    texts = [title + body(0, other), marks, *(body(n, other) for n in range(2, len(feet)))]
    return document(
        page(n, t, f, image=True) for n, (t, f) in enumerate(zip(texts, feet, strict=True), 1)
    )


def feet(date: str, pages: int = 6) -> list[str]:
    return [f"Office {n} Revised {date}" for n in range(1, pages + 1)]


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch):
    """The made text takes the place of the standard texts."""
    own = prints.prints(text(flow(made(feet("03/07/2025")))).folded)
    held = {item.text: frozenset({1, 2}) for item in generations.generations().values()}
    monkeypatch.setattr(prints, "fingerprints", lambda: held | {"tfm-2025": own})


def test_a_known_form_is_recognised():
    assert told(made(feet("03/07/2025"))) == Template(
        "TFM", "tfm-2025-03-07", "2025-03-07", 1, "287(g) Task Force Model"
    )


def test_noise_in_some_feet_does_not_change_the_revision():
    noisy = [
        "Office 1 Revlsed03/07/2025", "Rev1sed 0310712025", "3 Revised 03/07/2026",
        "Office 4 Reviscd 03/0712025", "Revised 03l07/2025 5", "Office 6",
    ]  # fmt: skip
    assert told(made(noisy)).revision == "2025-03-07"


def test_a_short_date_is_read_though_the_page_number_follows():
    short = [f"Office Rev2/14/25{n}" for n in range(1, 7)]
    assert told(made(short)).revision == "2025-02-14"


def test_feet_that_disagree_give_no_revision():
    torn = [*feet("03/07/2025", 3), *feet("02/12/2025", 3)]
    assert told(made(torn)).revision is None


def test_a_newer_printed_date_is_an_unknown_generation():
    newer = told(made(feet("01/15/2026")))
    assert (newer.model, newer.revision, newer.generation) == ("TFM", "2026-01-15", None)


def test_another_text_under_a_known_date_is_an_unknown_generation():
    mixed = made(feet("03/07/2025"))
    other = made(feet("03/07/2025"), other=True)
    pages = [*mixed.pages[:3], *other.pages[3:]]
    found = told(document(pages))
    assert (found.model, found.revision, found.generation) == ("TFM", "2025-03-07", None)


def test_a_text_without_the_marks_is_an_unknown_generation():
    bare = made(feet("03/07/2025"))
    rows = bare.pages[1].lines[1:]
    second = page(2, [row.text for row in rows[:-1]], rows[-1].text, image=True)
    found = told(document([bare.pages[0], second, *bare.pages[2:]]))
    assert (found.model, found.generation) == ("TFM", None)


def test_another_document_has_no_model():
    letter = ["Dear members,", "the 287(g) Task Force Model is discussed on Friday.", *WORDS]
    assert told(document([page(1, letter)])) == Template(None, None, None, None, None)
    assert told(document([])) == Template(None, None, None, None, None)


@pytest.mark.parametrize(
    ("foot", "revision"),
    [
        ("Revised 12/05/2025", "2025-12-05"),
        ("Revised: 1/5/2026", "2026-01-05"),
        ("Rev. 10/31/25", "2025-10-31"),
        ("Rev1sed 0211212025", "2025-02-12"),
        ("Reviewed 12/05/2025", None),
        ("Rev. 2026-01-15", None),
    ],
)
def test_dates_of_later_forms_are_read_as_printed(foot: str, revision: str | None):
    printed = made([f"Office {n} {foot}" for n in range(1, 7)])
    assert told(printed).revision == revision


def held(item: Document) -> tuple[range, ...]:
    return template.agreements_in(flow(item), len(item.pages))


def renumbered(*pages: Page) -> Document:
    return document(
        page(n, [row.text for row in item.lines[:-1]], item.lines[-1].text)
        for n, item in enumerate(pages, 1)
    )


def test_two_agreements_in_one_file():
    one = made(feet("03/07/2025"), title=[*TITLE, "I. PURPOSE", ""])
    assert held(one) == (range(1, 7),)
    assert held(renumbered(*one.pages, *one.pages)) == (range(1, 7), range(7, 13))


def test_a_title_without_a_first_section_begins_no_agreement():
    one = made(feet("03/07/2025"), title=[*TITLE, "I. PURPOSE", ""])
    signing = made(feet("03/07/2025"))
    assert held(renumbered(*one.pages, signing.pages[0])) == (range(1, 8),)


SUBJECT = "with U.S. Immigration and Customs Enforcement under section 287(g)"


@pytest.mark.parametrize(
    ("lines", "is_one"),
    [
        (["MEMORANDUM OF AGREEMENT", "", SUBJECT], True),
        (["MEMORANDUM OF AGREEMENT", "", "on the water works of both towns"], False),
        (["Dear Sheriff,", "the memorandum of agreement", SUBJECT], False),
    ],
)
def test_another_document_is_told_by_title_and_subject(lines: list[str], is_one: bool):
    made_of = document([page(1, [*lines, *WORDS])])
    assert is_one_of(made_of, told(made_of)) is is_one


def test_a_document_with_a_page_unread_may_be_a_memorandum():
    made_of = document([page(1, ["Dear Sheriff,"]), page(2, [], readable=False)])
    assert is_one_of(made_of, told(made_of))


def test_a_known_form_needs_no_title():
    untitled = made(feet("03/07/2025"), title=["287(g) Task Force Model"])
    assert is_one_of(untitled, told(untitled))


@pytest.mark.parametrize(
    ("model", "signed", "expected"),
    [
        ("TFM", "2025-02-14", ("tfm-2025-02-12",)),
        ("TFM", "2025-04-01", ("tfm-2025-02-12", "tfm-2025-03-07")),
        ("TFM", "2025-06-18", ("tfm-2025-03-07",)),
        ("TFM", "2026-01-15", ()),
        ("WSO", "2019-06-01", ("wso-2019",)),
        ("WSO", "2022-06-01", ()),
        ("JEM", "2020-07-15", ("jem-2020-07",)),
        ("JEM", "2025-02-24", ("jem-2025-02-15",)),
    ],
)
def test_generations_that_a_signing_date_implies(
    model: str, signed: str, expected: tuple[str, ...]
):
    assert generations.implied(model, dt.date.fromisoformat(signed)) == expected
