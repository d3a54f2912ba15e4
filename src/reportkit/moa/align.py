"""Words of a memorandum for comparison, and their alignment with a standard's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from reportkit.moa.flow import Passage, flow
from reportkit.moa.values import Document

SLOT = ""
"""The word of a place that is filled in: anything may stand there."""

_PIECE = re.compile(r"[^\W_]+")
_CLOSING = "fullestextentallowedbylaw"
"""The last words of the running text before the signatures, in every generation seen."""
_ALIKE = 82
"""The closing words may be garbled or overprinted: alike to this percentage."""
_SIDES = re.compile(r"(?i)\bfor\s*the\s*LEA\b.*\bfor\s*ICE\b")
_APART = ("Addendum",)
_LETTERS = str.maketrans("0156892|!¡jt", "olsbbgzlllll")
_SHAPES = (
    ("nn", "rm"), ("rn", "m"), ("ri", "n"), ("cl", "d"), ("vv", "w"), ("ii", "u"), ("li", "u"),
    ("i", "l"), ("ll", "n"), ("d", "o"),
)  # fmt: skip
_WIDEST = 3000
"""Cells of a table of words against words; larger places are compared as wholes."""
_SURE = 16
_RUN = 6
_TOGETHER = 60
_PAIR = 0.55
_GAP = 0.7
_FILL = 0.05


@dataclass(frozen=True, slots=True)
class Token:
    """One word as compared: lower case letters and digits, without marks.

    `raw` is its part of the printed word with the marks around it, `joined` says that no space
    parts it from the token before. `line` counts the lines of the document; `x0` and `x1` are the
    edges of the printed word in points; `filled` marks the value of a form field.
    """

    text: str
    raw: str
    joined: bool
    page: int
    line: int
    section: str | None
    x0: float
    x1: float
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of a document in reading order; `block` holds the lines around the signatures."""

    tokens: tuple[Token, ...]
    lines: tuple[Passage, ...]
    block: tuple[Passage, ...]


def stream(document: Document) -> Stream:
    """The words of the running text, without running heads and feet, addenda and signatures."""
    lines = flow(document)
    block = _block(lines)
    found = tuple(
        token
        for index, line in enumerate(lines)
        if line.kind in ("body", "heading")
        and index not in block
        and not (line.section or "").startswith(_APART)
        for token in _tokens(line, index)
    )
    return Stream(found, lines, tuple(lines[index] for index in sorted(block)))


def _tokens(passage: Passage, index: int) -> Iterator[Token]:
    for word in passage.line.words:
        text = unicodedata.normalize("NFKC", word.text).replace("’", "'").replace("'", "")
        pieces = list(_PIECE.finditer(text))
        for place, piece in enumerate(pieces):
            start = 0 if place == 0 else piece.start()
            end = pieces[place + 1].start() if place + 1 < len(pieces) else len(text)
            yield Token(
                piece[0].casefold(), text[start:end], place > 0, passage.page, index,
                passage.section, word.x0, word.x1, word.filled,
            )  # fmt: skip


def _block(lines: Sequence[Passage]) -> set[int]:
    """Indices of the lines around the signatures: after the closing words, to the page's end."""
    for index, line in enumerate(lines):
        squashed = "".join(_PIECE.findall(line.text.casefold()))
        if 15 <= len(squashed) <= 60 and fuzz.ratio(squashed[-26:], _CLOSING) >= _ALIKE:
            return _rest(lines, index + 1, line.page)
    for index, line in enumerate(lines):
        if _SIDES.search(line.text):
            return _rest(lines, index, line.page)
    return set()


def _rest(lines: Sequence[Passage], start: int, page: int) -> set[int]:
    rest = (index for index in range(start, len(lines)) if lines[index].page == page)
    return {index for index in rest if lines[index].kind != "foot"}


def written(tokens: Sequence[Token]) -> str:
    """The tokens as printed."""
    return "".join(("" if item.joined else " ") + item.raw for item in tokens).strip()


@cache
def look(word: str) -> str:
    """A word's rough shape: characters that scanners take for each other become one."""
    word = word.translate(_LETTERS)
    for shape, other in _SHAPES:
        word = word.replace(shape, other)
    return word


@cache
def distance(word: str, other: str) -> float:
    """How unlike two words look, 0 to 1."""
    if word == other:
        return 0.0
    if word.isdigit() and other.isdigit():
        return 0.3 + 0.7 * Levenshtein.normalized_distance(word, other)
    return max(0.05, min(
        Levenshtein.normalized_distance(look(word), look(other)),
        Levenshtein.normalized_distance(word, other),
    ))  # fmt: skip


Step = tuple[int, int, int, int]
"""Standard words from, to; file words from, to: what stands for what."""


def pair(standard: Sequence[str], tokens: Sequence[Token]) -> tuple[tuple[Token, ...], list[Step]]:
    """Align, after cutting apart words that recognition ran together. Gives the words and steps."""
    tokens = _parted(standard, tokens)
    words = [item.text for item in tokens]
    cut: dict[int, list[int]] = {}
    for equal, region in _regions(standard, words):
        if not equal:
            _cuts(standard, words, region, cut)
    if not cut:
        return tuple(tokens), align(standard, words)
    found = tuple(part for at, item in enumerate(tokens) for part in _parts(item, cut.get(at, [])))
    return found, align(standard, [item.text for item in found])


