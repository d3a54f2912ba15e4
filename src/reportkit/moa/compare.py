"""Tells what a file's words say otherwise than a standard's from what recognition made of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from reportkit.moa.align import SLOT, Step, Token, distance, look, pair
from reportkit.moa.legible import vocabulary
from reportkit.moa.values import Page

_GARBLED = 0.45
"""Two words that look this unlike or less may be one, garbled."""
_OWN = 0.34
"""A known word that looks more unlike than this is another word, though it may resemble."""
_SHORT = frozenset(
    ["an", "as", "at", "be", "by", "if", "in", "is", "it", "no", "of", "on", "or", "to", "we"]
)
"""Known words of two letters; others of that length are noise in pictures."""
_ROMAN = re.compile(r"[ivxl1]+")
_CLEAR = 0.01
"""Where fewer words of a page are garbled than this share, an unknown word is a word."""
_WORD = 4
"""Letters of an unknown word that counts there."""
_MORE = 3
"""More words than this for one are no other words for it."""
_UNLIKE = 0.6
"""Least distance of such a word from those it stands for."""
_NAMED = 8
"""Letters of a name that was filled in elsewhere; shorter runs of letters are chance."""
_FEW = 2
"""A page with this many garbled words was read from a picture, whatever the file says."""
STRONG = frozenset(
    ["not", "no", "may", "shall", "will", "must", "never", "only", "except", "without"]
)
"""Small words that carry much."""
_NOISY = (0.03, 0.08)
_CONFUSED = {frozenset(pair) for pair in ("17", "38", "56", "08", "06", "68", "98", "35", "14")}
_NEAR = 60
"""Words within which recognition may have taken lines or words out of order."""
_LONG = 45
_OFTEN = 5
_RUN = 8
"""A run of this many words or more that stands elsewhere was moved."""
_MOVED = 85
_JOIN = 2
"""Edits parted by this many words or fewer are one."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Standard words `a` to `b` against file words `c` to `d`.

    `struck` and `added` are the words that count; `sure` says that a clean reading shows them.
    """

    a: int
    b: int
    c: int
    d: int
    struck: tuple[str, ...]
    added: tuple[str, ...]
    moved: bool = False


def compare(
    words: Sequence[str], tokens: Sequence[Token], pages: Mapping[int, Page]
) -> tuple[tuple[Token, ...], list[Edit], list[Step]]:
    """The file's words, cut where they had run together, what differs beyond noise, and all steps."""
    found, steps = pair(words, tokens)
    if not found:
        return found, [], steps
    known = set(words) | vocabulary()
    sizes = Counter(item.page for item in found)
    runs = _runs(words, found, steps)
    page_of = [found[min(run[0][2], len(found) - 1)].page for run in runs]
    garbled = Counter(
        page for run, page in zip(runs, page_of, strict=True) if _unclear(words, found, run, known)
    )
    own = {page for page in sizes if _own(pages[page]) and garbled[page] < _FEW}
    clear = {page for page in sizes if garbled[page] < _CLEAR * sizes[page]}
    edits = [
        edit
        for run, page in zip(runs, page_of, strict=True)
        if (edit := _judged(words, found, run, known, page in own, page in clear))
    ]
    edits = _joined(words, found, _ordered(found, _moves(edits), pages))
    strict = {page: _strict(garbled[page] / sizes[page]) for page in sizes}
    names = _names(found, filled(words, steps))
    kept = [
        edit
        for edit in edits
        if not _grammar(words, edit)
        and (edit.moved or "".join(edit.struck) != "".join(edit.added))
        and not names >= {*edit.added, *edit.struck}
        and ((page := found[min(edit.c, len(found) - 1)].page) in own or _plain(edit, strict[page]))
    ]
    return found, kept, steps


