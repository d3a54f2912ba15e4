"""Cities that are county equivalents: one government, one place.

Their name resolves to the county equivalent, so that a place has one id only. Listed are those
where city and county (or equivalent) have the same bounds, by law or by consolidation. Left out on
purpose are consolidated governments with other municipalities inside them: Jacksonville,
Indianapolis, Nashville, Louisville, Athens, Augusta, Butte, Kansas City (Kansas), Baton Rouge.
Arlington County has no city in it; GeoNames lists the
county itself as a town. The boroughs of New York are counties under another name.
The independent cities need no entry: the Census names them "… city".
"""

from __future__ import annotations

COEXTENSIVE: dict[str, tuple[str, ...]] = {
    "02020": ("Anchorage",),
    "02110": ("Juneau",),
    "02220": ("Sitka",),
    "02230": ("Skagway",),
    "02275": ("Wrangell",),
    "02282": ("Yakutat",),
    "06075": ("San Francisco",),
    "08014": ("Broomfield",),
    "08031": ("Denver",),
    "11001": ("Washington",),
    "13053": ("Cusseta",),
    "13215": ("Columbus",),
    "13239": ("Georgetown",),
    "13021": ("Macon", "Macon-Bibb"),
    "15003": ("Honolulu",),
    "21067": ("Lexington", "Lexington-Fayette"),
    "22071": ("New Orleans",),
    "25019": ("Nantucket",),
    "30023": ("Anaconda",),
    "32510": ("Carson City",),
    "36005": ("The Bronx", "Bronx"),
    "36047": ("Brooklyn",),
    "36061": ("Manhattan",),
    "36081": ("Queens",),
    "36085": ("Staten Island",),
    "42101": ("Philadelphia",),
    "47127": ("Lynchburg",),
    "47169": ("Hartsville",),
    "51013": ("Arlington",),
}
"""Names of the city by the id of its county equivalent."""

ONE_CITY = {
    "06075",
    "08031",
    "11001",
    "22071",
    "36005",
    "36047",
    "36061",
    "36081",
    "36085",
    "42101",
}
"""Counties that hold one city and no other place; what GeoNames has there are neighbourhoods.

The same is true of every independent city.
"""

SEVERAL_COUNTIES = {"gn5128581": ("36005", "36047", "36061", "36081", "36085")}
"""Municipalities that are made up of several whole counties: New York City."""
