"""Pages of memoranda are checked: against the store, and against the PDF where it is on hand."""

import json
from dataclasses import replace

import pytest
from pypdf import PdfWriter

from findings import papers
from reportkit.production import produce
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import Verifier


def pdf(path, pages):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    path.parent.mkdir(exist_ok=True)
    writer.write(path)
    return path


def made(folder, records):
    store = papers.store(folder / "store", records)
    path, *_ = produce(papers.PLACE, formats=["json"], out=folder / "out", store=store.folder)
    return store, path


@pytest.fixture
def brief(tmp_path):
    return made(tmp_path, papers.memoranda())


def changed(path, change):
    data = json.loads(path.read_text("utf-8"))
    change(next(item for item in data["evidence"] if item["locator"]["kind"] == "page"))
    path.write_text(json.dumps(data), "utf-8")


def test_an_untouched_brief_holds_without_the_files(brief):
    store, path = brief
    report = Verifier(store, SourceFiles([])).verify(path)
    assert report.problems == []
    assert (report.memoranda, report.memoranda_on_hand, report.reopened) == (4, 0, 0)
    assert report.sources == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda item: item["locator"].update(value="12"), "has no page 12, only 11"),
        (lambda item: item.update(sha256="0" * 64), "no memorandum of this hash"),
    ],
)
def test_a_page_that_is_not_there_is_told(brief, change, told):
    store, path = brief
    changed(path, change)
    assert any(told in text for text in Verifier(store, SourceFiles([])).verify(path).problems)


@pytest.mark.parametrize("pages", [11, 10])
def test_the_pages_of_a_file_on_hand_are_counted_again(tmp_path, pages):
    file = pdf(tmp_path / "pdf" / "any.pdf", pages)
    sources = SourceFiles([file.parent])
    (digest,) = sources.hashes
    first, *rest = papers.memoranda()
    store, path = made(tmp_path, [replace(first, sha256=digest), *rest])
    report = Verifier(store, sources).verify(path)
    assert report.memoranda_on_hand == 1
    if pages == 11:
        assert report.problems == []
        assert report.reopened > 10
    else:
        assert report.problems
        assert all("the file has 10 pages, the store says 11" in text for text in report.problems)


def test_a_file_that_is_no_pdf_is_told(tmp_path):
    file = tmp_path / "pdf" / "any.pdf"
    file.parent.mkdir()
    file.write_bytes(b"<html>blocked</html>")
    sources = SourceFiles([file.parent])
    (digest,) = sources.hashes
    first, *rest = papers.memoranda()
    store, path = made(tmp_path, [replace(first, sha256=digest), *rest])
    problems = Verifier(store, sources).verify(path).problems
    assert problems
    assert all("any.pdf: no readable PDF" in text for text in problems)
