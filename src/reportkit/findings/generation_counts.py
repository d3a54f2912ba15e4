"""What the memoranda on hand say, counted by the form that they follow: what changed between forms."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportkit.evidence import Claim
from reportkit.findings.citations import Citations
from reportkit.findings.cited import fact_claim, known
from reportkit.findings.claims import claim
from reportkit.findings.national import National
from reportkit.findings.papers import best
from reportkit.findings.points import form_of
from reportkit.library import load_facts
from reportkit.roster.values import MODELS
from reportkit.store import Agreement, MemorandumRecord

CHANGED = (
    "steering_committee",
    "three_year_review",
    "guidance_on_race",
    "title_vi",
    "interpreter_clause",
    "complaint_report_hours",
    "complaint_days",
    "complaint_outcome_notice",
    "complaint_poster",
    "notice_days",
    "refresher",
    "min_two_years_experience",
    "exam_pass_mark",
    "training_hours",
    "duty_to_publish",
)
"""The terms to count, by the name that memoranda are asked about them: those that differ between
forms, and at the end two that no form has."""
COMPARED = {"steering": ("ov-16", "ov-17", "ov-27"), "race": ("cr-3",), "complaints": ("co-3",)}
"""Counts of ours, and the cited facts on the same point that stand beside them."""
_NEW_FORMS = 2025
_READ = "memoranda on hand whose text has the term; absent only where every page was read"


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement and its memorandum on hand."""

    agreement: Agreement
    memorandum: MemorandumRecord

    @property
    def new(self) -> bool:
        """Whether it was signed in 2025 or later, when all forms were new."""
        signed = self.agreement.signed
        return signed is not None and signed.year >= _NEW_FORMS


@dataclass(frozen=True, slots=True)
class Form:
    """The memoranda on hand that follow one standard text; `id` is "unknown" for no known one."""

    id: str
    model: str
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Of `n` memoranda that were asked about a term, `present` have it, `unread` cannot be told."""

    present: int
    unread: int
    n: int


@lru_cache(maxsize=4)
def find_held(national: National) -> tuple[Held, ...]:
    """The memorandum on hand of each agreement known by the as-of date."""
    found = []
    for agreement in national.snapshot.agreements:
        memorandum = best(national.store.memoranda_of.get(agreement.id, ()))
        if memorandum:
            found.append(Held(agreement, memorandum))
    return tuple(found)


def find_forms(national: National) -> tuple[Form, ...]:
    """The forms that they follow, by model and age, the unknown ones of a model last."""
    groups: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for item in find_held(national):
        form = form_of(item.memorandum.generation) or "unknown"
        groups[item.agreement.model, form].append(item)
    order = sorted(groups, key=lambda key: (MODELS.index(key[0]), *_age(key[1], groups[key])))
    return tuple(Form(form, model, tuple(groups[model, form])) for model, form in order)


def _age(form: str, held: list[Held]) -> tuple[bool, str, str]:
    """The unknown last, the others by their first signing."""
    dates = [_iso(item.agreement.signed) for item in held if item.agreement.signed]
    return form == "unknown", min(dates, default="~"), form


def tally(held: tuple[Held, ...], term: str) -> Tally:
    """How many memoranda have a term; those that were not asked about it are left out."""
    states = Counter(
        found.state for item in held if (found := item.memorandum.found.get(term)) is not None
    )
    return Tally(states["present"], states["unreadable"], sum(states.values()))


def generation_claims(national: National, cite: Citations) -> tuple[Claim, ...]:
    """Memoranda on hand by form, a count for each term and form, and what others counted."""
    held = find_held(national)
    if not held:
        return ()
    forms = find_forms(national)
    return (
        _on_hand(national, held, cite),
        *(_form(form, cite) for form in forms),
        *(
            _cell(form, term, cite)
            for term in CHANGED
            for form in forms
            if tally(form.held, term).n
        ),
        *_compared(national, held, cite),
    )


def _on_hand(national: National, held: tuple[Held, ...], cite: Citations) -> Claim:
    listed = sum(item.agreement.status == "listed" for item in held)
    return claim(
        "generations.on_hand",
        "generations.on_hand" if listed < len(held) else "generations.on_hand.listed",
        "agreements on the newest list, and ended ones, to which a memorandum in the store belongs",
        (cite.list(national.snapshot.list), cite.table("memoranda")),
        agreements=national.nation.agreements,
        listed=listed,
        ended=len(held) - listed,
        memoranda=len(held),
    )


def _form(form: Form, cite: Citations) -> Claim:
    dates = sorted(item.agreement.signed for item in form.held if item.agreement.signed)
    return claim(
        f"generations.form.{form.model.lower()}.{form.id}",
        "generations.form" if dates else "generations.form.undated",
        "memoranda on hand by the standard text that they follow, with the signing dates listed",
        (cite.table("memoranda"),),
        model=form.model,
        form=form.id,
        memoranda=len(form.held),
        first=_iso(dates[0]) if dates else None,
        last=_iso(dates[-1]) if dates else None,
    )


def _iso(day: dt.date) -> str:
    return day.isoformat()


def _cell(form: Form, term: str, cite: Citations) -> Claim:
    counts = tally(form.held, term)
    return claim(
        f"generations.cell.{term}.{form.model.lower()}.{form.id}",
        "generations.cell.unread" if counts.unread else "generations.cell",
        _READ,
        (cite.table("terms"), cite.table("memoranda")),
        term=f"generations.term.{term}",
        model=form.model,
        form=form.id,
        k=counts.present,
        n=counts.n,
        unread=counts.unread,
    )


def _compared(national: National, held: tuple[Held, ...], cite: Citations) -> Iterator[Claim]:
    """Our counts on points that a published count speaks of, then that count."""
    counts = {"steering": _steering, "race": _race, "complaints": _complaints}
    evidence = (cite.table("terms"), cite.table("memoranda"))
    for name, facts in COMPARED.items():
        values = counts[name](held)
        if values is None:
            continue
        identity = f"generations.{name}"
        yield claim(identity, identity, _READ, evidence, **values)
        for fact in facts:
            if known(load_facts()[fact], national.snapshot.as_of):
                yield fact_claim(fact, f"generations.{name}", cite)


def _pick(held: tuple[Held, ...], *models: str, new: bool) -> tuple[Held, ...]:
    return tuple(item for item in held if item.agreement.model in models and item.new == new)


def _steering(held: tuple[Held, ...]) -> dict[str, int] | None:
    old = tally(_pick(held, *MODELS, new=False), "steering_committee")
    new = tally(_pick(held, *MODELS, new=True), "steering_committee")
    if not old.n or not new.n:
        return None
    return {"k": old.present, "n": old.n, "new_k": new.present, "new_n": new.n, "u": new.unread}


def _race(held: tuple[Held, ...]) -> dict[str, int] | None:
    task = tally(_pick(held, "TFM", new=True), "guidance_on_race")
    jail = tally(_pick(held, "JEM", "WSO", new=True), "guidance_on_race")
    if not task.n or not jail.n:
        return None
    return {"k": task.present, "n": task.n, "jail_k": jail.present, "jail_n": jail.n}


def _complaints(held: tuple[Held, ...]) -> dict[str, int] | None:
    task = tally(_pick(held, "TFM", new=True), "complaint_report_hours")
    jail = tally(_pick(held, "JEM", "WSO", new=True), "complaint_report_hours")
    if not task.n or not jail.n:
        return None
    return {"k": task.present, "n": task.n, "u": task.unread, "jail_k": jail.present,
            "jail_n": jail.n}  # fmt: skip
