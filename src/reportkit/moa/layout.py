"""Characters with boxes to words, words to lines: one reading order for every way of reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from reportkit.moa.values import Line, Word

_GAP = 0.16
"""A gap between characters of more than this share of their height parts two words: a space is
0.25 of the letter height, tracking and kerning stay under 0.1."""
_NEAR = 0.3
_BESIDE = 0.3
"""Letters of one word share this much of their height: initials and raised letters do."""
_BACK = 0.6
"""So does a step back of more than this share: text set over text, not a kerned pair."""
_OVERLAP = 0.5
"""Words share a line where they overlap in height by this share of the lower of them."""
_TEXT_HEIGHT = 12.0
_REACH = 0.75
"""What stands over a blank fills it within this share of its height above or below: one line
of text is further away."""
_FILLED_REACH = 1.0
"""The same for values of form fields, which are fill-ins for certain."""
_UNDERSCORES = re.compile(r"_{2,}")
_BLANK = re.compile(r"_{2,}|[-–—=]{5,}|[-–—=_.~]{8,}")
"""A line to be filled in. Scanners read it as dashes and the like."""
_LOOK_BACK = 6

Char = tuple[str, float, float, float, float]
"""A character (or ligature) and its box: left, top, right, bottom."""


def words(chars: Iterable[Char]) -> Iterator[Word]:
    """Characters in the order of the file to words.

    White space, wide gaps and steps back part words, and so does the edge of a blank: a run of
    two underscores or more is a word of its own, also where typed letters touch it.
    """
    run: list[Char] = []
    before_x0 = before_y0 = before_x1 = before_y1 = 0.0
    for char in chars:
        text, x0, y0, x1, y1 = char
        if not text:
            continue
        if text.isspace():
            if run:
                yield from _split(run)
                run = []
            continue
        if run:
            if y0 == before_y0 and y1 == before_y1:
                height, beside = y1 - y0, True
            else:
                height = max(before_y1 - before_y0, y1 - y0)
                beside = min(before_y1, y1) - max(before_y0, y0) > _BESIDE * height
            gap = x0 - before_x1
            if (
                not (beside and -_BACK * height < gap < max(_GAP * height, _NEAR))
                # Letters of one ligature share one box.
                and not (x0 == before_x0 and x1 == before_x1)
            ):
                yield from _split(run)
                run = []
        run.append(char)
        before_x0, before_y0, before_x1, before_y1 = x0, y0, x1, y1
    if run:
        yield from _split(run)


def _split(run: list[Char]) -> Iterator[Word]:
    text = "".join(char[0] for char in run)
    if "__" not in text or len(text) != len(run):
        yield _word(run)
        return
    at = 0
    for blank in _UNDERSCORES.finditer(text):
        if blank.start() > at:
            yield _word(run[at : blank.start()])
        yield _word(run[blank.start() : blank.end()])
        at = blank.end()
    if at < len(run):
        yield _word(run[at:])


def _word(run: Sequence[Char]) -> Word:
    text, x0, y0, x1, y1 = zip(*run, strict=True)
    return Word("".join(text), min(x0), min(y0), max(x1), max(y1))


def once(found: Iterable[Word]) -> list[Word]:
    """The words without those that the file sets again in the same place."""
    placed: dict[str, list[Word]] = {}
    kept = []
    for word in found:
        same = placed.setdefault(word.text, [])
        if not any(_same_place(word, other) for other in same):
            same.append(word)
            kept.append(word)
    return kept


def _same_place(one: Word, other: Word) -> bool:
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    if high <= _OVERLAP * (one.y1 - one.y0):
        return False
    return min(one.x1, other.x1) - max(one.x0, other.x0) > _OVERLAP * (one.x1 - one.x0)


def lines(found: Iterable[Word]) -> tuple[Line, ...]:
    """Words to lines from top to bottom, each from left to right.

    `found` is in the order of the file. A page that was scanned askew is read along its own slope.
    What stands on a blank belongs to the blank's line and takes the place of what it covers.
    """
    placed = _filled_in(list(found))
    slope = _slope(placed)
    rows: list[_Row] = []
    for word in sorted(placed, key=lambda item: (item.y0 + item.y1) / 2 - slope * item.x0):
        lean = slope * word.x0
        top, bottom = word.y0 - lean, word.y1 - lean
        for row in reversed(rows[-_LOOK_BACK:]):
            if row.holds(top, bottom):
                row.add(word, top, bottom)
                break
        else:
            rows.append(_Row(word, top, bottom))
    rows.sort(key=lambda row: row.top + row.bottom)
    return tuple(Line(tuple(sorted(row.words, key=lambda word: word.x0))) for row in rows)


class _Row:
    """Words of one line so far, and the mean of their upper and lower edges."""

    def __init__(self, word: Word, top: float, bottom: float) -> None:
        self.words = [word]
        self.top, self.bottom = top, bottom

    def holds(self, top: float, bottom: float) -> bool:
        shared = min(self.bottom, bottom) - max(self.top, top)
        return shared > _OVERLAP * max(min(self.bottom - self.top, bottom - top), 0.1)

    def add(self, word: Word, top: float, bottom: float) -> None:
        share = 1 / (len(self.words) + 1)
        self.top += (top - self.top) * share
        self.bottom += (bottom - self.bottom) * share
        self.words.append(word)


def _slope(found: Sequence[Word]) -> float:
    """Fall of the lines per point to the right, from words that follow each other in the file."""
    steps = [
        ((after.y1 - before.y1) / (after.x1 - before.x1))
        for before, after in pairwise(found)
        if 0 < after.x0 - before.x1 < 20 and abs(after.y1 - before.y1) < 4
    ]
    return median(steps) if len(steps) > 20 else 0.0


def _filled_in(found: list[Word]) -> list[Word]:
    """Words set over blanks moved onto the blanks' lines, and the blanks cut where they stand."""
    raised = [_raised(word) if _BLANK.fullmatch(word.text) else word for word in found]
    blanks = [word for word in raised if _BLANK.fullmatch(word.text)]
    if not blanks:
        return found
    moved: list[Word] = []
    taken: dict[Word, list[Word]] = {}
    for word in raised:
        blank = None if _BLANK.fullmatch(word.text) else _blank_under(word, blanks)
        if blank is not None:
            fall = ((blank.y0 + blank.y1) - (word.y0 + word.y1)) / 2
            word = Word(word.text, word.x0, word.y0 + fall, word.x1, word.y1 + fall, word.filled)
            taken.setdefault(blank, []).append(word)
        moved.append(word)
    return [part for word in moved for part in _cut(word, taken.get(word, ()))]


