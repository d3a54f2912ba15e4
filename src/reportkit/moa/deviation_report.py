"""A short report in Markdown: what the memoranda of a collection say otherwise than their forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportkit.moa.consensus import FEWEST, Standard
from reportkit.moa.deviations import differences
from reportkit.moa.values import Deviation, Document

_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Compared:
    """One file with the id of its standard text, None where its form is unknown."""

    document: Document
    generation: str | None


def deviation_report(compared: Sequence[Compared], standards: Mapping[str, Standard]) -> str:
    """Markdown over all files: the deviations of each, and the files that were not compared.

    Telephone numbers, mail and street addresses are left out.
    """
    return "\n".join(_lines(compared, standards)) + "\n"


def _lines(compared: Sequence[Compared], standards: Mapping[str, Standard]) -> Iterator[str]:
    held = [(item, standards.get(item.generation or "")) for item in compared]
    named = sorted(held, key=lambda pair: pair[0].document.name)
    found = [(item, list(_found(item, standard))) for item, standard in named if standard]
    telling = [(item, entries) for item, entries in found if entries]
    yield "# Deviations from the standard forms"
    yield ""
    yield f"{len(found)} of {len(held)} memoranda compared; {len(telling)} differ from their form."
    for generation in sorted(standards):
        count = len(standards[generation].files)
        yield f"- Standard text {generation}: rests on {count} files."
    for item, entries in telling:
        yield f"\n## {item.document.name} ({item.generation})"
        yield from entries
    apart = [item for item, standard in named if standard is None]
    if apart:
        yield "\n## Not compared"
        yield f"Their form is unknown, or fewer than {FEWEST} files of it are on hand."
        yield from (f"- {item.document.name}" for item in apart)


def _found(item: Compared, standard: Standard) -> Iterator[str]:
    entries, lost = differences(item.document, standard)
    yield from map(_line, entries)
    for entry in lost:
        yield f"- p. {entry.page}: a page of {_place(entry)} is not in the file"
    unread = [str(page.number) for page in item.document.pages if not page.readable]
    if unread:
        yield f"- not compared: unread pages {', '.join(unread)}"


def _line(entry: Deviation) -> str:
    was, now = (_short(text) for text in (entry.standard, entry.words))
    told = {
        "added": f"added “{now}”",
        "struck": f"struck “{was}”",
        "changed": f"“{was}” changed to “{now}”",
        "moved": f"moved “{was}”",
        "page": f"page added or of another layout: “{now}”",
    }
    return f"- p. {entry.page}, {_place(entry)}: {told[entry.kind]}"


def _place(entry: Deviation) -> str:
    return f"section {entry.section}" if entry.section else "no section"


def _short(text: str) -> str:
    return text if len(text) <= _LENGTH else text[:_LENGTH].rsplit(" ", 1)[0] + " …"
