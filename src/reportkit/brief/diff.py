"""What changed between two editions of a brief, in facts: whatever both tell is left out.

A row that moved on a newer list, the list's date and age, and numbers of the evidence are no facts
of the subject; how much of that moved is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from reportkit.errors import InputError

Facts = Mapping[str, Any]
"""What a brief.json holds."""
About = Literal[
    "answer",
    "agreement",
    "pending",
    "departure",
    "term",
    "gap",
    "law",
    "neighbour",
    "figure",
    "share",
    "statement",
    "correction",
    "evidence",
    "claim",
]
ABOUT: tuple[About, ...] = get_args(About)
"""What a change is about, in the order to tell."""
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
        for change in _changes(about, _TABLES[about](old), _TABLES[about](new))
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


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing that an edition tells, with its values; `same` stands for what a comparison goes by
    where that is not the values themselves."""

    name: str
    values: Mapping[str, Any]
    same: Any = None


_Table = Mapping[str, _Entry]
# What an agreement permits, and how many share a gap, comes and goes with the agreement and the gap.
_COMMON = {"term", "share"}


def _changes(about: About, old: _Table, new: _Table) -> Iterator[Change]:
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
            if not _as_told(before.same, after.same):
                fields = (Field("text", before.values["text"], after.values["text"]),)
                yield Change(about, "changed", key, after.name, fields)
        elif fields := tuple(_fields(before.values, after.values)):
            yield Change(about, "changed", key, after.name, fields)


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Field]:
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield Field(name, old.get(name), new.get(name))


def _flat(held: Mapping[str, Any], but: tuple[str, ...] = (), start: str = "") -> dict[str, Any]:
    """Values by name, those of objects within it behind a dot, without some."""
    found: dict[str, Any] = {}
    for name, value in held.items():
        if name in but:
            continue
        if isinstance(value, Mapping):
            found |= _flat(value, (), f"{start}{name}.")
        else:
            found[f"{start}{name}"] = value
    return found


# What a newer list moves.
_PLACES = ("list_file", "list_row", "evidence")


def _answer(facts: Facts) -> _Table:
    return {"answer": _Entry("", {"answer": facts["answer"]})}


def _agreements(facts: Facts) -> _Table:
    held = (*facts.get("agreements", ()), *facts.get("ended", ()))
    return {item["id"]: _Entry(_named(item), _listed(item, "listed", ("id",))) for item in held}


def _pending(facts: Facts) -> _Table:
    return {
        _named(item): _Entry(_named(item), _listed(item, "pending", ()))
        for item in facts.get("pending", ())
    }


def _named(item: Facts) -> str:
    return f"{item['model'] or ''} {item['agency']}".strip()


def _listed(item: Facts, status: str, but: tuple[str, ...]) -> dict[str, Any]:
    """What an agreement or a wait is; while it is listed, the newest list is its last."""
    moved = ("last_listed",) if item["status"] == status else ()
    return _flat(item, (*_PLACES, *but, *moved))


def _departures(facts: Facts) -> _Table:
    """Of the nation: agreements that ended."""
    ended = facts.get("departures", {}).get("ended", ())
    return {
        item["id"]: _Entry(f"{_named(item)}, {item['state']}", _flat(item, (*_PLACES, "id")))
        for item in ended
    }


def _terms(facts: Facts) -> _Table:
    """What is known of each agreement's text."""
    names = {
        item["id"]: _named(item) for item in (*facts.get("agreements", ()), *facts.get("ended", ()))
    }
    return {
        name: _Entry(names.get(name, name), _flat(paper, ("agreements",)))
        for paper in facts.get("terms", ())
        for name in paper["agreements"]
    }


_LACKING = ("absent", "partly")


def _gaps(facts: Facts) -> _Table:
    """The findings: of how many agreements known on the point, and of how many by standard forms."""
    return {
        item["indicator"]: _Entry(
            item["indicator"],
            {
                "finding": {
                    "state": item["state"],
                    "texts": _lacking([held["state"] for held in item["agreements"]]),
                    "forms": _lacking(list(item["form_states"].values())),
                }
            },
        )
        for item in facts.get("gaps", ())
    }


def _lacking(states: list[str]) -> dict[str, Any] | None:
    """The worst of some states, how many lack the safeguard, and of how many that is known."""
    known = [state for state in (*_LACKING, "in_place") if state in states]
    if not known:
        return None
    lack = sum(state in _LACKING for state in states)
    return {"worst": known[0], "lack": lack, "known": sum(state in known for state in states)}


def _law(facts: Facts) -> _Table:
    return {name: item for name, item in _claims(facts).items() if name.startswith("context.law.")}


