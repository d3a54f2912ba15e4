"""What a memorandum says on each term: present, absent or unreadable, with page and words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import groupby
from statistics import median

from reportkit.moa.declared import Term, declared
from reportkit.moa.flow import Passage
from reportkit.moa.generations import is_new
from reportkit.moa.pagination import gaps, short
from reportkit.moa.prints import order
from reportkit.moa.search import Hit, cutoff, find, fold, sections, text
from reportkit.moa.sections import ADDENDUM, outlines
from reportkit.moa.standard import standard_terms
from reportkit.moa.values import Document, Found, Page, Template

_FORM = {"JEM": "lettered", "WSO": "lettered", "TFM": "numbered"}
_BODY = "body"
_ELSEWHERE = 93.0
"""A sign outside its sections must be this alike (percent)."""
_DOUBTFUL = 80.0
"""On a scanned page a sign this alike (percent) may be the clause: it is not called absent."""
_ORDERLY = 0.5
"""A scanned page of a known form with less standard text than this was read in a wrong order."""
_CLEAR = 0.8
"""A term of the standard form is called absent from a scanned page only where it was read this
well: noise may hide it."""
_TELLING = 24
"""Letters that such a trace must have: shorter ones are likened to chance words."""
_DENIED = re.compile(
    r"(?i)(?<!or )\b(not|no|never|neither|nor|without any)\b(?!\W+(?:less|later|fewer|more|only)\b)"
    r"[^,;.]{0,40}$"
)
_DENIED_AFTER = re.compile(
    r"(?i)^\W*(\w+\W+){0,2}?(is|are|will|shall|may|do|does)\s+(not|no longer)\b"
)
_NEAR_DIGIT = re.compile(r"(?<=\d)[oO]|[oO](?=\d)")


def terms(
    document: Document, passages: Sequence[Passage], template: Template
) -> Mapping[str, Found]:
    """Every declared term by its id, from the flow of a document and its template."""
    read = _Reading(document, passages, template)
    return {term.id: read.found(term) for term in declared()}


class _Reading:
    """One document prepared for the search of terms."""

    def __init__(self, document: Document, passages: Sequence[Passage], template: Template) -> None:
        self.text = text(passages)
        self.spans = tuple(sections(self.text))
        self.form = _FORM.get(template.model or "")
        self.newer = is_new(template)
        self.pages = {page.number: page for page in document.pages}
        shares = {page.number: self._order(page) for page in document.pages}
        # A form that is not known has less standard text; its own pages are the measure then.
        usual = 1.0 if template.generation else median([*shares.values()] or [1.0])
        self.order = {number: share / max(usual, 0.01) for number, share in shares.items()}
        self.usual = standard_terms(template.generation) if template.generation else {}
        self.gaps = gaps(passages, len(document.pages))
        self.short = short(passages, len(document.pages))
        self.opened = _opened(passages, len(document.pages))

    def found(self, term: Term) -> Found:
        """The state of one term."""
        places = self._places(term)
        denied: Found | None = None
        for value, signs in term.values.items():
            hit = self._best(signs, places) or self._matched(term.patterns, places)
            if hit is not None:
                found = self._present(term, value, hit)
                if found.state == "present":
                    return found
                denied = denied or found
        if denied is not None:
            return denied
        if not self.form or self.newer:
            # A form that nobody has read may say the same in other words.
            return Found("unreadable", note="unknown-form")
        signs = tuple(sign for group in term.values.values() for sign in group)
        return Found("absent" if self._readable(term, places, signs) else "unreadable")

    def _places(self, term: Term) -> tuple[tuple[int, int], ...]:
        """The spans of the folded text where a term is declared to stand, and the addenda."""
        names = term.place.get(self.form or "", ())
        return tuple(
            (start, end)
            for section, start, end in self.spans
            if any(_stands(section, name) for name in (*names, ADDENDUM))
        )

    def _best(self, signs: Sequence[str], places: Sequence[tuple[int, int]]) -> Hit | None:
        """The hit of a sign letter by letter, then of one that noise has changed, in its sections;
        then, very much alike, anywhere."""
        for noise in (False, True):
            for sign in signs:
                least = cutoff(max(map(fold, sign.split("...")), key=len)) if noise else 100.0
                hit = find(sign, self.text, places, least)
                if hit is not None:
                    return hit
        whole = [(0, len(self.text.folded))]
        hits = (find(sign, self.text, whole, _ELSEWHERE) for sign in signs)
        return next((hit for hit in hits if hit is not None), None)

    def _matched(self, patterns: Sequence[str], places: Sequence[tuple[int, int]]) -> Hit | None:
        for start, end in places:
            first = self.text.at[start] if end > start else 0
            raw = self.text.raw[first : self.text.at[end - 1] + 1 if end > start else 0]
            for pattern in patterns:
                if found := re.search(pattern, raw.replace("\n", " ")):
                    at = bisect_left(self.text.at, first + found.start())
                    return Hit(at, bisect_left(self.text.at, first + found.end()), 100.0)
        return None

    def _present(self, term: Term, value: str | bool, hit: Hit) -> Found:
        quote, at = self.text.sentence(hit)
        passage = self.text.passage(hit.start)
        length = self.text.at[hit.end - 1] + 1 - self.text.at[hit.start]
        before, after = quote[:at], quote[at + length :]
        if _DENIED.search(before) or _DENIED_AFTER.match(after):
            return Found("absent", None, passage.page, passage.section, quote, "denied")
        if term.number is None:
            return Found("present", value, passage.page, passage.section, quote)
        number = re.search(_close(term.number), _close(quote), re.IGNORECASE)
        held = number[1] if number else None
        note = None if number else "value-unread"
        return Found("present", held, passage.page, passage.section, quote, note)

    def _readable(
        self, term: Term, places: Sequence[tuple[int, int]], signs: Sequence[str]
    ) -> bool:
        """Whether every page that could hold a term was read, without a doubtful trace of it."""
        reach = self._reach(term)
        usual = self.usual.get(term.id)
        least = _CLEAR if usual and usual.state == "present" else _ORDERLY
        if reach is None or any(
            not self.pages[number].readable or self.order[number] < least for number in reach
        ):
            return False
        doubtful = (find(sign, self.text, places, _DOUBTFUL) for sign in signs)
        return not any(
            hit.end - hit.start >= _TELLING and self._scanned(hit)
            for hit in doubtful
            if hit is not None
        )

    def _scanned(self, hit: Hit) -> bool:
        return _scanned(self.pages[self.text.passage(hit.start).page])

    def _order(self, page: Page) -> float:
        if not _scanned(page):
            return 1.0
        lines = [item.page for item in self.text.passages]
        first, last = bisect_left(lines, page.number), bisect_left(lines, page.number + 1)
        ends = [*self.text.starts, len(self.text.raw)]
        start, end = (bisect_left(self.text.at, ends[line]) for line in (first, last))
        return order(self.text.folded[start:end])

    def _reach(self, term: Term) -> frozenset[int] | None:
        """The pages that could hold a term; None where one of them is missing from the file."""
        everything = frozenset(self.pages)
        names = term.place.get(self.form or "", ())
        if not names or not self.opened:
            return None if self.gaps else everything
        reach = set(range(self.opened[-1][1] + 1, max(everything) + 1))
        for name in names:
            runs = [run for run in self.opened if _stands(run[0], name)]
            if not runs:
                # A section that is not there: missing pages may have held it.
                whole = not self.gaps and not self.short and self._closed()
                return everything if whole else None
            for _, first, last in runs:
                if any(first <= gap < last or gap == last == len(everything) for gap in self.gaps):
                    return None
                reach.update(range(first, last + 1))
        return frozenset(reach)

    def _closed(self) -> bool:
        """Whether the last appendix of the form is there, so that nothing is cut off."""
        last = [name for name in outlines()[self.form or ""] if name.startswith("Appendix")][-1]
        return any(section == last for section, _, _ in self.opened)


def _scanned(page: Page) -> bool:
    return page.image or page.reading == "ocr"


def _close(words: str) -> str:
    """Words without spaces, which recognition drops, and with the letter O of a number as zero."""
    return _NEAR_DIGIT.sub("0", words.replace(" ", ""))


def _opened(passages: Sequence[Passage], pages: int) -> tuple[tuple[str | None, int, int], ...]:
    """The sections in their order, each with its first page and the page on which the next begins.

    The next section's page belongs to a section only where something else stands above it there.
    """
    kept = [item for item in passages if item.kind in ("body", "heading")]
    runs = [tuple(group) for _, group in groupby(kept, key=lambda item: item.section)]
    found = []
    for run, after in zip(runs, [*runs[1:], ()], strict=False):
        last = max(run[-1].page, after[0].page - 1) if after else pages
        found.append((run[0].section, run[0].page, last))
    return tuple(found)


def _stands(section: str | None, name: str) -> bool:
    """Whether a section is the named place or a part of it."""
    if name == _BODY:
        return section is None or not section.startswith(("Appendix", ADDENDUM))
    return section is not None and (section == name or section.startswith((f"{name}.", f"{name} ")))
