"""Terms by form: every cell against the store's tables counted with pandas."""

import pytest

from findings.nation import DAYS, facts, nation, program, shown, table
from reportkit.findings.generation_counts import CHANGED, find_forms, find_held, tally
from reportkit.moa.declared import declared
from reportkit.moa.generations import generations


def terms():
    """A row for each memorandum on hand and term: form, model, name, state."""
    held = table("memoranda")[["sha256", "generation", "agreement"]].copy()
    held["memorandum"] = held.sha256.str[:16]
    held["form"] = [generations()[name].text if name else "unknown" for name in held.generation]
    models = shown().drop_duplicates("agreement")[["agreement", "model", "signed"]]
    return held.merge(models).merge(table("terms")[["memorandum", "name", "state"]])


def test_every_cell_is_what_the_tables_say():
    counted = terms().groupby(["model", "form", "name", "state"]).size()
    for form in find_forms(nation()):
        for term in CHANGED:
            held = tally(form.held, term)
            states = counted.get((form.model, form.id, term))
            assert held.present == states.get("present", 0)
            assert held.unread == states.get("unreadable", 0)
            assert held.n == states.sum()


def test_each_memorandum_on_hand_is_counted_once():
    assert len(find_held(nation())) == 122
    assert sum(len(form.held) for form in find_forms(nation())) == 122
    on_hand = program().claim("generations.on_hand").values
    assert (on_hand["listed"], on_hand["ended"], on_hand["memoranda"]) == (117, 5, 122)


def test_what_changed_in_2025():
    cells = {(item["model"], item["form"]): item["terms"] for item in facts()["generations"]}
    steering = {key: (held["steering_committee"]["present"], held["steering_committee"]["of"])
                for key, held in cells.items()}  # fmt: skip
    assert steering["JEM", "jem-2020"] == (9, 9)
    assert steering["JEM", "jem-2025"] == (0, 6)
    assert steering["TFM", "tfm-2025"] == (0, 47)
    assert steering["TFM", "tfm-2025-01"] == (1, 1)
    assert cells["TFM", "tfm-2025"]["guidance_on_race"] == {
        "present": 0, "unreadable": 0, "of": 47,
    }  # fmt: skip
    assert cells["WSO", "wso-2025"]["guidance_on_race"]["present"] == 26


def test_counts_beside_those_of_others():
    frame = terms()
    new = frame[frame.signed >= "2025"]
    steering = frame.query("name == 'steering_committee'")
    values = program().claim("generations.steering").values
    old = steering[steering.signed < "2025"]
    assert (values["k"], values["n"]) == ((old.state == "present").sum(), len(old)) == (42, 42)
    since = steering[steering.signed >= "2025"]
    assert values["new_k"] == (since.state == "present").sum() == 1
    assert (values["new_n"], values["u"]) == (len(since), (since.state == "unreadable").sum())
    race = new.query("name == 'guidance_on_race' and model == 'TFM'")
    assert program().claim("generations.race").values["k"] == (race.state == "present").sum() == 0


def test_unreadable_is_told_apart_from_absent():
    cell = program().claim("generations.cell.steering_committee.wso.wso-2025")
    assert cell.message == "generations.cell.unread"
    assert program().text(cell).replace("\xa0", " ").endswith("0 of 26 (2 unread)")


@pytest.mark.parametrize("day", DAYS)
def test_no_memorandum_is_counted_before_its_agreement_is_listed(day):
    known = {item.id for item in nation(day).snapshot.agreements}
    assert {item.agreement.id for item in find_held(nation(day))} <= known
    forms = {form.model for form in find_forms(nation(day))}
    assert ("TFM" in forms) == (day >= "2025-03")
    # Before there are forms of 2025, nothing can have changed.
    assert bool(program(day).claim("generations.steering")) == (day >= "2025-03")


def test_terms_are_declared_and_named():
    assert set(CHANGED) <= {term.id for term in declared()}
    assert all(f"generations.term.{term}" in program().words for term in CHANGED)
