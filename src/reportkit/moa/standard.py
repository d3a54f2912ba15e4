"""The terms that the standard form of each generation contains, as facts without their words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from reportkit.moa.generations import generations
from reportkit.moa.values import Found


@cache
def _facts() -> Mapping[str, Mapping[str, Found]]:
    data = files(__package__).joinpath("data", "standard.json").read_text(encoding="utf-8")
    return {
        name: {term: Found(**fact) for term, fact in held.items()}
        for name, held in json.loads(data).items()
    }


def standard_terms(generation: str) -> Mapping[str, Found]:
    """The terms of a generation's standard form: state, value and section; no page, no words.

    Raises:
        KeyError: the generation is unknown.
    """
    return _facts()[generations()[generation].text]
