"""The memoranda as documents: who signed and when, what was altered, what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reportkit.evidence import Citation, Claim, Value
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.papers import Paper
from reportkit.findings.plain import plain
from reportkit.findings.status import Status
from reportkit.moa.values import Deviation
from reportkit.roster.filenames import date_in
from reportkit.store import MemorandumRecord, Store

_FIELDS = ("lea_signatory", "lea_title", "lea_signed", "ice_signatory", "ice_title", "ice_signed")
# A certificate's name may carry the number of the holder's card.
_CARD_NUMBER = re.compile(r"[\s.(]*\d{5,}.*$")


def described(status: Status, papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The agreements whose documents a brief describes one by one; of a state, the statewide."""
    if status.place.kind == "state":
        return tuple(paper for paper in papers if not paper.item.local)
    return papers


def document_claims(papers: tuple[Paper, ...], store: Store, cite: Citations) -> tuple[Claim, ...]:
    """Signatures and forms, then whatever is unusual about these agreements' documents."""
    held = [(paper, paper.memorandum) for paper in papers if paper.memorandum]
    found = [_signed(paper, record, cite) for paper, record in held]
    for paper, record in held:
        found += [*_dates(paper, record, cite), *_impossible(paper, record, cite)]
    for paper, record in held:
        found += [*_addendum(paper, record, cite), *_digital(paper, record, cite)]
        found += [*_deviations(paper, record, cite), *_unread(paper, record, cite)]
    found += [*_unchanged(held, cite)]
    for paper in papers:
        found += [*_misplaced(paper, store, cite)]
    return tuple(found)


def _signed(paper: Paper, record: MemorandumRecord, cite: Citations) -> Claim:
    return claim(
        f"terms.signed.{paper.held.id}",
        "terms.signed",
        "signature block of the memorandum; the form by its text and its printed revision",
        _pages(paper, record, (*_FIELDS, "template_revision"), cite),
        agreement=paper.name,
        lea=_person(record, "lea"),
        lea_signed=_day(record, "lea_signed"),
        ice=_person(record, "ice"),
        ice_signed=_day(record, "ice_signed"),
        form=paper.form or "unknown",
        revision=record.revision or "unprinted",
        pages=record.pages,
    )


def _person(record: MemorandumRecord, side: str) -> Value:
    """Name and title, as far as printed; else why there is none."""
    parts = [record.found.get(f"{side}_{part}") for part in ("signatory", "title")]
    known = tuple(plain(part.value) for part in parts if part and isinstance(part.value, str))
    if known:
        return known
    return "unreadable" if any(part and part.state == "unreadable" for part in parts) else "absent"


def _day(record: MemorandumRecord, name: str) -> str:
    """The date as printed (ISO), or why there is none: blank, handwritten, unreadable, absent."""
    found = record.found.get(name)
    if found is None:
        return "absent"
    if isinstance(found.value, str):
        return plain(found.value)
    return found.note if found.note in {"blank", "handwritten"} else found.state


def _pages(
    paper: Paper, record: MemorandumRecord, names: tuple[str, ...], cite: Citations
) -> tuple[Citation, ...]:
    """The pages on which fields stand; the whole document where none names a page."""
    pages = dict.fromkeys(
        found.page for name in names if (found := record.found.get(name)) and found.page
    )
    return tuple(cite.memorandum(record, paper.held, page) for page in pages or [None])


def _dates(paper: Paper, record: MemorandumRecord, cite: Citations) -> Iterator[Claim]:
    """The dates of the list, the file's name and the signature page, where they disagree."""
    listed = paper.held.signed
    named = date_in(record.file)
    known = {
        day: value for day in ("lea_signed", "ice_signed") if _is_date(value := _day(record, day))
    }
    # The list's date is that of the last signature, as a rule; one that is not known may be it.
    agree = len(known) < 2 or listed is None or listed.isoformat() in known.values()
    if agree and (named is None or listed is None or named == listed):
        return
    yield claim(
        f"terms.dates.{paper.held.id}",
        "terms.dates",
        "signing date of the list, date in the file's name, dates of the signature page",
        (
            cite.row(paper.held.last),
            *_pages(paper, record, tuple(known), cite),
        ),
        agreement=paper.name,
        signed=listed.isoformat() if listed else "absent",
        file_date=named.isoformat() if named else "absent",
        lea=_day(record, "lea_signed"),
        ice=_day(record, "ice_signed"),
    )


def _is_date(text: str) -> bool:
    return text[:1].isdigit()