def filled(words: Sequence[str], steps: Sequence[Step]) -> dict[int, list[int]]:
    """For each slot the places of the file words that stand in it."""
    found: dict[int, list[int]] = {}
    for a, b, c, d in steps:
        if c < d and (a == b or words[a] == SLOT):
            near = [at for at in (a, a - 1) if 0 <= at < len(words) and words[at] == SLOT]
            if near:
                found.setdefault(near[0], []).extend(range(c, d))
    return found


def _names(tokens: Sequence[Token], slots: Mapping[int, Sequence[int]]) -> set[str]:
    """Words that fill in slots again and again: what the file calls its agency."""
    count = Counter(tokens[at].text for places in slots.values() for at in places)
    return {word for word, times in count.items() if times >= _OFTEN}


def again(edit: Edit, fills: Sequence[str]) -> bool:
    """Whether an edit only repeats what was filled in elsewhere: the agency's name.

    `fills` are the fill-ins, each with its words joined.
    """
    said = "".join(edit.added)
    told = edit.struck or STRONG & {*edit.added}
    return not told and len(said) >= _NAMED and any(said in item for item in fills)


def _grammar(words: Sequence[str], edit: Edit) -> bool:
    """Whether an edit beside a slot is only another way of filling it in."""
    near = 1 if edit.struck else 2
    beside = SLOT in words[max(0, edit.a - near) : edit.b + near]
    few = len(edit.struck) <= 3 and len(edit.added) <= 6
    few |= bool(edit.struck) and {*edit.struck} <= {*edit.added} and len(edit.added) < _LONG
    return beside and few and not STRONG & {*edit.struck, *edit.added}


def _plain(edit: Edit, strict: int) -> bool:
    """Whether an edit on a page read from a picture is more than its noise."""
    words = {*edit.struck, *edit.added}
    if strict == 1 and STRONG & words:
        return True
    letters = sum(map(len, edit.added))
    if edit.struck and (letters > 3 or any(word.isdigit() for word in edit.added)):
        return _weight(edit) >= strict
    return _weight(edit) >= (3 if edit.struck else 2) * strict


def _strict(garbled: float) -> int:
    """How many words an edit needs on a page of which this share is garbled."""
    return 1 + sum(garbled > share for share in _NOISY)


def _weight(edit: Edit) -> int:
    if any(word.isdigit() for word in edit.struck) and any(word.isdigit() for word in edit.added):
        return max(2, len(edit.struck), len(edit.added))
    return max(len(edit.struck), len(edit.added))


def _unclear(
    words: Sequence[str], tokens: Sequence[Token], run: Sequence[Step], known: Collection[str]
) -> bool:
    """Whether a run has a word that is none."""
    return any(
        words[a:b]
        and words[a] != SLOT
        and any(not _known(item.text, known) and len(item.text) > 1 for item in tokens[c:d])
        for a, b, c, d in run
    )


def _own(page: Page) -> bool:
    """Whether a page's words are its own text, not what was read from a picture."""
    return page.reading == "text" and not page.image


def _runs(words: Sequence[str], tokens: Sequence[Token], steps: Sequence[Step]) -> list[list[Step]]:
    """Runs of steps whose words differ, parted by equal words and slots."""
    runs: list[list[Step]] = []
    open_ = False
    for step in (part for whole in steps for part in _singly(whole)):
        a, b, c, d = step
        same = "".join(words[a:b]) == "".join(item.text for item in tokens[c:d])
        if same or (b > a and words[a] == SLOT):
            open_ = False
        elif open_:
            runs[-1].append(step)
        else:
            runs.append([step])
            open_ = True
    return runs


def _singly(step: Step) -> list[Step]:
    """Missing words one by one: slots among them part what stands before and after."""
    a, b, c, d = step
    return [(at, at + 1, c, d) for at in range(a, b)] if c == d else [step]


