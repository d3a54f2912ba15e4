"""What a digest says before its items: the lists compared, totals on both, how many of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportkit.evidence import Citation, Claim, Value
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim
from reportkit.findings.claims import claim
from reportkit.findings.national import Counts, National, count
from reportkit.findings.news import Changes, Compared
from reportkit.findings.news_items import KINDS, Item
from reportkit.store import Agreement

_OF_FILES = {"on_hand", "quarantined"}
_NO_AGREEMENT_NEEDED = "st-g10"


@dataclass(frozen=True, slots=True)
class Tally:
    """Items counted, in agreements (or waits, links, files: one an item) and in agencies.

    `approved` are those that pending lists had shown before.
    """

    agreements: int
    agencies: int
    approved: int


def tally(items: Iterable[Item]) -> Tally:
    """Count items, and the agencies that they concern."""
    told = tuple(items)
    return Tally(
        len(told),
        len({item.agency_id for item in told if item.agency_id}),
        sum(item.pending_since is not None for item in told),
    )


def standing(national: National, states: tuple[str, ...]) -> Counts:
    """Agreements and agencies on the newest list, of some states or of all."""
    return count(_held(national, states))


def _held(national: National, states: tuple[str, ...]) -> tuple[Agreement, ...]:
    listed = national.snapshot.listed
    return tuple(item for item in listed if not states or item.agency.state in states)


def summary_claims(
    changes: Changes,
    items: tuple[Item, ...],
    ends: tuple[National, National],
    states: tuple[str, ...],
    cite: Citations,
    areas: tuple[str, ...] = (),
) -> Iterator[Claim]:
    """The lists that were compared, the totals on both, and how many items of each kind.

    Args:
        changes: what changed.
        items: those of the items that the digest tells.
        ends: the nation as of the first day and as of the last.
        states: the states that all items are of; empty for the nation.
        cite: makes the citations.
        areas: the names of the states and places that all items concern, where places are among
            them; totals are then those of the nation, and say so.
    """
    yield _lists(changes, cite)
    yield _pending(changes, cite)
    yield _totals(changes, ends, states, areas, cite)
    for kind in KINDS:
        if told := [item for item in items if item.kind == kind]:
            yield _kind(kind, told, changes, cite)
    if any(item.group == "ended" for item in items):
        yield fact_claim(_NO_AGREEMENT_NEEDED, "digest", cite)
    if not items:
        yield claim(
            "digest.nothing",
            f"digest.nothing{'.unknown' if changes.listed.same else ''}",
            "changes of any kind in the period",
            _both(changes.listed, cite),
            since=changes.since.isoformat(),
            until=changes.until.isoformat(),
        )


def _kind(kind: str, told: list[Item], changes: Changes, cite: Citations) -> Claim:
    """How many there are of a kind: by the lists compared, or by the files where it tells of them."""
    held = tally(told)
    evidence = _both(changes.listed, cite)
    if held.approved or KINDS[kind] == "pending":
        evidence += _both(changes.pending, cite)
    if kind in _OF_FILES:
        evidence = tuple(dict.fromkeys(part for item in told for part in item.claim.evidence))
    return claim(
        f"digest.kind.{kind}",
        f"digest.kind.{kind}{'.approved' if held.approved else ''}",
        "changes of the kind in the period, and the agencies that they concern",
        evidence,
        n=held.agreements,
        agencies=held.agencies,
        approved=held.approved,
    )


def _lists(changes: Changes, cite: Citations) -> Claim:
    compared = changes.listed
    assert compared.before and compared.after
    return claim(
        "digest.lists",
        "digest.lists.none" if compared.same else "digest.lists",
        "newest participating lists of both days",
        _both(compared, cite),
        since=changes.since.isoformat(),
        until=changes.until.isoformat(),
        before=compared.before.date.isoformat(),
        after=compared.after.date.isoformat(),
        n=compared.between,
    )


def _pending(changes: Changes, cite: Citations) -> Claim:
    compared = changes.pending
    values: dict[str, Value] = {
        "since": changes.since.isoformat(),
        "until": changes.until.isoformat(),
        "before": compared.before.date.isoformat() if compared.before else None,
        "after": compared.after.date.isoformat() if compared.after else None,
        "n": compared.between,
    }
    message = "digest.pending"
    if compared.after is None:
        message = "digest.pending.never"
    elif compared.same:
        message = "digest.pending.none"
    elif compared.before is None:
        message = "digest.pending.first"
    return claim(
        "digest.pending",
        message,
        "newest pending lists of both days",
        _both(compared, cite) or (cite.table("lists"),),
        **values,
    )


def _totals(
    changes: Changes,
    ends: tuple[National, National],
    states: tuple[str, ...],
    areas: tuple[str, ...],
    cite: Citations,
) -> Claim:
    before, after = (standing(national, states) for national in ends)
    names = tuple(ends[1].gazetteer.state_by_postal(state).name for state in states)
    same = ".same" if changes.listed.same else ""
    scope = ".areas" if areas else ".states" if states else ""
    return claim(
        "digest.totals",
        f"digest.totals{same}{scope}",
        "agreements and agencies on the newest participating lists of both days",
        _both(changes.listed, cite),
        states=names,
        areas=areas,
        before=ends[0].snapshot.list.date.isoformat(),
        after=ends[1].snapshot.list.date.isoformat(),
        old_agreements=before.agreements,
        old_agencies=before.agencies,
        agreements=after.agreements,
        agencies=after.agencies,
    )


def _both(compared: Compared, cite: Citations) -> tuple[Citation, ...]:
    return tuple(
        cite.list(item) for item in dict.fromkeys((compared.before, compared.after)) if item
    )
