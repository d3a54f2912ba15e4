"""Standard texts that the corpus shows without recognition, and files to alter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from moa.alter import TWENTY, Text, text_of
from reportkit.moa.consensus import Standard, standard
from reportkit.moa.flow import flow
from reportkit.moa.generations import generations
from reportkit.moa.pool import each
from reportkit.moa.read import read
from reportkit.moa.template import template
from reportkit.moa.values import Document

EACH = 3
"""Digital files of each form that are altered."""


def documents(corpus: Path) -> list[Document]:
    """The memoranda of the corpus as read without recognition."""
    found = dict(each(read, sorted((corpus / "moa").rglob("*.pdf"))))
    return [item for path in sorted(found) if isinstance(item := found[path], Document)]


def form_of(document: Document) -> str | None:
    """The name of the standard text of a document's form."""
    known = template(document, flow(document)).generation
    return generations()[known].text if known else None


def by_form(read_files: Sequence[Document]) -> dict[str, list[Document]]:
    """Documents of whose pages one at most is unread, by form; digital ones first."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in read_files:
        name = form_of(document)
        if name and sum(page.readable for page in document.pages) >= len(document.pages) - 1:
            found[name].append(document)
    return {
        name: sorted(items, key=lambda item: (pictures(item), item.sha256))
        for name, items in found.items()
    }


def standards_of(groups: Mapping[str, Sequence[Document]], most: int) -> dict[str, Standard]:
    """The standard text of each form from its first files, `most` at most."""
    made = {name: standard(name, items[:most]) for name, items in groups.items()}
    return {name: item for name, item in made.items() if item is not None}


def digital_files(
    groups: Mapping[str, Sequence[Document]], forms: Mapping[str, Standard]
) -> list[tuple[Document, Standard]]:
    """Digital files with their standards, the forms by turns."""
    found = [
        [(item, forms[name]) for item in groups[name] if pictures(item) == 0][:EACH]
        for name in sorted(forms)
    ]
    return [entry for place in range(EACH) for row in found for entry in row[place : place + 1]]


def pictures(document: Document) -> int:
    """How many pages are pictures of paper."""
    return sum(page.image for page in document.pages)


def altered(name: str, digital: Sequence[tuple[Document, Standard]]) -> tuple[Text, Text, Standard]:
    """Text before and after one of the twenty, of the first digital file that it fits.

    Each alteration begins to look from a file of its own.
    """
    start = list(TWENTY).index(name)
    for turn in range(len(digital)):
        document, form = digital[(start + turn) % len(digital)]
        before = text_of(document)
        try:
            after = TWENTY[name](before)
        except IndexError:
            continue
        if after != before:
            return before, after, form
    raise AssertionError(f"{name} fits no file")
