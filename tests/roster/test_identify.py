"""One agency under many spellings, and never two agencies under one."""

from __future__ import annotations

import datetime as dt

import pytest

from reportkit.roster import Archive, make_roster
from reportkit.roster.aliases import Alias
from roster.make import dated, roster, row, spellings, table, together

# Pairs that look alike and are two agencies, each with its county.
LOOKALIKES = [tuple(pair) for pair in table("handovers.csv")]


def _pairs(counties: bool, swapped: bool, url: str = ""):
    """Two lists: each pair hands an agreement over, all with signing dates of their own."""
    before, after = [], []
    for number, (state, one, its, other, theirs) in enumerate(LOOKALIKES):
        signed = (dt.date(2023, 1, 1) + dt.timedelta(days=100 * number)).isoformat()
        made = [
            row(name, "TFM", signed, state=state, county=county if counties else "")
            for name, county in ((one, its), (other, theirs))
        ]
        first, second = made[::-1] if swapped else made
        before.append(first)
        after.append(second)
    return roster(("2026-01-07", before), ("2026-01-09", after))


@pytest.fixture(scope="module")
def handed():
    """Rosters in which one of each pair leaves on the list on which the other first appears."""
    return {(c, s): _pairs(c, s) for c in (True, False) for s in (True, False)}


@pytest.mark.parametrize(
    "pair", LOOKALIKES, ids=[f"{p[0]} {p[1]} - {p[3]}".replace("/", " ") for p in LOOKALIKES]
)
def test_lookalikes_stay_apart_even_when_one_follows_the_other(handed, pair):
    state, one, _, other, _ = pair
    merged = [how for how, found in handed.items() if together(found, state, one, other)]
    assert merged == []


def test_there_are_no_other_agencies_either(handed):
    names = {(p[0], name) for p in LOOKALIKES for name in (p[1], p[3])}
    for found in handed.values():
        printed = {(agency.state, name) for agency in found.agencies for name in agency.spellings}
        assert printed == names


MENDED = [
    ("TX", "Lampass County Sheriff's Office", "Lampasas County Sheriff's Office", "Lampasas"),
    ("TX", "Somerville County Sheriff's Office", "Somervell County Sheriff's Office", "Somervell"),
    ("LA", "Calacasieu Parish Sheriff's Office", "Calcasieu Parish Sheriff's Office", "Calcasieu"),
    ("WI", "Mantiowoc County Sheriff's Office", "Manitowoc County Sheriff's Office", "Manitowoc"),
    ("KS", "Lyon's County Sheriff's Office", "Lyon County Sheriff's Office", "Lyon"),
    ("FL", "Lake Clark Shores Police", "Lake Clarke Shores Police", "Palm Beach"),
    ("FL", "Macro Island Police Department", "Marco Island Police Department", "Collier"),
    ("PA", "Southhampton Twp Constables", "Southampton Twp Constables", "Cumberland"),
]


@pytest.mark.parametrize(("state", "wrong", "right", "county"), MENDED)
def test_a_misspelling_mended_on_the_next_list_is_one_agency(state, wrong, right, county):
    old, new = (row(name, state=state, county=county) for name in (wrong, right))
    found = roster(("2025-07-01", [old]), ("2025-07-03", [new]))
    assert spellings(found) == {frozenset({wrong, right})}
    assert [agency.name for agency in found.agencies] == [right]
    assert len(found.agreements) == 1


def test_a_county_has_one_sheriff():
    one = row("Lafourche County Sheriff's Office", "WSO", "2025-03-01", state="LA")
    other = row("Lafourche Parish Sheriff's Office", "TFM", "2025-08-01", state="LA")
    found = roster(("2025-09-01", [one, other]))
    assert spellings(found) == {frozenset({one.agency, other.agency})}
    assert [agreement.model for agreement in found.agreements] == ["TFM", "WSO"]


def test_two_spellings_on_one_list_by_model_are_one_agency():
    rows = [
        row("Walker County Sheriff's Office", "TFM"),
        row("Walker County Sheriff's Department", "WSO"),
        row("Calhoun County Sheriff's Office", "TFM"),
        row("Calhoun County  Sheriff's Office ", "JEM"),
    ]
    found = roster(("2025-07-01", rows))
    assert len(found.agencies) == 2
    assert len(found.agreements) == 4


BOARD = "County Board of County Commissioners"
URL = "https://www.ice.gov/doclib/287gMOA/{}.pdf"
RENAMED = [
    ("FL", "County", f"Gulf {BOARD}", f"Gulf {BOARD} /Detention Facility"),
    ("FL", "County", "Okaloosa County Corrections", f"Okaloosa {BOARD}/ Department of Corrections"),
    ("FL", "Municipality", "Town of Palm Beach Police Department", "Palm Beach Police Department"),
    ("LA", "State Agency", "Louisiana State Patrol", "Louisiana State Police"),
    ("FL", "State Agency", "Department of Agriculture", "Office of Agricultural Law Enforcement"),
]


