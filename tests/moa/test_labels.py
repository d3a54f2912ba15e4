"""What is read without recognition against what people read off the page images."""

from __future__ import annotations

import pytest

from moa.scorecard import CLAUSES, labels, path_of, score
from reportkit.moa.collection import collect
from reportkit.moa.memorandum import as_json

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def scores(corpus, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTKIT_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setattr("reportkit.moa.collection.available", lambda: False)
        held = list(labels())
        found = collect([path_of(label) for label in held])
    assert found.failures == ()
    outputs = {item.document.sha256: as_json(item) for item in found.memoranda}
    return score((label, outputs[label["sha256"]]) for label in held)


def test_nothing_is_read_wrong(scores):
    wrong = {
        (name, key): (truth, value)
        for (name, _), item in scores.items()
        for key, truth, value in item.wrong
    }
    # The contact of this file stands in a form field, which the label's reader did not see.
    assert wrong.pop(("lea_contact", "01e96ca382c2")) == (None, "Chattahoochee Police Dept")
    assert wrong == {}


@pytest.mark.parametrize("name", ["model", "addendum", "template_revision", "lea_name"])
def test_digital_files_are_read_whole(scores, name):
    item = scores[name, "digital"]
    assert item.given == item.labelled


def test_clauses_of_digital_files(scores):
    unread = sum(len(scores[name, "digital"].missing) for name in CLAUSES)
    # The picture of a signature page holds back a few; recognised, it holds back none.
    assert unread <= 0.04 * sum(scores[name, "digital"].labelled for name in CLAUSES)
