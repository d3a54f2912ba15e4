"""Template and terms on the real memoranda, against labels that were read by eye."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from moa.test_terms import LABELLED
from reportkit.moa.derive import documents_in, standards
from reportkit.moa.flow import flow
from reportkit.moa.template import agreements_in, template
from reportkit.moa.terms import terms
from reportkit.moa.values import Document

pytestmark = pytest.mark.corpus

DATA = Path(__file__).parents[2] / "src" / "reportkit" / "moa" / "data"
STATES = {True: "present", False: "absent", None: "unreadable"}


@pytest.fixture(scope="module")
def documents(corpus: Path) -> tuple[Document, ...]:
    """The memoranda of the corpus, read without recognition."""
    return tuple(documents_in(corpus / "moa"))


@pytest.fixture(scope="module")
def labels(corpus: Path) -> dict[str, dict[str, object]]:
    rows = (corpus.parent / "labels" / "moa-dev.jsonl").read_text("utf-8").splitlines()
    return {str(row["sha256"]): row for row in map(json.loads, rows)}


def test_the_facts_on_standard_forms_are_what_files_yield(documents: tuple[Document, ...]):
    prints, facts = standards(documents)
    assert json.loads((DATA / "standard.json").read_text("utf-8")) == facts
    assert json.loads((DATA / "fingerprints.json").read_text("utf-8")) == prints


def test_model_and_revision_of_labelled_files(
    documents: tuple[Document, ...], labels: dict[str, dict[str, object]]
):
    wrong, given = [], 0
    for document in documents:
        if label := labels.get(document.sha256):
            found = template(document, flow(document))
            whole = all(page.readable for page in document.pages)
            given += found.generation is not None
            if found.model != label["model"] and (found.model or whole):
                wrong.append((document.name, found.model))
            if found.revision != label["template_revision"] and (found.revision or whole):
                wrong.append((document.name, found.revision))
    assert (wrong, given >= 18) == ([], True)


def test_labelled_clauses(documents: tuple[Document, ...], labels: dict[str, dict[str, object]]):
    wrong, unread, digital = [], 0, 0
    for document in documents:
        label = labels.get(document.sha256)
        if label is None:
            continue
        found = terms(document, flow(document), template(document, flow(document)))
        for term in LABELLED:
            state, wanted = found[term].state, STATES[label[term]]  # type: ignore[index]
            if state not in (wanted, "unreadable"):
                wrong.append((document.name, term, state))
            if not label["scanned"] and all(page.readable for page in document.pages):
                digital += 1
                unread += state != wanted
    assert wrong == []
    assert digital >= 60
    assert unread <= 0.02 * digital


def test_every_file_holds_one_agreement(documents: tuple[Document, ...]):
    read = [item for item in documents if all(page.readable for page in item.pages)]
    assert {len(agreements_in(flow(item), len(item.pages))) for item in read} == {1}
