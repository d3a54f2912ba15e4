"""What a reviewer of a brief should look at, from its facts: the most doubtful points first."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportkit.findings.cited import known
from reportkit.findings.status import TOO_OLD_DAYS
from reportkit.library import load_facts
from reportkit.library.conflicts import load_conflicts
from reportkit.library.fields import last_day
from reportkit.library.review import PARTS, RISKS, Check, Risk, load_checks
from reportkit.messages import Catalogue
from reportkit.places import Gazetteer

Facts = Mapping[str, Any]
"""What a brief.json holds."""
# A fact's id ends the message that states it, whole or in short.
_FACT = re.compile(r"(?:fact|gaps\.why\.\w+)\.([a-z]+-[a-z0-9-]+)")
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at: of which check, how risky, in which words, which claims it concerns.

    `evidence` are numbers of the brief's evidence, `rows` are "file#row" beside them.
    """

    check: str
    risk: Risk
    text: str
    claims: tuple[str, ...] = ()
    evidence: tuple[int, ...] = ()
    rows: tuple[str, ...] = ()


def find_points(facts: Facts, words: Catalogue) -> tuple[Point, ...]:
    """The points of a checklist in its order: by part, by risk, and as the brief has them.

    Args:
        facts: what the brief's brief.json holds.
        words: the catalogue of the language to tell them in; claims keep that of the brief.
    """
    checks = load_checks()
    found = [
        *_claims(facts, checks.values()),
        *_sources(facts, words),
        *_unread(facts, words),
        *_corrections(facts, words),
        *_lists(facts),
        *_copies(facts, words),
    ]
    places = {name: place for place, name in enumerate(checks)}
    return tuple(
        sorted(
            found,
            key=lambda point: (
                PARTS.index(checks[point.check].part),
                RISKS.index(point.risk),
                places[point.check],
            ),
        )
    )


def _point(check: str, text: str, *claims: str, evidence: Iterable[int] = ()) -> Point:
    return Point(check, load_checks()[check].risk, text, claims, tuple(evidence))


def _claims(facts: Facts, checks: Iterable[Check]) -> Iterator[Point]:
    """Claims that a check names; in each part under the first that they meet."""
    published = {item["id"]: item.get("published") for item in facts["evidence"]}
    day = dt.date.fromisoformat(facts["as_of"])
    for claim in facts["claims"]:
        told = set()
        for check in checks:
            if check.part not in told and _meets(claim, check, published, day):
                told.add(check.part)
                yield _point(check.id, claim["text"], claim["id"], evidence=claim["evidence"])


def _meets(claim: Facts, check: Check, published: Mapping[int, str | None], day: dt.date) -> bool:
    if not (
        claim["id"].startswith(check.claims or ("\0",))
        or claim["message"].startswith(check.messages or ("\0",))
    ):
        return False
    name, _, value = check.where.partition("=")
    if name and claim["values"].get(name) != value:
        return False
    if check.fact and check.fact not in {load_facts()[fact].confidence for fact in _stated(claim)}:
        return False
    if not check.years:
        return True
    oldest = day.replace(year=day.year - check.years, day=min(day.day, 28))
    ends = (last_day(published.get(number) or "") for number in claim["evidence"])
    return any(end < oldest for end in ends if end)


def _stated(claim: Facts) -> tuple[str, ...]:
    """The cited facts that a claim states."""
    named = (claim["message"], claim["values"].get("statement") or "")
    matches = (_FACT.fullmatch(str(name)) for name in named)
    return tuple(match[1] for match in matches if match and match[1] in load_facts())


def _sources(facts: Facts, words: Catalogue) -> Iterator[Point]:
    """Disagreements on record about cited facts, where the brief states a fact and not these."""
    told = {claim["message"] for claim in facts["claims"]}
    stating: dict[str, list[Facts]] = defaultdict(list)
    for claim in facts["claims"]:
        for fact in _stated(claim):
            stating[fact].append(claim)
    day = dt.date.fromisoformat(facts["as_of"])
    for conflict in load_conflicts().values():
        claims = [claim for fact in conflict.facts for claim in stating[fact]]
        message = f"conflict.{conflict.id}"
        if claims and message not in told and known(conflict, day):
            numbers = dict.fromkeys(number for claim in claims for number in claim["evidence"])
            ids = (claim["id"] for claim in claims)
            yield _point("sources", words.text(message), *ids, evidence=numbers)


