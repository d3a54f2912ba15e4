"""Markdown as blocks, through mistune's syntax tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import mistune
from bs4 import BeautifulSoup

from reportkit.brief.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Span,
    Spans,
    Table,
)

Token = dict[str, Any]


def markdown_blocks(source: str, attachments: Mapping[str, Picture]) -> list[Block]:
    """The blocks of a markdown text.

    Args:
        source: The text.
        attachments: Pictures that it may show, by name.
    """
    return _blocks(_parser()(source), attachments)


@cache
def _parser() -> Any:
    return mistune.create_markdown(renderer="ast", plugins=["table", "strikethrough", "url"])


def _blocks(tokens: Sequence[Token], attachments: Mapping[str, Picture]) -> list[Block]:
    blocks: list[Block] = []
    for token in tokens:
        match token["type"]:
            case "heading":
                text = _plain(token)
                blocks.append(Heading(text, token["attrs"]["level"], _slug(text)))
            case "paragraph" | "block_text":
                blocks.extend(_pictures(token, attachments))
                if spans := _spans(token):
                    blocks.append(Paragraph(spans))
            case "list":
                blocks.append(Bullets(tuple(_items(token)), bool(token["attrs"].get("ordered"))))
            case "block_quote":
                inner = _blocks(token["children"], attachments)
                words = tuple(block.spans for block in inner if isinstance(block, Paragraph))
                blocks.append(Quote(words))
            case "block_code":
                blocks.append(Preformatted(token["raw"].rstrip("\n")))
            case "block_html":
                if text := _text_of(token["raw"]):
                    blocks.append(Paragraph((Span(text),)))
            case "table":
                blocks.append(_table(token))
    return blocks


def _items(token: Token, depth: int = 0) -> list[Spans]:
    """The items of a list; those of an inner list follow with a dash for each level."""
    items: list[Spans] = []
    for item in token["children"]:
        own = [part for part in item["children"] if part["type"] != "list"]
        spans = tuple(span for part in own for span in _spans(part))
        dash = (Span("– " * depth),) if depth else ()
        items.append(dash + spans)
        for part in item["children"]:
            if part["type"] == "list":
                items.extend(_items(part, depth + 1))
    return items


def _table(token: Token) -> Table:
    head, *bodies = token["children"]
    align = tuple(
        "right" if cell["attrs"].get("align") == "right" else "left" for cell in head["children"]
    )
    rows = [row for body in bodies for row in body["children"]]
    return Table(
        caption="",
        head=tuple(_plain(cell) for cell in head["children"]),
        rows=tuple(tuple(_spans(cell) for cell in row["children"]) for row in rows),
        align=align,
        row_heads=False,
    )


def _spans(token: Token, style: str = "", href: str | None = None) -> Spans:
    """The text under a token; the innermost style wins, for a span has one."""
    spans: list[Span] = []
    for child in token.get("children", ()):
        match child["type"]:
            case "text":
                spans.append(Span(child["raw"], style=style, href=href))
            case "codespan":
                spans.append(Span(child["raw"], style="code", href=href))
            case "softbreak" | "linebreak":
                spans.append(Span(" ", style=style, href=href))
            case "strong":
                spans.extend(_spans(child, "strong", href))
            case "emphasis":
                spans.extend(_spans(child, "em", href))
            case "link":
                spans.extend(_spans(child, style, child["attrs"]["url"]))
            case "image":
                continue
            case "inline_html":
                if text := _text_of(child["raw"]):
                    spans.append(Span(text, style=style, href=href))
            case _:
                spans.extend(_spans(child, style, href))
    return tuple(spans)


def _pictures(token: Token, attachments: Mapping[str, Picture]) -> list[Block]:
    """The attached pictures of a paragraph; of any other picture its words."""
    blocks: list[Block] = []
    for child in token.get("children", ()):
        if child["type"] == "image":
            alt = _plain(child)
            name = child["attrs"]["url"].removeprefix("attachment:")
            if name in attachments:
                known = attachments[name]
                blocks.append(Picture(known.mime, known.data, alt or known.alt))
            elif alt:
                blocks.append(Paragraph((Span(alt, style="em"),)))
    return blocks


def _plain(token: Token) -> str:
    return "".join(span.text for span in _spans(token)).strip()


def _text_of(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text(" ", strip=True)


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "section"
