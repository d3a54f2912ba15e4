"""The terms that the standard form of each generation contains, as facts without their words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from reportkit.moa.generations import generations
from reportkit.moa.sections import ADDENDUM
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


def derived_terms(
    files_of: Mapping[str, Sequence[Mapping[str, Found]]],
) -> dict[str, dict[str, dict[str, object]]]:
    """The facts of data/standard.json from the terms of files, by the name of their standard text.

    Each term takes the state, value and section that most files have which could be read there.
    A term that no file shows readably is left out; what an addendum brings is not of the form.
    """
    return {
        name: {
            term: fact
            for term in (held[0] if held else {})
            if (fact := _most([found[term] for found in held]))
        }
        for name, held in sorted(files_of.items())
    }


def _most(found: Sequence[Found]) -> dict[str, object]:
    form = [item if item.section != ADDENDUM else Found("absent") for item in found]
    states = Counter(item.state for item in form if item.state != "unreadable")
    if not states:
        return {}
    state = states.most_common(1)[0][0]
    facts: dict[str, object] = {"state": state}
    if state == "present":
        kept = [item for item in form if item.state == "present"]
        facts["value"] = Counter(item.value for item in kept).most_common(1)[0][0]
        facts["section"] = Counter(item.section for item in kept).most_common(1)[0][0]
    return facts
