"""What changed between two editions of a brief, in facts: whatever both tell is left out.

A row that moved on a newer list, the list's date and age, and numbers of the evidence are no facts
of the subject; how much of that moved is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reportkit.brief.diff_tables import ABOUT, TABLES, About, Facts, Table, as_told, claims, said
from reportkit.errors import InputError

Kind = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Field:
    """One value in the older and in the newer edition, JSON-safe; None where it is not there.

    `name` has dots where the facts nest: "moa.url".
    """

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the newer edition has, has no more, or tells otherwise.

    `key` names it in the facts, `name` to readers; `fields` are the values that differ, and for what
    is new or gone those that tell what it is.
    """

    about: About
    kind: Kind
    key: str
    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two editions."""

    report_id: str
    as_of: str
    lang: str
    schema_version: str
    list_date: str
    pending_list_date: str | None
    age_days: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What is otherwise and is no change: agreements on other rows of their lists, claims that only
    name the newer list, claims with other numbers of evidence, sentences in other words."""

    rows: int
    dated: int
    renumbered: int
    reworded: int


@dataclass(frozen=True, slots=True)
class Diff:
    """Two editions of one subject, and what changed from the older to the newer."""

    geoid: str
    kind: str
    name: str
    old: Side
    new: Side
    changes: tuple[Change, ...]
    moved: Moved

    def of(self, about: About) -> tuple[Change, ...]:
        """The changes about one thing."""
        return tuple(item for item in self.changes if item.about == about)


def compare(old: Facts, new: Facts) -> Diff:
    """What changed from one edition to a later one of the same subject.

    Their languages may differ, as facts are compared and not sentences. Of facts of two versions of
    the schema, what both know is compared.

    Raises:
        InputError: they are of two subjects, or the older one is the newer.
    """
    ours, theirs = old["jurisdiction"], new["jurisdiction"]
    if (ours["geoid"], ours["kind"]) != (theirs["geoid"], theirs["kind"]):
        raise InputError(
            f"two editions of different places: {ours['name']} ({ours['geoid']}) and "
            f"{theirs['name']} ({theirs['geoid']}); name two of one place"
        )
    if old["as_of"] > new["as_of"]:
        raise InputError(
            f"the first edition is of {old['as_of']}, the second of {new['as_of']}; "
            "name the older one first"
        )
    changes = [
        change
        for about in ABOUT
        for change in _changes(about, TABLES[about](old), TABLES[about](new))
    ]
    return Diff(
        theirs["geoid"],
        theirs["kind"],
        theirs["name"],
        _side(old),
        _side(new),
        tuple(changes),
        _moved(old, new),
    )


def _side(facts: Facts) -> Side:
    roster = facts["roster"]
    return Side(
        facts["report_id"],
        facts["as_of"],
        facts["lang"],
        facts.get("schema_version", ""),
        roster["list_date"],
        roster["pending_list_date"],
        roster["age_days"],
    )


# What an agreement permits, and how many share a gap, comes and goes with the agreement and the gap.
_COMMON = {"term", "share"}


def _changes(about: About, old: Table, new: Table) -> Iterator[Change]:
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            entry = before or after
            assert entry is not None
            if about not in _COMMON:
                fields = tuple(
                    Field(name, value if before else None, value if after else None)
                    for name, value in entry.values.items()
                    if value is not None
                )
                yield Change(about, "gone" if before else "new", key, entry.name, fields)
        elif before.same:
            if not as_told(before.same, after.same):
                fields = (Field("text", before.values["text"], after.values["text"]),)
                yield Change(about, "changed", key, after.name, fields)
        elif fields := tuple(_fields(before.values, after.values)):
            yield Change(about, "changed", key, after.name, fields)


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Field]:
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield Field(name, old.get(name), new.get(name))


def _moved(old: Facts, new: Facts) -> Moved:
    """Counts of what only moved."""
    rows = [
        {
            item["id"]: (item["list_file"], item["list_row"])
            for item in (*facts.get("agreements", ()), *facts.get("ended", ()))
        }
        for facts in (old, new)
    ]
    before, after = claims(old), claims(new)
    theirs = {claim["id"]: claim for claim in said(new)}
    dated = renumbered = reworded = 0
    for claim in said(old):
        name, other = claim["id"], theirs.get(claim["id"])
        if other is None or not as_told(before[name].same, after[name].same):
            continue
        renumbered += claim["evidence"] != other["evidence"]
        if claim["values"] != other["values"]:
            dated += 1
        elif old["lang"] == new["lang"]:
            reworded += claim["text"] != other["text"]
    return Moved(
        sum(rows[0][name] != rows[1][name] for name in rows[0].keys() & rows[1].keys()),
        dated,
        renumbered,
        reworded,
    )
