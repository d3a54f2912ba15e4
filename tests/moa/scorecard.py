"""Compares what is read from memoranda with what people read off the page images.

A label's value None means blank or illegible to the eye; `digital` and `scanned` are counted apart.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from reportkit.moa.memorandum import CLAUSES

EXACT = ("model", "complete", "addendum", "template_revision", *CLAUSES)
DATES = ("ice_signed", "lea_signed", "addendum_signed")
NAMES = ("lea_name", "ice_signatory", "lea_signatory")
FREE = ("opla_location", "lea_contact", "ice_title", "lea_title")
_ALIKE = 85
_SHORT = {"dept": "department", "depart": "department", "ofc": "office"}


def labels() -> Iterator[dict[str, Any]]:
    """The labels beside the corpus."""
    path = Path(os.environ["REPORTKIT_CORPUS"]).parent / "labels" / "moa-dev.jsonl"
    return map(json.loads, path.read_text("utf-8").splitlines())


def path_of(label: Mapping[str, Any]) -> Path:
    """The file of a label."""
    return Path(os.environ["REPORTKIT_CORPUS"]).parent / label["path"]


@dataclass
class Score:
    """Counts of one field over files of one sort; `wrong` names the files with both values."""

    files: int = 0
    labelled: int = 0
    given: int = 0
    right: int = 0
    wrong: list[tuple[str, Any, Any]] = field(default_factory=list)
    missing: list[tuple[str, Any, Any]] = field(default_factory=list)


def score(
    pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> dict[tuple[str, str], Score]:
    """Scores by field and sort of file, of pairs (label, output of `reportkit moa --json`)."""
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    for label, output in pairs:
        sort = "scanned" if label["scanned"] else "digital"
        for name in (*EXACT, *DATES, *NAMES, *FREE):
            item = scores[name, sort]
            truth, value = label[name], output[name]["value"]
            item.files += 1
            if name in EXACT and name != "template_revision":
                truth_known = truth is not None
            else:
                truth_known = truth not in (None, "")
            item.labelled += truth_known
            if value is None:
                if truth_known:
                    item.missing.append((label["key"], truth, value))
                continue
            item.given += truth_known
            if same(name, truth, value):
                item.right += 1
            else:
                item.wrong.append((label["key"], truth, value))
    return scores


def same(name: str, truth: Any, value: Any) -> bool:
    """Whether a value means what the label says."""
    if name in (*EXACT, *DATES):
        return bool(truth == value)
    if truth is None:
        return False
    mine, theirs = _plain(str(value)), _plain(str(truth))
    if name in NAMES:
        return mine == theirs or fuzz.token_set_ratio(mine, theirs) >= 96
    return max(fuzz.token_set_ratio(mine, theirs), fuzz.ratio(mine, theirs)) >= _ALIKE


def _plain(text: str) -> str:
    text = re.sub(r"\(.*?\)", " ", text.lower().replace("’", "'").replace("'s", "s"))
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def table(scores: Mapping[tuple[str, str], Score]) -> str:
    """The scores as lines of text."""
    lines = [f"{'field':26}{'sort':9}{'files':>6}{'label':>6}{'given':>6}{'right':>6}{'wrong':>6}"]
    for (name, sort), item in sorted(scores.items()):
        lines.append(
            f"{name:26}{sort:9}{item.files:6}{item.labelled:6}{item.given:6}{item.right:6}"
            f"{len(item.wrong):6}"
        )
        lines += [
            f"      wrong   {key}: {value!r}, label {truth!r}" for key, truth, value in item.wrong
        ]
        lines += [f"      missing {key}: label {truth!r}" for key, truth, _ in item.missing]
    return "\n".join(lines)
