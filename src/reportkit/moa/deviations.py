"""What one memorandum adds, strikes or changes against the standard text of its generation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from statistics import median

from rapidfuzz import fuzz

from reportkit.moa.align import Step, Stream, Token, stream, written
from reportkit.moa.compare import STRONG, Edit, again, alike, compare, filled
from reportkit.moa.consensus import Standard, StandardWord
from reportkit.moa.contacts import scrub
from reportkit.moa.datafile import entries
from reportkit.moa.flow import Passage
from reportkit.moa.legible import vocabulary
from reportkit.moa.values import Deviation, Document, Page

_EDITION = 2
"""What this many other files hold as well belongs to an edition of the form, not to this file."""
_PAGE = 120
"""An edit of this many words may be a page."""
_WHOLE = 0.7
_LEFT = 0.25
"""Words in place of a lost page's, as a share of these: fill-ins beside it."""
_CHANCE = 3
_FEW = 5
_LONG = 45
"""A fill-in of this many words, most of them of the language, is text of its own."""
_CLAUSE = 6
"""A fill-in of this many words with one such as "shall" is text as well."""
_CLOSE = 25
"""Words before the signatures over which these may have been written."""
_BELOW = 70.0
"""Writing this far (points) below the last line of the form's block is none of the form's. A third
line of a fill-in stands 59 below it at most; stamps and further signatures begin at 75 and more."""
_DEPARTMENT = "homelandsecurity"
"""The last words of what is typed for the federal side."""
_FOOT = 0.88
_MARGIN = 0.88
_SHIFT = 10.0
_REPEATED = 3
_SHORT = 3
"""Letters of a line that may be anywhere."""
_LABEL = re.compile(r"(?i)^\W*(date|signature|title)\b\W*(?!\d{4}\.\d\d)")
_LEFT_OUT = "…"
_PRINTED = re.compile(r"[^\W_]")
_ALIKE = 85
_FORM = re.compile(r"(?i)\b(title|name|agency|date|signature)\b\s*[:.]")
_REVISED = re.compile(r"(?i)re[vy][il1!]s|\d\d/?\d\d/?20\d\d")


def deviations(document: Document, standard: Standard) -> tuple[Deviation, ...]:
    """Where the document differs from the standard, in the order of its pages.

    Noise of recognition, spacing, running heads, page numbers, fill-ins, addenda and the form's
    own signature block do not count; neither do pages that could not be read or are not in the
    file (`lost_pages`). On noisy pages small edits are left out rather than guessed at. Telephone
    numbers, mail and street addresses are left out of the words.
    """
    return differences(document, standard)[0]


def lost_pages(document: Document, standard: Standard) -> tuple[Deviation, ...]:
    """Pages of the standard that the file lacks whole, as far as its other pages were read.

    Each has the kind "page", no words, and the page of the file after which it would stand.
    """
    return differences(document, standard)[1]


def differences(
    document: Document, standard: Standard
) -> tuple[tuple[Deviation, ...], tuple[Deviation, ...]]:
    """Both at the price of one: `deviations` and `lost_pages`."""
    text = stream(document)
    pages = {page.number: page for page in document.pages}
    readable = tuple(item for item in text.tokens if pages[item.page].readable)
    tokens, edits, steps = compare(standard.texts, readable, pages)
    own = [edit for edit in edits if not _edition(edit, document, standard)]
    slots = filled(standard.texts, steps)
    fills = ["".join(tokens[at].text for at in places) for places in slots.values()]
    lost = _missing(standard, tokens, steps, pages)
    found = (
        *(
            _deviation(edit, standard, tokens)
            for edit in _named(own)
            if not any(a <= edit.a and edit.b <= b for a, b, _ in lost)
            and not _unread(edit, tokens, pages)
            and not again(edit, fills)
            and not _overwritten(edit, tokens, text, pages)
            and not _margin(edit, tokens, text, pages, own)
        ),
        *_fillings(standard.words, tokens, slots, own),
        *_beside_signatures(text, pages),
        *_layouts(text, pages),
    )
    lacking = (
        Deviation("page", page, standard.words[a].section, _shown(standard.words[a:b]), "")
        for a, b, page in lost
    )
    return _public(found), _public(lacking)


