"""Memoranda as rows of a store's tables, and back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from reportkit.moa.values import Deviation, Found
from reportkit.store.facts import MemorandumRecord

if TYPE_CHECKING:
    from reportkit.moa.memorandum import Memorandum
    from reportkit.roster import Roster

Rows = list[dict[str, object]]


def record(memorandum: Memorandum, reader: str) -> MemorandumRecord:
    """What a store keeps of a memorandum; `reader` names the code that read it."""
    form, document = memorandum.template, memorandum.document
    return MemorandumRecord(
        document.sha256,
        document.name,
        len(document.pages),
        memorandum.unread,
        form.model,
        form.generation,
        form.revision,
        tuple(asdict(item) for item in memorandum.signatures),
        memorandum.deviations is not None,
        reader,
        {**memorandum.fields, **memorandum.terms},
        memorandum.deviations or (),
    )


def without_words(item: MemorandumRecord) -> MemorandumRecord:
    """The facts of a memorandum without a word of its text: what may be handed on."""
    return replace(
        item,
        found={name: replace(found, quote=None) for name, found in item.found.items()},
        deviations=tuple(replace(part, standard="", words="") for part in item.deviations),
    )


def matched(items: Iterable[MemorandumRecord], roster: Roster) -> list[MemorandumRecord]:
    """The memoranda with the agreements of this roster that they are."""
    from reportkit.moa.matching import Content, Matcher

    matcher = Matcher(roster)
    found = []
    for item in items:
        said = item.found
        content = Content(
            item.sha256,
            item.file,
            _text(said.get("lea_name")),
            item.model,
            tuple(
                date
                for name in ("ice_signed", "lea_signed")
                if (date := _text(said.get(name))) is not None
            ),
        )
        match = matcher.match(content)
        found.append(
            replace(
                item,
                agreement=match.agreement,
                rule=match.rule,
                misplaced=match.misplaced,
                differs=match.differs,
            )
        )
    return found


def _text(item: Found | None) -> str | None:
    return item.value if item and isinstance(item.value, str) else None


def encode_memoranda(items: Iterable[MemorandumRecord]) -> dict[str, Rows]:
    """The tables of memoranda, sorted so that equal memoranda give equal bytes."""
    tables: dict[str, Rows] = {"memoranda": [], "terms": [], "deviations": []}
    for item in sorted(items, key=lambda item: item.sha256):
        tables["memoranda"].append(
            {
                "sha256": item.sha256,
                "file": item.file,
                "pages": item.pages,
                "unread": " ".join(map(str, item.unread)),
                "model": item.model or "",
                "generation": item.generation or "",
                "revision": item.revision or "",
                "signatures": json.dumps(item.signatures) if item.signatures else "",
                "compared": "yes" if item.compared else "",
                "reader": item.reader,
                "agreement": item.agreement or "",
                "rule": item.rule,
                "misplaced": " ".join(item.misplaced),
                "differs": " ".join(item.differs),
            }
        )
        for name, found in sorted(item.found.items()):
            cells = {key: _cell(value) for key, value in asdict(found).items()}
            tables["terms"].append({"memorandum": item.sha256[:_KEY], "name": name, **cells})
        for part in item.deviations:
            tables["deviations"].append(
                {
                    "memorandum": item.sha256[:_KEY],
                    **{key: _cell(value) for key, value in asdict(part).items()},
                }
            )
    return tables


_KEY = 16
"""So many digits of a file's hash name it within the tables of one store."""
_TRUTHS = {True: "yes", False: "no"}


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return _TRUTHS[value]
    return "" if value is None else str(value)


def decode_memoranda(
    memoranda: Iterable[Mapping[str, str]],
    terms: Iterable[Mapping[str, str]],
    deviations: Iterable[Mapping[str, str]],
) -> tuple[MemorandumRecord, ...]:
    """The reverse of `encode_memoranda`."""
    found: dict[str, dict[str, Found]] = defaultdict(dict)
    for row in terms:
        found[row["memorandum"]][row["name"]] = Found(
            row["state"],  # type: ignore[arg-type]
            _value(row["value"]),
            int(row["page"]) if row["page"] else None,
            row["section"] or None,
            row["quote"] or None,
            row["note"] or None,
        )
    parts: dict[str, list[Deviation]] = defaultdict(list)
    for row in deviations:
        parts[row["memorandum"]].append(
            Deviation(
                row["kind"],  # type: ignore[arg-type]
                int(row["page"]),
                row["section"] or None,
                row["standard"],
                row["words"],
            )
        )
    return tuple(
        MemorandumRecord(
            row["sha256"],
            row["file"],
            int(row["pages"]),
            tuple(map(int, row["unread"].split())),
            row["model"] or None,
            row["generation"] or None,
            row["revision"] or None,
            tuple(json.loads(row["signatures"] or "[]")),
            bool(row["compared"]),
            row["reader"],
            found[row["sha256"][:_KEY]],
            tuple(parts[row["sha256"][:_KEY]]),
            row["agreement"] or None,
            row["rule"],
            tuple(row["misplaced"].split()),
            tuple(row["differs"].split()),
        )
        for row in memoranda
    )


def _value(text: str) -> str | bool | None:
    return {"yes": True, "no": False, "": None}.get(text, text)


def newest(
    earlier: Iterable[MemorandumRecord], fresh: Iterable[MemorandumRecord]
) -> list[MemorandumRecord]:
    """Both, where a file that was read again replaces what an earlier store said of it.

    The departures that the earlier store knows stay where this one has no text to compare with.
    """
    known = {item.sha256: item for item in earlier}
    for item in fresh:
        old = known.get(item.sha256)
        if old and old.compared and not item.compared:
            item = replace(item, compared=True, deviations=old.deviations)
        known[item.sha256] = item
    return list(known.values())
