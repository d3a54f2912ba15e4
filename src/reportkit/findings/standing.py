"""What the record says of a place whatever the day: tells whether a new list concerns it, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportkit.findings.cited import known
from reportkit.findings.context import neighbours
from reportkit.findings.law import law_facts
from reportkit.findings.national import National
from reportkit.findings.status import find_status
from reportkit.places import Place
from reportkit.store import Agreement, Waiting

Standing = Mapping[str, Mapping[str, str]]
"""What is on record about a place: by what it is about, the words for each of its properties."""


def standing(place: Place, national: National) -> Standing:
    """What is on record about a place: agreements, waits, neighbours, state law, the answer.

    Counts of state and nation are left out, and so is everything that each new list moves (its own
    date, rows, ages): two snapshots with the same standing differ in nothing about the place.
    """
    status = find_status(place, national.snapshot, national.gazetteer)
    found: dict[str, Mapping[str, str]] = {
        "answer": {"about": "the place", "status": status.answer.replace("_", " ")}
    }
    for agreement in (*status.listed, *status.ended):
        held = agreement.held
        found[held.id] = {
            "about": f"{held.agency.name} ({held.model})",
            **_agreement(held, national),
            "area": agreement.reason if agreement.certain else f"{agreement.reason}, perhaps",
        }
    for wait in (*status.pending, *status.waited):
        found[f"waiting {wait.agency.id} {wait.held.model or ''}"] = {
            "about": f"{wait.agency.name} ({wait.held.model or 'no model printed'}, pending)",
            **_waiting(wait.held),
        }
    for item in neighbours(place, national):
        found[f"neighbour {item.county.geoid}"] = {
            "about": f"{item.county.full_name}, a neighbor",
            "models": " ".join(item.models) or "none",
        }
    for fact in law_facts(place.state):
        if known(fact, national.snapshot.as_of):
            found[f"law {fact.id}"] = {
                "about": f"{place.state_name} law ({fact.id})",
                "on": "record",
            }
    return found


def _agreement(held: Agreement, national: National) -> Mapping[str, str]:
    records = national.store.memoranda_of.get(held.id, ())
    return {
        "status": held.status,
        "signed": held.signed.isoformat() if held.signed else "on no date",
        "first listed": held.first.list.date.isoformat(),
        "first absent": held.absent.date.isoformat() if held.absent else "never",
        "memorandum link": held.moa_url or "none",
        "addendum link": held.addendum_url or "none",
        "continued as": held.continues_as or "none",
        "memoranda on file": " ".join(item.sha256[:16] for item in records) or "none",
        "absences": str(len(held.gaps)),
        "county printed": held.county_printed,
    }


def _waiting(held: Waiting) -> Mapping[str, str]:
    return {
        "on the newest pending list": "yes" if held.listed else "no",
        "first pending": held.first.list.date.isoformat(),
    }


def changes(before: Standing, now: Standing) -> Iterator[str]:
    """One line for each thing about a place that two standings do not share."""
    for key in {**before, **now}:
        old, new = before.get(key), now.get(key)
        about = (new or old or {}).get("about", key)
        if old is None or new is None:
            yield f"{about}: {'new on record' if old is None else 'no longer on record'}"
            continue
        for name in {**old, **new}:
            if old.get(name) != new.get(name) and name != "about":
                yield f"{about}: {name} was {old.get(name)}, is {new.get(name)}"
