"""Finds phrases in running text where spaces, punctuation and look-alike letters may be wrong."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from reportkit.moa.flow import Passage

_FOLD = str.maketrans("l1|!058", "iiiiosb")
"""Letters and digits that recognition confuses count as the same one."""
_WITHIN = 320
"""The parts of a sign stand this many letters apart at most: about four lines."""
_LONG = 24
"""Shorter phrases must match better, as chance likens them to more."""
_ENDS = re.compile(r"(?<!\b[A-Z])[.;!?][\"”’)]*\s+(?=[^a-z\s])|\n")
_LONGEST = 700
"""A quotation has at most this many characters on either side of its sign."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a sign stands: letters `start` to `end` of the folded text, and how alike (percent)."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Text:
    """Body lines as one text. `folded` has letters and digits only; `at` maps them to `raw`."""

    raw: str
    folded: str
    at: tuple[int, ...]
    passages: tuple[Passage, ...]
    starts: tuple[int, ...]

    def passage(self, index: int) -> Passage:
        """The line that holds a letter of the folded text."""
        return self.passages[bisect_right(self.starts, self.at[index]) - 1]

    def sentence(self, hit: Hit) -> tuple[str, int]:
        """The sentence or sentences that hold a sign, and where the sign begins in them."""
        start, end = self.at[hit.start], self.at[hit.end - 1]
        # One letter more, as an end is told by the letter that follows it.
        ends = _ENDS.finditer(self.raw, max(0, start - _LONGEST), start + 1)
        before = [found.end() for found in ends if found.end() <= start]
        after = _ENDS.search(self.raw, end, end + _LONGEST)
        left = before[-1] if before else max(0, start - _LONGEST)
        quote = self.raw[left : after.end() if after else end + _LONGEST]
        return re.sub(r"\s+", " ", quote).strip(), start - left


def text(passages: Iterable[Passage]) -> Text:
    """Headings and body lines joined; a line break stands between paragraphs."""
    kept = tuple(item for item in passages if item.kind in ("body", "heading"))
    raw: list[str] = []
    starts: list[int] = []
    length, paragraph = 0, None
    for item in kept:
        gap = "\n" if item.paragraph != paragraph or item.paragraph < 0 else " "
        paragraph = item.paragraph
        raw.append(gap + item.text)
        starts.append(length)
        length += 1 + len(item.text)
    joined = "".join(raw)
    lowered = joined.lower().translate(_FOLD)
    at = tuple(index for index, char in enumerate(lowered) if char.isascii() and char.isalnum())
    return Text(joined, "".join(lowered[index] for index in at), at, kept, tuple(starts))


def fold(phrase: str) -> str:
    """A phrase as `Text.folded` would hold it."""
    return re.sub(r"[^a-z0-9]", "", phrase.lower().translate(_FOLD))


def cutoff(part: str) -> float:
    """How alike (percent) a folded phrase must be to count as found."""
    return 85.0 if len(part) >= _LONG else 91.0


def find(sign: str, within: Text, spans: Sequence[tuple[int, int]], least: float) -> Hit | None:
    """The best place of a sign in spans of the folded text; None below `least` (percent).

    The parts of a sign, parted by "...", follow each other closely; the score is the worst part's.
    """
    parts = [fold(part) for part in sign.split("...")]
    hits = [hit for span in spans if (hit := _first(parts, within.folded, span, least))]
    return max(hits, key=lambda hit: hit.score, default=None)


def _first(parts: list[str], folded: str, span: tuple[int, int], least: float) -> Hit | None:
    start, end = span
    head = _aligned(parts[0], folded, start, end, least)
    if head is None:
        return None
    last, score = head.end, head.score
    for part in parts[1:]:
        hit = _aligned(part, folded, last, min(last + _WITHIN, end), least)
        if hit is None:
            return None
        last, score = hit.end, min(score, hit.score)
    return Hit(head.start, last, score)


def _aligned(part: str, folded: str, start: int, end: int, least: float) -> Hit | None:
    exact = folded.find(part, start, end)
    if exact >= 0:
        return Hit(exact, exact + len(part), 100.0)
    if end - start < len(part) * 0.8:
        return None
    found = fuzz.partial_ratio_alignment(part, folded[start:end], score_cutoff=least)
    if found is None or found.dest_end <= found.dest_start:
        return None
    return Hit(start + found.dest_start, start + found.dest_end, found.score)


def sections(within: Text) -> Iterator[tuple[str | None, int, int]]:
    """The sections in their order: their numbers and their spans of the folded text."""
    begun, section = 0, within.passages[0].section if within.passages else None
    line_of = 0
    for index in range(len(within.folded)):
        while line_of + 1 < len(within.starts) and within.starts[line_of + 1] <= within.at[index]:
            line_of += 1
        now = within.passages[line_of].section
        if now != section:
            yield section, begun, index
            begun, section = index, now
    yield section, begun, len(within.folded)
