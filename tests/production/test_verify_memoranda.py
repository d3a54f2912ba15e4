"""Pages of memoranda are checked: against the store, and against the PDF where it is on hand."""

import json
from dataclasses import replace

import pytest

from findings import papers
from moa.make_pdf import pages, show
from reportkit.moa.memorandum import study
from reportkit.moa.values import Deviation
from reportkit.production import produce
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import Verifier
from reportkit.store.memoranda import record, without_words

FILE = "LeeCoFL_JEM_MOA_02.20.2025.pdf"
FIRST = [
    "MEMORANDUM OF AGREEMENT",
    "287(g) Jail Enforcement Model",
    "between ICE and the Lee County Sheriff's Office, pursuant to which",
    "the agency nominates deputies, who are trained before they act.",
]
QUOTED = "Deputies act in the jail alone, and on no street of the county."
SECOND = [
    "APPENDIX A",
    "Deputies may administer oaths and take evidence, and may act to issue immigration detainers.",
    QUOTED,
]


def paper(folder, *sheets):
    """A memorandum as PDF, one list of lines a page."""
    folder.mkdir(exist_ok=True)
    drawn = [
        b"".join(show(text, 72, 700 - 20 * at) for at, text in enumerate(lines)) for lines in sheets
    ]
    (folder / FILE).write_bytes(pages(drawn))
    return folder / FILE


def made(folder, records):
    store = papers.store(folder / "store", records)
    path, *_ = produce(papers.PLACE, formats=["json"], out=folder / "out", store=store.folder)
    return store, path


@pytest.fixture
def brief(tmp_path):
    return made(tmp_path, papers.memoranda())


@pytest.fixture
def file(tmp_path):
    return paper(tmp_path / "pdf", FIRST, SECOND)


@pytest.fixture
def held(file):
    """What a store holds of the file, with a departure whose words are quoted."""
    departure = Deviation("added", 2, "V", "", QUOTED)
    return replace(record(study(file), "test"), compared=True, deviations=(departure,))


def said(item, name, **others):
    """The same, where the store holds something else on one point."""
    return replace(item, found={**item.found, name: replace(item.found[name], **others)})


def checked(tmp_path, item, folder):
    _, *rest = papers.memoranda()
    store, path = made(tmp_path, [item, *rest])
    return Verifier(store, SourceFiles([folder])).verify(path)


def changed(path, change):
    data = json.loads(path.read_text("utf-8"))
    change(next(item for item in data["evidence"] if item["locator"]["kind"] == "page"))
    path.write_text(json.dumps(data), "utf-8")


def test_an_untouched_brief_holds_without_the_files(brief):
    store, path = brief
    report = Verifier(store, SourceFiles([])).verify(path)
    assert report.problems == []
    assert (report.memoranda.cited, report.memoranda.on_hand, report.reopened) == (4, 0, 0)
    assert report.lists.cited == 1
    assert set(report.claims.values()) == {"recomputed", "not on hand"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda item: item["locator"].update(value="12"), "has no page 12, only 11"),
        (lambda item: item["locator"].update(value="0"), "schema: evidence"),
        (lambda item: item.update(sha256="0" * 64), "no memorandum of this hash"),
    ],
)
def test_a_page_that_is_not_there_is_told(brief, change, told):
    store, path = brief
    changed(path, change)
    assert any(told in text for text in Verifier(store, SourceFiles([])).verify(path).problems)


@pytest.mark.parametrize("strip", [lambda item: item, without_words])
def test_pages_and_quoted_words_are_read_again(tmp_path, file, held, strip):
    report = checked(tmp_path, strip(held), file.parent)
    assert report.problems == []
    assert report.memoranda.on_hand == 1
    assert report.claims[next(name for name in report.claims if "deviation" in name)] == "reopened"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda item: replace(item, pages=3), "the file has 2 pages, the store says 3"),
        (
            lambda item: replace(
                item, deviations=(Deviation("added", 2, "V", "", "On any road."),)
            ),
            "page 2 of the file says otherwise: the words that the store quotes are not on it",
        ),
        (
            lambda item: said(item, "issue_detainers", quote="any officer may ask"),
            "page 2 of the file says otherwise: issue_detainers is True on page 2, the store says",
        ),
        (
            lambda item: said(item, "issue_detainers", value=None, state="absent", page=None),
            "page 2 of the file says otherwise: issue_detainers is True on page 2, the store says",
        ),
        (
            lambda item: said(item, "transport", value=True, state="present", page=2),
            "page 2 of the file says otherwise: transport is unreadable, the store says True on page 2",
        ),
    ],
)
def test_what_the_file_says_otherwise_is_told_with_its_page(tmp_path, file, held, change, told):
    report = checked(tmp_path, change(held), file.parent)
    assert any(told in text for text in report.problems), report.problems
    assert "differs" in report.claims.values()


def test_a_page_that_is_a_scan_is_not_reopened(tmp_path, held):
    first = b"".join(show(text, 72, 700 - 20 * at) for at, text in enumerate(FIRST))
    scanned = tmp_path / "scanned"
    scanned.mkdir()
    (scanned / FILE).write_bytes(pages([first, b"72 72 400 600 re f\n"]))
    (digest,) = SourceFiles([scanned]).hashes
    report = checked(tmp_path, replace(held, sha256=digest), scanned)
    assert report.problems == []
    assert report.unread >= 1
    name = next(name for name in report.claims if "deviation" in name)
    assert report.claims[name] == "not on hand"


def test_a_file_that_is_no_memorandum_is_told(tmp_path, held):
    file = tmp_path / "pdf" / "any.pdf"
    file.write_bytes(b"<html>blocked</html>")
    (file.parent / FILE).unlink()
    (digest,) = SourceFiles([file.parent]).hashes
    report = checked(tmp_path, replace(held, sha256=digest), file.parent)
    assert report.problems
    assert all("any.pdf: is a web page, not a PDF" in text for text in report.problems)