def _impossible(paper: Paper, record: MemorandumRecord, cite: Citations) -> Iterator[Claim]:
    for name in ("lea_signed", "ice_signed"):
        found = record.found.get(name)
        if found and found.note == "impossible-date":
            yield claim(
                f"terms.impossible.{paper.held.id}.{name}",
                f"terms.impossible.{name}",
                "date of the signature page that no signing can have",
                _pages(paper, record, (name,), cite),
                agreement=paper.name,
                date=_day(record, name),
            )


def _addendum(paper: Paper, record: MemorandumRecord, cite: Citations) -> Iterator[Claim]:
    found = record.found.get("addendum")
    if found and found.state == "present":
        subject = record.found.get("addendum_subject")
        told = plain(subject.value) if subject and isinstance(subject.value, str) else None
        yield claim(
            f"terms.addendum.{paper.held.id}",
            "terms.addendum" if told else "terms.addendum.unread",
            "addendum bound into the file",
            _pages(paper, record, ("addendum", "addendum_subject", "addendum_signed"), cite),
            agreement=paper.name,
            subject=told,
            date=_day(record, "addendum_signed"),
        )


def _digital(paper: Paper, record: MemorandumRecord, cite: Citations) -> Iterator[Claim]:
    """Live digital signatures: over which bytes, and whether these are as they were signed."""
    for number, item in enumerate(record.signatures, start=1):
        yield claim(
            f"terms.digital.{paper.held.id}.{number}",
            f"terms.digital.{_integrity(item)}",
            "signature recomputed over the bytes that it covers; no authority is trusted",
            (cite.memorandum(record, paper.held),),
            agreement=paper.name,
            signer=_CARD_NUMBER.sub("", plain(str(item.get("signer") or "")))
            or "an unnamed signer",
            date=str(item.get("signed_at") or "absent")[:10],
        )


def _integrity(item: Mapping[str, Any]) -> str:
    if item.get("intact") is None:
        return "unchecked"
    if not item["intact"]:
        return "broken"
    return "intact" if item.get("covers") == "file" else "part"


def deviation_id(paper: Paper, number: int) -> str:
    """The id of the claim on a deviation; numbers count from 1 in the memorandum's order."""
    return f"terms.deviation.{paper.held.id}.{number}"


def _deviations(paper: Paper, record: MemorandumRecord, cite: Citations) -> Iterator[Claim]:
    for number, item in enumerate(record.deviations, start=1):
        yield claim(
            deviation_id(paper, number),
            _deviation_message(item),
            "memorandum compared with the standard text of its form",
            (cite.memorandum(record, paper.held, item.page),),
            agreement=paper.name,
            page=item.page,
            section=item.section,
        )


def _deviation_message(item: Deviation) -> str:
    return f"terms.deviation.{item.kind}" + (".section" if item.section else "")


def _unchanged(held: list[tuple[Paper, MemorandumRecord]], cite: Citations) -> Iterator[Claim]:
    """The memoranda that were compared without a find, and those that could not be compared."""
    for kind, some in (
        ("unchanged", [i for i in held if i[1].compared and not i[1].deviations]),
        ("uncompared", [i for i in held if not i[1].compared]),
    ):
        if some:
            yield claim(
                f"terms.{kind}",
                f"terms.{kind}",
                "memoranda compared with the standard text of their form",
                tuple(cite.memorandum(record, paper.held) for paper, record in some),
                agreements=tuple(paper.name for paper, _ in some),
            )


def _unread(paper: Paper, record: MemorandumRecord, cite: Citations) -> Iterator[Claim]:
    if record.unread:
        yield claim(
            f"terms.unread.{paper.held.id}",
            "terms.unread",
            "pages whose text could not be read",
            tuple(cite.memorandum(record, paper.held, page) for page in record.unread),
            agreement=paper.name,
            n=len(record.unread),
            pages=record.pages,
        )


def _misplaced(paper: Paper, store: Store, cite: Citations) -> Iterator[Claim]:
    """Links that lead to the memorandum of another agency or of another model."""
    for record in store.misplaced.get(paper.held.id, ()):
        agency = record.found.get("lea_name")
        named = plain(agency.value) if agency and isinstance(agency.value, str) else None
        known = named and record.model
        yield claim(
            f"terms.misplaced.{paper.held.id}.{record.sha256[:8]}",
            "terms.misplaced" if known else "terms.misplaced.part",
            "document behind the link differs in the agency or the model",
            (cite.row(paper.held.last), *_pages(paper, record, ("lea_name", "model"), cite)),
            agreement=paper.name,
            other=named,
            other_model=record.model,
            file=record.file,
        )
