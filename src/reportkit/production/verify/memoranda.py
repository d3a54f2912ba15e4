"""Reads the file of a memorandum again and compares it with what the store holds of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reportkit.moa.memorandum import Memorandum, study
from reportkit.moa.ocr import Recogniser
from reportkit.moa.values import Document, Found, Page
from reportkit.store import MemorandumRecord

_SIGN = re.compile(r"[^\W_]+")


class Kept(Recogniser):
    """Recognises no page: gives those that were recognised before, whose words the cache has."""

    def recognise(
        self, source: Path | bytes, document: Document, pages: Iterable[int]
    ) -> dict[int, Page]:
        """As `Recogniser.recognise`, without the pages whose words are not on hand."""
        known = [page for page in pages if self.kept(document.sha256, page) is not None]
        return super().recognise(source, document, known)


@dataclass(frozen=True, slots=True)
class Reread:
    """What a file says now, against the store: `differing` tells it by page, `elsewhere` of the rest.

    `scans` are pages that the store has the words of and that could not be read here.
    """

    pages: int
    scans: frozenset[int]
    differing: Mapping[int, str]
    elsewhere: str | None


def reread(path: Path, record: MemorandumRecord) -> Reread:
    """Read a memorandum again: every field and term, with page, section and words.

    Where the store has no words, as the one that comes with the package, what they say is compared.

    Raises:
        MemorandumError: it cannot be read as a memorandum.
    """
    fresh = study(path, Kept())
    scans = frozenset(fresh.unread) - set(record.unread)
    said = {**fresh.fields, **fresh.terms}
    differing: dict[int, list[str]] = defaultdict(list)
    for name, held in record.found.items():
        found = said.get(name)
        if _same(held, found) or (scans and _may_be_on_scan(held, found, scans)):
            continue
        for page in {held.page or 0, found.page or 0 if found else 0}:
            differing[page].append(f"{name} is {_told(found)}, the store says {_told(held)}")
    for part in record.deviations:
        if part.page not in scans and not _on_page(part.words, part.page, fresh):
            differing[part.page].append("the words that the store quotes are not on it")
    told = {page: "; ".join(lines) for page, lines in differing.items()}
    return Reread(len(fresh.document.pages), scans, told, told.pop(0, None))


def _same(held: Found, found: Found | None) -> bool:
    if found is None:
        return False
    return held == (found if held.quote is not None else replace(found, quote=None))


def _may_be_on_scan(held: Found, found: Found | None, scans: frozenset[int]) -> bool:
    """True where what is missing or other may stand on a page that could not be read here."""
    return found is None or held.page is None or held.page in scans or found.state == "unreadable"


def _told(found: Found | None) -> str:
    if found is None:
        return "not asked for"
    where = f" on page {found.page}" if found.page else ""
    return f"{found.state if found.value is None else found.value}{where}"


def _on_page(words: str, page: int, memorandum: Memorandum) -> bool:
    """Whether quoted words stand on a page, or go on from it to the next."""
    pages = memorandum.document.pages[page - 1 : page + 1]
    text = _letters(" ".join(item.text for item in pages))
    return all(_letters(part) in text for part in words.split("…"))


def _letters(text: str) -> str:
    return "".join(_SIGN.findall(text.casefold()))
