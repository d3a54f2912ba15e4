"""Corrections, identities and jurisdictions: one that does not fit is refused."""

from __future__ import annotations

import pytest

from reportkit.errors import InputError
from reportkit.library import records
from reportkit.library.facts import data_text
from reportkit.library.records import load_records

HELD = load_records()


@pytest.fixture
def changed(monkeypatch):
    """Load the records with something else in the jurisdictions."""

    def load(old: str, new: str):
        text = data_text("jurisdictions")
        assert old in text
        others = {name: data_text(name) for name in ("corrections", "identities")}
        texts = {**others, "jurisdictions": text.replace(old, new, 1)}
        monkeypatch.setattr(records, "data_text", texts.__getitem__)
        return load_records.__wrapped__()

    return load


def test_the_files_are_identified_together(changed):
    assert changed("scope:", "scope: ").sha256 != HELD.sha256
    assert changed("scope:", "scope:") == HELD


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("scope:", "scop:", "record 1: scope: "),
        ("- state:", "- agency:", "no valid YAML; correct it: agency: the field is there twice"),
        ("- state:", "- 7\n- state:", "record 1: it has no fields"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_by_file_record_and_field(changed, old, new, told):
    with pytest.raises(InputError) as refused:
        changed(old, new)
    (line,) = str(refused.value).splitlines()
    assert line.startswith("library/data/jurisdictions.yaml")
    assert told in line