def _judged(
    words: Sequence[str],
    tokens: Sequence[Token],
    run: Sequence[Step],
    known: Collection[str],
    clean: bool,
    clear: bool,
) -> Edit | None:
    a, b, c, d = run[0][0], run[-1][1], run[0][2], run[-1][3]
    filling = (a > 0 and words[a - 1] == SLOT) or (b < len(words) and words[b] == SLOT)
    # A fill-in that stands on another line than its place, or ran together with a word.
    if filling and a == b:
        return None
    read = [item.text for item in tokens[c:d] if not item.filled]
    if "".join(words[a:b]) == "".join(read):
        return None
    struck: list[str] = []
    added: list[str] = []
    garbled = 0
    instead = [] if filling or d - c > _MORE * (b - a) else words[a:b]
    for i, j, k, m in run:
        old, new = list(words[i:j]), [item.text for item in tokens[k:m] if not item.filled]
        if old and new and _noise("".join(old), "".join(new), known, clean):
            continue
        if clean:
            # Two letters that are no word are a sign of the form, such as that for a section.
            struck += [word for word in old if len(word) > 2 or _known(word, vocabulary())]
            added += new
            continue
        struck += [word for word in old if _counts(word)]
        fresh = [
            word
            for word in new
            if _counts(word) and (_known(word, known) or (clear and _other(word, instead)))
        ]
        garbled += sum(len(word) for word in new) - sum(map(len, fresh))
        added += fresh
    if filling and struck and _run_together(struck, tokens, c, d):
        return None
    if len(struck) == len(added) == 1 and not clean and _slip(struck[0], added[0]):
        return None
    if filling and not struck and not (STRONG & set(added) and len(added) <= 3):
        return None
    if struck and not added and garbled >= 0.4 * sum(map(len, struck)):
        return None
    if struck and added and garbled > sum(map(len, added)) / 2:
        return None
    if not struck and (garbled > sum(map(len, added)) / 2):
        return None
    return Edit(a, b, c, d, tuple(struck), tuple(added)) if struck or added else None


def _slip(old: str, new: str) -> bool:
    """Whether one short word may have been read for another: "of" for "or", "10" for "no"."""
    if old.isdigit() and new.isdigit():
        return _digits(old, new)
    if max(len(old), len(new)) > 3:
        return False
    return Levenshtein.distance(look(old), look(new)) <= 1 or old.isdigit() != new.isdigit()


def _run_together(struck: Sequence[str], tokens: Sequence[Token], c: int, d: int) -> bool:
    """Whether the words missing beside a slot stand in one word with what was filled in."""
    near = "".join(item.text for item in tokens[max(0, c - 2) : d + 3])
    return len(struck) <= 3 and fuzz.partial_ratio("".join(struck), near) >= 80


def _counts(word: str) -> bool:
    if _ROMAN.fullmatch(word):
        return False
    if word.isdigit():
        return len(word) >= 2
    return len(word) >= 3 or word in _SHORT


def _known(word: str, known: Collection[str]) -> bool:
    return word.isdigit() or word in known


def _other(word: str, instead: Sequence[str]) -> bool:
    """Whether an unknown word stands for others and has nothing of them, as noise would."""
    lettered = len(word) >= _WORD and word.isascii() and word.isalpha()
    unlike = (Levenshtein.normalized_distance(word, item) for item in instead)
    return bool(instead) and lettered and min(unlike) > _UNLIKE


def _noise(old: str, new: str, known: Collection[str], clean: bool) -> bool:
    """Whether one word may be the other as a scanner read it."""
    if old.isdigit() and new.isdigit():
        return not clean and _digits(old, new)
    unlike = distance(old, new)
    if new not in known and unlike <= _GARBLED:
        return True
    if look(old) == look(new):
        return True
    return not clean and (unlike <= _OWN or look(old) == look(new))


def _digits(old: str, new: str) -> bool:
    if len(old) == len(new):
        return all(x == y or frozenset(x + y) in _CONFUSED for x, y in zip(old, new, strict=True))
    return new in old or old in new


