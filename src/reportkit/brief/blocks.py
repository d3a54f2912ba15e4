"""What a section of a brief is made of: blocks of spans, plain values that both HTML and PDF draw.

A block holds no markup. `to_data` turns it into JSON-safe data, which is what travels in the
notebook's outputs; the exporters draw that data and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Model = Literal["TFM", "JEM", "WSO", "none"]
State = Literal["in_place", "partly", "absent", "unknown"]


@dataclass(frozen=True, slots=True)
class Document:
    """The facts of the whole brief: what titles, running heads and metadata are made of.

    The first display object of a notebook carries it. `as_of` is an ISO date, `lang` a code such
    as "en"; `report_id` names the inputs. `description` is a sentence on what the brief says,
    `metadata` JSON-LD on it.
    """

    title: str
    place: str
    as_of: str
    lang: str = "en"
    report_id: str = ""
    description: str = ""
    metadata: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `claim` names the claim whose sentence this is, `cites` its evidence numbers.

    A sentence may be several spans that follow each other and share the claim. `href` is an
    address (https:// or #fragment of this brief; any other is drawn as text), `style` one of "",
    "strong", "em", "label" (sans, small), "code", "standard" (of a standard form, not of a signed
    agreement). `model` and `state` draw their mark before the
    text; the text says the same in words. `lang` is the language of the text where it is not the
    brief's: of a name or of quoted words.
    """

    text: str
    claim: str | None = None
    cites: tuple[int, ...] = ()
    href: str | None = None
    style: str = ""
    model: Model | None = None
    state: State | None = None
    lang: str | None = None


Spans = tuple[Span, ...]
Words = str | Spans
"""A text, in spans where a part of it is in another language than the brief."""


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
class Quote:
    """Set-off paragraphs: a quotation, or a letter to copy. `source` says whose words they are."""

    paragraphs: tuple[Spans, ...]
    source: Spans = ()
    block: str = "quote"


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines to show as they stand, in a fixed-width face."""

    text: str
    block: str = "preformatted"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that no chart of ours drew. `data` is base64; `mime` image/png, jpeg or svg+xml."""

    mime: str
    data: str
    alt: str
    block: str = "picture"


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

    caption: Words
    head: tuple[Words, ...]
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
    """One entry of the evidence list: number, text, link, where, hash, whose copy was read.

    `short` is what the source is called beside a sentence, where its title is long.
    """

    number: int
    title: Words
    publisher: Words
    url: str | None
    locator: Words
    sha256: str | None
    retrieved: str | None
    origin: str | None = None
    short: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """Claims of one rule that rest on the same evidence: rule in words, numbers, ids of claims."""

    rule: str
    cites: tuple[int, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The numbered evidence of the brief, and what each of its claims rests on."""

    entries: tuple[Evidence, ...]
    proofs: tuple[Proof, ...] = ()
    block: str = "evidence"


Block = (
    Heading
    | Paragraph
    | Bullets
    | Quote
    | Preformatted
    | Picture
    | AnswerBox
    | Table
    | Chart
    | EvidenceList
)


def to_data(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """JSON-safe data of blocks, in order; most spans have no language, which is left out."""
    return [asdict(block, dict_factory=_told) for block in blocks]


def _told(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if name != "lang" or value is not None}


def plain(words: Any) -> str:
    """Words as text, of a block or of its data."""
    if isinstance(words, str):
        return words
    return "".join(span["text"] if isinstance(span, dict) else span.text for span in words)
