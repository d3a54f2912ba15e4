"""Where the record disagrees with itself: links, files, dates, counties, types. Both sides shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.covering import Covering
from reportkit.findings.national import National
from reportkit.places import Gazetteer
from reportkit.roster.codes import code_list, is_missing
from reportkit.roster.filenames import date_in, model_in
from reportkit.roster.links import file_name
from reportkit.store import Agreement

# A county column says where an agency sits; these rules overrule it, by these inputs, and say so.
_OVERRULING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "named": ("county by rule: named", ()),
    "gazetteer": ("county by rule: gazetteer", ("geonames",)),
    "by hand": ("county by rule: by hand", ("records-jurisdictions",)),
}


def check_claims(
    items: tuple[Covering[Agreement], ...], national: National, cite: Citations
) -> tuple[Claim, ...]:
    """One claim for each disagreement about these agreements."""
    found = []
    for item in items:
        found += [*_document(item.held, national, cite), *_dates(item.held, cite)]
    seen = set()
    for item in items:
        if item.agency.id not in seen:
            seen.add(item.agency.id)
            found += [*_county(item.held, national.gazetteer, cite), *_type(item.held, cite)]
    return tuple(found)


def _document(held: Agreement, national: National, cite: Citations) -> Iterator[Claim]:
    name = file_name(held.moa_url)
    row = (cite.row(held.last),)
    if held.pending_since and held.moa_words.casefold() == "link pending":
        yield claim(
            f"status.link_pending.{held.id}",
            "check.link_pending",
            "link pending on every list since the date, without a break",
            (*row, cite.list(held.pending_since)),
            agency=held.agency.name,
            model=held.model,
            since=held.pending_since.date.isoformat(),
            days=(national.snapshot.as_of - held.pending_since.date).days,
        )
    for other in national.sharing.get(name.lower(), ()) if name else ():
        if other.agency.id != held.agency.id:
            yield claim(
                f"status.shared.{held.id}.{other.agency.id}",
                "check.shared",
                "one file linked for two agencies on the newest list",
                (*row, cite.row(other.last)),
                agency=held.agency.name,
                other=other.agency.name,
                file=name,
            )
    tag = model_in(name)
    if tag and tag != held.model:
        yield claim(
            f"status.model.{held.id}",
            "check.model",
            "model in the name of the linked file differs from the list's",
            row,
            agency=held.agency.name,
            model=held.model,
            tag=tag,
            file=name,
        )


def _dates(held: Agreement, cite: Citations) -> Iterator[Claim]:
    row = (cite.row(held.last),)
    in_name = date_in(file_name(held.moa_url))
    if in_name and held.signed and in_name != held.signed:
        yield claim(
            f"status.file_date.{held.id}",
            "check.date",
            "date in the name of the linked file differs from the list's signing date",
            row,
            agency=held.agency.name,
            model=held.model,
            signed=held.signed.isoformat(),
            file_date=in_name.isoformat(),
        )
    if held.mistyped and held.signed:
        yield claim(
            f"status.mistyped.{held.id}",
            "check.mistyped",
            "printed signing date more than 300 days before the first list, day and month within 60",
            (*row, cite.row(held.first)),
            agency=held.agency.name,
            model=held.model,
            printed=held.mistyped.isoformat(),
            first=held.first.list.date.isoformat(),
            signed=held.signed.isoformat(),
        )


def _county(held: Agreement, gazetteer: Gazetteer, cite: Citations) -> Iterator[Claim]:
    agency = held.agency
    if is_missing(held.county_printed) or not agency.note or agency.rule not in _OVERRULING:
        return
    rule, inputs = _OVERRULING[agency.rule]
    yield claim(
        f"status.county.{agency.id}",
        "check.county",
        rule,
        (cite.row(held.last), *map(cite.input, inputs)),
        agency=agency.name,
        printed=held.county_printed,
        counties=tuple(gazetteer.place(geoid).name for geoid in agency.covers),
        why=agency.note,
    )


def _type(held: Agreement, cite: Citations) -> Iterator[Claim]:
    agency = held.agency
    typed = (
        code_list("type").encode(agency.type_printed, agency.id) if agency.type_printed else None
    )
    if typed == "State Agency" and agency.scope != "statewide":
        yield claim(
            f"status.type.{agency.id}",
            "check.type",
            "typed a state agency, with an area smaller than the state",
            (cite.row(held.last),),
            agency=agency.name,
            type=agency.type_printed,
        )
