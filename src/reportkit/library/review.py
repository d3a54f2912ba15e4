"""Loads what a reviewer looks at first: which claims, in which part of the checklist, how risky."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from reportkit.library.facts import Confidence, data_text
from reportkit.library.fields import one_of, shaped, shown
from reportkit.library.reading import Record, Schema, read_records

Part = Literal["disagreement", "medium", "unread", "corrections", "stale"]
PARTS: tuple[Part, ...] = get_args(Part)
"""In the order of a checklist: what contradicts something on record comes first."""
Risk = Literal["high", "middle", "low"]
RISKS: tuple[Risk, ...] = get_args(Risk)


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of point. The messages `review.check.<id>` and `review.do.<id>` say what and how.

    A claim is one of these where its id begins with one of `claims`, or its message with one of
    `messages`; where both are empty, code finds them. Of those, `where` keeps claims with a value
    ("reason=maybe"), `fact` those on cited facts of a confidence, `years` those that cite a source
    published so many years before the brief's day, and `unsaid` of these what does not name the
    source's year. `unless` leaves out a claim where another tells it: "terms.dates." and the end of
    its own id.
    """

    id: str
    part: Part
    risk: Risk
    claims: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    where: str = ""
    fact: Confidence | Literal[""] = ""
    years: int = 0
    unsaid: bool = False
    unless: str = ""


def _prefixes(held: list[Any]) -> str:
    wrong = [shown(item) for item in held if not isinstance(item, str) or not item]
    return (
        f"{', '.join(wrong)}: no beginning of an id; write one like status.shared." if wrong else ""
    )


def _rules(record: Record) -> Iterator[tuple[str, str]]:
    for name in ("where", "fact", "years", "unless"):
        if record.get(name) and not (record.get("claims") or record.get("messages")):
            yield name, "narrows claims, but none are named; add claims or messages"


_FILE = "library/data/review.yaml"
_SCHEMA = Schema(
    texts={
        "id": shaped(r"[a-z][a-z0-9-]*", "shared-file"),
        "part": one_of(Part),
        "risk": one_of(Risk),
        "where": shaped(r"(?:\w+=[\w.-]+)?", "reason=maybe"),
        "fact": one_of(Confidence, empty=True),
        "years": shaped(r"[1-9][0-9]?", "'2'"),
        "unsaid": one_of(Literal["yes"]),
        "unless": shaped(r"(?:[\w-]+\.)+", "terms.dates."),
    },
    required=("id", "part", "risk"),
    lists={"claims": _prefixes, "messages": _prefixes},
    rules=_rules,
)


@cache
def load_checks() -> dict[str, Check]:
    """The kinds of points by id, the most risky of a part first, as the file has them.

    Raises:
        InputError: as `read_checks`.
    """
    return read_checks(data_text("review"), _FILE)


def read_checks(text: str, file: str) -> dict[str, Check]:
    """The kinds of points of a text in YAML, those of higher risk first.

    Args:
        text: a list of records.
        file: what errors call the text.

    Raises:
        InputError: with a line for each problem: the file, the number and id of the record, the
            field, what is wrong with it and what to do.
    """
    found = [
        Check(
            **{
                **record,
                "claims": tuple(record.get("claims", ())),
                "messages": tuple(record.get("messages", ())),
                "years": int(record.get("years", 0)),
                "unsaid": "unsaid" in record,
            }
        )
        for record in read_records(text, file, _SCHEMA).values()
    ]
    found.sort(key=lambda item: (PARTS.index(item.part), RISKS.index(item.risk)))
    return {item.id: item for item in found}
