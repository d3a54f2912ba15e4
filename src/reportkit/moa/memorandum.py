"""One memorandum from PDF to what it says: template, parties, terms, signatures, deviations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from reportkit.errors import NoMemorandumError
from reportkit.moa.addenda import addendum
from reportkit.moa.consensus import Standard
from reportkit.moa.contacts import scrub
from reportkit.moa.deviations import differences
from reportkit.moa.digital import DigitalSignature, digital_signatures
from reportkit.moa.flow import Passage, flow
from reportkit.moa.generations import generations, is_new
from reportkit.moa.ocr import Recogniser
from reportkit.moa.parties import parties
from reportkit.moa.read import Note, read
from reportkit.moa.template import agreements_in, is_memorandum, template
from reportkit.moa.terms import terms
from reportkit.moa.values import Deviation, Document, Found, Template

CLAUSES = (
    "steering_committee",
    "three_year_review",
    "fixed_term",
    "complaint_appendix",
    "complaint_poster",
    "interpreter_clause",
    "exam_pass_mark_70",
    "min_two_years_experience",
    "press_preapproval",
)
"""Terms that stand among the fields of a memorandum as well, answered yes or no."""


@dataclass(frozen=True, slots=True)
class Memorandum:
    """What one memorandum says.

    `fields` holds parties, dates and form by name, `terms` every declared term; `deviations` is
    None where no standard text of its form is on hand to compare with. Quoted words have no
    telephone number, mail or street address in them; the document's own lines have.
    """

    document: Document
    template: Template
    fields: Mapping[str, Found]
    terms: Mapping[str, Found]
    signatures: tuple[DigitalSignature, ...]
    deviations: tuple[Deviation, ...] | None = None

    @property
    def unread(self) -> tuple[int, ...]:
        """Numbers of the pages that could not be read."""
        return tuple(page.number for page in self.document.pages if not page.readable)


def study(path: Path, recogniser: Recogniser | None = None) -> Memorandum:
    """Read one PDF and find what it says; compare with the standard text afterwards.

    Args:
        path: the file.
        recogniser: reads pages without usable text; None leaves them unread.

    Where the file holds several agreements, all that is found is of the first; a note says so.

    Raises:
        NoMemorandumError: the file was read, and is another document.
        MemorandumError: the file cannot be read as a PDF.
    """
    document = read(path, recogniser)
    first, passages, notes = _first_agreement(document)
    form = template(first, passages)
    if not is_memorandum(first, passages, form):
        raise NoMemorandumError(
            f"{path.name}: no memorandum of agreement: its title and text are another document's; "
            "name the memorandum itself"
        )
    data = path.read_bytes()
    signatures = digital_signatures(data)
    look = partial(recogniser.recognise, path, document) if recogniser else None
    fields = {
        "model": Found("present", form.model, form.page),
        "template_revision": _revision(first, form),
        **parties(first, look, data=data, signatures=signatures),
        **addendum(first, look),
    }
    # Which form it is cannot be told of an unknown one, nor which parts it has.
    unknown = Found("unreadable", note="unknown-form")
    if form.model is None:
        fields["model"] = unknown
    if form.model is None or (is_new(form) and not fields["complete"].value):
        fields["complete"] = unknown
    said = terms(first, passages, form)
    document = replace(document, notes=(*document.notes, *notes))
    return Memorandum(document, form, _scrubbed(fields), _scrubbed(said), signatures)


def _first_agreement(document: Document) -> tuple[Document, tuple[Passage, ...], tuple[Note, ...]]:
    """The document up to its second agreement, its flow, and a note where there is a second one."""
    passages = flow(document)
    held = agreements_in(passages, len(document.pages))
    if len(held) < 2:
        return document, passages, ()
    first = replace(document, pages=document.pages[: held[0].stop - 1])
    told = {"count": len(held), "first": 1, "last": len(first.pages)}
    return first, flow(first), (("moa.note.agreements", told),)


def standard_text(memorandum: Memorandum) -> str | None:
    """The name of the standard text that its form has; forms that differ in the date share one."""
    generation = memorandum.template.generation
    return generations()[generation].text if generation else None


def compared(memorandum: Memorandum, standards: Mapping[str, Standard]) -> Memorandum:
    """The memorandum with its deviations, where the standard text of its form is there.

    `standards` holds standard texts by name, see `consensus.standards`.
    """
    standard = standards.get(standard_text(memorandum) or "")
    if standard is None:
        return memorandum
    first, _, _ = _first_agreement(memorandum.document)
    found, lost = differences(first, standard)
    fields = dict(memorandum.fields)
    if lost and fields["complete"].value:
        # Where a file prints no page numbers, only its text shows that a page is gone.
        fields["complete"] = Found("present", False, lost[0].page, note="pages-missing")
    return replace(memorandum, fields=fields, deviations=found)


def _revision(document: Document, form: Template) -> Found:
    if form.revision:
        return Found("present", form.revision, form.page)
    return Found("absent" if all(page.readable for page in document.pages) else "unreadable")


def _scrubbed(said: Mapping[str, Found]) -> dict[str, Found]:
    """Without telephone numbers, mail and street addresses in the quoted words."""
    return {
        name: replace(found, quote=scrub(found.quote)) if found.quote else found
        for name, found in said.items()
    }


def as_json(memorandum: Memorandum) -> dict[str, Any]:
    """The memorandum as JSON-safe data, without telephone numbers, mail or street addresses.

    Keys: the fields, each `{value, page, state, quote}` with `note` and `section` where there are
    any; `pages`, `terms`, `deviations` (null where not compared), `form_fields`,
    `digital_signatures`, `unread_pages`, `generation`, `sha256`, `file`, `notes`.
    """
    document = memorandum.document
    clauses = {name: _answer(memorandum.terms[name]) for name in CLAUSES}
    return {
        "file": document.name,
        "sha256": document.sha256,
        "pages": {"value": len(document.pages), "page": None, "state": "present", "quote": None},
        "generation": memorandum.template.generation,
        "unread_pages": list(memorandum.unread),
        **{name: asdict(item) for name, item in {**memorandum.fields, **clauses}.items()},
        "terms": {name: asdict(item) for name, item in memorandum.terms.items()},
        "deviations": None
        if memorandum.deviations is None
        else [asdict(item) for item in memorandum.deviations],
        "form_fields": [
            {"name": item.name, "kind": item.kind, "value": scrub(item.value), "page": item.page}
            for item in document.fields
        ],
        "digital_signatures": [asdict(item) for item in memorandum.signatures],
        "notes": [{"id": name, **values} for name, values in document.notes],
    }


def _answer(item: Found) -> Found:
    """A clause as yes or no; unknown where it cannot be told."""
    values = {"present": True, "absent": False, "unreadable": None}
    return replace(item, value=values[item.state])
