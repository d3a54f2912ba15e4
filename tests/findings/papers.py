"""A small store with memoranda, of every kind that a brief tells apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportkit.brief import Brief
from reportkit.brief.assemble import assemble, nation_as_of
from reportkit.moa.standard import standard_terms
from reportkit.moa.values import Deviation, Found
from reportkit.places import Gazetteer
from reportkit.store import MemorandumRecord, Store
from reportkit.store.build import Content, write
from roster.make import day_name, list_file, row

PLACE = "12071"  # Lee County, Florida
HOME = "https://www.ice.gov/doclib/287gMOA/"
SHERIFF, CAPE, MYERS, SANIBEL, PORT = (
    "Lee County Sheriff's Office",
    "Cape Coral Police Department",
    "Fort Myers Police Department",
    "Sanibel Police Department",
    "Bonita Springs Police Department",
)


def lee(agency: str, model: str, signed: str, file: str = "") -> Any:
    """A row of a list for an agency of the county."""
    kind = "County" if "County" in agency else "Municipality"
    url = f"{HOME}{file}" if file else ""
    return row(agency, model, signed, state="FL", county="Lee County", type=kind, url=url)


ROWS = [
    lee(SHERIFF, "JEM", "2025-03-03", "LeeCoFL_JEM_MOA_02.20.2025.pdf"),
    lee(SHERIFF, "TFM", "2025-04-01"),
    lee(CAPE, "TFM", "2026-04-01"),
    lee(MYERS, "WSO", "2025-03-03", "FortMyersFL_WSO_MOA_03032025.pdf"),
    lee(SANIBEL, "TFM", "2025-04-02", "SanibelFL_TFM_MOA_04022025.pdf"),
    lee(PORT, "TFM", "2025-04-03", "BonitaFL_TFM_MOA_04032025.pdf"),
]
FILLER = [row(f"Constable Precinct {n}", "TFM", "2026-04-01") for n in range(1, 61)]


def terms(generation: str, page: int = 5, **others: Found) -> dict[str, Found]:
    """The terms of a form, all of them on one page, some of them otherwise."""
    found = {
        name: Found(item.state, item.value, page if item.state == "present" else None, item.section)
        for name, item in standard_terms(generation).items()
    }
    return {**found, **others}


def party(**values: str | None) -> dict[str, Found]:
    """Fields of the signature page, page 7; None for blank."""
    return {
        name: Found("present", value, 7) if value else Found("absent", None, 7, note="blank")
        for name, value in values.items()
    }


def record(
    number: int, file: str, model: str, generation: str | None, **others: Any
) -> MemorandumRecord:
    """A memorandum of eleven pages whose hash is made of a number."""
    values: dict[str, Any] = {
        "sha256": hashlib.sha256(bytes([number])).hexdigest(),
        "file": file,
        "pages": 11,
        "unread": (),
        "model": model,
        "generation": generation,
        "revision": "2025-02-15",
        "signatures": (),
        "compared": True,
        "reader": "test",
        "found": {},
        "deviations": (),
    }
    return MemorandumRecord(**{**values, **others})


def memoranda(words: bool = False) -> list[MemorandumRecord]:
    """The sheriff's, one with unread pages, one as its form, one that another's link leads to."""
    question = Found("present", True, 8, "Appendix A", HOSTILE if words else None)
    return [
        record(
            1,
            "LeeCoFL_JEM_MOA_02.20.2025.pdf",
            "JEM",
            "jem-2025-02-15",
            found={
                **terms("jem-2025-02-15", question_status=question),
                **party(
                    lea_name=SHERIFF,
                    lea_signatory="Ann Example",
                    lea_title="Sheriff",
                    lea_signed="2025-02-19",
                    ice_signatory="Ben Sample",
                    ice_title="Acting Director",
                    ice_signed="2025-02-28",
                ),
            },
            signatures=({"signer": "BEN.SAMPLE.1234567890", "signed_at": "2025-02-28T10:00:00Z",
                         "covers": "file", "intact": True},),
            deviations=(
                Deviation("added", 6, "VII", "", CONTACT if words else ""),
                Deviation("page", 11, None, "", ""),
            ),
        ),
        record(
            2,
            "SanibelFL_TFM_MOA_04022025.pdf",
            "TFM",
            "tfm-2025-03-07",
            unread=(3,),
            compared=False,
            found={
                **terms("tfm-2025-03-07", question_status=Found("unreadable")),
                **party(lea_name=SANIBEL, lea_signed="2025-04-01", ice_signed="2025-04-02"),
            },
        ),
        record(
            3,
            "BonitaFL_TFM_MOA_04032025.pdf",
            "TFM",
            "tfm-2025-03-07",
            found={
                **terms("tfm-2025-03-07", fixed_term=Found("present", True, 9, "XVIII")),
                **party(lea_name=PORT, lea_signed=None, ice_signed="2025-04-03"),
            },
        ),
        record(
            4,
            "FortMyersFL_WSO_MOA_03032025.pdf",
            "JEM",
            "jem-2025-02-15",
            found={**terms("jem-2025-02-15"), **party(lea_name="Brevard County Sheriff's Office")},
        ),
    ]  # fmt: skip


HOSTILE = "Officers <b>may</b> ask 。警察 anyone #eval(1) {{ 7*7 }}."
CONTACT = (
    "A second contact is named here: John Doe, 239-555-0142, john.doe@example.org, "
    "12 Example Street, Fort Myers, FL 33901"
)


def store(folder: Path, records: list[MemorandumRecord]) -> Store:
    """A store of one list and these memoranda."""
    file = list_file(day_name("2026-05-18"), [*FILLER, *ROWS])
    write(Content([file], memoranda=records), folder)
    return Store(folder)


def brief(opened: Store, place: str = PLACE) -> Brief:
    """The brief of a place on the day of the list."""
    national = nation_as_of(opened, opened.lists[-1].date)
    return assemble(Gazetteer.load().place(place), national, "en")


def texts(made: Brief) -> Mapping[str, str]:
    """The sentences of a brief by the ids of their claims."""
    return {claim.id: made.text(claim) for claim in made.ledger.claims}
