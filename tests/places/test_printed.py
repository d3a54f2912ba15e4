"""Names as lists print them."""

from __future__ import annotations

import pytest

from reportkit.places import (
    county_by_name,
    fold,
    municipality_by_name,
    nearest_counties,
    slugify,
)
from reportkit.places.names import base_name, key

PRINTED = [
    ("GA", "Decatur", "13087"),
    ("GA", "Decatur County", "13087"),
    ("MO", "Dekalb County", "29063"),
    ("LA", "Saint Landry County", "22097"),
    ("LA", "LaSalle Parish", "22059"),
    ("LA", "La Salle Parish", "22059"),
    ("LA", "Orleans", "22071"),
    ("MO", "Saint Francois County", "29187"),
    ("PA", "Lawrence", "42073"),
    ("TX", "San Patricio", "48409"),
    ("TX", "COLLIN COUNTY ", "48085"),
    ("PA", "\nSchuylkill County", "42107"),
    ("MD", "Prince George’s County", "24033"),
    ("NM", "Dona Ana County", "35013"),
    ("VA", "Richmond City", "51760"),
    ("VA", "Hopewell", "51670"),
    ("MO", "St. Louis County", "29189"),
    ("MO", "St. Louis City", "29510"),
    ("AK", "Juneau Borough", "02110"),
    ("NV", "Carson City", "32510"),
    # Not one county: nothing is corrected.
    ("VA", "Hopewell County", None),
    ("VA", "Richmond", None),
    ("MO", "St. Louis", None),
    ("AL", "Frankin County", None),
    ("KS", "Lyon's County", None),
    ("FL", "Lake Conty", None),
    ("WV", "Washington County", None),
    ("TN", "Sparta-White County", None),
    ("LA", "New Orleans", None),
    ("FL", "Fort Myers", None),
    ("AL", "County", None),
    ("FL", "#N/A", None),
    ("FL", "", None),
    ("CT", "Hartford County", None),
    ("GU", "Kattan District", None),
]


@pytest.mark.parametrize(("state", "printed", "geoid"), PRINTED, ids=lambda value: repr(value))
def test_exact_after_folding(state: str, printed: str, geoid: str | None) -> None:
    found = county_by_name(state, printed)
    assert (found.geoid if found else None) == geoid


@pytest.mark.parametrize(
    ("state", "printed", "best"),
    [
        ("AL", "Frankin County", "01059"),
        ("MI", "Berrian County", "26021"),
        ("FL", "Lake Conty", "12069"),
        ("FL", "St. Luice County", "12111"),
        ("TX", "Lampass County", "48281"),
    ],
)
def test_nearest(state: str, printed: str, best: str) -> None:
    (county, score), *others = nearest_counties(state, printed)
    assert county.geoid == best
    assert 92 <= score < 100
    assert len(others) == 2
    assert all(other <= score for _, other in others)


def test_a_city_is_not_the_very_image_of_a_county() -> None:
    (county, score), *_ = nearest_counties("VA", "Hopewell County", limit=1)
    assert county.geoid == "51670"
    assert score < 90


@pytest.mark.parametrize(
    ("state", "printed", "geoid"),
    [
        ("FL", "Ft. Myers", "gn4155995"),
        ("GA", "Decatur", "gn4191124"),
        ("VA", "Richmond", "51760"),
        ("CA", "San Francisco", "06075"),
        ("FL", "Midway", None),
        ("KY", "Livingston", None),
        ("FL", "Lee County", None),
        ("FL", "", None),
    ],
)
def test_municipalities(state: str, printed: str, geoid: str | None) -> None:
    found = municipality_by_name(state, printed)
    assert (found.geoid if found else None) == geoid


def test_nearest_in_a_territory_is_nothing() -> None:
    assert nearest_counties("GU", "Kattan District") == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("St. John's", "saint johns"),
        ("Ste. Genevieve", "saint genevieve"),
        ("Sainte-Marie", "saint marie"),
        ("Ft. Myers", "fort myers"),
        ("Mt. Vernon", "mount vernon"),
        ("Flathead MT", "flathead mt"),
        ("D.C.", "dc"),
        ("W.Va.", "wva"),
        ("Texas A&M", "texas a and m"),
        ("Doña  Ana", "dona ana"),
        ("‘Ewa Beach", "ewa beach"),
        ("Prince George’s", "prince georges"),
        ("MIAMI–DADE", "miami dade"),
        ("St.Louis", "saint louis"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


def test_helpers() -> None:
    assert key("La Salle") == key("LaSalle") == "lasalle"
    assert slugify("Doña Ana County") == "dona-ana-county"
    names = ["Juneau City and Borough", "Orleans Parish", "Baltimore city", "Carson City"]
    assert [base_name(n) for n in names] == ["Juneau", "Orleans", "Baltimore", "Carson City"]