def _unread(facts: Facts, words: Catalogue) -> Iterator[Point]:
    """Terms and names, titles and dates of the signature page that could not be read."""
    names = {item["id"]: f"{item['model']} {item['agency']}" for item in facts.get("agreements", ())}
    for paper in facts.get("terms", ()):
        for check, field, held in (
            ("term-unread", "terms.name", paper["terms"]),
            ("signature-unread", "review.field", paper.get("parties")),
        ):
            lost = {name: item for name, item in (held or {}).items() if _lost(item)}
            if lost:
                what = tuple(words.text(f"{field}.{name}") for name in lost)
                of = tuple(names[name] for name in paper["agreements"] if name in names)
                text = words.text(f"review.{check}", {"agreements": of, "what": what})
                signed = tuple(f"terms.signed.{name}" for name in paper["agreements"])
                yield replace(_point(check, text), **_cited(facts, paper, lost.values(), signed))


def _lost(found: Facts) -> bool:
    return found["state"] == "unreadable"


def _cited(
    facts: Facts, paper: Facts, lost: Iterable[Facts], claims: tuple[str, ...]
) -> Mapping[str, Any]:
    """Which claims of the brief tell of a memorandum's signatures, and the pages to open."""
    told = [claim for claim in facts["claims"] if claim["id"] in claims]
    pages = {str(item["page"]) for item in lost if item.get("page")}
    ours = [item for item in facts["evidence"] if item["sha256"] == paper.get("sha256")]
    there = [item["id"] for item in ours if item["locator"]["value"] in pages]
    numbers = there or [number for claim in told for number in claim["evidence"]]
    return {
        "claims": tuple(claim["id"] for claim in told),
        "evidence": tuple(numbers or [item["id"] for item in ours[:1]]),
    }


def _corrections(facts: Facts, words: Catalogue) -> Iterator[Point]:
    """What was printed, what it is read as, why, and on which rows."""
    gazetteer = Gazetteer.load()
    for item in facts["corrections"]:
        parts = item["value"].split()
        value = item["value"]
        if parts and all(len(part) == 5 and part in gazetteer for part in parts):
            value = words.join(tuple(gazetteer.place(part).name for part in parts))
        text = words.text(
            "review.correction",
            {
                "agency": item["agency"],
                "field": words.text(f"review.column.{item['field']}"),
                "printed": item["printed"],
                "value": value,
                "reason": item["reason"],
                "source": item["source"],
            },
        )
        yield replace(_point("correction", text), rows=tuple(item["rows"]))


def _lists(facts: Facts) -> Iterator[Point]:
    """How old the newest lists of either kind were on the brief's day."""
    roster = facts["roster"]
    for check, name, date in (
        ("list-age", "limits.list", roster["list_date"]),
        ("pending-age", "limits.pending", roster["pending_list_date"]),
    ):
        days = _days(date, facts["as_of"]) if date else TOO_OLD_DAYS + 1
        risk: Risk = "high" if days > TOO_OLD_DAYS else "middle" if days > _MONTH else "low"
        for claim in facts["claims"]:
            if claim["id"] == name:
                point = _point(check, claim["text"], name, evidence=claim["evidence"])
                yield replace(point, risk=risk)


def _copies(facts: Facts, words: Catalogue) -> Iterator[Point]:
    """Memoranda whose copies on hand are so old that ICE may have put others in their place."""
    copies: dict[str, list[Facts]] = defaultdict(list)
    for item in facts["evidence"]:
        if item["kind"] == "memorandum" and item["retrieved"]:
            copies[item["sha256"]].append(item)
    for held in copies.values():
        first, numbers = held[0], {item["id"] for item in held}
        days = _days(first["retrieved"], facts["as_of"])
        if days > TOO_OLD_DAYS:
            values = {"title": first["title"], "date": first["retrieved"], "n": days}
            claims = (item["id"] for item in facts["claims"] if numbers & set(item["evidence"]))
            text = words.text("review.copy", values)
            yield _point("memorandum-age", text, *claims, evidence=(first["id"],))


def _days(earlier: str, later: str) -> int:
    return (dt.date.fromisoformat(later) - dt.date.fromisoformat(earlier)).days