def _neighbours(facts: Facts) -> _Table:
    found = facts.get("context", {}).get("neighbours", ())
    return {item["geoid"]: _Entry(item["name"], {"models": item["models"]}) for item in found}


def _figures(facts: Facts) -> _Table:
    """Counts of state and nation; of the nation, of each state and kind of agency."""
    context, growth = facts.get("context", {}), facts.get("growth", {})
    whole = {**growth["lists"][-1], **facts["coverage"]} if growth else {}
    groups = {
        **{name: context[name] for name in ("state", "nation") if name in context},
        **({"nation": {name: whole[name] for name in _WHOLE}} if whole else {}),
        **growth.get("states", {}),
        **growth.get("kinds", {}),
    }
    return {name: _Entry(name, _flat(values)) for name, values in groups.items()}


_WHOLE = ("agreements", "agencies", "models", "people", "people_covered")


def _shares(facts: Facts) -> _Table:
    """How many agreements of the nation share a gap, of those known on the point."""
    return {
        item["indicator"]: _Entry(item["indicator"], {"share": item["share"]})
        for item in facts.get("gaps", ())
        if item["share"]
    }


def _statements(facts: Facts) -> _Table:
    """Of the nation: published statements with their verdicts."""
    return {
        item["id"]: _Entry(item["said"], {"verdict": item["verdict"]})
        for item in facts.get("factcheck", ())
    }


def _corrections(facts: Facts) -> _Table:
    return {
        " ".join((item["agency"], item["field"], item["printed"])): _Entry(
            item["agency"], _flat(item, ("agency", "rows"))
        )
        for item in facts.get("corrections", ())
    }


_LISTS = {"list", "pending-list"}


def _evidence(facts: Facts) -> _Table:
    """The sources, apart from lists, of which there is a newer one each time."""
    return {
        f"{item['kind']} {item['publisher']} {item['title']}": _Entry(
            item["title"],
            {name: item.get(name) for name in ("url", "sha256", "retrieved", "published")},
        )
        for item in facts["evidence"]
        if item["kind"] not in _LISTS
    }


def _claims(facts: Facts) -> _Table:
    days = {
        facts["as_of"]: "day",
        facts["roster"]["list_date"]: "list",
        facts["roster"]["pending_list_date"]: "pending",
    }
    return {
        claim["id"]: _Entry(claim["section"], {"text": claim["text"]}, _same(claim, days))
        for claim in _said(facts)
    }


def _said(facts: Facts) -> tuple[Facts, ...]:
    return tuple(facts["claims"])


# Messages that say the same of lists of different ages.
_AGES = {"limits.list.today": "limits.list"}
_AGED, _DATED = {"age", "days"}, {"list_date", "pending_date", "date", "as_of"}


def _same(claim: Facts, days: Mapping[str, str]) -> tuple[str, dict[str, tuple[Any, str]]]:
    """What a claim says: its message, and each value with the list or day of the edition that it
    names, if it does."""
    values = {
        name: (value, days.get(value, "") if name in _DATED and isinstance(value, str) else "")
        for name, value in claim["values"].items()
        if name not in _AGED
    }
    message = str(claim["message"])
    return _AGES.get(message, message), values


def _as_told(old: Any, new: Any) -> bool:
    """True where two claims say the same, each of the lists of its own edition."""
    (message, ours), (other, theirs) = old, new
    return (
        message == other
        and ours.keys() == theirs.keys()
        and all(
            ours[name][0] == theirs[name][0] or (ours[name][1] and ours[name][1] == theirs[name][1])
            for name in ours
        )
    )


_TABLES: Mapping[About, Callable[[Facts], _Table]] = {
    "answer": _answer,
    "agreement": _agreements,
    "pending": _pending,
    "departure": _departures,
    "term": _terms,
    "gap": _gaps,
    "law": _law,
    "neighbour": _neighbours,
    "figure": _figures,
    "share": _shares,
    "statement": _statements,
    "correction": _corrections,
    "evidence": _evidence,
    "claim": _claims,
}


def _moved(old: Facts, new: Facts) -> Moved:
    """Counts of what only moved."""
    rows = [
        {
            item["id"]: (item["list_file"], item["list_row"])
            for item in (*facts.get("agreements", ()), *facts.get("ended", ()))
        }
        for facts in (old, new)
    ]
    before, after = _claims(old), _claims(new)
    theirs = {claim["id"]: claim for claim in _said(new)}
    dated = renumbered = reworded = 0
    for claim in _said(old):
        name, other = claim["id"], theirs.get(claim["id"])
        if other is None or not _as_told(before[name].same, after[name].same):
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
