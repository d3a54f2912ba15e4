"""Where a municipality lies: its county, or why no county can be named.

In the packed data an area is one text made of FIPS codes: "12071" is a county, "10001|10005" a spot
near the border of two, "36005+36047" a municipality made up of both, "02261" a county of 2017 that
is no more, and two digits are a state when nothing finer is known.
"""

from __future__ import annotations

from collections.abc import Mapping

BORDERING = "|"
SEVERAL = "+"

NO_COUNTIES = {
    "09": "Connecticut's planning regions took the place of its counties after 2017, "
    "the year of the boundaries on hand",
    **dict.fromkeys(
        ("60", "66", "69", "72", "78"),
        "the Census file on hand does not cover the territories",
    ),
}
"""Why no county is known in a whole state or territory, by its FIPS code."""


def former_area(geoid: str) -> str:
    """What stands for a county that is no more: all of Connecticut, or its old id in Alaska."""
    return geoid[:2] if geoid[:2] in NO_COUNTIES else geoid


def county_of(area: str, counties: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The geoid of the county and None, or None and the reason in words.

    Args:
        area: as described at the head of this module.
        counties: names of the counties by geoid.
    """
    if area in counties:
        return area, None
    if BORDERING in area:
        names = [counties[geoid] for geoid in area.split(BORDERING)]
        return None, f"too near the border of {_listed(names)} to tell from simplified boundaries"
    if SEVERAL in area:
        return None, f"lies in {_listed([counties[geoid] for geoid in area.split(SEVERAL)])}"
    if len(area) == 2:
        return None, NO_COUNTIES.get(area, "outside the simplified boundaries on hand")
    return None, "its county was split after 2017, the year of the boundaries on hand"


def counties_in(area: str, counties: Mapping[str, str]) -> tuple[str, ...]:
    """Geoids of the counties that an area speaks of: one, several, or none that is known."""
    return tuple(g for g in area.replace(SEVERAL, BORDERING).split(BORDERING) if g in counties)


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
