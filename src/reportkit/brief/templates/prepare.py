"""What HTML and PDF need to know before they draw: sentences, anchors, links that lead somewhere.

Spans become sentences (runs of one claim, then its citation numbers), each claim gets one anchor in
the whole document, each evidence entry the list of claims that rest on it.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from reportkit.brief.blocks import plain
from reportkit.brief.templates.proofs import prove

Data = dict[str, Any]

_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
# The brief of a place from the folder of another edition.
_NEAR = re.compile(r"(\.\./)+[a-z]{2}/[a-z0-9-]+/[\d-]+/([a-z]{2}/)?brief\.html")
_CLOSING = tuple(".,;:!?)]’”")


def prepare(blocks: Sequence[Data], *, proofs: bool = False) -> list[Data]:
    """Blocks ready to draw, one for one and in order. Give all blocks of a document at once.

    Args:
        blocks: the blocks of a document.
        proofs: put the evidence of each block's sentences under `proof`, as far as a list of
            evidence among the blocks tells it, for `proofs.prove`.
    """
    preparation = _Preparation(blocks)
    prepared = preparation.run()
    linked = prove(prepared) if proofs else set()
    preparation.drop_anchors(linked)
    return prepared


# So many ways back from a place to its sentences; a page that fifty rest on needs no fifty.
_USES = 2
_LONG = 24
# What the entries of one source have in common.
_SHARED = ("title", "publisher", "url", "sha256", "retrieved", "origin")


class _Preparation:
    """One pass over the blocks of one document."""

    def __init__(self, blocks: Sequence[Data]) -> None:
        self._blocks = blocks
        self._claims: dict[str, str] = {}
        self._uses: dict[int, list[str]] = {}
        self._headings: Counter[str] = Counter()
        self._charts = 0
        self._level = 0
        self._anchored: list[Data] = []
        spans = _spans(blocks)
        self._targets = {*_targets(blocks), *(claim_anchor(c) for c in _claims(spans))}
        self._linked = {
            span["href"][1:] for span in spans if (span.get("href") or "").startswith("#")
        }

    def run(self) -> list[Data]:
        prepared = [self._block(block) for block in self._blocks]
        for block in prepared:
            for source in block.get("sources", ()):
                for place in source["places"]:
                    place["uses"] = self._uses.get(place["number"], [])
        return prepared

    def drop_anchors(self, linked: Collection[str]) -> None:
        """Leave out anchors that nothing leads to: neither the text nor evidence nor `linked`."""
        wanted = self._linked.union(linked, *self._uses.values())
        for anchored in self._anchored:
            if anchored["anchor"] not in wanted:
                anchored["anchor"] = None

    def _block(self, block: Data) -> Data:
        drawn = {**block, "proof": None}
        match block["block"]:
            case "heading":
                # A level may not be skipped: screen readers and PDF/UA both count on it.
                self._level = drawn["level"] = min(block["level"], self._level + 1, 6)
                drawn["anchor"] = self._heading_anchor(block["anchor"])
            case "paragraph":
                drawn["spans"] = self._sentences(block["spans"])
            case "bullets":
                drawn["items"] = [self._sentences(item) for item in block["items"]]
            case "quote":
                drawn["paragraphs"] = [self._sentences(text) for text in block["paragraphs"]]
                drawn["source"] = self._sentences(block["source"])
            case "answer":
                drawn["sentence"] = self._sentences(block["sentence"])
                drawn["figures"] = [self._figure(figure) for figure in block["figures"]]
            case "table":
                drawn["rows"] = [[self._sentences(cell) for cell in row] for row in block["rows"]]
                drawn["head_texts"] = [plain(head) for head in block["head"]]
                drawn["row_claims"] = [_row_claim(row) for row in drawn["rows"]]
            case "chart":
                self._charts += 1
                drawn["id"] = f"chart-{self._charts}"
                drawn["source"] = self._sentences(block["source"])
                drawn["table"] = self._block(block["table"]) if block["table"] else None
            case "evidence":
                drawn["sources"] = self._sources(block["entries"])
        return drawn

    def _heading_anchor(self, anchor: str) -> str:
        """The anchor, numbered where an earlier heading has it."""
        self._headings[anchor] += 1
        count = self._headings[anchor]
        return anchor if count == 1 else f"{anchor}-{count}"

    def _figure(self, figure: Data) -> Data:
        cites = list(figure["cites"])
        anchor = self._anchor(figure["claim"], cites)
        return self._noted({**figure, "anchor": anchor, "cites": self._numbers(cites)})

    def _sentences(self, spans: Sequence[Data]) -> list[Data]:
        """Spans grouped by claim; spans that belong to no claim stand alone."""
        groups: list[list[Data]] = []
        for claim, run in groupby(spans, key=lambda span: span["claim"]):
            together = list(run)
            groups.extend([together] if claim else [[span] for span in together])
        sentences = [self._sentence(group) for group in groups]
        for sentence, following in pairwise(sentences):
            # Two claims are two sentences, so a space stands between them.
            start = following["spans"][0]["text"]
            if sentence["claim"] and not sentence["tail"] and start[:1].strip():
                sentence["tail"] = "" if start.startswith(_CLOSING) else " "
        return sentences

    def _sentence(self, spans: list[Data]) -> Data:
        """One sentence; the space at its end moves behind the citation numbers."""
        cites = sorted({number for span in spans for number in span["cites"]})
        drawn = [{**span, "href": self._link(span["href"])} for span in spans]
        text = drawn[-1]["text"]
        drawn[-1]["text"] = text.rstrip()
        claim = spans[0]["claim"]
        sentence = {
            "claim": claim,
            "anchor": self._anchor(claim, cites),
            "home": claim_anchor(claim) if claim else None,
            "line": None,
            "spans": drawn,
            "cites": self._numbers(cites),
            "tail": text[len(text.rstrip()) :],
        }
        return self._noted(sentence)

    def _noted(self, drawn: Data) -> Data:
        """The same, noted where it carries the anchor of a claim."""
        if drawn["anchor"]:
            self._anchored.append(drawn)
        return drawn

    def _anchor(self, claim: str | None, cites: Sequence[int]) -> str | None:
        """The anchor of a claim at its first appearance; None at any later one."""
        if claim is None:
            return None
        known = self._claims.get(claim)
        anchor = known or claim_anchor(claim)
        self._claims[claim] = anchor
        for number in cites:
            uses = self._uses.setdefault(number, [])
            if anchor not in uses and len(uses) < _USES:
                uses.append(anchor)
        return None if known else anchor

    def _sources(self, entries: Sequence[Data]) -> list[Data]:
        """The entries by source: what they share is told once, above their numbers and places."""
        sources: dict[str, Data] = {}
        for entry in entries:
            shared = {name: entry[name] for name in _SHARED}
            source = sources.setdefault(
                str(shared),
                {**shared, "url": self._link(shared["url"]), "places": []},
            )
            source["places"].append({"number": entry["number"], "locator": entry["locator"]})
        drawn = list(sources.values())
        # Where all copies come from one place, the first source that has it says so for all.
        copies = [source for source in drawn if source["origin"]]
        if len({source["origin"] for source in copies}) == 1:
            for source in copies[1:]:
                source["origin"] = None
        return drawn

    def _numbers(self, cites: Sequence[int]) -> list[Data]:
        """Citation numbers, each with its target or None where the document lacks the entry.

        Of four or more numbers in a row only the ends are drawn, the first with `dash`.
        """
        drawn: list[Data] = []
        for start, end in _runs(cites):
            ends = (start, end) if end - start >= 3 else range(start, end + 1)
            for number in ends:
                target = _existing(f"e{number}", self._targets)
                dash = end - start >= 3 and number == start
                drawn.append({"number": number, "target": target, "dash": dash})
        return drawn

    def _link(self, href: str | None) -> str | None:
        """An address that may be linked: of the web, a brief's, or an anchor of this document."""
        if not href:
            return None
        if href.startswith("#"):
            return href if href[1:] in self._targets else None
        return href if _WEB.fullmatch(href) or _NEAR.fullmatch(href) else None


