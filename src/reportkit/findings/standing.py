"""What is on record about a place whatever the day: tells whether a new list concerns it, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportkit.findings.checks import check_claims
from reportkit.findings.citations import Citations
from reportkit.findings.context import neighbours
from reportkit.findings.law import law_claims
from reportkit.findings.national import National
from reportkit.findings.status import find_status
from reportkit.places import Place
from reportkit.store import Agreement, Waiting

_LAW = "context.law."

Standing = Mapping[str, Mapping[str, str]]
"""What is on record about a place: by what it is about, the words for each of its properties."""


def standing(place: Place, national: National) -> Standing:
    """What is on record about a place: the answer, agreements, waits, where the record disagrees with
    itself, neighbors, state law.

    Counts of state and nation are left out, and so is what each new list moves: its date, its rows,
    and ages that are counted from them.
    """
    status = find_status(place, national.snapshot, national.gazetteer)
    cite = Citations(national.store)
    checked = status.listed if place.kind != "state" else status.statewide
    remarks = [claim.id.split(".", 2)[1:] for claim in check_claims(checked, national, cite)]
    found: dict[str, Mapping[str, str]] = {
        "answer": {"about": "the place", "status": status.answer.replace("_", " ")}
    }
    for agreement in (*status.listed, *status.ended):
        held = agreement.held
        found[held.id] = {
            "about": f"{held.agency.name} ({held.model})",
            **_agreement(held, national),
            "area": agreement.reason if agreement.certain else f"{agreement.reason}, perhaps",
            "remark": _remarks(held, remarks),
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
    for claim in law_claims(status, (), national, cite):
        found[claim.id] = {"about": f"{place.state_name} law ({claim.id.removeprefix(_LAW)})"}
    return found


def _remarks(held: Agreement, remarks: Iterable[Sequence[str]]) -> str:
    """The kinds of the disagreements about an agreement or its agency."""
    ours = (held.id, held.agency.id)
    kinds = {kind for kind, about in remarks if about in ours or about.startswith(f"{held.id}.")}
    return ", ".join(sorted(kinds)).replace("_", " ") or "none"


def _agreement(held: Agreement, national: National) -> Mapping[str, str]:
    store = national.store
    records = (*store.memoranda_of.get(held.id, ()), *store.misplaced.get(held.id, ()))
    return {
        "status": held.status,
        "signed": held.signed.isoformat() if held.signed else "on no date",
        "first listed": held.first.list.date.isoformat(),
        "first absent": held.absent.date.isoformat() if held.absent else "never",
        "name": held.agency.name,
        "kind": held.agency.kind,
        "type printed": held.agency.type_printed,
        "memorandum link": held.moa_url or held.moa_words or "none",
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