def _moves(edits: list[Edit]) -> list[Edit]:
    """Join what was struck in one place and added in another: it was moved."""
    gone = [item for item in edits if len(item.struck) >= _RUN]
    come = [item for item in edits if len(item.added) >= _RUN]
    found = list(edits)
    for old in gone:
        for new in come:
            if old is not new and new in found and _alike(old.struck, new.added):
                if old in found:
                    found.remove(old)
                found[found.index(new)] = replace(new, struck=old.struck, moved=True)
                break
    return found


def _alike(first: Sequence[str], second: Sequence[str]) -> bool:
    return fuzz.ratio(" ".join(first), " ".join(second)) >= _MOVED


def _ordered(tokens: Sequence[Token], edits: list[Edit], pages: Mapping[int, Page]) -> list[Edit]:
    """Leave out words that recognition only took in another order."""
    found: list[Edit] = []
    shuffled = _shuffled(tokens, edits)
    for edit in edits:
        page = tokens[min(edit.c, len(tokens) - 1)].page
        if edit.moved or _own(pages[page]):
            found.append(edit)
            continue
        if page in shuffled:
            continue
        near = [
            other
            for other in edits
            if other is not edit and not other.moved and abs(other.c - edit.c) <= _NEAR
        ]
        come = Counter(word for other in near for word in other.added)
        gone = Counter(word for other in near for word in other.struck)
        struck = _without(edit.struck, come)
        added = _without(edit.added, gone)
        if struck or added:
            found.append(replace(edit, struck=struck, added=added))
    return found


def _shuffled(tokens: Sequence[Token], edits: Sequence[Edit]) -> set[int]:
    """Pages on which most of what is missing stands elsewhere: lines were read crosswise."""
    gone: dict[int, Counter[str]] = defaultdict(Counter)
    come: dict[int, Counter[str]] = defaultdict(Counter)
    count: Counter[int] = Counter()
    for edit in edits:
        if not edit.moved:
            page = tokens[min(edit.c, len(tokens) - 1)].page
            gone[page].update(edit.struck)
            come[page].update(edit.added)
            count[page] += 1
    return {
        page
        for page in count
        if count[page] >= 5
        and min(gone[page].total(), come[page].total()) >= 10
        and (gone[page] & come[page]).total() >= 0.5 * min(gone[page].total(), come[page].total())
    }


def _without(words: tuple[str, ...], elsewhere: Counter[str]) -> tuple[str, ...]:
    """The words, or none where nearly all of them stand elsewhere."""
    there = sum(1 for word in words if elsewhere[word] > 0)
    return () if words and there >= 0.8 * len(words) else words


def _joined(words: Sequence[str], tokens: Sequence[Token], edits: Sequence[Edit]) -> list[Edit]:
    """Edits that stand close together are one."""
    found: list[Edit] = []
    for edit in sorted(edits, key=lambda item: (item.c, item.a)):
        last = found[-1] if found else None
        close = (
            last is not None
            and not (last.moved or edit.moved)
            and 0 <= edit.a - last.b <= _JOIN
            and 0 <= edit.c - last.d <= _JOIN
            and (SLOT not in words[last.b : edit.a] or last.c == edit.d)
        )
        if last is not None and close:
            kept = tuple(words[last.b : edit.a])
            read = tuple(item.text for item in tokens[last.d : edit.c])
            found[-1] = Edit(
                last.a, edit.b, last.c, edit.d,
                (*last.struck, *kept, *edit.struck), (*last.added, *read, *edit.added),
            )  # fmt: skip
        else:
            found.append(edit)
    return found


def alike(first: Edit, second: Edit) -> bool:
    """Whether two files differ from the standard in the same way in the same place."""
    return (
        abs(first.a - second.a) <= 3
        and abs(first.b - second.b) <= 3
        and SequenceMatcher(None, first.added, second.added).ratio() >= 0.75
    )
