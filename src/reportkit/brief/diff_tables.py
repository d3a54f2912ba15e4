"""What an edition tells, as tables that can be compared: one for each thing that may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

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


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that an edition tells, with its values; `same` stands for what a comparison goes by
    where that is not the values themselves."""

    name: str
    values: Mapping[str, Any]
    same: Any = None


Table = Mapping[str, Entry]


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


def _answer(facts: Facts) -> Table:
    return {"answer": Entry("", {"answer": facts["answer"]})}


def _agreements(facts: Facts) -> Table:
    held = (*facts.get("agreements", ()), *facts.get("ended", ()))
    return {item["id"]: Entry(_named(item), _listed(item, "listed", ("id",))) for item in held}


def _pending(facts: Facts) -> Table:
    return {
        _named(item): Entry(_named(item), _listed(item, "pending", ()))
        for item in facts.get("pending", ())
    }


def _named(item: Facts) -> str:
    return f"{item['model'] or ''} {item['agency']}".strip()


def _listed(item: Facts, status: str, but: tuple[str, ...]) -> dict[str, Any]:
    """What an agreement or a wait is; while it is listed, the newest list is its last."""
    moved = ("last_listed",) if item["status"] == status else ()
    return _flat(item, (*_PLACES, *but, *moved))


def _departures(facts: Facts) -> Table:
    """Of the nation: agreements that ended."""
    ended = facts.get("departures", {}).get("ended", ())
    return {
        item["id"]: Entry(f"{_named(item)}, {item['state']}", _flat(item, (*_PLACES, "id")))
        for item in ended
    }


def _terms(facts: Facts) -> Table:
    """What is known of each agreement's text."""
    names = {
        item["id"]: _named(item) for item in (*facts.get("agreements", ()), *facts.get("ended", ()))
    }
    return {
        name: Entry(names.get(name, name), _flat(paper, ("agreements",)))
        for paper in facts.get("terms", ())
        for name in paper["agreements"]
    }


_LACKING = ("absent", "partly")


def _gaps(facts: Facts) -> Table:
    """The findings: of how many agreements known on the point, and of how many by standard forms."""
    return {
        item["indicator"]: Entry(
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


def _law(facts: Facts) -> Table:
    return {name: item for name, item in claims(facts).items() if name.startswith("context.law.")}


def _neighbours(facts: Facts) -> Table:
    found = facts.get("context", {}).get("neighbours", ())
    return {item["geoid"]: Entry(item["name"], {"models": item["models"]}) for item in found}


def _figures(facts: Facts) -> Table:
    """Counts of state and nation; of the nation, of each state and kind of agency."""
    context, growth = facts.get("context", {}), facts.get("growth", {})
    whole = {**growth["lists"][-1], **facts["coverage"]} if growth else {}
    groups = {
        **{name: context[name] for name in ("state", "nation") if name in context},
        **({"nation": {name: whole[name] for name in _WHOLE}} if whole else {}),
        **growth.get("states", {}),
        **growth.get("kinds", {}),
    }
    return {name: Entry(name, _flat(values)) for name, values in groups.items()}


_WHOLE = ("agreements", "agencies", "models", "people", "people_covered")


def _shares(facts: Facts) -> Table:
    """How many agreements of the nation share a gap, of those known on the point."""
    return {
        item["indicator"]: Entry(item["indicator"], {"share": item["share"]})
        for item in facts.get("gaps", ())
        if item["share"]
    }


def _statements(facts: Facts) -> Table:
    """Of the nation: published statements with their verdicts."""
    return {
        item["id"]: Entry(item["said"], {"verdict": item["verdict"]})
        for item in facts.get("factcheck", ())
    }


def _corrections(facts: Facts) -> Table:
    return {
        " ".join((item["agency"], item["field"], item["printed"])): Entry(
            item["agency"], _flat(item, ("agency", "rows"))
        )
        for item in facts.get("corrections", ())
    }


_LISTS = {"list", "pending-list"}


def _evidence(facts: Facts) -> Table:
    """The sources, apart from lists, of which there is a newer one each time."""
    return {
        f"{item['kind']} {item['publisher']} {item['title']}": Entry(
            item["title"],
            {name: item.get(name) for name in ("url", "sha256", "retrieved", "published")},
        )
        for item in facts["evidence"]
        if item["kind"] not in _LISTS
    }


def claims(facts: Facts) -> Table:
    """The claims of an edition by id."""
    days = {
        facts["as_of"]: "day",
        facts["roster"]["list_date"]: "list",
        facts["roster"]["pending_list_date"]: "pending",
    }
    return {
        claim["id"]: Entry(claim["section"], {"text": claim["text"]}, _same(claim, days))
        for claim in said(facts)
    }


def said(facts: Facts) -> tuple[Facts, ...]:
    """The claims of an edition, in order."""
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


def as_told(old: Any, new: Any) -> bool:
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


TABLES: Mapping[About, Callable[[Facts], Table]] = {
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
    "claim": claims,
}
