"""Writes the claims ledger beside a brief: claims.csv and claims.json, described in docs/ledger.md.

Both say the same: each claim with its sentence, values and rule, each place in a source that it
rests on, and how far either was checked.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from reportkit.brief.edition import Edition
from reportkit.brief.envelope import evidence_facts
from reportkit.evidence import Claim
from reportkit.production.tables import cell

CSV, JSON = "claims.csv", "claims.json"
FILES = (CSV, JSON)
"""The files of the ledger beside a brief."""
SCHEMA = "claims.schema.json"
"""The schema of claims.json, in the package of briefs."""
VERSION = "1.0"
COLUMNS = (
    *("report_id", "claim", "section", "sentence", "values", "rule", "claim_check"),
    *("evidence", "kind", "title", "publisher", "url", "locator_kind", "locator"),
    *("sha256", "retrieved", "published", "evidence_check"),
)
"""The columns of claims.csv, which has a row for each claim and each place that it rests on."""
CLAIM_CHECKS = ("computed", "recomputed", "differs")
"""How far a claim was checked: computed from the store when the brief was made; by `verify` computed
again with the same result, or with another."""
EVIDENCE_CHECKS = ("identified", "cited", "reopened", "differs", "not_on_hand")
"""How far evidence was checked: when the brief was made its bytes were known by their hash, or it
is cited by address and place alone; by `verify` the bytes were opened and hold what the store says
of the place, hold something else, or were not on hand."""
_MARK = "\ufeff"
# The encoders of the standard library write one line in C; with indents they do not.
_encode = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Checks:
    """What a check found beyond the making: states of claims by id and of evidence by number.

    What is not named keeps the state that the making gives.
    """

    claims: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[int, str] = field(default_factory=dict)


MADE = Checks()
"""Nothing beyond the making."""


def ledger_files(brief: Edition, checks: Checks = MADE) -> Mapping[str, bytes]:
    """The ledger of a brief of any kind, by file name.

    Args:
        brief: what the ledger is of.
        checks: what was found since the brief was made.
    """
    evidence = {item["id"]: item for item in _evidence(brief, checks)}
    claims = [(claim, _claim(brief, claim, checks)) for claim in brief.ledger.claims]
    return {
        CSV: _csv(brief, claims, evidence),
        JSON: _json(brief, [data for _, data in claims], evidence.values()),
    }


def _claim(brief: Edition, claim: Claim, checks: Checks) -> dict[str, Any]:
    return {
        "id": claim.id,
        "section": claim.section,
        "sentence": brief.text(claim),
        "values": claim.values,
        "rule": brief.words.rule(claim.rule),
        "check": checks.claims.get(claim.id, CLAIM_CHECKS[0]),
        "evidence": brief.ledger.numbers(claim),
    }


def _evidence(brief: Edition, checks: Checks) -> Iterator[dict[str, Any]]:
    for number, citation in brief.ledger.citations:
        made = EVIDENCE_CHECKS[0] if citation.source.sha256 else EVIDENCE_CHECKS[1]
        check = checks.evidence.get(number, made)
        yield {**evidence_facts(number, citation), "check": check}


def _csv(
    brief: Edition,
    claims: Sequence[tuple[Claim, Mapping[str, Any]]],
    evidence: Mapping[int, Mapping[str, Any]],
) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheets need to read it as such; lines as RFC 4180."""
    said = _rows(_said(brief, claim, data) for claim, data in claims)
    places = dict(zip(evidence, _rows(map(_place, evidence.values())), strict=True))
    lines = [
        f"{row},{places[number]}"
        for row, (_, data) in zip(said, claims, strict=True)
        for number in data["evidence"]
    ]
    return (_MARK + "\r\n".join((",".join(COLUMNS), *lines, ""))).encode()


def _rows(items: Iterable[Iterable[str]]) -> list[str]:
    """Parts of rows as CSV: what many rows have in common is written once."""
    rows: list[str] = []
    writer = csv.writer(SimpleNamespace(write=rows.append), lineterminator="")
    writer.writerows(map(cell, item) for item in items)
    return rows


def _said(brief: Edition, claim: Claim, data: Mapping[str, Any]) -> tuple[str, ...]:
    """What a claim says as the first cells of a row."""
    return (
        *(brief.report_id, claim.id, claim.section, data["sentence"]),
        *(_encode(data["values"]), data["rule"], data["check"]),
    )


def _place(item: Mapping[str, Any]) -> tuple[str, ...]:
    """One place in one source as the last cells of a row."""
    locator = item["locator"]
    return (
        *(str(item["id"]), item["kind"], item["title"], item["publisher"], item["url"] or ""),
        *(locator["kind"], locator["value"], item["sha256"] or "", item["retrieved"] or ""),
        *(item["published"] or "", item["check"]),
    )


def _json(
    brief: Edition, claims: Iterable[Mapping[str, Any]], evidence: Iterable[Mapping[str, Any]]
) -> bytes:
    """An object with one line for each claim and each place in a source."""
    words = brief.words
    head = {
        "schema_version": VERSION,
        "report_id": brief.report_id,
        "lang": words.lang,
        "subject": brief.about,
        "as_of": brief.as_of.isoformat(),
        "checks": {
            "claims": {name: words.text(f"ledger.claim.{name}") for name in CLAIM_CHECKS},
            "evidence": {name: words.text(f"ledger.evidence.{name}") for name in EVIDENCE_CHECKS},
        },
    }
    lines = [f'"{name}": {_encode(value)}' for name, value in head.items()]
    for name, items in (("claims", claims), ("evidence", evidence)):
        entries = ",\n".join(map(_encode, items))
        lines.append(f'"{name}": [\n{entries}\n]')
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()
