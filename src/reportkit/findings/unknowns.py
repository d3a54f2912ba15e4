"""What is not known of this place, beyond what any list leaves open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from reportkit.evidence import Citation, Claim
from reportkit.findings.asks import gone, lacks_addendum, ours, unread_fields
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.findings.papers import Paper, our_papers
from reportkit.findings.status import Status
from reportkit.library import load_facts
from reportkit.library.public_records import load_statutes
from reportkit.moa.generations import generations
from reportkit.store import Agreement, Row, Waiting

# So many agreements are named and cited row by row; of more, the number is told.
_NAMED = 4
# So many sentences say what is not known; of a place without an agreement fewer.
_MOST, _FEW = 6, 2
_UNPUBLISHED = "dr-9"


def unknown_claims(
    status: Status, papers: tuple[Paper, ...], national: National, cite: Citations
) -> tuple[Claim, ...]:
    """What is not known of this place, the most specific first, and which law the letter cites."""
    local = our_papers(status, papers)
    found = [*_waiting(status, cite), *_ended(status, cite)]
    if local:
        found += [*_texts(local, national, cite), *_published(national.snapshot.as_of, cite)]
        found += [*_form(local, cite), *_unread(local, cite)]
    else:
        found += [*_cooperation(status, national, cite), *_before(national, cite)]
    return (*found[: _MOST if local else _FEW], _statute(status, cite))


def _waiting(status: Status, cite: Citations) -> Iterator[Claim]:
    """What became of those that stood on the newest pending list."""
    waiting = [item.held for item in ours(status, status.pending)]
    if waiting:
        agencies = {item.agency.id: item.agency.name for item in waiting}
        several = "unknown.waiting.many" if len(agencies) > _NAMED else "unknown.waiting"
        yield claim(
            "unknown.waiting",
            several if len(waiting) > 1 else "unknown.waiting.one",
            "agencies on the newest pending list and on no later list of either kind",
            _rows([item.last for item in waiting], cite),
            agencies=tuple(f"the {name}" for name in agencies.values())[:_NAMED],
            n=len(agencies),
            date=waiting[0].last.list.date.isoformat(),
        )


def _ended(status: Status, cite: Citations) -> Iterator[Claim]:
    """The day and the reason of an end, which no list tells."""
    held = [item.held for item in gone(status)]
    if held:
        many = len(held) > _NAMED
        rows = _rows([item.last for item in held], cite)
        absent = (cite.list(item.absent) for item in held if item.absent)
        yield claim(
            "unknown.ended",
            "unknown.ended.many" if many else "unknown.ended",
            "agreements on a list, absent from the next and from the newest, and not continued",
            (cite.table("history"),) if many else tuple(dict.fromkeys((*rows, *absent))),
            agreements=_names(held),
            n=len(held),
        )


def _texts(local: Sequence[Paper], national: National, cite: Citations) -> Iterator[Claim]:
    """Signed texts that are not on hand: linked by ICE or not; addenda that ICE links."""
    missing = [paper.held for paper in local if not paper.memorandum]
    for kind, rule, held in (
        ("linked", "agreements whose linked memorandum is not in the store", _linked(missing)),
        ("unlinked", "agreements without a link on the newest list", _unlinked(missing)),
        (
            "addendum",
            "agreements whose linked addendum is not in the store",
            [paper.held for paper in local if lacks_addendum(paper)],
        ),
    ):
        if held:
            yield claim(
                f"unknown.{kind}",
                f"unknown.{kind}.many" if len(held) > _NAMED else f"unknown.{kind}",
                rule,
                _rows([item.last for item in held], cite),
                agreements=_names(held),
                n=len(held),
                list_date=national.snapshot.list.date.isoformat(),
            )


def _linked(held: Iterable[Agreement]) -> list[Agreement]:
    return [item for item in held if item.moa_url]


def _unlinked(held: Iterable[Agreement]) -> list[Agreement]:
    return [item for item in held if not item.moa_url]


def _published(as_of: dt.date, cite: Citations) -> Iterator[Claim]:
    """What ICE was not found to publish, in briefs of the time of that search and later."""
    searched = load_facts()[_UNPUBLISHED].published
    if searched <= as_of.isoformat():
        yield claim(
            "unknown.published",
            "unknown.published",
            "cited fact on what ICE publishes",
            (cite.fact(_UNPUBLISHED),),
            date=searched,
        )


def _form(local: Sequence[Paper], cite: Citations) -> Iterator[Claim]:
    """Agreements that are younger than any memorandum on hand, and may follow a newer form."""
    newest = max(item.last for item in generations().values())
    later = [
        paper.held
        for paper in local
        if paper.basis == "unknown" and paper.held.signed and paper.held.signed > newest
    ]
    if later:
        yield claim(
            "unknown.form",
            "unknown.form",
            "agreements signed after the newest signing on a known form",
            (cite.input("moa-forms"), *_rows([item.last for item in later], cite)),
            n=len(later),
            newest=newest.isoformat(),
        )


def _unread(local: Sequence[Paper], cite: Citations) -> Iterator[Claim]:
    """Pages and signatures on file that could not be read."""
    for kind, rule, papers in (
        (
            "pages",
            "memoranda with pages whose text could not be read",
            [paper for paper in local if paper.memorandum and paper.memorandum.unread],
        ),
        (
            "signatures",
            "memoranda with a name or date of the signature page that could not be read",
            [paper for paper in local if unread_fields(paper)],
        ),
    ):
        if papers:
            yield claim(
                f"unknown.{kind}",
                f"unknown.{kind}.many" if len(papers) > _NAMED else f"unknown.{kind}",
                rule,
                tuple(
                    cite.memorandum(paper.memorandum, paper.held)
                    for paper in papers
                    if paper.memorandum
                ),
                agreements=_names([paper.held for paper in papers]),
                n=len(papers),
            )


def _cooperation(status: Status, national: National, cite: Citations) -> Iterator[Claim]:
    yield claim(
        "unknown.cooperation",
        "unknown.cooperation",
        "lists show agreements and nothing else",
        (cite.list(national.snapshot.list),),
        place=status.place.name,
    )


def _before(national: National, cite: Citations) -> Iterator[Claim]:
    """Agreements that ended before the record begins."""
    first = national.snapshot.lists[0]
    yield claim(
        "unknown.before",
        "unknown.before",
        "the first list on hand",
        (cite.list(first),),
        first=first.date.isoformat(),
    )


def _statute(status: Status, cite: Citations) -> Claim:
    """The law on public records that the letter cites, or that none is verified."""
    place = status.place
    statute = load_statutes().get(place.state)
    return claim(
        "unknown.statute",
        "unknown.statute" if statute else "unknown.nostatute",
        "verified public-records statutes, by state",
        (cite.statute(statute) if statute else cite.library("public_records"),),
        state=place.state_name,
        name=statute.name if statute else None,
        citation=statute.citation if statute else None,
    )


def _rows(rows: Sequence[Row], cite: Citations) -> tuple[Citation, ...]:
    """The rows, or where they are many their lists as a whole."""
    if len(rows) <= _NAMED:
        return tuple(dict.fromkeys(cite.row(row) for row in rows))
    return tuple(dict.fromkeys(cite.list(row.list) for row in rows))


def _names(held: Sequence[Agreement | Waiting]) -> tuple[str, ...]:
    """Model and agency of the first few, as the catalogue's format for agreements takes them."""
    return tuple(f"{item.model} {item.agency.name}" for item in held[:_NAMED])
