"""Parties of a memorandum: agency, signatories, titles, dates, places named in its blanks."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from reportkit.moa.agency_name import lea_name
from reportkit.moa.blanks import INK, ink, opla_location
from reportkit.moa.complete import complete
from reportkit.moa.contacts import lea_contact, scrub
from reportkit.moa.digital import DigitalSignature
from reportkit.moa.looking import SecondLook, again
from reportkit.moa.signatures import Party, Side, person, sides, signature_page
from reportkit.moa.signing_data import signing_data
from reportkit.moa.signing_dates import SigningDate, signing_date
from reportkit.moa.values import Document, Found, Page

_BEFORE = dt.timedelta(days=270)
_AFTER = dt.timedelta(days=270)
"""The other side signed at most so long before or after; a lone reading outside of it is noise."""
_FAR = dt.timedelta(days=400)
"""Sides that signed further apart than this: one of the dates is mistyped."""
_SAME_NAME = 78
_SLIP = 2
_LINE = 60
"""Lines longer than this are sentences."""
_EARLIEST = dt.date(2002, 1, 1)
"""The first agreement of this kind was signed in 2002."""


def parties(
    document: Document,
    second_look: SecondLook | None = None,
    *,
    data: bytes | None = None,
    signatures: Sequence[DigitalSignature] = (),
) -> dict[str, Found]:
    """Who agreed, when, and what the blanks say.

    Args:
        document: the memorandum as read.
        second_look: recognises image pages that have a text layer; without it, the layer is all
            there is.
        data: the file; with it, a date line without words is told blank or written by hand.
        signatures: the live digital signatures of the file, whose time outweighs a typed date.

    Returns:
        By name: lea_name, lea_signatory, lea_title, lea_signed, ice_signatory, ice_title,
        ice_signed, opla_location, lea_contact, complete, scanned. Dates are ISO, as printed even
        where impossible (note "impossible-date"). Notes say "blank", "handwritten", "unreadable",
        "readings-disagree", "digital-stamp", "digital-signature", "cross-checked".
    """
    number = signature_page(document)
    blocks = [] if number is None else read_blocks(document, number, second_look)
    read = {party: [block[party] for block in blocks if party in block] for party in _PARTIES}
    first = again(document, (1,), second_look)
    agency = lea_name(document, [s.agency for s in read["lea"] if s.agency], first)
    found: dict[str, Found] = {"lea_name": agency}
    revised = _revised((*document.pages, *first))
    elsewhere = [
        name
        for page in document.pages
        if page.number != number
        for line in page.lines
        if (name := _named(line.text))
    ]
    for party in _PARTIES:
        live = [s for s in signatures if s.signed_at and _party_of(s) == party]
        found[f"{party}_signatory"] = _name(read[party], number, elsewhere, live)
        found[f"{party}_title"] = _title(read[party], number)
        other = _no_earlier(known_day(read[_OTHER[party]]), revised)
        found[f"{party}_signed"] = (
            Found("present", live[-1].signed_at[:10], number, None, note="digital-signature")
            if live and live[-1].signed_at
            else signed(read[party], other, number, data)
        )
    images = sum(page.image for page in document.pages)
    return found | {
        "opla_location": opla_location(document, second_look),
        "lea_contact": lea_contact(document, second_look),
        "complete": complete(document, number),
        "scanned": Found("present", 2 * images > len(document.pages)),
    }


_PARTIES: tuple[Party, Party] = ("lea", "ice")
_OTHER: Mapping[Party, Party] = {"lea": "ice", "ice": "lea"}


_REVISED = re.compile(r"(?i)Re[vy]\w*?\W*(\d\d?\W{1,2}\d\d?\W{1,2}(?:20)?\d\d)")


def read_blocks(
    document: Document, number: int, second_look: SecondLook | None
) -> list[dict[Party, Side]]:
    """The signature block of a page in every reading there is."""
    readings = (document.pages[number - 1], *again(document, (number,), second_look))
    return [sides(page, document.fields if page.reading == "text" else ()) for page in readings]


def signed(
    read: Sequence[Side], other: dt.date | None, number: int | None, data: bytes | None
) -> Found:
    """One side's date from its readings.

    Args:
        read: this side in each reading of the page.
        other: when the other side signed, or else the day of the form; None where neither is known.
        number: the page.
        data: the file, to measure ink on a date line without words.
    """
    if not read:
        return Found("unreadable", None, number)
    dates = [side.date for side in read if side.date]
    if found := _agreed(dates, other, read[0].scanned):
        note = None if _usual(found, other) else "impossible-date"
        return Found("present", found.iso, number, None, quote=scrub(found.text), note=note)
    stamps = [side.stamped for side in read if side.stamped]
    if not dates and (found := _agreed(stamps, other, read[0].scanned)):
        return Found("present", found.iso, number, None, quote=found.text, note="digital-stamp")
    if len({d.iso for d in dates}) > 1:
        return Found("unreadable", None, number, note="readings-disagree")
    return _unread(read, number, data)


def _agreed(
    dates: Sequence[SigningDate], other: dt.date | None, scanned: bool
) -> SigningDate | None:
    """The date that the readings bear out: typed text as it is; on paper, two readings that agree,
    or one that a calendar has and that fits the other side's date."""
    if not dates:
        return None
    if not scanned:
        return dates[0]
    if len(dates) > 1 and len({d.iso for d in dates}) == 1 and dates[0].day:
        return dates[0]
    clear = [d for d in dates if not d.noisy] or list(dates)
    if len({d.iso for d in clear}) > 1:
        return None
    return clear[0] if _fits(clear[0], other) else None


