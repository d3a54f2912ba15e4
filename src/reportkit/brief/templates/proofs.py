"""The evidence of sentences, told under the block that they stand in.

A sentence's numbers lead to the line there that says by which rule it was computed and from what;
the line leads back to the sentence, and its numbers on to the list of evidence. Sentences of one
block that share rule and evidence share a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import Any

from reportkit.brief.blocks import plain

Data = dict[str, Any]

_EXCERPT = 30
"""Letters of a sentence that tell it from the others of its block."""
_AGAIN = 24
"""Letters of a title that tell the source from others where it is named again."""
_HASH = 8
"""Digits of a hash that tell a source's bytes from those of the others of a brief."""
_WORD = 24
"""A cell with fewer letters is told by the head of its row."""


def prove(prepared: Sequence[Data]) -> set[str]:
    """Put `proof` in each prepared block with claims, `line` in each of its sentences with numbers.

    Blocks are left as they are where none of them lists evidence with its claims.

    Returns:
        The anchors of claims that the lines lead back to.
    """
    lists = [block for block in prepared if block["block"] == "evidence"]
    held = {
        claim: (proof["rule"], tuple(proof["cites"]))
        for block in lists
        for proof in block.get("proofs", ())
        for claim in proof["claims"]
    }
    entries = {entry["number"]: entry for block in lists for entry in block["entries"]}
    numbers = count(1)
    linked: set[str] = set()
    for block in prepared if held else ():
        lines: dict[tuple[str, tuple[int, ...]], _Line] = {}
        for said in _said(block):
            proof = held.get(said.sentence["claim"])
            if proof is None:
                continue
            if proof not in lines:
                lines[proof] = _Line(f"p{next(numbers)}")
            lines[proof].add(said)
        if lines:
            block["proof"] = _told(lines, entries)
            linked.update(anchor for line in lines.values() for anchor in line.backs)
    return linked


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with what to call it in its block, and the head of its column in a table."""

    sentence: Data
    name: str
    column: str = ""


@dataclass(slots=True)
class _Line:
    """One line of a proof: the sentences with numbers by anchor, then those without any."""

    anchor: str
    backs: dict[str, str] = field(default_factory=dict)
    others: dict[str, _Said] = field(default_factory=dict)

    def add(self, said: _Said) -> None:
        """Let a sentence share the line; the cells of a row are one sentence."""
        sentence = said.sentence
        if sentence["cites"]:
            sentence["line"] = self.anchor
            self.backs.setdefault(sentence["home"], said.name)
            self.others.pop(sentence["claim"], None)
        elif sentence["home"] not in self.backs:
            self.others.setdefault(sentence["claim"], said)

    def about(self) -> str:
        """What the sentences without numbers are called together."""
        others = list(self.others.values())
        if len(others) < 2:
            return "".join(said.name for said in others)
        columns = {said.column for said in others}
        name = others[0].column if len(columns) == 1 and others[0].column else others[0].name
        return f"{name} ({len(others)})"


def _told(
    lines: Mapping[tuple[str, tuple[int, ...]], _Line], entries: Mapping[int, Data]
) -> list[Data]:
    """The lines of a block by rule, in the order in which the rules are met."""
    names = _Names()
    rules: dict[str, list[Data]] = {}
    for (rule, cites), line in lines.items():
        told = {
            "anchor": line.anchor,
            "backs": line.backs,
            "others": line.about(),
            "sources": list(_sources((entries[n] for n in cites if n in entries), names)),
        }
        rules.setdefault(rule, []).append(told)
    return [{"rule": rule, "lines": told} for rule, told in rules.items()]


class _Names:
    """What sources are called in one block: the first time in full with the hash, then in short."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str | None]] = set()

    def name(self, entry: Data) -> list[Any]:
        """What the source of an entry is called here, as texts and spans."""
        source = _source(entry)
        if source in self._told:
            return [entry["short"] or excerpt(source[0], _AGAIN)]
        self._told.add(source)
        name = [entry["short"]] if entry["short"] else [entry["title"], ". ", entry["publisher"]]
        sha256 = entry["sha256"]
        return [*name, f" (SHA-256 {sha256[:_HASH]}…)"] if sha256 else name


def _sources(cited: Iterator[Data], names: _Names) -> Iterator[Data]:
    """Entries by source: what it is called, then number and place of each."""
    for _, together in groupby(cited, key=_source):
        entries = list(together)
        places = [(entry["number"], entry["locator"]) for entry in entries]
        yield {"name": names.name(entries[0]), "places": places}


def _source(entry: Data) -> tuple[str, str | None]:
    return plain(entry["title"]), entry["sha256"]


def _said(block: Data) -> Iterator[_Said]:
    """The sentences of a block in the order in which they are read."""
    match block["block"]:
        case "paragraph":
            yield from map(_by_text, block["spans"])
        case "bullets":
            yield from (_by_text(sentence) for item in block["items"] for sentence in item)
        case "quote":
            for text in (*block["paragraphs"], block["source"]):
                yield from map(_by_text, text)
        case "answer":
            yield from map(_by_text, block["sentence"])
        case "table":
            yield from _cells(block)
        case "chart":
            yield from map(_by_text, block["source"])
            if block["table"]:
                yield from _cells(block["table"])


def _by_text(sentence: Data) -> _Said:
    return _Said(sentence, excerpt(_text(sentence)))


def _cells(table: Data) -> Iterator[_Said]:
    """The sentences of a table: a row by its first cells, a cell by the head of its row."""
    for row, whole in zip(table["rows"], table["row_claims"], strict=True):
        named = row[:2] if whole else row[:1]
        name = excerpt(", ".join("".join(map(_text, cell)) for cell in named))
        for head, cell in zip(table["head_texts"], row, strict=True):
            for sentence in cell:
                text = _text(sentence)
                own = not whole and len(text) >= _WORD
                yield _Said(
                    sentence,
                    excerpt(text) if own else name,
                    table["head_texts"][0] if whole else head,
                )


def _text(sentence: Data) -> str:
    return plain(sentence["spans"])


def excerpt(text: str, length: int = _EXCERPT) -> str:
    """The first words of a text, with an ellipsis where it goes on."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    words, _, rest = text[:length].rpartition(" ")
    return (words or rest).rstrip(",;:—– ") + "…"
