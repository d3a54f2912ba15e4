"""What an agency's name says: its kind, how far it reaches, the place it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from reportkit.places import Place
from reportkit.roster.geography import Geography
from reportkit.roster.names import canonical


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    scope: str
    pattern: re.Pattern[str]
    state: bool
    no_city: bool


@cache
def _rules() -> tuple[_Rule, ...]:
    data = yaml.safe_load(files("reportkit.roster").joinpath("kinds.yaml").read_text("utf-8"))
    return tuple(
        _Rule(
            rule["kind"],
            rule["scope"],
            re.compile(rule["pattern"]),
            rule.get("state", False),
            rule.get("no_city", False),
        )
        for rule in data
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says. `words` is the place as named, `county` and `city` are set where it is real.

    `kind` is ours: sheriff, municipal police, state, constable, campus, corrections, prosecutor or
    other. `scope` is statewide, county, municipality, precinct, campus, port, circuit or regional.
    """

    kind: str
    scope: str
    words: str
    county: Place | None
    city: Place | None

    @property
    def place(self) -> str | None:
        """The id of the real place that the name names."""
        found = self.county or self.city
        return found.geoid if found else None


def describe(state: str, name: str, typed_state: bool, geography: Geography) -> Named:
    """Read an agency's name. `typed_state` says that ICE typed the agency a state agency."""
    text = canonical(state, name)
    for rule in _rules():
        match = rule.pattern.search(text)
        if match is None or (rule.state and not typed_state):
            continue
        if rule.no_city and _city(state, text, geography):
            continue
        groups = match.groupdict()
        if words := groups.get("county"):
            county = geography.county(state, f"{words} county") or geography.county(state, words)
            # A sheriff or a jail of a Virginia city is named after the city alone.
            city = None if county or "county" in text else geography.city(state, words)
            return Named(rule.kind, rule.scope, words, county, city)
        words = groups.get("city", "")
        return Named(rule.kind, rule.scope, words, None, geography.city(state, words))
    raise AssertionError(f"kinds.yaml has no rule for {name!r}")


def _city(state: str, text: str, geography: Geography) -> Place | None:
    """The municipality that the name names if it is read as a city's."""
    for rule in _rules():
        if rule.scope == "municipality" and (match := rule.pattern.search(text)):
            return geography.city(state, match["city"])
    return None