def _row_claim(row: Sequence[Sequence[Data]]) -> Data | None:
    """The sentence that a row is, where all its cells are of one claim; None where they are not."""
    said = [sentence for cell in row for sentence in cell if sentence["claim"]]
    claims = {sentence["claim"] for sentence in said}
    return said[0] if len(claims) == 1 and len(said) > 1 else None


@lru_cache(maxsize=4096)
def claim_anchor(claim: str) -> str:
    """The anchor of a claim's sentence; for a long id a hash of 45 bits."""
    if len(claim) > _LONG:
        digest = hashlib.sha256(claim.encode()).digest()
        return "c" + b32encode(digest)[:9].decode().lower()
    return "claim-" + re.sub(r"[^\w.:-]", lambda char: f"_{ord(char[0]):x}_", claim)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def _existing(anchor: str, targets: set[str]) -> str | None:
    return anchor if anchor in targets else None


def _targets(blocks: Sequence[Data]) -> Iterator[str]:
    """Every anchor that the document will have besides those of claims."""
    for block in blocks:
        if block["block"] == "heading":
            yield block["anchor"]
        for entry in block.get("entries", ()):
            yield f"e{entry['number']}"


def _claims(spans: Sequence[Data]) -> set[str]:
    return {span["claim"] for span in spans if span["claim"]}


def _spans(value: Any) -> list[Data]:
    """All runs of text in a value, however deep."""
    found, rest = [], [value]
    while rest:
        item = rest.pop()
        if isinstance(item, dict):
            if "claim" in item:
                found.append(item)
            rest.extend(item.values())
        elif isinstance(item, list | tuple):
            rest.extend(item)
    return found
