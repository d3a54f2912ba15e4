"""The gazetteer: a name to exactly one place, or to the candidates; neighbours; outlines."""

from reportkit.places.gazetteer import Gazetteer
from reportkit.places.geometry import (
    county_outline,
    has_outline,
    merged_counties,
    nation_outline,
    state_borders,
    state_outline,
    state_projection,
)
from reportkit.places.model import Kind, Place
from reportkit.places.names import fold, slugify
from reportkit.places.printed import county_by_name, municipality_by_name, nearest_counties
from reportkit.places.resolve import resolve

__all__ = [
    "Gazetteer",
    "Kind",
    "Place",
    "county_by_name",
    "county_outline",
    "fold",
    "has_outline",
    "merged_counties",
    "municipality_by_name",
    "nation_outline",
    "nearest_counties",
    "resolve",
    "slugify",
    "state_borders",
    "state_outline",
    "state_projection",
]
