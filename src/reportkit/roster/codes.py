"""Closed code lists for states, models and types: read from `codes.yaml`, they stop on the unknown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from reportkit.errors import ListError

_SLIP = 2


@dataclass(frozen=True, slots=True)
class CodeList:
    """One closed list. `encode` maps a printed value to its code, `labels` codes to full names."""

    field: str
    labels: dict[str, str]
    fixes: dict[str, str]
    missing: frozenset[str]

    def encode(self, printed: str, where: str) -> str | None:
        """The code of a printed value, None where ICE prints no value.

        Raises:
            ListError: the value is in neither part of the list; the message names it and `where`.
        """
        folded = " ".join(printed.upper().split())
        if folded in self.missing:
            return None
        for code, label in self.labels.items():
            if folded == label:
                return code
        if folded in self.fixes:
            return self.fixes[folded]
        from rapidfuzz.distance import OSA

        # A slip of a letter or two that can mean one code only; anything further off stops.
        near = {
            code
            for code, label in self.labels.items()
            if OSA.distance(folded, label, score_cutoff=_SLIP) <= _SLIP
        }
        if len(near) == 1 and len(folded) > 2 * _SLIP:
            return near.pop()
        raise ListError(
            f"{where}: {self.field} {printed!r} is not in the code list; "
            f"if it is a misspelling, add it to 'fixes' of {self.field!r} in roster/codes.yaml"
        )

    def is_exact(self, printed: str) -> bool:
        """True where the printed value is a label of the list or a mark for no value."""
        folded = " ".join(printed.upper().split())
        return folded in self.missing or folded in self.labels.values()


@cache
def code_list(field: str) -> CodeList:
    """The code list of one field: "state", "model" or "type"."""
    data = _lists()
    part, missing = data[field], frozenset(data["missing"])
    codes, fixes = set(part["valid"]), dict(part["fixes"])
    if set(fixes) & set(part["valid"].values()) or not set(fixes.values()) <= codes:
        raise ValueError(f"codes.yaml: the parts of {field!r} overlap or name an unknown code")
    return CodeList(field, dict(part["valid"]), fixes, missing)


@cache
def _lists() -> dict[str, Any]:
    text = files("reportkit.roster").joinpath("codes.yaml").read_text("utf-8")
    lists: dict[str, Any] = yaml.safe_load(text)
    return lists


def is_missing(printed: str) -> bool:
    """True where ICE prints a mark for "no value"."""
    return " ".join(printed.upper().split()) in code_list("state").missing
