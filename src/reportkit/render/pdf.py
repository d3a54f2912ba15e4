"""A brief as a tagged PDF: the notebook's blocks as data for one Typst document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import typst
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from reportkit.brief import templates
from reportkit.brief.display import MIME
from reportkit.brief.templates import labels, prepare
from reportkit.brief.templates.labels import long_date
from reportkit.errors import BriefError
from reportkit.render.collect import displays, document_facts, replaced
from reportkit.render.foreign import cell_blocks, output_blocks
from reportkit.render.images import with_picture

_TYPST = Path(__file__).parent / "typst"
_FONTS = Path(templates.__file__).parent / "fonts"
# A column of texts this short is as wide as its words; the others share what is left.
_SHORT = 17
_ON_SCREEN = {"entries", "head_texts", "proofs", "row_claims"}

# So many empty documents follow each, so that Typst keeps what two of ours used.
_EMPTY = 4

Data = dict[str, Any]


class PdfBriefExporter(Exporter):
    """Draws all that a notebook shows as PDF/UA-1, without a browser and without LaTeX."""

    export_from_notebook = "Brief (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @property
    def default_config(self) -> Config:
        """As nbconvert's own, cells and outputs with a tag to remove go; the rest is checked once."""
        config = Config(super().default_config)
        config.TagRemovePreprocessor.enabled = True
        config.Exporter.optimistic_validation = True
        return config

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF of a notebook, and nbconvert's resources."""
        facts = document_facts(nb)
        shown = list(displays(nb))
        nb, resources = super().from_notebook_node(replaced(nb, count()), resources, **kw)
        words = labels(facts["lang"])
        blocks = prepare(list(_drawn(nb, shown, words)))
        told = page_facts(facts, words)
        day = date.fromisoformat(told["day"]) if told["day"] else None
        data = {
            "document": {
                **told,
                "day": {"year": day.year, "month": day.month, "day": day.day} if day else None,
            },
            "labels": words,
            "blocks": [_needed(_fitted(with_picture(block))) for block in blocks],
        }
        files = {**_sources(), "data.json": json.dumps(data, ensure_ascii=False).encode()}
        return _compile(files, day), resources


def page_facts(facts: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """What the pages and the file say of themselves: `day` is ISO, empty where there is none."""
    lang, day = facts["lang"], _day(facts["as_of"])
    return {
        "title": facts["title"],
        "lang": lang.split("-")[0],
        "day": day.isoformat() if day else "",
        "running": facts["place"] or facts["title"],
        "dated": f"{words['as_of']} {long_date(facts['as_of'], lang)}" if day else "",
        "report": f"{words['report']} {facts['report_id']}" if facts["report_id"] else "",
    }


def _drawn(nb: NotebookNode, shown: list[Data], words: dict[str, str]) -> Iterator[Data]:
    """All blocks to draw, in the order of the notebook, whose displays hold places in `shown`."""
    for cell in nb.cells:
        yield from cell_blocks(cell)
        for output in cell.get("outputs", ()):
            place = output.get("data", {}).get(MIME)
            if place is None:
                yield from output_blocks(output, words)
                continue
            for block in shown[place]["blocks"]:
                yield from on_paper(block)


def on_paper(block: Data) -> Iterator[Data]:
    """A block as paper shows it: nothing folded, no figures that the text holds."""
    if block["block"] == "chart":
        yield {**block, "table": None}
        yield from on_paper(block["table"])
    elif block.get("in_pdf", True):
        yield block


def _fitted(block: Data) -> Data:
    """A table with the columns marked that are as wide as their words."""
    if block["block"] != "table":
        return block
    columns = range(len(block["head"]))
    longest = [max([0, *(_length(row[x]) for row in block["rows"])]) for x in columns]
    return {**block, "columns": [length <= _SHORT for length in longest]}


def _needed(block: Data) -> Data:
    """A block without what only the screen draws, for Typst would read it too."""
    return {name: value for name, value in block.items() if name not in _ON_SCREEN}


def _length(sentences: list[Data]) -> int:
    return sum(len(span["text"]) for sentence in sentences for span in sentence["spans"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@cache
def _sources() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(_TYPST.glob("*.typ"))}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])


def _compile(files: dict[str, bytes], day: date | None) -> bytes:
    """Compile with fixed fonts and clock, so that the same data gives the same bytes."""
    moment = datetime.combine(day or date(2000, 1, 1), time(), UTC)
    # The package's own annotations leave out the mapping of files that it takes.
    sources: Any = files
    try:
        pdf = typst.compile(
            sources,
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            timestamp=moment,
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        hints = " ".join(error.hints)
        raise BriefError(
            f"the PDF could not be set: {error.message}. {hints} "
            "A picture of the notebook is the usual cause; the HTML does not need it."
        ) from error
    _forget()
    assert isinstance(pdf, bytes)
    return pdf


def _forget() -> None:
    """Let Typst forget what it kept of this document; the fonts and our sources it uses again.

    It keeps what one of the last ten compilations used, which is 200 MB for ten briefs. There is no
    other way to tell it than to compile, which takes next to nothing for a document without words.
    """
    for _ in range(_EMPTY):
        typst.compile(b"", format="pdf", font_paths=_fonts(), ignore_system_fonts=True)
