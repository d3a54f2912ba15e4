"""One name in, exactly one place out, or the candidates."""

from __future__ import annotations

import pickle
import time

import pytest

from reportkit.errors import AmbiguousPlace, UnknownPlace
from reportkit.places import Gazetteer, resolve

GAZETTEER = Gazetteer.load()

MESA = ("Mesa Police Department", "AZ", "gn5304391")
ORANGE = ("Orange County Sheriff's Office", "FL", "12095")
HOWEY = ("Howey in the Hills Police Department", "FL", "gn4159315")
AGGIES = ("Texas A&M University Police Department", "TX", "48041")
BUTLER = ("Butler Township Police Department", "PA", "42079")
DPS = ("Texas Department of Public Safety", "TX", "48")
AGENCIES = (MESA, ORANGE, HOWEY, AGGIES, BUTLER, DPS)

ONE = [
    # ids
    ("48085", "48085"),
    ("48", "48"),
    ("01001", "01001"),
    ("01", "01"),
    ("gn5304391", "gn5304391"),
    ("GN5304391", "gn5304391"),
    (" 48085 ", "48085"),
    # states and territories
    ("TX", "48"),
    ("tx", "48"),
    ("Texas", "48"),
    ("FLORIDA", "12"),
    ("State of Texas", "48"),
    ("Commonwealth of Virginia", "51"),
    ("New York", "36"),
    ("Washington", "53"),
    ("DISTRICT OF COLUMBIA", "11"),
    ("D.C.", "11"),
    ("GUAM", "66"),
    ("PUERTO RICO", "72"),
    ("NORTHERN MARIANA ISLANDS", "69"),
    ("U.S. Virgin Islands", "78"),
    ("American Samoa", "60"),
    # counties, with the state in every way
    ("Collin County, TX", "48085"),
    ("Collin County, Texas", "48085"),
    ("Collin County, Tex.", "48085"),
    ("Collin County Texas", "48085"),
    ("collin tx", "48085"),
    ("COLLIN COUNTY TX", "48085"),
    ("Collin County, TX, USA", "48085"),
    ("TX Collin County", "48085"),
    ("Florida Lee County", "12071"),
    ("Lee county FL", "12071"),
    ("Lee Co., Fla.", "12071"),
    ("County of Lee, Florida", "12071"),
    ("Miami-Dade", "12086"),
    ("miami dade county", "12086"),
    ("Bexar", "48029"),
    ("Flathead County, MT", "30029"),
    ("Flathead MT", "30029"),
    # parishes, boroughs, planning regions
    ("Orleans Parish", "22071"),
    ("Orleans County, LA", "22071"),
    ("LaSalle Parish, LA", "22059"),
    ("La Salle Parish, LA", "22059"),
    ("La Salle, LA", "22059"),
    ("Saint Landry County, LA", "22097"),
    ("Lake & Peninsula Borough", "02164"),
    ("Juneau, AK", "02110"),
    ("Juneau Borough, AK", "02110"),
    ("City and Borough of Juneau, AK", "02110"),
    ("Capitol Planning Region, CT", "09110"),
    # folding
    ("Dona Ana County NM", "35013"),
    ("Doña Ana County, New Mexico", "35013"),
    ("DON\u0303A ANA COUNTY, NM", "35013"),
    ("Prince George's", "24033"),
    ("Prince George’s County", "24033"),
    ("Prince Georges County MD", "24033"),
    ("Prince George County", "51149"),
    ("St Johns County, FL", "12109"),
    ("Saint Johns County, FL", "12109"),
    ("Ste. Genevieve County, MO", "29186"),
    ("Sault Sainte Marie", "gn5009004"),
    ("DeKalb County, GA", "13089"),
    ("De Kalb County, GA", "13089"),
    ("Ft. Myers, FL", "gn4155995"),
    ("Fort Myers FL", "gn4155995"),
    ("Winston Salem, NC", "gn4499612"),
    # independent cities and their namesakes
    ("St. Louis city, Missouri", "29510"),
    ("City of St. Louis, MO", "29510"),
    ("Saint Louis County, MO", "29189"),
    ("Baltimore city", "24510"),
    ("Baltimore County", "24005"),
    ("Richmond city, VA", "51760"),
    ("City of Richmond, VA", "51760"),
    ("Richmond County, VA", "51159"),
    ("Hopewell, VA", "51670"),
    ("Charles City County", "51036"),
    ("Carson City, NV", "32510"),
    # cities that are county equivalents
    ("San Francisco", "06075"),
    ("City and County of San Francisco", "06075"),
    ("City of New Orleans", "22071"),
    ("Philadelphia, PA", "42101"),
    ("Denver, Colorado", "08031"),
    ("Honolulu", "15003"),
    ("Lexington, KY", "21067"),
    ("Brooklyn, NY", "36047"),
    ("Washington, DC", "11001"),
    ("Arlington, VA", "51013"),
    # municipalities
    ("New York City", "gn5128581"),
    ("City of Mesa, Arizona", "gn5304391"),
    ("City of Dallas, TX", "gn4684888"),
    ("Midway, Gadsden County, FL", "gn4164343"),
    ("Iowa City", "gn4862034"),
    ("Virginia Beach", "51810"),
    # agencies by their own words
    ("Mesa Police Department", "gn5304391"),
    ("Tampa PD", "gn4174757"),
    ("Lee County Sheriff's Office, FL", "12071"),
    ("Lee County Sheriff’s Office FL", "12071"),
    ("Sheriff of Lee County, Florida", "12071"),
    ("Collin County Sheriffs Dept, TX", "48085"),
    ("Nassau County Police Department, NY", "36059"),
    ("Baltimore City Police Department", "24510"),
    ("Richmond Police Department, VA", "51760"),
    ("Harris County Constable Precinct 4, TX", "48201"),
    ("City of Mesa Police Department, AZ", "gn5304391"),
    ("New Berlin Marshal's Office, TX", "gn4714087"),
    ("Texas Department of Public Safety", "48"),
    ("Pennsylvania State Police", "42"),
    ("Smiley City Marshal's Office, TX", "gn4729065"),
    ("Alexandria Sheriff's Office, VA", "51510"),
    ("Baltimore City Sheriff's Office", "24510"),
    ("Denver Sheriff Department, CO", "08031"),
    ("Virgin Islands", "78"),
    ("Commonwealth of the Northern Mariana Islands", "69"),
    ("Indiana County, PA", "42063"),
    ("Washington D.C.", "11001"),
]