def _parted(standard: Sequence[str], tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Cut words that are several of the standard's words, letter by letter, run together."""
    whole = "".join(standard)
    ends: set[int] = {0}
    at = 0
    for word in standard:
        at += len(word)
        ends.add(at)
    known = set(standard)
    found: list[Token] = []
    for token in tokens:
        text = token.text
        start = whole.find(text) if len(text) >= _RUN and text not in known else -1
        while start >= 0 and not {start, start + len(text)} <= ends:
            start = whole.find(text, start + 1)
        inside = [end - start for end in range(start + 1, start + len(text)) if end in ends]
        found += _parts(token, inside if start >= 0 else [])
    return tuple(found)


def _cuts(
    standard: Sequence[str], words: Sequence[str], run: Step, cut: dict[int, list[int]]
) -> None:
    """Cut long words where the standard has several: at the places of its gaps."""
    a, b, c, d = run
    if SLOT in standard[a:b] or not any(len(word) >= _RUN for word in words[c:d]) or b - a < 2:
        return
    whole, read = "".join(standard[a:b]), "".join(words[c:d])
    if fuzz.ratio(whole, read) < _TOGETHER:
        return
    ends = {0}
    for word in standard[a:b]:
        ends.add(max(ends) + len(word))
    places: set[int] = set()
    for code in Levenshtein.opcodes(whole, read):
        if code.tag == "equal":
            places |= {
                code.dest_start + end - code.src_start
                for end in ends
                if code.src_start <= end <= code.src_end
            }
        else:
            places |= {code.dest_start} & {
                code.dest_start for end in ends if code.src_start == end
            } | {code.dest_end for end in ends if code.src_end == end}
    at = 0
    for place in range(c, d):
        inside = sorted(end - at for end in places if at < end < at + len(words[place]))
        if inside and len(words[place]) >= _RUN:
            cut[place] = inside
        at += len(words[place])


def _parts(token: Token, cuts: Sequence[int]) -> Iterator[Token]:
    if not cuts:
        yield token
        return
    for start, end in pairwise([0, *cuts, len(token.text)]):
        text = token.text[start:end]
        yield replace(token, text=text, raw=text, joined=token.joined and start == 0)


def align(standard: Sequence[str], words: Sequence[str]) -> list[Step]:
    """Pair a standard's words with a file's words, in order, leaving out none of either."""
    return list(_refined(standard, words, _regions(standard, words)))


def _regions(standard: Sequence[str], words: Sequence[str]) -> Iterator[tuple[bool, Step]]:
    """Runs of equal words and the regions between them; lone equal words inside are unsure."""
    codes = [
        [code.tag == "equal", code.src_start, code.src_end, code.dest_start, code.dest_end]
        for code in Indel.opcodes(standard, words)
    ]
    merged: list[list[int]] = []
    for place, (equal, a, b, c, d) in enumerate(codes):
        if equal and 0 < place < len(codes) - 1:
            # A few letters between longer unlike runs may be chance: the table decides.
            letters = sum(len(word) for word in standard[a:b])
            equal = letters >= min(
                _SURE, *(_letters(standard, words, codes[place + k]) for k in (-1, 1))
            )
        if merged and not merged[-1][0] and not equal:
            merged[-1][2], merged[-1][4] = b, d
        else:
            merged.append([equal, a, b, c, d])
    for equal, a, b, c, d in merged:
        yield bool(equal), (a, b, c, d)


def _letters(standard: Sequence[str], words: Sequence[str], code: Sequence[int]) -> int:
    _, a, b, c, d = code
    return sum(map(len, standard[a:b])) + sum(map(len, words[c:d]))


def _refined(
    standard: Sequence[str], words: Sequence[str], regions: Iterator[tuple[bool, Step]]
) -> Iterator[Step]:
    for equal, (a, b, c, d) in regions:
        if equal:
            yield from ((a + k, a + k + 1, c + k, c + k + 1) for k in range(b - a))
        elif a == b or c == d or (b - a) * (d - c) > _WIDEST:
            yield a, b, c, d
        else:
            yield from ((a + i, a + k, c + j, c + m)
                        for i, k, j, m in _table(standard[a:b], words[c:d]))  # fmt: skip


def _table(standard: Sequence[str], words: Sequence[str]) -> list[Step]:
    """The cheapest pairing of two short runs; words may be merged or split."""
    rows, columns = len(standard), len(words)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    back: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i == j == 0:
                continue
            options: list[tuple[float, tuple[int, int]]] = []
            slot = i > 0 and standard[i - 1] == SLOT
            if i:
                options.append((best[i - 1][j] + (0.0 if slot else _GAP), (1, 0)))
            if j:
                inside = i > 0 and slot
                options.append((best[i][j - 1] + (_FILL if inside else _GAP), (0, 1)))
            if i and j and not slot:
                for di, dj in _MOVES:
                    if di <= i and dj <= j and SLOT not in standard[i - di : i]:
                        old, new = "".join(standard[i - di : i]), "".join(words[j - dj : j])
                        if 2 * min(len(old), len(new)) < max(len(old), len(new)):
                            continue
                        cost = distance(old, new)
                        if cost <= _PAIR:
                            options.append((best[i - di][j - dj] + cost * (di + dj) / 2, (di, dj)))
            best[i][j], back[i][j] = min(options)
    path: list[Step] = []
    i, j = rows, columns
    while i or j:
        di, dj = back[i][j]
        path.append((i - di, i, j - dj, j))
        i, j = i - di, j - dj
    return path[::-1]


_MOVES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1), (2, 3), (3, 2))
