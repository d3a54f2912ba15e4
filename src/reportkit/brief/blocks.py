"""What a section of a brief is made of: blocks of spans, plain values that both HTML and PDF draw.

A block holds no markup. `to_data` turns it into JSON-safe data, which is what travels in the
notebook's outputs; the exporters draw that data and nothing else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Model = Literal["TFM", "JEM", "WSO", "none"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `claim` names the claim whose sentence this is, `cites` its evidence numbers.

    `href` is an address (https:// or #fragment of this brief), `style` one of "", "strong", "em",
    "label" (sans, small), "model" (drawn with the mark of `model`).
    """

    text: str
    claim: str | None = None
    cites: tuple[int, ...] = ()
    href: str | None = None
    style: str = ""
    model: Model | None = None


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the brief's title, 2 a section, 3 a part of one."""

    text: str
    level: int
    anchor: str
    block: str = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `role` is "" or "note" (small), "lead" (larger)."""

    spans: Spans
    role: str = ""
    block: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of paragraphs; `ordered` numbers them."""

    items: tuple[Spans, ...]
    ordered: bool = False
    block: str = "bullets"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of at most three in the answer box: a number, its unit, its claim."""

    value: str
    label: str
    cites: tuple[int, ...] = ()
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerBox:
    """The box on top: place, answer in one sentence, dates, up to three figures.

    `answer` is the status word (participating, pending, ended, not_listed, too_old), `facts` pairs
    of label and text such as as-of date, list age and report id.
    """

    place: str
    answer: str
    sentence: Spans
    facts: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...] = ()
    block: str = "answer"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. Every cell is a run of spans.

    `align` holds "left" or "right" a column, `row_heads` says that the first column names the row,
    `folded` that screens show it closed, `in_pdf` is False where the text holds the same figures.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    align: tuple[str, ...]
    row_heads: bool = True
    folded: bool = False
    in_pdf: bool = True
    widths: tuple[float, ...] = ()
    block: str = "table"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as SVG with its alternative text, a finding as title and the source under it."""

    title: str
    svg: str
    alt: str
    source: Spans
    table: Table
    block: str = "chart"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry of the evidence list: number, text, link, where, hash."""

    number: int
    title: str
    publisher: str
    url: str | None
    locator: str
    sha256: str | None
    retrieved: str | None


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The numbered evidence of the brief."""

    entries: tuple[Evidence, ...]
    block: str = "evidence"


Block = Heading | Paragraph | Bullets | AnswerBox | Table | Chart | EvidenceList


def to_data(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """JSON-safe data of blocks, in order."""
    return [asdict(block) for block in blocks]
