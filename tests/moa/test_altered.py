"""Twenty alterations of real memoranda, re-typeset and scanned, and the labelled files themselves."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from moa.alter import TWENTY, scan, spliced, text_of, touched, typeset
from reportkit.moa.consensus import Standard, standard
from reportkit.moa.deviations import deviations
from reportkit.moa.generations import generations
from reportkit.moa.ocr import Recogniser, available
from reportkit.moa.read import read
from reportkit.moa.template import template
from reportkit.moa.values import Document

pytestmark = pytest.mark.corpus

FILES = 12
"""Files from which each standard is derived here, the digital ones first."""
SCANNED = ("48 to 72 hours", "not struck", "paragraph added")
"""Alterations that are scanned here; the benchmark scans all."""


@pytest.fixture(scope="session")
def read_files(corpus: Path) -> dict[Path, Document]:
    """The documents of the corpus without recognition."""
    return {path: read(path) for path in sorted((corpus / "moa").rglob("*.pdf"))}


@pytest.fixture(scope="session")
def groups(read_files) -> dict[str, list[Document]]:
    """Documents whose pages were all read, by standard text; digital ones first."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in read_files.values():
        form = template(document).generation
        if form and sum(page.readable for page in document.pages) >= len(document.pages) - 1:
            found[generations()[form].text].append(document)
    return {
        name: sorted(items, key=lambda item: (_pictures(item), item.sha256))
        for name, items in found.items()
    }


@pytest.fixture(scope="session")
def forms(groups) -> dict[str, Standard]:
    made = {name: standard(name, items[:FILES]) for name, items in groups.items()}
    return {name: item for name, item in made.items() if item is not None}


@pytest.fixture(scope="session")
def digital(groups, forms) -> list[tuple[Document, Standard]]:
    """Digital files of several generations with their standards."""
    found = [
        [(item, forms[name]) for item in groups[name] if _pictures(item) == 0][:3]
        for name in sorted(forms)
    ]
    turns = [turn for place in range(3) for turn in (row[place : place + 1] for row in found)]
    return [entry for turn in turns for entry in turn]


def _pictures(document: Document) -> int:
    return sum(page.image for page in document.pages)


def _altered(name: str, digital):
    """The first digital file, from a place of its own for each alteration, that it fits."""
    start = list(TWENTY).index(name)
    for turn in range(len(digital)):
        document, form = digital[(start + turn) % len(digital)]
        before = text_of(document)
        try:
            after = TWENTY[name](before)
        except IndexError:
            continue
        if after != before:
            return before, after, form
    raise AssertionError(f"{name} fits no file")


def test_several_generations_are_compared(digital):
    assert len({form.generation for _, form in digital}) >= 2


def test_retypeset_copies_have_none(digital, tmp_path):
    for document, form in digital:
        assert deviations(read(typeset(text_of(document), tmp_path / "copy.pdf")), form) == ()


@pytest.mark.parametrize("name", TWENTY)
def test_an_alteration_is_found_where_it_is(name, digital, tmp_path):
    before, after, form = _altered(name, digital)
    found = deviations(read(typeset(after, tmp_path / "copy.pdf")), form)
    assert found
    pages = touched(before, after)
    assert all(abs(item.page - page) <= 1 for item in found for page in pages)


@pytest.mark.skipif(not available(), reason="needs the extra ocr")
@pytest.mark.parametrize("name", SCANNED)
def test_an_alteration_is_found_in_a_scan_and_nothing_without_it(name, digital, tmp_path):
    before, after, form = _altered(name, digital)
    reader = Recogniser(tmp_path)
    for text, expected in ((after, True), (before, False)):
        whole = typeset(text, tmp_path / f"{expected}.pdf")
        numbers = touched(before, after)
        pages = read(scan(whole, numbers, tmp_path / f"{expected}-scan.pdf"), reader).pages
        assert all(page.reading == "ocr" for page in pages)
        found = deviations(spliced(read(whole), pages, numbers), form)
        assert bool(found) is expected, found


def test_labelled_files_that_were_read_have_what_the_labels_say(corpus, read_files, forms):
    labels = map(json.loads, (corpus.parent / "labels" / "moa-dev.jsonl").read_text().splitlines())
    by_hash = {document.sha256: document for document in read_files.values()}
    extra, compared = [], 0
    for label in labels:
        document = by_hash[label["sha256"]]
        form = template(document).generation
        text = generations()[form].text if form else ""
        if text in forms and sum(page.readable for page in document.pages) > 0:
            compared += 1
            if not label["alterations"]:
                extra += deviations(document, forms[text])
    assert compared >= 15
    # One file has another officer's title than the form, which the labels do not list.
    assert len(extra) <= 1, extra
