"""What the check of an edition found, as values and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

SCHEMA_VERSION = "1.0"

ClaimState = Literal["recomputed", "reopened", "not on hand", "differs"]
"""`recomputed` from the store, which is all there is to do for a claim that rests on no list and no
memorandum; `reopened`: also every row and page that it cites was read again in the source's bytes;
`not on hand`: recomputed, but a file that it cites was not there, or a page of it is a scan whose
words are not on hand; `differs`: the store or the source says something else."""
EvidenceState = Literal["reopened", "not_on_hand", "differs"]
"""Whether the source's bytes say at this place what the store holds: as in the claims ledger."""
Proof = Literal["bytes", "text", "displays", "not there"]
"""How a file was checked. `bytes`: it is what the facts give, byte for byte; `text`: each word,
number, link, title and alternative text of the PDF is; `displays`: the notebook shows what the
facts give, and more."""


@dataclass(slots=True)
class Held:
    """Sources of one kind that a brief cites, and those of them that were on hand."""

    cited: int = 0
    on_hand: int = 0


@dataclass(slots=True)
class Report:
    """What the check of one edition found; it holds where `problems` is empty.

    `path` is its facts, which may be missing. `notes` tell what a reader should know and what is no
    fault: files that are not the brief's, cells of an analyst's own. `claims` has the state of each
    claim by its id, `evidence` that of rows and pages by their number, `ledger` the claims ledger with
    both where it was asked for, `files` how each file of the edition was checked, `unread` the pages of
    memoranda that are scans whose words were not on hand, `signed` what became of the sign-offs,
    `newer` the dates of the lists that the store holds beyond the brief's, `newer_told` the same in words.
    """

    path: Path
    subject: str = ""
    as_of: str = ""
    lang: str = ""
    report_id: str = ""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    claims: dict[str, ClaimState] = field(default_factory=dict)
    files: dict[str, Proof] = field(default_factory=dict)
    lists: Held = field(default_factory=Held)
    memoranda: Held = field(default_factory=Held)
    unread: int = 0
    signed: list[dict[str, str]] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    newer_told: str = ""
    evidence: dict[int, EvidenceState] = field(default_factory=dict)
    ledger: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def recomputed(self) -> int:
        """How many claims the store bears out."""
        return sum(state != "differs" for state in self.claims.values())

    @property
    def reopened(self) -> int:
        """How many claims the source's bytes bear out too."""
        return sum(state == "reopened" for state in self.claims.values())

    @property
    def absent(self) -> list[str]:
        """Files that the edition may have and has not."""
        return [name for name, proof in self.files.items() if proof == "not there"]

    def to_json(self) -> dict[str, Any]:
        """The report as JSON-safe data: one of `briefs` of `reportkit verify --json`."""
        states = list(self.claims.values())
        return {
            "path": str(self.path),
            "holds": not self.problems,
            "subject": self.subject,
            "as_of": self.as_of,
            "lang": self.lang,
            "report_id": self.report_id,
            "problems": self.problems,
            "notes": self.notes,
            "claims": {
                "recomputed": self.recomputed,
                "reopened": self.reopened,
                "not_on_hand": states.count("not on hand"),
                "differ": states.count("differs"),
            },
            "files": self.files,
            "lists": {"cited": self.lists.cited, "on_hand": self.lists.on_hand},
            "memoranda": {
                "cited": self.memoranda.cited,
                "on_hand": self.memoranda.on_hand,
                "scans_not_reopened": self.unread,
            },
            "sign_offs": self.signed,
            "newer_lists": {"dates": self.newer, "told": self.newer_told},
        }


@dataclass(slots=True)
class Summary:
    """What the check of many editions found, added up; it keeps none of them."""

    briefs: int = 0
    bad: int = 0
    problems: int = 0
    recomputed: int = 0
    reopened: int = 0
    differ: int = 0
    not_there: int = 0
    lists: Held = field(default_factory=Held)
    memoranda: Held = field(default_factory=Held)
    unread: int = 0
    read: int = 0
    signed: int = 0
    lapsed: int = 0
    older: int = 0
    older_told: str = ""

    def add(self, report: Report) -> None:
        """Count one more."""
        self.briefs += 1
        self.bad += bool(report.problems)
        self.problems += len(report.problems)
        self.recomputed += report.recomputed
        self.reopened += report.reopened
        self.differ += list(report.claims.values()).count("differs")
        self.not_there += len(report.absent)
        for ours, theirs in ((self.lists, report.lists), (self.memoranda, report.memoranda)):
            ours.cited += theirs.cited
            ours.on_hand += theirs.on_hand
        self.unread += report.unread
        self.read += "text" in report.files.values()
        self.signed += sum(item["state"] == "counts" for item in report.signed)
        self.lapsed += sum(item["state"] == "lapsed" for item in report.signed)
        self.older += bool(report.newer)
        self.older_told = self.older_told or report.newer_told

    def to_json(self) -> dict[str, Any]:
        """The summary of `reportkit verify --json`."""
        return {
            "briefs": self.briefs,
            "with_problems": self.bad,
            "problems": self.problems,
            "claims": {
                "recomputed": self.recomputed,
                "reopened": self.reopened,
                "differ": self.differ,
            },
            "files_not_there": self.not_there,
            "pdfs_read_only": self.read,
            "lists": {"cited": self.lists.cited, "on_hand": self.lists.on_hand},
            "memoranda": {
                "cited": self.memoranda.cited,
                "on_hand": self.memoranda.on_hand,
                "scans_not_reopened": self.unread,
            },
            "sign_offs": {"count": self.signed, "lapsed": self.lapsed},
            "older_than_the_store": self.older,
        }
