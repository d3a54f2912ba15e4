"""What a reviewer of a brief needs, as data: the checklist, and who signed the brief off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportkit.brief.checklist import Facts, find_points
from reportkit.library.review import load_checks
from reportkit.production.checklist import subject_name
from reportkit.production.signoff import SignOff, counts

if TYPE_CHECKING:
    from reportkit.messages import Catalogue


def as_data(facts: Facts, words: Catalogue, signed: tuple[SignOff, ...] = ()) -> dict[str, Any]:
    """The checklist of a brief with these facts as JSON-safe data, with the sign-offs beside it."""
    checks = load_checks()
    by_number = {item["id"]: item for item in facts["evidence"]}
    return {
        "report_id": facts["report_id"],
        "geoid": facts["jurisdiction"]["geoid"],
        "place": subject_name(facts),
        "as_of": facts["as_of"],
        "lang": words.lang,
        "points": [
            {
                "part": checks[point.check].part,
                "check": point.check,
                "risk": point.risk,
                "what": words.text(f"review.check.{point.check}"),
                "do": words.text(f"review.do.{point.check}"),
                "text": point.text,
                "claims": list(point.claims),
                "evidence": [
                    {
                        name: by_number[number][name]
                        for name in ("id", "kind", "title", "url", "locator", "sha256")
                    }
                    for number in point.evidence
                ],
                "rows": list(point.rows),
            }
            for point in find_points(facts, words)
        ],
        "signed": [
            {
                "by": item.by,
                "when": item.when,
                "report_id": item.report_id,
                "notes": item.notes,
                "counts": counts(item, facts["report_id"]),
            }
            for item in signed
        ],
    }
