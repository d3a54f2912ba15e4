"""Parties of labelled memoranda whose pages are text, so that no recognition is needed."""

from __future__ import annotations

import os

import pytest

from moa.scorecard import labels, path_of, same
from reportkit.moa.addenda import addendum
from reportkit.moa.parties import parties
from reportkit.moa.read import read

pytestmark = pytest.mark.corpus

EVERY = (
    "lea_name",
    "ice_signatory",
    "ice_signed",
    "opla_location",
    "lea_contact",
    "complete",
    "addendum",
)
SURE = ("lea_signed", "lea_signatory")


@pytest.fixture(scope="module")
def found():
    """Label and what was read, of the files that are text."""
    if not os.environ.get("REPORTKIT_CORPUS"):
        pytest.skip("REPORTKIT_CORPUS is not set; set it to the folder of public records")
    pairs = []
    for label in labels():
        document = None if label["scanned"] else read(path_of(label))
        if document and not any(page.image for page in document.pages):
            data = path_of(label).read_bytes()
            pairs.append((label, parties(document, data=data) | addendum(document)))
    return pairs


@pytest.mark.parametrize("name", EVERY)
def test_every_labelled_value_is_given_and_right(found, name):
    known = [(label, read) for label, read in found if label[name] is not None]
    assert len(known) >= 3
    wrong = [label["key"] for label, read in known if not same(name, label[name], read[name].value)]
    assert wrong == []


@pytest.mark.parametrize("name", SURE)
def test_what_is_given_is_right(found, name):
    given = [(label, read) for label, read in found if label[name] and read[name].value]
    assert len(given) >= 3
    wrong = [label["key"] for label, read in given if not same(name, label[name], read[name].value)]
    assert wrong == []
