"""What a PDF of a memorandum holds, before anything is made of it: words, lines, pages.

Lengths are points (1/72 inch) from the upper left corner of the page as a reader sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Reading = Literal["text", "ocr", "none"]
"""How a page was read: its own text, optical recognition, or not at all."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its box. `filled` marks the value of a form field, which the page only frames."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand beside each other, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @property
    def y0(self) -> float:
        """Upper edge."""
        return min(word.y0 for word in self.words)

    @property
    def y1(self) -> float:
        """Lower edge."""
        return max(word.y1 for word in self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `number` counts from 1; `lines` run from top to bottom.

    `image` says that a picture of paper covers the page, so that its text, where it has any, is
    what a scanner made of it. `legible` is the share of its words that English prose of this kind
    uses (0 to 1); `readable` says whether clauses may be called absent from it.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    reading: Reading
    image: bool
    legible: float
    readable: bool

    @property
    def text(self) -> str:
        """The lines with line breaks between them."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class FormField:
    """One form field that holds a value or a signature; `page` counts from 1.

    `shown` says whether the page shows the value: a hidden field, one without an appearance or one
    that something else covers does not.
    """

    name: str
    kind: Literal["text", "choice", "button", "signature"]
    value: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF as read. `notes` are message ids with values: what the reader must know of the file."""

    sha256: str
    name: str
    pages: tuple[Page, ...]
    fields: tuple[FormField, ...] = ()
    notes: tuple[tuple[str, Mapping[str, str | int]], ...] = field(default=())


State = Literal["present", "absent", "unreadable"]
"""Absent: every page that could hold it was read, and it is not there. Unreadable: one was not."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one memorandum says on one point.

    `value` is ISO text for dates; None where nothing is present. `section` is the section's number
    as printed ("V.B", "Appendix A", "Addendum"), `quote` the words as read, `note` the id of a
    remark on the value ("handwritten", "blank", "impossible-date", "form-field").
    """

    state: State
    value: str | bool | None = None
    page: int | None = None
    section: str | None = None
    quote: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """Which standard form a memorandum follows.

    `model` is JEM, TFM, WSO or None; `revision` the printed date of the form (ISO) or None;
    `generation` the id of a known generation, None where it is unknown.
    """

    model: str | None
    generation: str | None
    revision: str | None
    page: int | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place where a memorandum differs from the standard text of its generation.

    `kind` says how; `standard` holds the standard words that are missing or changed, `words` the
    words that stand there instead. `page` is the page where it shows, or would.
    """

    kind: Literal["added", "struck", "changed", "moved", "page"]
    page: int
    section: str | None
    standard: str
    words: str
