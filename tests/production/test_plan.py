"""What stands is left; each change leads to just the making, and the reason, that it should."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from production.records import DAY, EARLIER, FILES, JOB, LATER, STANDING, MemoryOutputs, record
from reportkit.places import Gazetteer
from reportkit.production import plan
from reportkit.production.job import Outcome, Task
from reportkit.production.plan import Plan
from reportkit.production.record import NAME, inputs

LEE = Gazetteer.load().place("12071")
HOME = "fl/lee-county"
FOLDER = f"{HOME}/{DAY}"
CODE = "reportkit or a library that draws is another version"
GONE, EDITED = "brief.html is gone", "brief.json was changed since"
MOVED = {**STANDING, "a1": {"about": "A Sheriff (TFM)", "status": "ended"}}
TOLD = "A Sheriff (TFM): status was listed, is ended"


def decide(outputs, job=JOB, now=STANDING, again=False, newest=DAY):
    """The decision on Lee County where the store's newest list is of a day and says so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "as_of_date", lambda day, store: dt.date.fromisoformat(day or newest))
        patch.setattr(plan, "standing", lambda place, national: now)
        patch.setattr(Plan, "_national", None)
        (decided,) = Plan(job, outputs, None, again=again).decide([LEE])
    return decided


def filled(**changed):
    outputs = MemoryOutputs()
    made = record(**changed)
    outputs.put(f"{HOME}/{made.as_of}", FILES, made)
    return outputs


def current(day=DAY):
    why = (f"the edition of {day} stands",)
    return Outcome("12071", "current", f"{HOME}/{day}", why)


def sign(outputs):
    outputs.files[FOLDER, "sign-off.json"] = b"[]", 2


def delete(outputs):
    del outputs.files[FOLDER, "brief.html"]


def truncate(outputs):
    outputs.files[FOLDER, "brief.json"] = b"{", 1


def edit(outputs):
    outputs.files[FOLDER, "brief.json"] = b"[]", 2


def touch(outputs):
    outputs.files[FOLDER, "brief.json"] = FILES["brief.json"], 2


DAMAGE = {delete: GONE, truncate: EDITED, edit: EDITED}
CHANGES = {
    "code": CODE,
    "notebook_sha256": "the notebook changed",
    "formats": "it has no pdf yet",
}
VALUES = {"code": "d" * 64, "notebook_sha256": "e" * 64, "formats": ("pdf",)}


def test_nothing_there():
    assert decide(MemoryOutputs()) == Task("12071", ("not made yet",))


def test_nothing_changed():
    assert decide(filled()) == current()
    assert decide(filled(), replace(JOB, formats=("json",))) == current()


def test_another_language_lies_beside_and_is_made_for_itself():
    spanish = replace(JOB, lang="es")
    assert decide(filled(), spanish) == Task("12071", ("not made yet",))
    outputs = filled()
    outputs.put(f"{FOLDER}/es", FILES, record())
    why = ("it is in another language than es",)
    assert decide(outputs, spanish) == Task("12071", why, ("html", "json"))


def test_what_others_put_beside_a_brief_is_no_change():
    outputs = filled()
    sign(outputs)
    assert decide(outputs) == current()
    del outputs.files[FOLDER, NAME]
    assert decide(outputs) == Task("12071", ("not made yet",), ("html", "json"))


def test_again():
    assert decide(filled(), again=True) == Task("12071", ("asked for again",), ("html", "json"))


def test_a_file_that_was_written_again_with_the_same_bytes_stands():
    outputs = filled()
    touch(outputs)
    assert decide(outputs) == current()


@given(
    st.sets(st.sampled_from(sorted(CHANGES))),
    st.none() | st.sampled_from(list(DAMAGE)),
    st.booleans(),
)
def test_each_change_of_what_it_was_made_with_is_a_reason_and_nothing_else_is(
    changed, damage, again
):
    outputs = filled()
    reasons = ["asked for again"] if again else []
    reasons += [CHANGES[name] for name in CHANGES if name in changed]
    if damage:
        damage(outputs)
        reasons.append(DAMAGE[damage])
    decided = decide(outputs, replace(JOB, **{name: VALUES[name] for name in changed}), again=again)
    if reasons:
        # One format may be asked for: those that are there are made with it.
        assert decided == Task("12071", tuple(reasons), ("html", "json"))
    else:
        assert decided == current()


@given(st.booleans(), st.booleans(), st.booleans(), st.sampled_from([DAY, EARLIER]))
def test_another_store(touches, fixed, later, made_for):
    """With a day, what the store now says of it decides; without, whether it concerns the place."""
    newest = LATER if later else DAY
    job = replace(JOB, store_sha256="6" * 64, as_of=made_for if fixed else None)
    decided = decide(filled(as_of=made_for), job, MOVED if touches else STANDING, newest=newest)
    if fixed or made_for == newest:
        why = (TOLD,) if touches else (plan._ELSEWHERE,)
        assert decided == Task("12071", why, ("html", "json"), unless="r1")
    elif touches:
        assert decided == Task("12071", (TOLD,))
    else:
        assert decided == current(made_for)


@pytest.mark.parametrize("data", [b"", b"{}", b"{", b"[1]", b"\xff"])
def test_a_damaged_record_is_none_and_all_files_that_are_there_are_made(data):
    outputs = filled()
    outputs.files[FOLDER, NAME] = data, 1
    job = replace(JOB, formats=("pdf",))
    assert decide(outputs, job) == Task("12071", ("not made yet",), ("html", "json"))


def test_files_that_a_killed_run_left_are_made_with_what_is_asked_for():
    outputs = filled()
    del outputs.files[FOLDER, NAME]
    outputs.files[FOLDER, "foia-request.txt"] = b"", 1
    assert decide(outputs) == Task("12071", ("not made yet",), ("html", "json", "letters"))


@pytest.mark.parametrize("other", [{"geoid": "12073"}, {"as_of": EARLIER}])
def test_the_record_of_another_brief_is_none(other):
    outputs = MemoryOutputs()
    outputs.put(FOLDER, FILES, record(**other))
    assert isinstance(decide(outputs), Task)


def test_a_record_without_the_store_is_checked_against_it():
    made = {name: value for name, value in inputs(JOB).items() if name != "store"}
    assert decide(filled(inputs=made)) == Task(
        "12071", (plan._ELSEWHERE,), ("html", "json"), unless="r1"
    )


def test_an_unfinished_later_edition_does_not_hide_the_one_that_stands():
    outputs = filled(as_of=EARLIER)
    outputs.files[FOLDER, "brief.html"] = b"begun", 2
    assert decide(outputs) == current(EARLIER)


def test_editions_of_days_to_come_are_not_looked_at():
    outputs = filled(as_of=LATER)
    assert decide(outputs) == Task("12071", ("not made yet",))
    assert decide(outputs, replace(JOB, as_of=LATER)) == current(LATER)


def test_a_place_that_cannot_be_looked_at_is_held(tmp_path):
    from reportkit.production.outputs import LocalOutputs

    (tmp_path / "fl").mkdir()
    (tmp_path / HOME).write_text("in the way")
    decided = decide(LocalOutputs(tmp_path))
    assert (decided.result, decided.folder) == ("held", None)
    assert decided.why == (
        f"{tmp_path / HOME}: Not a directory, so what was made before cannot be looked at",
    )
