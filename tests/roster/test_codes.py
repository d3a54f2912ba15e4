"""Closed code lists: every form that ICE has printed, and nothing else."""

from __future__ import annotations

import pytest

from reportkit.errors import ListError
from reportkit.roster import arrange
from reportkit.roster.codes import code_list, is_missing
from roster.make import list_file, row

KNOWN = [
    ("model", "Jail Enforcement Model", "JEM"),
    ("model", "Jail Enforcement Model ", "JEM"),
    ("model", "jail  enforcement\nmodel", "JEM"),
    ("model", "Jail Enforcment Model", "JEM"),
    ("model", "Task Force Model", "TFM"),
    ("model", "TASK FORCE MODEL", "TFM"),
    ("model", "Task Force Officer", "TFM"),
    ("model", "Warrant Service Officer", "WSO"),
    ("model", "Warrant Services Officer", "WSO"),
    ("model", "Warrant Service Office", "WSO"),
    ("type", "County ", "County"),
    ("type", "Municipality ", "Municipality"),
    ("type", "Muncipality ", "Municipality"),
    ("type", "State Agency", "State Agency"),
    ("type", "State", "State Agency"),
    ("state", "LOUISIANA ", "LA"),
    ("state", "NEW HAMPSHIRE ", "NH"),
    ("state", "MISSOURI ", "MO"),
    ("state", "Georgia", "GA"),
    ("state", "UTAh", "UT"),
    ("state", "UTAHJ", "UT"),
    ("state", "PENNSLYVANIA", "PA"),
    ("state", "WEST VIRIGINIA", "WV"),
    ("state", "WEST VIRGINA", "WV"),
    ("state", "MCHIGAN", "MI"),
    ("state", "GUAM", "GU"),
    ("state", "NORTHERN MARIANA ISLANDS", "MP"),
    ("state", "COMMONWEALTH OF THE NORTHERN MARIANA ISLANDS", "MP"),
    ("state", "DISTRICT OF COLUMBIA", "DC"),
    # One letter or two from one code only.
    ("state", "MISSISIPPI", "MS"),
    ("state", "TENNESEE", "TN"),
    ("state", "NORTH CAROLINIA", "NC"),
    ("model", "Task Force Modell", "TFM"),
    ("type", "Conuty", "County"),
]

UNKNOWN = [
    ("model", "Hybrid Model"),
    ("model", "TFM"),
    ("model", "Jail"),
    ("type", "Federal"),
    ("type", "Agency"),
    ("state", "TX"),
    ("state", "OHOI"),  # too short to guess
    ("state", "AKANSAS"),  # Kansas or Arkansas
    ("state", "SORTH DAKOTA"),  # North or South
    ("state", "VIRGINIA WEST"),
    ("state", "NEW"),
    ("state", "ALBERTA"),
]


@pytest.mark.parametrize(("field", "printed", "code"), KNOWN)
def test_known_forms(field, printed, code):
    assert code_list(field).encode(printed, "") == code


@pytest.mark.parametrize("field", ["model", "type", "state"])
@pytest.mark.parametrize("printed", ["", " ", "#N/A", "#NA", "N/A", "n/a "])
def test_marks_for_no_value(field, printed):
    assert code_list(field).encode(printed, "") is None
    assert is_missing(printed)


@pytest.mark.parametrize(("field", "printed"), UNKNOWN)
def test_unknown_values_stop(field, printed):
    with pytest.raises(ListError, match=r"some\.xlsx row 7") as caught:
        code_list(field).encode(printed, "some.xlsx row 7")
    assert repr(printed) in str(caught.value)


@pytest.mark.parametrize(("field", "count"), [("model", 3), ("type", 3), ("state", 56)])
def test_every_label_is_its_own_code(field, count):
    held = code_list(field)
    assert len(held.labels) == count
    assert [held.encode(label, "") for label in held.labels.values()] == list(held.labels)
    assert all(held.is_exact(label) for label in held.labels.values())
    assert not any(held.is_exact(printed) for printed in held.fixes)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (row("B", state="ATLANTIS"), r"row 3: state 'ATLANTIS'"),
        (row("B", model="Robot Model"), r"row 3: model 'Robot Model'"),
        (row("B", type="Galaxy"), r"row 3: type 'Galaxy'"),
        (row("B", state="#N/A"), r"row 3: no state"),
        (row("B", model="N/A"), r"row 3: no model"),
    ],
)
def test_a_list_with_an_unknown_value_is_set_apart_with_file_and_row(bad, says):
    good = list_file("participatingAgencies07092025pm.xlsx", [row("A")])
    wrong = list_file("participatingAgencies07112025pm.xlsx", [row("A"), bad])
    found = arrange([good, wrong])
    assert [item.file for item in found.participating] == [good]
    (note,) = [note for note in found.notes if note.verdict == "quarantined"]
    assert note.name == wrong.name
    assert f"{wrong.name} {says}" in note.reason


def test_a_pending_list_may_lack_the_model():
    pending = list_file("pendingAgencies07092025pm.xlsx", [row("A", model="")], "pending")
    assert [item.file for item in arrange([pending]).pending] == [pending]