@pytest.mark.parametrize(("state", "kind", "old", "new"), RENAMED)
def test_a_new_name_with_the_same_memorandum_is_the_same_agency(state, kind, old, new):
    url = URL.format("one")
    rows = [row(name, state=state, type=kind, url=url) for name in (old, new)]
    found = roster(("2025-07-01", rows[:1]), ("2025-07-03", rows[1:]))
    assert spellings(found) == {frozenset({old, new})}


def test_a_new_name_for_another_memorandum_is_another_agency():
    one = row("Louisiana State Patrol", state="LA", type="State Agency", url=URL.format("one"))
    other = row(
        "Louisiana Wildlife Service", state="LA", type="State Agency", url=URL.format("two")
    )
    found = roster(("2025-07-01", [one]), ("2025-07-03", [other]))
    assert spellings(found) == {frozenset({one.agency}), frozenset({other.agency})}


def test_names_in_two_states_are_two_agencies():
    name = "Washington County Sheriff's Office"
    found = roster(("2025-07-01", [row(name, state=state) for state in ("AR", "FL", "MD")]))
    assert [agency.id for agency in found.agencies] == [
        "ar-washington-county-sheriff",
        "fl-washington-county-sheriff",
        "md-washington-county-sheriff",
    ]


def test_a_shared_file_on_one_list_makes_no_agency_of_two():
    url = URL.format("shared")
    one = row("Manheim Borough Police Department", state="PA", county="Lancaster County", url=url)
    other = row("Montour County Sheriff's Office", state="PA", county="Montour County", url=url)
    assert len(roster(("2025-07-01", [one, other])).agencies) == 2


def test_a_decision_by_hand_keeps_apart_and_joins():
    names = ["North Side Police Department", "North Sides Police Department"]
    lists = [("2025-07-01", row(names[0])), ("2025-07-03", row(names[1]))]
    archive = Archive(tuple(dated(day, [one]) for day, one in lists), (), ())

    def count(*aliases):
        return len(make_roster(archive, (), aliases, ()).agencies)

    apart = Alias(kind="distinct", state="TX", names=tuple(names), reason="two", source="test")
    assert (count(), count(apart)) == (1, 2)
    far = ["Aa County Reserve", "Zz Township Fire Watch"]
    archive = Archive((dated("2025-07-01", [row(name) for name in far]),), (), ())
    same = Alias(kind="same", state="TX", names=tuple(far), reason="one", source="test")
    assert (count(), count(same)) == (2, 1)


def test_a_pending_misspelling_waits_for_the_listed_agency():
    waiting = row("Barndall Police Department", "", "", state="OK", county="Osage County")
    listed = row("Barnsdall Police Department", state="OK", county="Osage County")
    found = roster(("2025-07-03", [listed]), pending=[("2025-07-01", [waiting])])
    assert spellings(found) == {frozenset({waiting.agency, listed.agency})}


# --- wrong states --------------------------------------------------------------------------------

HOME = row("Crow Wing County Sheriff's Office", state="MN", county="Crow Wing County")
STRAY = row("Crow Wing County Sheriff's Office", state="MA", county="Crow Wing County")
DAYS = [f"2025-07-{day:02}" for day in range(1, 29)]


def test_rows_under_a_wrong_state_for_a_stretch_move_home():
    lists = [(day, [STRAY if n < 4 else HOME]) for n, day in enumerate(DAYS[:10])]
    found = roster(*lists)
    assert [agency.id for agency in found.agencies] == ["mn-crow-wing-county-sheriff"]
    (agreement,) = found.agreements
    assert (agreement.first, agreement.last) == (0, 9)
    assert [(moved.state, home) for moved, home in found.moved] == [("MA", "MN")] * 4


@pytest.mark.parametrize(
    ("case", "lists"),
    [
        ("both on one list", [[STRAY], [STRAY, HOME], [HOME], [HOME], [HOME]]),
        ("another signing", [[STRAY], [row(HOME.agency, signed="2025-06-02", state="MN")]] * 2),
        ("another model", [[STRAY], [row(HOME.agency, "WSO", state="MN")]] * 2),
        ("too long", [[STRAY]] * 9 + [[HOME]] * 12),
        ("longer than at home", [[STRAY]] * 3 + [[HOME]]),
        (
            "a memorandum linked",
            [[row(HOME.agency, state="MA", url=URL.format("ma"))], [HOME], [HOME]],
        ),
    ],
)  # fmt: skip
def test_what_is_no_stray_stays_where_it_is(case, lists):
    found = roster(*zip(DAYS, lists, strict=False))
    assert {agency.state for agency in found.agencies} == {"MA", "MN"}
    assert found.moved == ()


def test_a_misspelt_state_is_no_stray():
    wrong = row("Utah County Sheriff's Office", state="UTAHJ")
    right = row("Utah County Sheriff's Office", state="UT")
    found = roster(("2025-07-01", [wrong]), ("2025-07-03", [right]))
    assert [agency.id for agency in found.agencies] == ["ut-utah-county-sheriff"]
    assert found.moved == ()
