"""The standard text of a generation, derived from the files themselves: what most of them share.

The files are aligned word by word and vote; a word stands where more than half of the weight
agrees. Noise of recognition differs from file to file and falls out; places where files hold
different words become slots, which are filled in. The result is text of the memoranda: it belongs
in the user's store and is never published with the program.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from typing import Any, TypeVar

from reportkit.moa.align import SLOT, Token, align, distance, stream
from reportkit.moa.compare import Edit, alike, compare
from reportkit.moa.datafile import entries
from reportkit.moa.legible import vocabulary
from reportkit.moa.values import Document, Page

_Item = TypeVar("_Item")

FEWEST = 3
"""A standard rests on at least this many files: of two that differ none is the majority."""

_ROUNDS = 4
_DIGITAL = 3.0
"""A file's own text weighs this much against what was read from a picture at its best."""
_LOST = 60
"""A file that lacks this many words in a row has lost a page there: it has no vote on them."""
_MANY = 12
"""A slot where two files hold words of their own; of this many files or more, three."""
_LONGEST = 40
"""Words that a known slot holds at most."""
_UNLIKE = 0.45
"""Words less alike than this are different words, not one word garbled."""
_FIRM = 0.8
"""Beside a slot a word stands firm where this share of the files have it."""
_RARE = 10
"""A word of the language outweighs a garbled one that is up to this many times as common."""
_TORN = "~"
"""Stands for what a file has where several of its words answer to several of the standard."""


@dataclass(frozen=True, slots=True)
class StandardWord:
    """One word of a standard.

    `text` is the word as compared, empty for a slot; `raw` as most files print it, `joined`
    without a space before it. `section` is its section, `page` the page where most files have it.
    """

    text: str
    raw: str
    joined: bool
    section: str | None
    page: int