def _fits(date: SigningDate, other: dt.date | None) -> bool:
    if date.day is None or date.day < _EARLIEST:
        return False
    if other is None:  # a number on paper needs a second witness, a month in words none
        return not date.noisy and date.form != "numbers"
    if date.form == "words" and not date.noisy:
        return abs(date.day - other) <= 2 * _FAR
    return other - _BEFORE <= date.day <= other + _AFTER


def _usual(date: SigningDate, other: dt.date | None) -> bool:
    if date.day is None or date.day < _EARLIEST:
        return False
    return other is None or abs(date.day - other) <= _FAR


def _unread(read: Sequence[Side], number: int | None, data: bytes | None) -> Found:
    """Nothing to read on the date line: written by hand, or blank, as far as ink tells."""
    box = next((side.date_box for side in read if side.date_box), None)
    written = any(re.search(r"\w", side.cells.get("date", "")) for side in read)
    if written:
        return Found("unreadable", None, number, note="handwritten")
    if data is None or box is None or number is None:
        return Found("unreadable", None, number, note="unreadable")
    if ink(data, number, box) >= INK:
        return Found("unreadable", None, number, note="handwritten")
    return Found("absent", None, number, note="blank")


def _no_earlier(day: dt.date | None, form: dt.date | None) -> dt.date | None:
    """When a side signed; the day of the form where that is unknown or before the form was made."""
    return form if form and (day is None or day < form) else day


def _revised(pages: Sequence[Page]) -> dt.date | None:
    """The day of the form, which its own date of signing follows."""
    for page in pages:
        if match := _REVISED.search(page.text):
            date = signing_date(match[1], page.image)
            if date and date.day:
                return date.day
    return None


def known_day(read: Sequence[Side]) -> dt.date | None:
    """When a side signed, as far as its own words say so without doubt."""
    days = {d.day for side in read if (d := side.date or side.stamped) and not d.noisy and d.day}
    return days.pop() if len(days) == 1 else None


_FOR = re.compile(r"(?i)^\W*For\s*(the\s*)?\S+?\s*:")


def _named(line: str) -> str | None:
    """The person whom a short line names, alone or behind "For the LEA:"."""
    return person(_FOR.sub("", line)) if len(line) <= _LINE else None


def _name(
    read: Sequence[Side],
    number: int | None,
    elsewhere: Sequence[str],
    live: Sequence[DigitalSignature],
) -> Found:
    """The signatory; of readings that differ a little, the one printed most often in the file,
    and of those the one with its words apart; where none is printed, the live signature's."""
    names = [side.name for side in read if side.name]
    if not names:
        signer = next((name for s in live if (name := person((s.signer or "").title()))), None)
        if signer:
            return Found("present", signer, number, None, quote=signer, note="digital-signature")
        return Found("unreadable", None, number, note="unreadable")
    known = [name for name in names if name in signing_data().federal_signatories]
    last = names[-1]
    # Signatures run over the names below them on paper, so that other places are clearer.
    others = [name for name in elsewhere if read[0].scanned and _alike(name, last)]
    like = [*others, *(name for name in names if _alike(name, last))]
    counts = Counter(map(_bare, like))
    best = max(like, key=lambda name: (counts[_bare(name)], name in others, len(name.split())))
    if not known and counts[_bare(best)] == 1 and any(name not in like for name in names):
        return Found("unreadable", None, number, note="readings-disagree")
    best = known[0] if known else best
    return Found("present", best, number, None, quote=best)


def _alike(one: str, other: str) -> bool:
    """Whether two names differ by slips of recognition, which hardly change their length."""
    one, other = _bare(one), _bare(other)
    return abs(len(one) - len(other)) < _SLIP and fuzz.ratio(one, other) >= _SAME_NAME


def _bare(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _title(read: Sequence[Side], number: int | None) -> Found:
    titles = [side.office for side in read if side.office]
    if not titles:
        return Found("unreadable", None, number, note="unreadable")
    value = scrub(titles[-1])
    return Found("present", value, number, None, quote=value)


def _party_of(signature: DigitalSignature) -> Party:
    subject = f"{signature.subject or ''} {signature.signer or ''}".lower()
    federal = re.search(r"homeland|u\.s\. government|\.ice\b|immigration and customs", subject)
    return "ice" if federal else "lea"