@pytest.mark.parametrize(("name", "geoid"), ONE, ids=lambda value: str(value))
def test_one_place(name: str, geoid: str) -> None:
    assert resolve(name, GAZETTEER).geoid == geoid


SEVERAL = [
    ("St. Louis, Missouri", {"29189", "29510"}),
    ("Richmond, VA", {"51159", "51760"}),
    ("New York, NY", {"36061", "gn5128581"}),
    ("Dallas, TX", {"48113", "gn4684888"}),
    ("Kansas City", {"gn4273837", "gn4393217"}),
    ("Sabine", {"48403", "22085"}),
    ("Midway, FL", {"gn4164343", "gn4164346", "gn7315234"}),
    ("Jefferson Co", {"08059", "01073"}),
    ("Baltimore", {"24005", "24510"}),
    ("Baltimore, MD", {"24005", "24510"}),
    ("Washington County", {"01129", "41067", "51191"}),
    ("Lee County Sheriff's Office", {"12071", "51105"}),
    ("Philadelphia", {"42101"}),
]


# A set prints in no fixed order, and processes that share the tests compare their names.
@pytest.mark.parametrize(("name", "some"), SEVERAL, ids=[name for name, _ in SEVERAL])
def test_several_places_are_asked_back(name: str, some: set[str]) -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        resolve(name, GAZETTEER)
    candidates = caught.value.candidates
    assert some <= set(candidates)
    assert len(candidates) == len(set(candidates)) > 1
    assert all(geoid in GAZETTEER for geoid in candidates)
    assert candidates[0] in str(caught.value)


def test_candidates_are_exact_where_one_state_is_named() -> None:
    for name, expected in [("Richmond, VA", {"51159", "51760"}), ("Baltimore, MD", None)]:
        with pytest.raises(AmbiguousPlace) as caught:
            resolve(name, GAZETTEER)
        assert set(caught.value.candidates) == (expected or {"24005", "24510"})


def test_washington_county_names_the_states() -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        resolve("Washington County", GAZETTEER)
    assert len(caught.value.candidates) == 30
    assert "Alabama" in str(caught.value)
    assert "18 more" in str(caught.value)
    assert "Add the state" in str(caught.value)


UNKNOWN = [
    ("Colin County, TX", "Collin County, Texas"),
    ("Colin County TX", "Collin County, Texas"),
    ("Maimi-Dade", "Miami-Dade County, Florida"),
    ("Hopewell County, VA", "Hopewell city, Virginia"),
    ("Okeechobe County, Florida", "Okeechobee County, Florida"),
    ("Pheonix", "Phoenix, Arizona"),
    ("Collin County, TXX", "Collin County, Texas"),
    ("Berrian County Sheriff's Office, MI", "Berrien County, Michigan"),
    ("1001", "01001"),
]


