"""The value of a notebook cell: blocks that the notebook shows and the exporters draw."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from reportkit.brief.blocks import Block, Document, plain, to_data
from reportkit.brief.templates import fragment, prepare

MIME = "application/vnd.reportkit.blocks+json"


@dataclass(frozen=True, slots=True)
class Display:
    """Blocks to show. The first display of a brief carries its `document`, the final one is `last`.

    A run that stops early has no `last` display, however well its cells say they went.
    """

    blocks: tuple[Block, ...]
    document: Document | None = None
    last: bool = False

    def data(self) -> dict[str, Any]:
        """The JSON-safe data that exporters draw."""
        return {
            "document": asdict(self.document) if self.document else None,
            "blocks": to_data(self.blocks),
            "last": self.last,
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data = self.data()
        prepared = prepare(data["blocks"])
        lang = self.document.lang if self.document else "en"
        return {
            MIME: data,
            "text/html": fragment(prepared, lang),
            "text/plain": "\n".join(_lines(prepared)),
        }


def _lines(prepared: list[dict[str, Any]]) -> Iterator[str]:
    """The blocks as short readable text, for terminals and diffs."""
    for block in prepared:
        match block["block"]:
            case "heading":
                yield f"{'#' * block['level']} {block['text']}"
            case "paragraph":
                yield textwrap.fill(_text(block["spans"]), 100)
            case "bullets":
                yield from (f"- {_text(item)}" for item in block["items"])
            case "quote":
                yield from (f"> {_text(text)}" for text in block["paragraphs"])
            case "preformatted":
                yield block["text"]
            case "picture":
                yield f"[{block['alt']}]"
            case "answer":
                yield f"{block['place']}: {_text(block['sentence'])}"
            case "table":
                yield f"{plain(block['caption'])} ({len(block['rows'])} rows)"
            case "chart":
                yield f"{block['title']} [{block['alt']}]"
            case "evidence":
                yield from (
                    f"[{entry['number']}] {plain(entry['title'])}" for entry in block["entries"]
                )


def _text(sentences: list[dict[str, Any]]) -> str:
    """The words of prepared sentences with their citation numbers in brackets."""
    parts = []
    for sentence in sentences:
        words = "".join(span["text"] for span in sentence["spans"])
        cites = "".join(f"[{cite['number']}]" for cite in sentence["cites"])
        parts.append(words + cites + sentence["tail"])
    return "".join(parts)
