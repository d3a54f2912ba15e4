"""What the PDF of a brief must say: its words, titles, links and alternative texts, in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

from reportkit.brief.blocks import plain

Block = Mapping[str, Any]
Lane = tuple[int, int]
"""A column of text that runs down the pages: the number of a table and of its column, or zeros."""

_IN_CHART = re.compile(r"<text([^>]*)>(.*?)</text>", re.DOTALL)
_THERE = re.compile(r' transform="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")
_BLANK = re.compile(r"[\s\u00a0\u200b]+")


def dense(text: str) -> str:
    """Text without blanks: where lines end is the page's affair."""
    return _BLANK.sub("", text)


@dataclass
class Words:
    """All that the pages of a brief hold, without running heads.

    `text` has no blanks. `heads` are stretches of it that are rows of a table, from and to, with
    the head that each page repeats above them; `charts` are stretches of words in a chart, which have
    no order, with the words. `links` are addresses, and #anchors of the document;
    `anchors` are those that can be led to, in the order of the document, each with its lane: down
    a lane they stand one below the other. Each column of a table is one.
    """

    parts: list[str] = field(default_factory=list)
    heads: list[tuple[int, int, str]] = field(default_factory=list)
    charts: list[tuple[int, int, Counter[str]]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: list[tuple[str, Lane]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    _length: int = 0
    _lane: Lane = (0, 0)

    @cached_property
    def text(self) -> str:
        """The words, once all are said."""
        return "".join(self.parts)

    def say(self, text: str) -> None:
        """Add words."""
        said = dense(text)
        self.parts.append(said)
        self._length += len(said)

    def tell(self, words: str | Sequence[Block]) -> None:
        """Add words of no claim, which may be in spans."""
        self.say(plain(words))
        if not isinstance(words, str):
            self.languages.update(span["lang"] for span in words if "lang" in span)

    def say_all(self, sentences: Iterable[Block]) -> None:
        """Add sentences with their citation numbers."""
        for sentence in sentences:
            self.anchor(sentence["anchor"])
            for span in sentence["spans"]:
                # The mark for what is not known is a sign of its own.
                if "unknown" in (span["model"], span["state"]):
                    self.say("?")
                self.say(span["text"])
                if "lang" in span:
                    self.languages.add(span["lang"])
                if span["href"]:
                    self.links.append(span["href"])
            self.cite(sentence["cites"])

    def cite(self, numbers: Sequence[Block]) -> None:
        """Add citation numbers, each of which leads to its entry."""
        for place, cite in enumerate(numbers, 1):
            self.say(str(cite["number"]))
            if cite["target"]:
                self.links.append(f"#{cite['target']}")
            if cite["dash"]:
                self.say("–")
            elif place < len(numbers):
                self.say(",")

    def anchor(self, name: str | None) -> None:
        """Note what can be led to from elsewhere."""
        if name is not None:
            self.anchors.append((name, self._lane))

    def table(self, block: Block) -> None:
        """Add a table; its rows may go on to further pages, each of which repeats the head."""
        self.tell(block["caption"])
        for words in block["head"]:
            self.tell(words)
        head = "".join(dense(plain(head)) for head in block["head"])
        start = self._length
        for row in block["rows"]:
            for column, cell in enumerate(row):
                self._lane = len(self.heads) + 1, column
                self.say_all(cell)
        self._lane = 0, 0
        self.heads.append((start, self._length, head))

    def chart(self, texts: Sequence[str]) -> None:
        """Add the texts in a chart."""
        start = self._length
        for text in texts:
            self.say(text)
        self.charts.append((start, self._length, Counter(" ".join(texts).split())))


def words_of(blocks: Iterable[Block], labels: Mapping[str, str]) -> Words:
    """What the PDF says of prepared blocks, which are those that go on paper."""
    said = Words()
    for block in blocks:
        _BLOCKS[block["block"]](said, block, labels)
    return said


def _heading(said: Words, block: Block, labels: Mapping[str, str]) -> None:
    said.anchor(block["anchor"])
    said.titles.append(block["text"])
    said.say(block["text"])


def _paragraph(said: Words, block: Block, labels: Mapping[str, str]) -> None:
    said.say_all(block["spans"])


def _bullets(said: Words, block: Block, labels: Mapping[str, str]) -> None:
    for number, item in enumerate(block["items"], 1):
        said.say(f"{number}." if block["ordered"] else "•")
        said.say_all(item)


def _quote(said: Words, block: Block, labels: Mapping[str, str]) -> None:
    for words in block["paragraphs"]:
        said.say_all(words)
    said.say_all(block["source"])


def _preformatted(said: Words, block: Block, labels: Mapping[str, str]) -> None:
    said.say(block["text"])


def _answer(said: Words, block: Block, labels: Mapping[str, str]) -> None:
    said.say(block["place"])
    said.say_all(block["sentence"])
    for figure in block["figures"]:
        said.anchor(figure["anchor"])
        said.say(figure["value"])
        said.cite(figure["cites"])
        said.say(figure["label"])
    for name, value in block["facts"]:
        said.say(name)
        said.say(value)


def _table(said: Words, block: Block, labels: Mapping[str, str]) -> None:
    said.table(block)


def _chart(said: Words, block: Block, labels: Mapping[str, str]) -> None:
    said.say(block["title"])
    said.pictures.append(block["alt"])
    # A text may be drawn twice, first as its own white rim; viewers read it once.
    drawn = (
        (text, *_THERE.findall(attributes)) for attributes, text in _IN_CHART.findall(block["svg"])
    )
    said.chart([unescape(_TAG.sub(" ", text)) for text, *_ in dict.fromkeys(drawn)])
    if block["source"]:
        said.say(f"{labels['source']}:")
        said.say_all(block["source"])


def _evidence(said: Words, block: Block, labels: Mapping[str, str]) -> None:
    for source in block["sources"]:
        said.tell(source["title"])
        said.say(".")
        said.tell(source["publisher"])
        said.say(".")
        if source["url"]:
            said.links.append(source["url"])
        if source["retrieved"]:
            said.say(f"{labels['retrieved']} {source['retrieved']}.")
        if source["origin"]:
            said.say(f"{labels['copy']} {source['origin']}.")
        if source["sha256"]:
            said.say(f"SHA-256 {source['sha256'][:16]}….")
        for place in source["places"]:
            said.anchor(f"e{place['number']}")
            said.say(str(place["number"]))
            said.tell(place["locator"])
            for number, use in enumerate(place["uses"], 1):
                said.say(f"^{number}" if len(place["uses"]) > 1 else "^")
                said.links.append(f"#{use}")


_BLOCKS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "bullets": _bullets,
    "quote": _quote,
    "preformatted": _preformatted,
    "answer": _answer,
    "table": _table,
    "chart": _chart,
    "evidence": _evidence,
}
