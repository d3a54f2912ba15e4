"""Briefs of the embedded store for tests, on any day, whatever day it is today."""

from __future__ import annotations

import datetime as dt
from functools import cache

from reportkit.brief import Brief
from reportkit.brief.assemble import assemble, nation_as_of, open_store
from reportkit.brief.facts import brief_facts
from reportkit.findings import find_place
from reportkit.places import Gazetteer

# Places of all kinds, and the days on which to look at them.
NEWEST = "2026-05-18"
CASES = (
    *((name, NEWEST) for name in (
        "Lee County, FL", "Cape Coral, FL", "Miami, FL", "Miami-Dade County, FL", "Florida",
        "Cook County, IL", "Chicago, IL", "Illinois", "Frederick County, MD", "Maryland",
        "Baltimore city, MD", "Tennessee", "Texas", "Harris County, TX", "Parker County, TX",
        "Nueces County, TX", "Texas City, TX", "Pennsylvania", "Lebanon County, PA",
        "Hazleton, PA", "Franklin County, PA", "Luzerne County, PA", "Virginia",
        "Alexandria city, VA", "Hopewell city, VA", "Warren County, VA", "Orleans Parish, LA",
        "St. Bernard Parish, LA", "Anchorage Municipality, AK", "Kodiak Island Borough, AK",
        "Washington, DC", "Guam", "Northern Mariana Islands", "Puerto Rico",
        "Capitol Planning Region, CT", "Moore County, TN", "Henagar, AL", "Longboat Key, FL",
        "Grundy County, TN", "Colbert County, AL", "Las Vegas, NV", "Delaware",
    )),
    ("Denton County, TX", "2025-03-28"),
    ("Tennessee", "2025-05-20"),
    ("Bradley County, TN", "2025-05-20"),
    ("Lake Placid, FL", "2025-03-10"),
    ("Knox County, TN", "2021-05-15"),
    ("Etowah County, AL", "2022-05-01"),
    ("Franklin County, PA", "2025-08-20"),
    ("Sanpete County, UT", "2025-12-01"),
    ("Lee County, FL", "2021-01-13"),
    ("Lee County, FL", "2026-11-22"),
    ("Florida", "2026-11-22"),
    ("Frederick County, MD", "2026-02-16"),
)  # fmt: skip


@cache
def brief(name: str, day: str = NEWEST) -> Brief:
    """The brief of a place as of a day."""
    store, gazetteer = open_store(None), Gazetteer.load()
    place = find_place(name, store, gazetteer)
    return assemble(place, nation_as_of(store, dt.date.fromisoformat(day)), "en")


@cache
def facts(name: str, day: str = NEWEST) -> dict:
    """The same as JSON-safe data."""
    return brief_facts(brief(name, day))