@dataclass(frozen=True, slots=True)
class Variant:
    """An edit that several files share; `files` are indices of the standard's files."""

    edit: Edit
    files: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard text of a generation; `files` are the hashes of the files it rests on.

    `variants` are readings that some of them share against the majority: editions of the form.
    """

    generation: str
    files: tuple[str, ...]
    words: tuple[StandardWord, ...]
    variants: tuple[Variant, ...] = ()

    @property
    def texts(self) -> list[str]:
        """The words as compared."""
        return [word.text for word in self.words]

    def to_json(self) -> str:
        """The standard as JSON text; the same files in any order give the same bytes."""
        data = {
            "generation": self.generation,
            "files": self.files,
            "words": [astuple(word) for word in self.words],
            "variants": [[*astuple(item.edit), item.files] for item in self.variants],
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Standard:
        """The standard that `to_json` wrote.

        Raises:
            ValueError: the text is not such JSON.
        """
        data: Mapping[str, Any] = json.loads(text)
        try:
            words = tuple(StandardWord(*row) for row in data["words"])
            variants = tuple(
                Variant(Edit(a, b, c, d, tuple(gone), tuple(come), moved), tuple(shared))
                for a, b, c, d, gone, come, moved, shared in data["variants"]
            )
            return cls(data["generation"], tuple(data["files"]), words, variants)
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a standard text: {error}") from error


@dataclass(frozen=True, slots=True)
class _Voter:
    """One file; `weights` by page."""

    sha256: str
    tokens: tuple[Token, ...]
    texts: list[str]
    weights: Mapping[int, float]
    pages: Mapping[int, Page]


def standards(given: Sequence[tuple[Document, str | None]]) -> dict[str, Standard]:
    """The standards of all generations that have files enough.

    Args:
        given: documents with the ids of their generations, None where unknown.
    """
    groups: dict[str, list[Document]] = defaultdict(list)
    for document, generation in given:
        if generation is not None:
            groups[generation].append(document)
    found = {key: standard(key, groups[key]) for key in sorted(groups)}
    return {key: item for key, item in found.items() if item is not None}


def standard(generation: str, documents: Sequence[Document]) -> Standard | None:
    """The standard text of one generation; None where fewer than `FEWEST` readable files are given.

    The same file twice counts once.
    """
    voters = [_voter(item) for item in {item.sha256: item for item in documents}.values()]
    voters = sorted((item for item in voters if item.tokens), key=lambda item: item.sha256)
    if len(voters) < FEWEST:
        return None
    words: list[str] = list(_first(voters).texts)
    for _ in range(_ROUNDS):
        after = _Ballot(words, voters).result()
        if after == words:
            break
        words = after
    return Standard(
        generation,
        tuple(item.sha256 for item in voters),
        tuple(_described(words, voters)),
        tuple(_variants(words, voters)),
    )


def _voter(document: Document) -> _Voter:
    pages = {page.number: page for page in document.pages}
    weights = {
        page.number: (page.legible**4) * (1.0 if page.image or page.reading == "ocr" else _DIGITAL)
        for page in document.pages
        if page.readable
    }
    kept = tuple(item for item in stream(document).tokens if item.page in weights)
    return _Voter(document.sha256, kept, [item.text for item in kept], weights, pages)


def _first(voters: Sequence[_Voter]) -> _Voter:
    """The file to begin with: the best read of those of usual length."""
    lengths = sorted(len(item.tokens) for item in voters)
    usual = lengths[len(lengths) // 2]
    near = [item for item in voters if abs(len(item.tokens) - usual) <= 0.1 * usual]
    return max(near, key=lambda item: (round(sum(item.weights.values()), 6), item.sha256))


class _Ballot:
    """The votes of all files on each word and on what stands between two words."""

    def __init__(self, words: Sequence[str], voters: Sequence[_Voter]) -> None:
        self.words = words
        self.at: list[list[tuple[str, float]]] = [[] for _ in words]
        self.between: list[list[tuple[tuple[str, ...], float]]] = [
            [] for _ in range(len(words) + 1)
        ]
        for voter in voters:
            self._count(voter)

    def _count(self, voter: _Voter) -> None:
        weight = sum(voter.weights.values()) / len(voter.weights)
        added: dict[int, list[str]] = defaultdict(list)
        heard: set[int] = set()
        for a, b, c, d in align(self.words, voter.texts):
            said = voter.texts[c:d]
            if a == b:
                added[a] += said
                continue
            if c == d and b - a >= _LOST:
                continue
            near = voter.weights[voter.tokens[min(c, len(voter.tokens) - 1)].page]
            heard.update(range(a, b))
            if b - a == 1:
                self.at[a].append((" ".join(said), near))
                continue
            same = "".join(self.words[a:b]) == "".join(said)
            for place in range(a, b):
                self.at[place].append((self.words[place] if same else _TORN, near))
        for place in range(len(self.words) + 1):
            if place in heard or place - 1 in heard:
                self.between[place].append((tuple(added.get(place, ())), weight))

    def result(self) -> list[str]:
        """The words that the votes leave."""
        found: list[tuple[str, float]] = []
        for place in range(len(self.words) + 1):
            found += ((word, 1.0) for word in self._inserted(place))
            if place < len(self.words):
                found += self._kept(place)
        for order in (range(len(found)), reversed(range(len(found)))):
            for at in order:
                # What stands beside a slot and often not is a usual way of filling it in.
                beside = {found[k][0] for k in (at - 1, at + 1) if 0 <= k < len(found)}
                if SLOT in beside and found[at][1] < _FIRM:
                    found[at] = (SLOT, 0.0)
        words = _with_cues([word for word, _ in found])
        # Slots beside each other are one.
        return [
            word
            for index, word in enumerate(words)
            if word != SLOT or index == 0 or words[index - 1] != SLOT
        ]

    def _kept(self, place: int) -> list[tuple[str, float]]:
        """The word at a place with the share of files that support it."""
        word = self.words[place]
        if word == SLOT:
            return [(SLOT, 0.0)]
        votes: dict[str, float] = defaultdict(float)
        for said, weight in self.at[place]:
            votes[said] += weight
        if not votes:
            return [(word, 1.0)]
        total = sum(votes.values())
        best = _meant(max(sorted(votes), key=lambda item: votes[item]), votes)
        others = [said for said, _ in self.at[place] if said and said != best]
        if votes[best] * 2 > total and best != _TORN:
            if best and _diverse([(said,) for said in others], best, len(self.at[place])):
                return [(SLOT, 0.0)]
            alike_ = sum(distance(said, best) <= _UNLIKE for said, _ in self.at[place])
            return [(item, alike_ / len(self.at[place])) for item in best.split()]
        return [(SLOT, 0.0)] if others and best else []

    def _inserted(self, place: int) -> list[str]:
        votes: dict[tuple[str, ...], float] = defaultdict(float)
        for said, weight in self.between[place]:
            votes[said] += weight
        if not votes:
            return []
        total = sum(votes.values())
        best = max(sorted(votes), key=lambda item: votes[item])
        if best and votes[best] * 2 > total:
            return list(best)
        if votes[()] * 2 <= total:
            return [SLOT]
        own = [item for item, _ in self.between[place] if item]
        return [SLOT] if _diverse(own, "", len(self.between[place])) else []


def _meant(best: str, votes: dict[str, float]) -> str:
    """The word of the language that a garbled word stands for, where some file has it."""
    if not best.isalpha() or best in vocabulary():
        return best
    near = [
        word for word in sorted(votes) if word in vocabulary() and distance(word, best) <= _UNLIKE
    ]
    if not near:
        return best
    meant = max(near, key=lambda item: votes[item])
    if votes[meant] * _RARE < votes[best]:
        return best
    votes[meant] += votes.pop(best)
    return meant


def _diverse(said: Sequence[tuple[str, ...]], best: str, heard: int) -> bool:
    """Whether so many files hold words of their own here that it is a place to fill in."""
    own = [
        item
        for item in said
        if any(len(word) > 1 for word in item)
        and distance("".join(item), best) > _UNLIKE
        and item != (_TORN,)
    ]
    return len(own) >= (2 if heard < _MANY else 3) and len(set(own)) >= 2


@cache
def _cues() -> tuple[tuple[list[str], list[str]], ...]:
    return tuple((cue["before"], cue["after"]) for cue in entries("slots.yaml"))


def _with_cues(words: list[str]) -> list[str]:
    """The words with a slot in each place that the forms are known to leave open."""
    for before, after in _cues():
        for at in range(len(before), len(words)):
            if words[at - len(before) : at] != before:
                continue
            for end in range(at, min(at + _LONGEST, len(words))):
                if words[end : end + len(after)] == after:
                    words[at:end] = [SLOT]
                    break
    return words


def _described(words: Sequence[str], voters: Sequence[_Voter]) -> list[StandardWord]:
    """The words with print, section and page as most files have them."""
    raws: list[Counter[tuple[str, bool]]] = [Counter() for _ in words]
    sections: list[Counter[str]] = [Counter() for _ in words]
    pages: list[Counter[int]] = [Counter() for _ in words]
    for voter in voters:
        for a, b, c, d in align(words, voter.texts):
            if b - a != 1 or d - c != 1 or words[a] != voter.texts[c]:
                continue
            token = voter.tokens[c]
            raws[a][token.raw, token.joined] += 1
            sections[a][token.section or ""] += 1
            pages[a][token.page] += 1
    found: list[StandardWord] = []
    page, section = 1, ""
    for place, word in enumerate(words):
        raw, joined = _most(raws[place], (word, False))
        page, section = _most(pages[place], page), _most(sections[place], section)
        found.append(StandardWord(word, raw, joined, section or None, page))
    return found


def _most(counts: Counter[_Item], default: _Item) -> _Item:
    return min(counts, key=lambda item: (-counts[item], str(item))) if counts else default


def _variants(words: Sequence[str], voters: Sequence[_Voter]) -> list[Variant]:
    groups: list[tuple[Edit, list[int]]] = []
    for index, voter in enumerate(voters):
        for edit in compare(words, voter.tokens, voter.pages)[1]:
            for first, shared in groups:
                if alike(first, edit):
                    shared.append(index)
                    break
            else:
                groups.append((edit, [index]))
    return [
        Variant(edit, tuple(sorted(set(shared)))) for edit, shared in groups if len(set(shared)) > 1
    ]