@pytest.mark.parametrize(("name", "near"), UNKNOWN, ids=lambda value: str(value))
def test_a_typo_gives_suggestions_and_never_a_guess(name: str, near: str) -> None:
    with pytest.raises(UnknownPlace) as caught:
        resolve(name, GAZETTEER)
    assert near == caught.value.nearest[0]
    assert near in str(caught.value)


NOT_PLACES = [
    "",
    "   ",
    "\x00",
    "\n\t",
    ",",
    ",,,",
    "../",
    "../../etc/passwd",
    "county",
    "County, FL",
    "99",
    "03",
    "99999",
    "00000",
    "123456",
    "-5",
    "４８",
    "²",
    "48.085",
    "gn",
    "gn0",
    "gn9999999999",
    "西雅图",
    "x" * 121,
    "Lee " * 1000,
    "Police Department",
    "Sheriff's Office, FL",
    "<script>alert(1)</script>",
    "Collin County, Collin County, Collin County, TX",
]


@pytest.mark.parametrize("name", NOT_PLACES, ids=lambda value: repr(value)[:30])
def test_what_is_no_name_is_unknown(name: str) -> None:
    with pytest.raises(UnknownPlace) as caught:
        resolve(name, GAZETTEER)
    assert len(str(caught.value)) < 700


NEVER_GUESSED = [
    "Livingston Police Department, KY",  # a town below 500; the county is another place
    "Livingston Department of Public Safety, KY",
    "Livingston Constable, KY",
    "Franklin Township, PA",
    "Township of Franklin, PA",
    "Oak Grove Village Police Department, MO",
    "Town of Nassau, NY",
    "Prince George's County, VA",
    "Lee Parish, FL",
    "Hopewell County Sheriff's Office, VA",
    "Brooklyn County, NY",
]


@pytest.mark.parametrize("name", NEVER_GUESSED)
def test_a_namesake_of_another_kind_is_not_taken(name: str) -> None:
    with pytest.raises(UnknownPlace):
        resolve(name, GAZETTEER)


def test_short_ids_say_how_many_digits() -> None:
    with pytest.raises(UnknownPlace, match="5 for a county, leading zeros included"):
        resolve("1001", GAZETTEER)


def test_connecticut_counties_are_no_more() -> None:
    with pytest.raises(UnknownPlace, match="planning regions"):
        resolve("Hartford County, CT", GAZETTEER)


LISTED = [
    ("Mesa Police Department", "gn5304391"),
    ("Howey-in-the-Hills Police Department", "gn4159315"),
    ("Texas A & M University Police Department", "48041"),
    ("Orange County Sheriff’s Office, FL", "12095"),
    ("Orange County Sheriff's Office Florida", "12095"),
    ("Butler Township Police Department, PA", "42079"),
    ("Texas Department of Public Safety", "48"),
]


@pytest.mark.parametrize(("name", "geoid"), LISTED)
def test_an_agency_on_the_list_is_its_place(name: str, geoid: str) -> None:
    assert resolve(name, GAZETTEER, AGENCIES).geoid == geoid


def test_an_agency_on_the_list_does_not_hide_its_namesakes() -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        resolve("Orange County Sheriff's Office", GAZETTEER, iter(AGENCIES))
    assert caught.value.candidates[0] == "12095"
    assert "06059" in caught.value.candidates


def test_an_agency_without_a_place_of_ours_is_passed_over() -> None:
    gone = [("Hartford County Sheriff's Office", "CT", "09003")]
    with pytest.raises(UnknownPlace):
        resolve("Hartford County Sheriff's Office, CT", GAZETTEER, gone)


def test_errors_survive_pickling() -> None:
    for name in ("Baltimore", "Maimi-Dade"):
        with pytest.raises((AmbiguousPlace, UnknownPlace)) as caught:
            resolve(name, GAZETTEER)
        again = pickle.loads(pickle.dumps(caught.value))
        assert str(again) == str(caught.value)
        assert vars(again) == vars(caught.value)


def test_it_is_fast_once_loaded() -> None:
    resolve("Collin County, TX", GAZETTEER)
    start = time.perf_counter()
    for name, _ in ONE:
        resolve(name, GAZETTEER)
    assert (time.perf_counter() - start) / len(ONE) < 0.05
