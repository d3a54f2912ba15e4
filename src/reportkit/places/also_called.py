"""Names in common use beside the official ones."""

from __future__ import annotations

MUNICIPALITIES = {"gn5128581": ("New York",)}
"""Other names of a municipality by its id."""

STATES = {
    "Virgin Islands": "VI",
    "United States Virgin Islands": "VI",
    "CNMI": "MP",
    "Commonwealth of the Northern Mariana Islands": "MP",
}
"""Postal codes by other names of states and territories."""

# How newspapers shorten the names of states, where that is not the postal code.
PRESS = {
    "ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "colo": "CO", "conn": "CT", "del": "DE",
    "fla": "FL", "ill": "IL", "ind": "IN", "kan": "KS", "mass": "MA", "mich": "MI", "minn": "MN",
    "miss": "MS", "mont": "MT", "neb": "NE", "nev": "NV", "okla": "OK", "ore": "OR", "penn": "PA",
    "tenn": "TN", "tex": "TX", "wash": "WA", "wva": "WV", "wis": "WI", "wyo": "WY",
}  # fmt: skip
"""Postal codes by folded abbreviation."""
