"""The checklist beside a brief, as Markdown to print or to tick off on screen."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reportkit.brief.checklist import Facts, Point, find_points
from reportkit.library.review import PARTS, load_checks
from reportkit.places import Gazetteer
from reportkit.render.plain import escaped

if TYPE_CHECKING:
    from reportkit.brief.edition import Edition
    from reportkit.messages import Catalogue

NAME = "checklist.md"
# So many rows and entries of the evidence are told of a point; of more, the number.
_SHOWN = 3
_LISTS = {"list", "pending-list"}


def checklist_files(
    facts: Callable[[Any], Facts],
) -> Callable[[Edition], Mapping[str, bytes]]:
    """What makes the checklist of an edition, by what gives its facts."""

    def make(edition: Edition) -> Mapping[str, bytes]:
        return {NAME: as_markdown(facts(edition), edition.words).encode()}

    return make


def as_markdown(facts: Facts, words: Catalogue) -> str:
    """The checklist of a brief with these facts; empty parts say so."""
    return "\n".join(_lines(facts, words)) + "\n"


def _lines(facts: Facts, words: Catalogue) -> Iterator[str]:
    points = find_points(facts, words)
    roster = facts["roster"]
    yield f"# {escaped(words.text('review.title', {'place': subject_name(facts)}))}"
    yield ""
    yield words.text(
        "review.about",
        {
            "as_of": facts["as_of"],
            "list_date": roster["list_date"],
            "report_id": facts["report_id"],
        },
    )
    high = [point for point in points if point.risk == "high"]
    yield words.text("review.count", {"n": len(points), "high": len(high)})
    yield ""
    yield words.text("review.howto")
    for part in PARTS:
        yield ""
        ours = [point for point in points if load_checks()[point.check].part == part]
        yield f"## {words.text(f'review.part.{part}')} ({len(ours)})"
        if not ours:
            yield ""
            yield words.text(f"review.none.{part}")
        for (check, risk), group in itertools.groupby(ours, lambda item: (item.check, item.risk)):
            yield ""
            yield f"### {words.text(f'review.risk.{risk}')}: {words.text(f'review.check.{check}')}"
            yield ""
            yield words.text(f"review.do.{check}")
            yield ""
            for point in group:
                yield from _item(point, facts, words)


def _item(point: Point, facts: Facts, words: Catalogue) -> Iterator[str]:
    yield f"- [ ] {escaped(point.text)}"
    if point.claims:
        yield f"  - {_few([f'`{name}`' for name in point.claims], words)}"
    by_number = {item["id"]: item for item in facts["evidence"]}
    opened = [_opened(by_number[number], words) for number in point.evidence[:_SHOWN]]
    yield from (f"  - {line}" for line in opened)
    if more := len(point.evidence) - len(opened):
        yield f"  - {words.text('review.more', {'n': more})}"
    rows = [row.rpartition("#") for row in point.rows]
    told = [words.text("review.open.row", {"file": file, "row": row}) for file, _, row in rows]
    if told:
        yield f"  - {escaped(_few(told, words))}"


def _few(items: list[str], words: Catalogue) -> str:
    """The first few of some texts, and how many more there are."""
    more = len(items) - _SHOWN
    shown = items[:_SHOWN] + ([words.text("review.more", {"n": more})] if more > 0 else [])
    return ", ".join(shown)


def _opened(evidence: Facts, words: Catalogue) -> str:
    """What to open: the source, where in it, its address or whose copy was read, its hash."""
    kind, value = evidence["locator"]["kind"], evidence["locator"]["value"]
    told = words.text(
        "review.open.whole" if kind == "whole" else "review.open.part",
        {
            "number": evidence["id"],
            "title": evidence["title"],
            "where": (words.text(f"locator.{kind}", {"value": value}),),
        },
    )
    digest = evidence["sha256"]
    parts = (
        escaped(told),
        # The address of a list is that of ICE's page, where only the newest stands.
        f"<{evidence['url']}>" if evidence["url"] and evidence["kind"] not in _LISTS else "",
        words.text("review.hash", {"sha256": digest[:16]}) if digest else "",
    )
    return "; ".join(part for part in parts if part)


def subject_name(facts: Facts) -> str:
    """The whole name of what a brief is about."""
    subject = facts["jurisdiction"]
    return Gazetteer.load().full_name(subject["geoid"], subject["name"])
