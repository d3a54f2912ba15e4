"""The running text of a document: its lines in reading order, each with its page and section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Literal

from rapidfuzz import fuzz

from reportkit.moa.sections import TITLE, headings
from reportkit.moa.values import Document, Line, Page

Kind = Literal["body", "heading", "head", "foot", "mark"]
"""`head` and `foot` repeat over the pages; `mark` has neither letter nor digit of its own."""

_FOOT = 0.86
"""Feet stand below this share of the page's height."""
_HEAD = 0.11
"""Heads stand above this share of the page's height."""
_REPEATED = 3
"""Lines that stand in the margins of this many pages are running lines."""
_ALIKE = 75
"""Margin lines this alike (percent, digits apart) repeat each other."""
_FOOT_WORDS = re.compile(
    r"(?i)\bre[vy]\w{0,5}\W{0,3}[\dOl]{1,2}\W|^\W*(page)?\W*\d{1,2}(\s*of\s*\d{1,2})?\W*$"
    r"|\d\d[/1l|]\d\d[/1l|]20\d\d\W*$"
)
_APPENDIX = re.compile(r"(?i)^\W*app?end")
"""Headings of appendices repeat too, and are no running heads."""
_APART = 1.45
"""A gap between the tops of two lines of more than this many usual steps parts two paragraphs."""
_BULLET = re.compile(r"^\s*([•·o▪■*-]\s|\(?[ivx0-9]{1,3}[.)]\s|[A-H]\.\s)")
_OPEN = re.compile(r"[.:;?!][\"”’')]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """One line in its place.

    `section` is its section as printed ("IV.F", "Appendix A", "Addendum"), None before the first;
    `paragraph` numbers the paragraphs of the body from 0, -1 for what is no body.
    """

    line: Line
    page: int
    kind: Kind
    section: str | None
    paragraph: int

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.line.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body lines that belong together; they may run over a page break."""

    section: str | None
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """The lines joined by spaces, words parted by a hyphen at a line's end joined."""
        return re.sub(r"(?<=[a-z])- (?=[a-z])", "-", " ".join(item.text for item in self.passages))

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.passages[0].page


def flow(document: Document) -> tuple[Passage, ...]:
    """All lines in reading order: heads, feet and marks told from headings and body."""
    running = _running(document.pages)
    lines = [
        (page, line, running.get((page.number, index)) or _plain(line))
        for page in document.pages
        for index, line in enumerate(page.lines)
    ]
    body = [index for index, (_, _, kind) in enumerate(lines) if kind == "body"]
    opened = {body[found.at]: found.section for found in headings([lines[i][1].text for i in body])}
    return tuple(_numbered(lines, opened))


def paragraphs(passages: Iterable[Passage]) -> tuple[Paragraph, ...]:
    """The paragraphs of the body, without headings."""
    body = [item for item in passages if item.kind == "body"]
    grouped = groupby(body, key=lambda item: item.paragraph)
    return tuple(
        Paragraph(found[0].section, found) for found in (tuple(items) for _, items in grouped)
    )


def _plain(line: Line) -> Kind:
    return "body" if re.search(r"[^\W_]", line.text) else "mark"


def _running(pages: Sequence[Page]) -> dict[tuple[int, int], Kind]:
    """Page number and index of the running lines: those that repeat or look like page feet."""
    margins: dict[Kind, list[tuple[Page, int, Line]]] = {"head": [], "foot": []}
    for page in pages:
        for index, line in enumerate(page.lines):
            if _APPENDIX.match(line.text):
                continue
            if line.y0 > _FOOT * page.height:
                margins["foot"].append((page, index, line))
            elif line.y1 < _HEAD * page.height:
                margins["head"].append((page, index, line))
    found: dict[tuple[int, int], Kind] = {}
    for kind, entries in margins.items():
        for page, index, line in entries:
            others = {
                other.number
                for other, _, text in entries
                if other.number != page.number and _same(line, text)
            }
            worded = kind == "foot" and _FOOT_WORDS.search(line.text)
            if worded or len(others) + 1 >= min(_REPEATED, max(2, len(pages))):
                found[page.number, index] = kind
    level = _level(found, pages)
    for page, index, line in margins["foot"]:
        # Below a foot, and beside one, nothing else stands: garbled feet repeat nothing.
        feet = [page.lines[i].y0 for (n, i), k in found.items() if n == page.number and k == "foot"]
        lowest = level is not None and line.y0 / page.height >= level and _gap(page, index) > 1.5
        if (line.y0 >= min(feet) - 2) if feet else lowest:
            found[page.number, index] = "foot"
    return found


def _same(line: Line, other: Line) -> bool:
    first, second = (re.sub(r"[\W\d_]+", "", item.text).lower() for item in (line, other))
    return min(len(first), len(second)) > 3 and fuzz.ratio(first, second) >= _ALIKE


def _level(found: dict[tuple[int, int], Kind], pages: Sequence[Page]) -> float | None:
    """The height at which most feet begin, as a share of the page; None for too few feet."""
    by_number = {page.number: page for page in pages}
    tops = [
        by_number[number].lines[index].y0 / by_number[number].height
        for (number, index), kind in found.items()
        if kind == "foot"
    ]
    return median(tops) - 0.02 if len(tops) >= _REPEATED else None


def _gap(page: Page, index: int) -> float:
    """The distance from the line above, in usual steps of the page."""
    if index == 0:
        return 0.0
    return (page.lines[index].y0 - page.lines[index - 1].y0) / _step(page)


def _step(page: Page) -> float:
    steps = [b.y0 - a.y0 for a, b in zip(page.lines, page.lines[1:], strict=False)]
    return median([step for step in steps if 6 < step < 30] or [12.0])


def _numbered(
    lines: Sequence[tuple[Page, Line, Kind]], opened: dict[int, str]
) -> Iterator[Passage]:
    section: str | None = None
    paragraph = -1
    before: tuple[Page, Line] | None = None
    steps: dict[int, float] = {}
    for index, (page, line, kind) in enumerate(lines):
        if index in opened:
            section = None if opened[index] == TITLE else opened[index]
            before = None
            yield Passage(line, page.number, "heading", section, -1)
        elif kind != "body":
            yield Passage(line, page.number, kind, section, -1)
        else:
            if page.number not in steps:
                steps[page.number] = _step(page)
            paragraph += before is None or _begins(before, page, line, steps[page.number])
            before = page, line
            yield Passage(line, page.number, kind, section, paragraph)


def _begins(before: tuple[Page, Line], page: Page, line: Line, step: float) -> bool:
    """Whether a line begins a paragraph after another line of the body, in steps of its page."""
    last, above = before
    if _BULLET.match(line.text):
        return True
    if last.number != page.number:
        return bool(_OPEN.search(above.text))
    return line.y0 - above.y0 > _APART * step
