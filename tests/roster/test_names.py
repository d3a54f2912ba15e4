"""Names of agencies: what folds together by spelling alone, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.places import Gazetteer
from reportkit.roster.agencies import describe
from reportkit.roster.geography import Geography
from reportkit.roster.names import canonical, distinctive, numbers

SAME = [
    ("AL", "Autauga County Sheriff's Office ", "Autauga County Sheriff's Office"),
    ("TX", "Calhoun County Sheriff’s Office", "Calhoun County Sheriff's Office"),
    ("PA", "Franklin County Sheriffs Office", "Franklin County Sheriff's Office"),
    ("WI", "Waukesha County Sheriff's Department", "Waukesha County Sheriff's Office"),
    ("TX", "Walker County Sheriff's Dept.", "Walker County Sheriff's Office"),
    ("FL", "Volusia County SO", "Volusia County Sheriff's Office"),
    ("KS", "Kansas  Bureau Of Investigation", "Kansas Bureau of Investigation"),
    ("FL", "Tampa PD", "Tampa Police Department"),
    ("OK", "Oklahoma Dept. of Public Safety", "Oklahoma Department of Public Safety"),
    ("FL", "Ft. Myers Police Department", "Fort Myers Police Department"),
    ("FL", "Pasco County BOCC", "Pasco County Board of County Commissioners"),
    ("FL", "Indian River Shores DPS", "Indian River Shores Department of Public Safety"),
    ("FL", "St. Johns County Sheriff's Office", "Saint Johns County Sheriff's Office"),
    ("FL", "Port St. Lucie Police Department", "Port Saint Lucie Police Department"),
    ("MO", "Ste. Genevieve Police Department", "Sainte Genevieve Police Department"),
    ("NJ", "Monmouth County Sheriff's Office (Addendum)", "Monmouth County Sheriff's Office"),
    ("TX", "Lamar County Police Departement", "Lamar County Police Department"),
    ("TX", "Ovilla Police Departent", "Ovilla Police Department"),
    ("TX", "Ovilla Police Deparment", "Ovilla Police Department"),
    ("TX", "Ovilla Polce Department", "Ovilla Police Department"),
    ("FL", "Boca Raton Police Services Department", "Boca Raton Police Department"),
    ("MT", "Flathead County Sheriff's Offic", "Flathead County Sheriff's Office"),
    ("PA", "Greene Township Constbales Office", "Greene Township Constable's Office"),
    ("PA", "Greene Township Constables's Office", "Greene Township Constable's Office"),
    ("TX", "Galveston County Constable Pct.1", "Galveston County Constable's Office Precinct 1"),
    ("PA", "Mahoning TWP Police Department", "Mahoning Township Police Department"),
    ("TX", "Dimmit Couny Sheriff's Office", "Dimmit County Sheriff's Office"),
    ("NY", "Cattaraugus Counry Sheriff's Office", "Cattaraugus County Sheriff's Office"),
    ("FL", "City of Zephyrhills Police Department", "Zephyrhills Police Department"),
    ("FL", "City of Miami Police Department", "Miami Police Department"),
    ("AK", "Department of Corrections", "Alaska Department of Corrections"),
    ("VA", "Department of State Police", "Virginia Department of State Police"),
    ("TX", "Office of the Attorney General", "Texas Office of the Attorney General"),
    ("FL", "Miami Dade Sheriff's Office", "Miami-Dade Sheriff's Office"),
    ("FL", "Florida Fish and Wildlife Commission", "Florida Fish & Wildlife Commission"),
    ("NM", "Doña Ana County Sheriff's Office", "Dona Ana County Sheriff's Office"),
    ("TX", "Lee County Sheriff's Office, TX", "Lee County Sheriff's Office"),
    ("TX", "LEE COUNTY SHERIFF'S OFFICE", "Lee County Sheriff's Office"),
]


@pytest.mark.parametrize(("state", "one", "other"), SAME)
def test_spelling_alone_makes_no_difference(state, one, other):
    assert canonical(state, one) == canonical(state, other)


APART = [
    ("UT", "Utah County Sheriff's Office", "County Sheriff's Office"),
    ("FL", "Florida State University Police Department", "State University Police Department"),
    ("OK", "Oklahoma County Sheriff's Office", "County Sheriff's Office"),
    ("TX", "Bee County Sheriff's Office", "Lee County Sheriff's Office"),
    ("TX", "Galveston County Constable Pct. 1", "Galveston County Constable Pct. 4"),
    ("TX", "Refugio County Sheriff's Office", "Refugio Police Department"),
    ("PA", "Mahanoy City Borough Police Department", "Mahanoy Township Police Department"),
    ("FL", "Orange City Police Department", "Orange County Sheriff's Office"),
    ("FL", "Lake City Police Department", "Lake Police Department"),
    ("MD", "Baltimore County Police Department", "Baltimore City Police Department"),
    ("TX", "Parker County Attorney's Office", "Parker County District Attorney's Office"),
]


@pytest.mark.parametrize(("state", "one", "other"), APART)
def test_two_agencies_have_two_names(state, one, other):
    assert canonical(state, one) != canonical(state, other)


def test_so_is_south_inside_a_name():
    found = canonical("PA", "Pennsylvania State Constable's Office So Middleton Twp")
    assert "sheriff" not in found
    assert found.endswith("so middleton township")


@pytest.mark.parametrize(
    ("state", "name", "words"),
    [
        ("TX", "Galveston County Constable's Office Pct.1", ("galveston", "1")),
        ("FL", "City of Miami Police Department", ("miami",)),
        ("FL", "Panama City Beach Police Department", ("panama", "beach")),
        ("VA", "Virginia Department of Corrections", ()),
    ],
)
def test_distinctive_words(state, name, words):
    assert distinctive(state, name) == words


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Office of the State Attorney Sixth Judicial Circuit", {"6"}),
        ("Bradley County Constable District 7", {"7"}),
        ("Galveston County Constable's Office Pct.4", {"4"}),
        ("Lee County Sheriff's Office", set()),
    ],
)
def test_numbers(name, found):
    assert numbers("FL", name) == found


GEOGRAPHY = Geography(Gazetteer.load())
DESCRIBED = [
    ("FL", "Lee County Sheriff's Office", "sheriff", "county", "12071"),
    ("LA", "St. Bernard Parish Sheriff's Office", "sheriff", "county", "22087"),
    ("FL", "Miami-Dade Sheriff's Office", "sheriff", "county", "12086"),
    ("VA", "Hampton Sheriff's Office", "sheriff", "county", "51650"),
    ("LA", "St. John the Baptist Parish Sheriff's Office", "sheriff", "county", "22095"),
    ("VA", "Isle of Wight County Sheriff's Office", "sheriff", "county", "51093"),
    ("VA", "King and Queen County Sheriff's Office", "sheriff", "county", "51097"),
    ("MN", "Lake of the Woods County Sheriff's Office", "sheriff", "county", "27077"),
    ("FL", "Cape Coral Police Department", "municipal police", "municipality", "gn4149962"),
    ("FL", "Lake City Police Department", "municipal police", "municipality", "gn4161187"),
    ("FL", "Daytona Beach Shores Public Safety", "municipal police", "municipality", None),
    ("TX", "Galveston County Constable's Office Pct.1", "constable", "precinct", "48167"),
    ("PA", "Office of Constable Monroeville 6th Ward", "constable", "precinct", None),
    ("TX", "Johnson County District Attorney's Office", "prosecutor", "county", "48251"),
    ("FL", "Office of the State Attorney, 20th Judicial Circuit", "prosecutor", "circuit", None),
    ("KY", "Bullitt County Detention Center", "corrections", "county", "21029"),
    ("PA", "County of Franklin / Franklin County Jail", "corrections", "county", "42055"),
    ("NC", "Albemarle District Jail", "corrections", "regional", None),
    ("FL", "Florida Department of Corrections", "state", "statewide", None),
    ("TX", "Texas Office of the Attorney General", "state", "statewide", None),
    ("IN", "Indiana State Police Department", "state", "statewide", None),
    ("FL", "Florida State University Police Department", "campus", "campus", None),
    ("FL", "Santa Fe College Police Department", "campus", "campus", None),
    ("FL", "Lee County Port Authority Police", "other", "port", "12071"),
    ("PA", "Greene Washington Regional Police Department", "municipal police", "regional", None),
]


@pytest.mark.parametrize(("state", "name", "kind", "scope", "place"), DESCRIBED)
def test_what_a_name_says(state, name, kind, scope, place):
    named = describe(state, name, False, GEOGRAPHY)
    assert (named.kind, named.scope) == (kind, scope)
    assert named.place == place or (place is None and named.city)


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("TX", "College Station Police Department"),
        ("TX", "University Park Police Department"),
        ("MD", "College Park Police Department"),
        ("MO", "University City Police Department"),
    ],
)
def test_a_town_named_after_a_college_has_a_town_police(state, name):
    named = describe(state, name, False, GEOGRAPHY)
    assert (named.kind, named.scope) == ("municipal police", "municipality")
    assert named.place is not None


@pytest.mark.parametrize(
    ("state", "name", "county", "place"),
    [
        ("PA", "Milton Borough Police Department", "42097", "gn5201470"),
        ("PA", "West Hazleton Borough Police Department", "42079", "gn5218730"),
        ("PA", "Sunbury City Police Department", "42097", "gn5214814"),
        ("NY", "Mohawk Village Police Department", "36043", "gn5127233"),
        ("WV", "Village of Clearview Police Department", "54069", "gn5280182"),
    ],
)
def test_a_word_for_the_kind_of_town_does_not_hide_the_town(state, name, county, place):
    words = describe(state, name, False, GEOGRAPHY).words
    assert GEOGRAPHY.town(state, words, county).geoid == place
    # Another county than the town's does not bear the reading out.
    assert GEOGRAPHY.town(state, words, f"{county[:2]}001") is None


def test_a_township_is_not_the_town_of_its_name():
    words = describe("PA", "Mount Carmel Township Police Department", False, GEOGRAPHY).words
    assert GEOGRAPHY.town("PA", words, "42097") is None


def test_a_type_that_ice_prints_makes_no_city_a_state_agency():
    assert describe("TX", "Stamford Police Department", True, GEOGRAPHY).scope == "municipality"
    assert describe("FL", "Marine Patrol", True, GEOGRAPHY).scope == "statewide"


# --- properties ----------------------------------------------------------------------------------

PLACES = st.sampled_from(
    ["Lee", "St. Lucie", "Ste. Genevieve", "Ft. Myers", "La Salle", "O'Brien", "Doña Ana", "Miami",
     "Miami-Dade", "Prince George's", "Mt. Airy", "Indian River", "So Middleton", "Lake City",
     "Florida", "Texas", "DeKalb"]
)  # fmt: skip
OFFICES = st.sampled_from(
    ["County Sheriff's Office", "County Sheriffs Department", "Parish Sheriff's Office", "PD",
     "Police Departement", "Police Services Department", "County Constable's Office Pct.1",
     "Constables's Office", "Department of Corrections", "Dept. of Public Safety", "DPS",
     "County BOCC", "TWP Police Department", "Attorney's Office", "State University Police",
     "County Board of County Commissioners/ Department of Corrections", "(Addendum)"]
)  # fmt: skip
NAMES = st.builds(
    lambda lead, place, office: " ".join(part for part in (lead, place, office) if part),
    st.sampled_from(["", "City of", "Town of", "Office of Constable", "State of"]),
    PLACES,
    OFFICES,
)
STATES = st.sampled_from(["FL", "TX", "PA", "LA", "NY"])
NOISE = st.sampled_from(
    [
        str.upper,
        str.lower,
        str.title,
        lambda name: f"  {name} ",
        lambda name: name.replace(" ", "  "),
        lambda name: name.replace(" ", "\xa0"),
        lambda name: name.replace(" ", "\n"),
        lambda name: name.replace("'", "’"),
        lambda name: name.replace("'", "‘"),
        lambda name: name.replace("'", ""),
    ]
)


@given(STATES, NAMES)
@settings(max_examples=150, deadline=None)
def test_canonical_is_idempotent(state, name):
    once = canonical(state, name)
    assert canonical(state, once) == once


@given(STATES, NAMES, st.lists(NOISE, min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_case_apostrophes_and_blanks_do_not_matter(state, name, noise):
    loud = name
    for change in noise:
        loud = change(loud)
    assert canonical(state, loud) == canonical(state, name)


@given(STATES, st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_plain_canonical_form(state, text):
    found = canonical(state, text)
    assert found == " ".join(found.split())
    assert all(char in "abcdefghijklmnopqrstuvwxyz0123456789 " for char in found)
