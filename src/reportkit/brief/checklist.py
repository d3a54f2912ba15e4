"""What a reviewer of a brief should look at, from its facts: the most doubtful points first."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportkit.findings.cited import known
from reportkit.findings.points import MATRIX
from reportkit.findings.status import TOO_OLD_DAYS
from reportkit.library import load_facts
from reportkit.library.conflicts import load_conflicts
from reportkit.library.fields import last_day
from reportkit.library.review import PARTS, RISKS, Check, Risk, load_checks
from reportkit.messages import Catalogue
from reportkit.moa.declared import declared
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
    meets = _Meeting(facts)
    for claim in facts["claims"]:
        told = set()
        for check in checks:
            if check.part not in told and meets(claim, check):
                told.add(check.part)
                yield _point(check.id, claim["text"], claim["id"], evidence=claim["evidence"])


class _Meeting:
    """Says whether a claim of a brief is one of those that a check means."""

    def __init__(self, facts: Facts) -> None:
        self._day = dt.date.fromisoformat(facts["as_of"])
        self._ids = {claim["id"] for claim in facts["claims"]}
        self._published = {
            item["id"]: item.get("published") or ""
            for item in facts["evidence"]
            if item["kind"] != "statute" or item["id"] in _of_states(facts)
        }

    def __call__(self, claim: Facts, check: Check) -> bool:
        return (
            self._named(claim, check)
            and self._kept(claim, check)
            and (not check.years or self._old(claim, check))
        )

    def _named(self, claim: Facts, check: Check) -> bool:
        by_id, by_message = check.claims or ("\0",), check.messages or ("\0",)
        return bool(claim["id"].startswith(by_id) or claim["message"].startswith(by_message))

    def _kept(self, claim: Facts, check: Check) -> bool:
        name, _, value = check.where.partition("=")
        if name and claim["values"].get(name) != value:
            return False
        confidences = {load_facts()[fact].confidence for fact in _stated(claim)}
        if check.fact and check.fact not in confidences:
            return False
        ends = (claim["id"].removeprefix(start) for start in check.claims)
        return not (check.unless and any(check.unless + end in self._ids for end in ends))

    def _old(self, claim: Facts, check: Check) -> bool:
        oldest = self._day.replace(year=self._day.year - check.years, day=min(self._day.day, 28))
        days = (self._published.get(number, "") for number in claim["evidence"])
        return any(
            end < oldest and not (check.unsaid and str(end.year) in claim["text"])
            for day in days
            if (end := last_day(day))
        )


def _of_states(facts: Facts) -> set[int]:
    """Evidence on the law of a state, which changes more often than the statute of the program."""
    return {
        number
        for claim in facts["claims"]
        if claim["id"].startswith("context.law.")
        for number in claim["evidence"]
    }


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
    """Pages, terms, and names and dates of the signature page that could not be read."""
    names = {
        item["id"]: f"{item['model']} {item['agency']}" for item in facts.get("agreements", ())
    }
    for paper in facts.get("terms", ()):
        of = tuple(names[name] for name in paper["agreements"] if name in names)
        if pages := paper.get("unread_pages"):
            values = {"agreements": of, "pages": tuple(map(str, pages)), "n": paper["pages"]}
            point = _point("pages", words.text("review.pages", values))
            yield replace(point, **_cited(facts, paper, pages, "terms.unread"))
        for check, label, held in (
            ("term-unread", _term, paper["terms"]),
            ("signature-unread", _field, paper.get("parties")),
        ):
            lost = {name: item for name, item in (held or {}).items() if _lost(item)}
            if lost:
                what = tuple(dict.fromkeys(words.text(label(name)) for name in lost))
                point = _point(
                    check, words.text(f"review.{check}", {"agreements": of, "what": what})
                )
                pages = [item["page"] for item in lost.values() if item.get("page")]
                yield replace(point, **_cited(facts, paper, pages, "terms.signed"))


def _term(name: str) -> str:
    """The message that names a term: its own where the matrix shows it, else its group's."""
    groups = {term.id: term.group for term in declared()}
    return f"terms.name.{name}" if groups[name] in MATRIX else f"moa.group.{groups[name]}"


def _field(name: str) -> str:
    """The message that names a field of the signature page."""
    return f"review.field.{name}"


def _lost(found: Facts) -> bool:
    return bool(found["state"] == "unreadable")


def _cited(facts: Facts, paper: Facts, pages: Iterable[int], claims: str) -> Mapping[str, Any]:
    """Which claims of the brief tell it of a memorandum, and what to open: pages, or the whole."""
    ids = {f"{claims}.{name}" for name in paper["agreements"]}
    told = [claim for claim in facts["claims"] if claim["id"] in ids]
    wanted = set(map(str, pages))
    ours = [item for item in facts["evidence"] if item["sha256"] == paper.get("sha256")]
    there = [item["id"] for item in ours if item["locator"]["value"] in wanted]
    whole = [item["id"] for item in ours if item["locator"]["kind"] == "whole"]
    numbers = there or whole or [item["id"] for item in ours[:1]]
    return {"claims": tuple(claim["id"] for claim in told), "evidence": tuple(numbers)}


def _corrections(facts: Facts, words: Catalogue) -> Iterator[Point]:
    """What was printed, what it is read as, why, and on which rows."""
    gazetteer = Gazetteer.load()
    for item in facts["corrections"]:
        value: tuple[str, ...] = (item["value"],)
        if item["field"] == "county":
            ids = item["value"].split()
            value = tuple(gazetteer.place(geoid).name for geoid in ids if geoid in gazetteer)
        text = words.text(
            "review.correction",
            {
                "agency": item["agency"],
                "field": (words.text(f"review.column.{item['field']}"),),
                "printed": item["printed"],
                "value": value or (item["value"],),
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
            claims = {
                item["id"]: found
                for item in facts["claims"]
                if (found := numbers & set(item["evidence"]))
            }
            signed = [name for name in claims if name.startswith("terms.signed.")]
            named = signed or list(claims)[:1]
            # The page that a named claim cites: only so does the point show that claim's evidence.
            shown = min((number for name in named for number in claims[name]), default=first["id"])
            text = words.text("review.copy", values)
            yield _point("memorandum-age", text, *named, evidence=(shown,))


def _days(earlier: str, later: str) -> int:
    return (dt.date.fromisoformat(later) - dt.date.fromisoformat(earlier)).days
