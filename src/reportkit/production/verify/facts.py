"""Computes the facts of an edition again and compares everything that they say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reportkit.production.editions import Kind
from reportkit.production.held import validator
from reportkit.production.verify.report import Report


def tells_what_it_is(data: Mapping[str, Any]) -> bool:
    """True where facts name a subject, a day and a language, whatever else they hold."""
    subject = data.get("jurisdiction")
    named = isinstance(subject, dict) and all(
        isinstance(subject.get(name), str | None) for name in ("geoid", "kind")
    )
    return named and all(isinstance(data.get(name), str) for name in ("as_of", "lang"))


def compare(
    raw: bytes, data: Mapping[str, Any], computed: dict[str, Any], kind: Kind, report: Report
) -> bool:
    """Note each claim that the store bears out, and each value that it does not.

    `raw` are the bytes of the facts, `data` what they hold, `computed` the same computed again.
    False where the facts have no shape in which they could be compared.
    """
    if _in_one_line(raw) == json.dumps(computed, ensure_ascii=False, separators=_SIGNS).encode():
        report.claims = {claim["id"]: "recomputed" for claim in computed["claims"]}
        return True
    if problems := against_schema(data, kind):
        report.problems += problems
        return False
    fresh = json.loads(json.dumps(computed))
    if fresh == data:
        report.claims = {claim["id"]: "recomputed" for claim in fresh["claims"]}
        report.problems.append(
            "facts: say the same in other bytes, or one thing twice; make the brief again"
        )
        return True
    _same_store(data, fresh, report)
    _claims(data["claims"], fresh["claims"], report)
    for key in fresh:
        if key != "claims":
            report.problems += differing(key, fresh[key], data.get(key))
    return True


_SIGNS = ",", ": "


def _in_one_line(raw: bytes) -> bytes:
    """JSON without line breaks and indents, to make which takes longer than all else here."""
    return b"".join(line.lstrip(b" ") for line in raw.split(b"\n"))


def _same_store(data: Mapping[str, Any], fresh: dict[str, Any], report: Report) -> None:
    made_from, known = (facts["roster"]["snapshot_sha256"] for facts in (data, fresh))
    if made_from == known:
        return
    report.problems.append(
        f"made from a store that on {data['as_of']} knew {made_from[:16]}, where this one "
        f"knew {known[:16]}; name that store with --store, or make the brief again; what "
        "differs follows"
    )
    # Which tells already what follows from another store alone.
    fresh["report_id"] = data["report_id"]
    fresh["roster"]["snapshot_sha256"] = made_from


def _claims(told: list[dict[str, Any]], computed: list[dict[str, Any]], report: Report) -> None:
    held = {claim["id"]: claim for claim in told}
    for claim in computed:
        name = claim["id"]
        old = held.pop(name, None)
        report.claims[name] = "recomputed" if old == claim else "differs"
        if old == claim:
            continue
        if old and {**old, "text": claim["text"]} == claim:
            report.problems.append(
                f"claim {name}: its values hold, its words are others now; make the brief again: "
                f"{claim['text']}"
            )
        else:
            report.problems.append(f"claim {name}: differs from the store: {claim['text']}")
    for name in held:
        report.claims[name] = "differs"
        report.problems.append(f"claim {name}: the store does not bear it out")
    if [claim["id"] for claim in computed] != [claim["id"] for claim in told]:
        report.problems.append("claims: not in the order of the brief")


def differing(path: str, fresh: Any, held: Any) -> Iterator[str]:
    """A line for each value that is not the store's, with the way to it."""
    if isinstance(fresh, dict) and isinstance(held, dict):
        for key in {**fresh, **held}:
            yield from differing(f"{path} {key}", fresh.get(key), held.get(key))
    elif isinstance(fresh, list) and isinstance(held, list) and len(fresh) == len(held):
        for number, (new, old) in enumerate(zip(fresh, held, strict=True), start=1):
            yield from differing(f"{path} {_name(old) or number}", new, old)
    elif fresh != held:
        yield f"{path}: {_short(held)} is not what the store says, {_short(fresh)}"


_NAMES = ("id", "agency", "model", "indicator", "agreements", "title")


def _name(entry: Any) -> str:
    """What tells an entry of a list from the others."""
    if not isinstance(entry, dict):
        return ""
    return " ".join(str(entry[name]) for name in _NAMES if entry.get(name))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."


def against_schema(data: Any, kind: Kind) -> list[str]:
    """A line for each place where facts have not the shape that their kind has."""
    return [
        f"schema: {'/'.join(map(str, error.absolute_path)) or 'the facts'}: {error.message[:160]}"
        for error in validator(kind.schema).iter_errors(data)
    ]
