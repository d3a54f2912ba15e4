"""Waits that no participating list has answered."""

from __future__ import annotations

from functools import lru_cache

from reportkit.store import Snapshot, Waiting


@lru_cache(maxsize=8)
def unanswered(snapshot: Snapshot) -> tuple[Waiting, ...]:
    """Waits as of a day, without those that led to an agreement.

    An agreement of the agency and the model answers a wait if it is listed, or was first listed no
    earlier than the last pending list with the wait. One that had ended before does not.
    """
    answers: dict[tuple[str, str | None], list[bool]] = {}
    newest: dict[tuple[str, str | None], str] = {}
    for held in snapshot.agreements:
        for key in ((held.agency.id, held.model), (held.agency.id, None)):
            answers.setdefault(key, []).append(held.status == "listed")
            newest[key] = max(newest.get(key, ""), held.first.list.date.isoformat())
    return tuple(
        item
        for item in snapshot.waiting
        if not any(answers.get((item.agency.id, item.model), ()))
        and newest.get((item.agency.id, item.model), "") < item.last.list.date.isoformat()
    )