def _raised(blank: Word) -> Word:
    """A blank as high as a line of text: scanners give the box of the stroke alone."""
    top = min(blank.y0, blank.y1 - _TEXT_HEIGHT)
    return Word(blank.text, blank.x0, top, blank.x1, blank.y1, blank.filled)


def _blank_under(word: Word, blanks: Iterable[Word]) -> Word | None:
    reach = (_FILLED_REACH if word.filled else _REACH) * max(word.y1 - word.y0, _TEXT_HEIGHT)
    near = [
        (abs(blank.y1 - word.y1), blank.x0, blank)
        for blank in blanks
        if abs(blank.y1 - word.y1) < reach
        and min(blank.x1, word.x1) - max(blank.x0, word.x0) > 0.6 * (word.x1 - word.x0)
    ]
    return min(near, key=lambda item: item[:2])[2] if near else None


def _cut(blank: Word, over: Iterable[Word]) -> Iterator[Word]:
    """What is left of a blank beside the words over it."""
    step = (blank.x1 - blank.x0) / len(blank.text)
    at = blank.x0
    covers = sorted((word.x0, word.x1) for word in over)
    if not covers:
        yield blank
        return
    for x0, x1 in (*covers, (blank.x1, blank.x1)):
        # Gaps between the words of one fill-in are its spaces, not blanks.
        if (count := int((x0 - at) / step)) >= 3:
            yield Word("_" * count, at, blank.y0, at + count * step, blank.y1)
        at = max(at, x1)
