"""The nation in one sentence, and what the record leaves open about all agreements together."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.limits import list_limits
from reportkit.findings.national import National
from reportkit.findings.status import TOO_OLD_DAYS


def nation_answer(national: National) -> str:
    """What the record can say as of the day: participating, or too_old for an old list."""
    return "too_old" if national.snapshot.age_days > TOO_OLD_DAYS else "participating"


def answer_claim(national: National, cite: Citations) -> Claim:
    """Agreements, agencies, states and territories on the newest list."""
    snapshot, counts = national.snapshot, national.nation
    old = ".too_old" if nation_answer(national) == "too_old" else ""
    return claim(
        "program.answer",
        f"program.answer{old}" if national.territories else f"program.answer.states{old}",
        "rows of the newest list",
        (cite.list(snapshot.list),),
        list_date=snapshot.list.date.isoformat(),
        age=snapshot.age_days,
        agreements=counts.agreements,
        agencies=counts.agencies,
        states=national.states,
        territories=national.territories,
    )


def open_claims(national: National, cite: Citations) -> tuple[Claim, ...]:
    """Age of the lists, memoranda that are not on hand, agreements without a link or an area."""
    return (*list_limits(national.snapshot, cite), *_not_on_hand(national, cite))


def _not_on_hand(national: National, cite: Citations) -> Iterator[Claim]:
    listed = national.snapshot.listed
    newest, held = cite.list(national.snapshot.list), national.store.memoranda_of
    missing = sum(item.id not in held for item in listed)
    unlinked = sum(not item.moa_url for item in listed)
    unplaced = {item.agency.id for item in listed if not item.agency.covers}
    if missing:
        yield claim(
            "unknown.memoranda",
            "unknown.program.memoranda",
            "agreements on the newest list to which no memorandum in the store belongs",
            (newest, cite.table("memoranda")),
            missing=missing,
            n=len(listed),
        )
    if unlinked:
        yield claim(
            "unknown.links",
            "unknown.program.links",
            "agreements on the newest list without the address of a memorandum",
            (newest,),
            n=unlinked,
        )
    if unplaced:
        yield claim(
            "unknown.areas",
            "unknown.program.areas",
            "agencies on the newest list whose area is not known",
            (newest, cite.table("agencies")),
            n=len(unplaced),
        )
