"""What is on hand of each agreement's text: its own memorandum, the standard form, or neither."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reportkit.findings.covering import Covering
from reportkit.findings.points import form_of, implied_form
from reportkit.findings.status import Status
from reportkit.moa.values import Found
from reportkit.roster.values import MODELS
from reportkit.store import Agreement, MemorandumRecord, Store

Basis = Literal["memorandum", "form", "unknown"]
# A county-wide agency and the municipality's own stand alone in the matrix, others where few.
_ALONE = {"county", "own"}
_FEW = 4


@dataclass(frozen=True, slots=True)
class Paper:
    """One listed agreement and what is on hand of its text.

    `form` is the standard text that the memorandum follows or, without one, that the model and
    the signing date imply; None where that is not known.
    """

    item: Covering[Agreement]
    memorandum: MemorandumRecord | None
    form: str | None

    @property
    def held(self) -> Agreement:
        """The agreement."""
        return self.item.held

    @property
    def basis(self) -> Basis:
        """What its terms are told from."""
        if self.memorandum:
            return "memorandum"
        return "form" if self.form else "unknown"

    @property
    def name(self) -> str:
        """Model and agency, as the catalogue's formats for agreements take them."""
        return f"{self.held.model} {self.held.agency.name}"

    def found(self, name: str) -> Found | None:
        """What the memorandum says on a point; None without one, or where it was not asked."""
        return self.memorandum.found.get(name) if self.memorandum else None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the matrix: one memorandum, or agreements of one model and one form."""

    id: str
    model: str
    form: str | None
    papers: tuple[Paper, ...]
    statewide: bool = False

    @property
    def alone(self) -> bool:
        """True for the column of one memorandum."""
        return len(self.papers) == 1 and self.papers[0].memorandum is not None

    @property
    def on_file(self) -> tuple[Paper, ...]:
        """Those with a memorandum."""
        return tuple(paper for paper in self.papers if paper.memorandum)


def find_papers(status: Status, store: Store) -> tuple[Paper, ...]:
    """What is on hand for each listed agreement of a place, in reading order."""
    return tuple(_paper(item, store) for item in status.listed)


def _paper(item: Covering[Agreement], store: Store) -> Paper:
    held = item.held
    own = best(store.memoranda_of.get(held.id, ()))
    if own:
        return Paper(item, own, form_of(own.generation))
    return Paper(item, None, implied_form(held.model, held.signed))


def best(records: Iterable[MemorandumRecord]) -> MemorandumRecord | None:
    """The record that says most, where an agreement has several files; the first by hash."""
    ranked = sorted(records, key=lambda item: (len(item.unread) - item.pages, item.sha256))
    return ranked[0] if ranked else None


def local_papers(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Those of agencies that do not act statewide."""
    return tuple(paper for paper in papers if paper.item.local)


def who(meant: Sequence[Paper], papers: Sequence[Paper]) -> tuple[str, ...]:
    """The names of some agreements of a place; where all of a model are meant, the model alone."""
    names = []
    for model in MODELS:
        some = [paper for paper in meant if paper.held.model == model]
        every = len(some) == sum(paper.held.model == model for paper in papers)
        names += [model] if some and every else [paper.name for paper in some]
    return tuple(names)


def our_papers(status: Status, papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The agreements that a brief is about, with what is on hand of their texts."""
    return papers if status.place.kind == "state" else local_papers(papers)


def columns(papers: tuple[Paper, ...], *, grouped: bool) -> tuple[Column, ...]:
    """The columns of the matrix, in reading order: memoranda alone first, then groups.

    Args:
        papers: of the place.
        grouped: by model and form only, as for a state.
    """
    own = [paper for paper in local_papers(papers) if paper.memorandum]
    alone = [
        paper for paper in own if not grouped and (paper.item.reason in _ALONE or len(own) <= _FEW)
    ]
    groups: dict[tuple[bool, str, str | None], list[Paper]] = defaultdict(list)
    for paper in papers:
        if paper not in alone:
            statewide = not grouped and not paper.item.local
            groups[statewide, paper.held.model, paper.form].append(paper)
    return (
        *(_column(paper) for paper in alone),
        *(_group(key, items) for key, items in sorted(groups.items(), key=_order)),
    )


def _order(group: tuple[tuple[bool, str, str | None], list[Paper]]) -> tuple[bool, int, str]:
    """Local before statewide, the most far-reaching model first, unknown forms last."""
    (statewide, model, form), _ = group
    return statewide, MODELS.index(model), form or "~"


def _column(paper: Paper) -> Column:
    return Column(paper.held.id, paper.held.model, paper.form, (paper,))


def _group(key: tuple[bool, str, str | None], papers: list[Paper]) -> Column:
    statewide, model, form = key
    parts = ("statewide" if statewide else "", model, form or "unknown")
    name = "-".join(part for part in parts if part).lower()
    return Column(name, model, form, tuple(papers), statewide)
