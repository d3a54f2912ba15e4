"""What a model permits, told by the place's own memoranda where these are on file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.claims import claim
from reportkit.findings.papers import Paper
from reportkit.moa.values import Found

# The model, and what a memorandum must say for the sentence to hold of it: True for present, False
# for absent, else the value.
_NEEDS: Mapping[str, tuple[str, Mapping[str, bool | str]]] = {
    "tfm-1": (
        "TFM",
        {
            "setting": "community",
            "question_status": True,
            "arrest_without_warrant": True,
            "serve_arrest_warrants": True,
            "prepare_charging_documents": True,
        },
    ),
    "tfm-2": ("TFM", {"supervisor_contact": "at-the-time-or-after"}),
    "jem-1": (
        "JEM",
        {
            "setting": "jail",
            "question_status": True,
            "serve_arrest_warrants": True,
            "prepare_charging_documents": True,
            "issue_detainers": True,
        },
    ),
    "wso-1": (
        "WSO",
        {
            "setting": "jail",
            "serve_arrest_warrants": True,
            "serve_removal_warrants": True,
            "question_status": False,
            "issue_detainers": False,
        },
    ),
}


def permit_claim(
    fact: str, papers: Sequence[Paper], cite: Citations, *, whole: bool
) -> Claim | None:
    """The sentence of a cited fact on a model, resting on memoranda that say so; None without any.

    Args:
        fact: its id.
        papers: agreements to look at; those of other models are left out.
        cite: makes the citations.
        whole: cite memoranda as a whole, where many are counted.
    """
    model, needs = _NEEDS[fact]
    held = [paper for paper in papers if paper.held.model == model and _says(paper, needs)]
    if not held:
        return None
    one = len(held) == 1
    return claim(
        f"bottom.{fact}",
        f"bottom.{fact}" if one else f"bottom.{fact}.many",
        "memoranda on file that say each part of the sentence",
        tuple(
            dict.fromkeys(
                cite.memorandum(paper.memorandum, paper.held, None if whole else page)
                for paper in held
                if paper.memorandum
                for page in sorted({found.page or 0 for found in _found(paper, needs)})
            )
        ),
        agency=held[0].held.agency.name,
        n=len({paper.held.agency.id for paper in held}),
    )


def _found(paper: Paper, needs: Mapping[str, bool | str]) -> list[Found]:
    return [found for name in needs if (found := paper.found(name))]


def _says(paper: Paper, needs: Mapping[str, bool | str]) -> bool:
    for name, need in needs.items():
        found = paper.found(name)
        if found is None or (found.state == "present") != bool(need) or found.state == "unreadable":
            return False
        if isinstance(need, str) and found.value != need:
            return False
    return True