def _public(told: Iterable[Deviation]) -> tuple[Deviation, ...]:
    """Entries by page, without telephone numbers, mail and street addresses.

    What was added or struck and is nothing but that is left out; what was changed has an ellipsis.
    """
    found = (replace(item, standard=_told(item.standard), words=_told(item.words)) for item in told)
    kept = (item for item in found if {item.standard, item.words} not in ({"", _LEFT_OUT}, {""}))
    return tuple(sorted(kept, key=lambda item: item.page))


def _told(text: str) -> str:
    told = scrub(text)
    return told if not text or _PRINTED.search(told) else _LEFT_OUT


def _edition(edit: Edit, document: Document, standard: Standard) -> bool:
    return any(
        sum(standard.files[index] != document.sha256 for index in variant.files) >= _EDITION
        and alike(edit, variant.edit)
        for variant in standard.variants
    )


def _named(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Without the agency's own name where it stands for the form's word throughout."""
    swaps = Counter(
        (edit.struck[-1], edit.added[-1])
        for edit in edits
        if 1 <= len(edit.struck) <= 3 and 1 <= len(edit.added) <= 3
    )
    names = {pair for pair, count in swaps.items() if count >= 5}
    for edit in edits:
        struck, added = list(edit.struck), list(edit.added)
        for old, new in names:
            while old in struck and new in added:
                struck.remove(old)
                added.remove(new)
        if edit.struck and edit.added and len(struck) < len(edit.struck):
            struck = [word for word in struck if len(word) > 2]
            if struck == added or not (struck or added):
                continue
        yield edit


def _page(edit: Edit, tokens: Sequence[Token]) -> int:
    if not tokens:
        return 1
    return tokens[min(edit.c, len(tokens) - 1)].page


def _deviation(edit: Edit, standard: Standard, tokens: Sequence[Token]) -> Deviation:
    words = standard.words[edit.a : edit.b]
    section = standard.words[min(edit.a, len(standard.words) - 1)].section
    read = tokens[edit.c : edit.d]
    if edit.moved:
        return Deviation(
            "moved", _page(edit, tokens), section, " ".join(edit.struck), written(read)
        )
    pages = Counter(item.page for item in read)
    sizes = Counter(item.page for item in tokens)
    whole = len(read) >= _PAGE and any(
        pages[page] >= _WHOLE * sizes[page] or len(read) >= _WHOLE * sizes[page] for page in pages
    )
    if whole and len(edit.struck) <= _FEW:
        return Deviation("page", _page(edit, tokens), section, "", written(read))
    struck = _shown(words) if edit.struck else ""
    added = written(read) if edit.added else ""
    kind = "changed" if struck and added else "added" if added else "struck"
    return Deviation(kind, _page(edit, tokens), section, struck, added)  # type: ignore[arg-type]


def _shown(words: Sequence[StandardWord]) -> str:
    return "".join(("" if w.joined else " ") + (w.raw or _LEFT_OUT) for w in words).strip()


def _gap(c: int, d: int, tokens: Sequence[Token], pages: Mapping[int, Page]) -> bool:
    """Whether a page that could not be read lies at the words `c` to `d`."""
    before = min((item.page for item in tokens[max(0, c - 20) : c]), default=0)
    after = max((item.page for item in tokens[d : d + 20]), default=max(pages) + 1)
    return any(not pages[number].readable for number in range(before, after) if number in pages)


def _unread(edit: Edit, tokens: Sequence[Token], pages: Mapping[int, Page]) -> bool:
    """Whether the words may stand on a page that could not be read."""
    return len(edit.added) <= 2 and not edit.moved and _gap(edit.c, edit.d, tokens, pages)


def _missing(
    standard: Standard, tokens: Sequence[Token], steps: Sequence[Step], pages: Mapping[int, Page]
) -> list[tuple[int, int, int]]:
    """Standard words (from, to) of pages that are not in the file, and the page they would follow.

    Words beside a page that could not be read are none of them.
    """
    here = [False] * len(standard.words)
    start: dict[int, int] = {}
    end: dict[int, int] = {}
    texts = standard.texts
    for a, b, c, d in steps:
        same = "".join(texts[a:b]) == "".join(item.text for item in tokens[c:d])
        for at in range(a, b):
            here[at] = same and d > c
            start[at], end[at] = c, d
    found = []
    for a, b in _stretches(here):
        c, d = start[a], end[b - 1]
        count = Counter(word.page for word in standard.words[a:b])
        page, size = max(count.items(), key=lambda item: item[1])
        whole = size >= _WHOLE * sum(word.page == page for word in standard.words)
        edge = c == 0 or d >= len(tokens) or tokens[c - 1].page != tokens[d].page
        if whole and edge and d - c <= _LEFT * (b - a) and not _gap(c, d, tokens, pages):
            found.append((a, b, tokens[c - 1].page if c else 1))
    return found


def _stretches(here: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Stretches of `_PAGE` words and more that are missing but for a few found by chance."""
    gone = [at for at, found in enumerate(here) if not found]
    first = 0
    for at in range(1, len(gone) + 1):
        if at == len(gone) or gone[at] - gone[at - 1] > _CHANCE:
            if gone[at - 1] - gone[first] >= _PAGE:
                yield gone[first], gone[at - 1] + 1
            first = at


def _overwritten(
    edit: Edit, tokens: Sequence[Token], text: Stream, pages: Mapping[int, Page]
) -> bool:
    """Whether signatures may have been written over the words."""
    if not text.block or not tokens:
        return False
    page = text.block[0].page
    last = max((at for at, item in enumerate(tokens) if item.page == page), default=-1)
    return pages[page].image and 0 <= last - edit.d + 1 <= _CLOSE


def _margin(
    edit: Edit,
    tokens: Sequence[Token],
    text: Stream,
    pages: Mapping[int, Page],
    edits: Sequence[Edit],
) -> bool:
    """Whether an edit is a running line, or a line lost at the edge of a page."""
    if edit.struck and not edit.added and 0 < edit.c < len(tokens):
        before, after = tokens[edit.c - 1].page, tokens[edit.c].page
        return before != after and pages[after].image and len(edit.struck) <= _CLOSE
    if edit.struck or edit.d <= edit.c:
        return False
    rows = [text.lines[item.line] for item in tokens[edit.c : edit.d]]
    if all(row.line.y0 > _MARGIN * pages[row.page].height for row in rows):
        return True
    said = _letters(tokens[edit.c : edit.d])
    often = sum(
        fuzz.ratio(said, _letters(tokens[other.c : other.d])) >= 80
        for other in edits
        if not other.struck
    )
    return often >= 3


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(char for item in tokens for char in item.text if char.isalpha())


def _fillings(
    words: Sequence[StandardWord],
    tokens: Sequence[Token],
    slots: Mapping[int, Sequence[int]],
    edits: Sequence[Edit],
) -> Iterator[Deviation]:
    """What stands in slots and is no fill-in: text at length, or a second entry."""
    taken = {at for edit in edits for at in range(edit.c, edit.d)}
    for slot, places in slots.items():
        read = [at for at in places if at not in taken]
        label = words[slot - 1].text if slot else ""
        second = [
            at
            for at in read[1:]
            if label and tokens[at].text == label and tokens[at].raw.rstrip().endswith(":")
        ]
        known = sum(tokens[at].text in vocabulary() for at in read)
        clause = any(tokens[at].text in STRONG and tokens[at].raw[0].islower() for at in read)
        if len(read) >= (_CLAUSE if clause else _LONG) and known >= 0.6 * len(read):
            second = read
        if second:
            part = [tokens[at] for at in read if at >= second[0]]
            yield Deviation("added", part[0].page, words[slot].section, "", written(part))


@cache
def _stamps() -> tuple[str, ...]:
    return tuple(entries("stamps.yaml"))


def _beside_signatures(text: Stream, pages: Mapping[int, Page]) -> Iterator[Deviation]:
    """Stamps, further signatories and other writing below the form's signature block."""
    block = sorted(text.block, key=lambda item: item.line.y0)
    if not block:
        return
    page = pages[block[0].page]
    block = [
        item
        for item in block
        if item.line.y0 < _FOOT * page.height and not _running(item, text.lines)
    ]
    starts = [at for at in (_stamp(block), _second(block), _below(block)) if at is not None]
    if starts:
        part = block[min(starts) :]
        words = " / ".join(item.text for item in part)
        yield Deviation("added", page.number, part[0].section, "", words)


def _running(item: Passage, lines: Sequence[Passage]) -> bool:
    """Whether a line stands at the same height of other pages as well: a foot on small print."""
    said = _plain(item.text)
    level = (
        other
        for other in lines
        if other.page != item.page and abs(other.line.y0 - item.line.y0) <= _SHIFT
    )
    alike_ = sum(fuzz.ratio(said, _plain(other.text)) >= _ALIKE for other in level)
    return len(said) > _SHORT and alike_ >= _REPEATED


def _plain(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold()


def _stamp(block: Sequence[Passage]) -> int | None:
    for at, item in enumerate(block):
        squashed = re.sub(r"[^a-z]", "", item.text.casefold())
        if any(len(squashed) >= len(cue) - 1 and fuzz.partial_ratio(cue, squashed) >= 88
               for cue in _stamps()):  # fmt: skip
            return at
    return None


def _second(block: Sequence[Passage]) -> int | None:
    """Where the labels of a signature begin again in the column of the first."""
    seen: dict[str, list[tuple[float, float]]] = {}
    for at, item in enumerate(block):
        match = _LABEL.match(item.text)
        if not match:
            continue
        before = seen.setdefault(match[1].lower(), [])
        if any(abs(item.line.x0 - x) < 30 and item.line.y0 - y > 40 for x, y in before):
            return at
        before.append((item.line.x0, item.line.y0))
    return None


def _below(block: Sequence[Passage]) -> int | None:
    """Where writing begins well below the last line that the form has there."""
    last: float | None = None
    seen: set[str] = set()
    for at, item in enumerate(block):
        squashed = re.sub(r"[^a-z]", "", item.text.casefold())
        long = len(squashed) >= len(_DEPARTMENT) - 2
        match = _FORM.search(item.text) or _LABEL.match(item.text)
        label = match[1].lower() if match else ""
        if last is not None and long and fuzz.partial_ratio(_DEPARTMENT, squashed) >= _ALIKE:
            label = label or _DEPARTMENT
        if last is None or item.line.y0 - last <= _BELOW or (label and label not in seen):
            last = item.line.y0 if label else last
            seen |= {label} - {""}
        elif len(seen) > 1 and len(_PRINTED.findall(item.text)) > 1:
            return at
    return None


def _layouts(text: Stream, pages: Mapping[int, Page]) -> Iterator[Deviation]:
    """Pages whose foot lacks the form's date and stands elsewhere: set from another file."""
    feet: dict[int, list[Passage]] = {}
    for item in text.lines:
        if item.line.y0 > 0.86 * pages[item.page].height:
            feet.setdefault(item.page, []).append(item)
    dated = {page for page, rows in feet.items() if any(_REVISED.search(r.text) for r in rows)}
    if len(dated) < _WHOLE * (len(pages) - 1) or len(dated) < 3:
        return
    for page in sorted(feet.keys() - dated):
        if not pages[page].readable:
            continue
        for row in feet[page]:
            edges = [r.line.x0 for other in dated for r in feet[other] if _same(row, r)]
            if edges and abs(median(edges) - row.line.x0) > _SHIFT:
                yield Deviation("page", page, None, "", row.text)
                break


def _same(first: Passage, second: Passage) -> bool:
    one, two = _plain(first.text), _plain(second.text)
    return min(len(one), len(two)) > _SHORT and fuzz.partial_ratio(one, two) >= 80
