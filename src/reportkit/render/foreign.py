"""Whatever an analyst adds to a notebook, as block data: markdown, text, pictures, tables."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from bs4 import BeautifulSoup
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from reportkit.brief.blocks import Block, Picture, Preformatted, Span, Spans, Table
from reportkit.render.markdown import markdown_blocks

Data = dict[str, Any]

_plain: Any = strip_ansi


def cell_blocks(cell: NotebookNode) -> Iterator[Data]:
    """Block data of a markdown cell; other cells have none of their own."""
    if cell.cell_type == "markdown":
        pictures = {
            name: Picture(mime, data, name)
            for name, bundle in cell.get("attachments", {}).items()
            for mime, data in bundle.items()
        }
        yield from map(asdict, markdown_blocks(cell.source, pictures))


def output_blocks(output: NotebookNode, labels: dict[str, str]) -> Iterator[Data]:
    """Block data of an output that is no display object of ours."""
    if output.output_type == "stream":
        yield from _preformatted(output.text)
    elif output.output_type == "error":
        yield from _preformatted(f"{labels['error']}\n" + "\n".join(output.traceback))
    else:
        metadata = output.get("metadata", {})
        for mime, draw in _DRAWERS.items():
            if mime in output.data:
                alt = metadata.get(mime, {}).get("alt") or metadata.get("alt") or labels["picture"]
                blocks = draw(_joined(output.data[mime]), mime, str(alt))
                if blocks:
                    yield from map(asdict, blocks)
                    return


def html_tables(html: str) -> list[Table]:
    """The tables in a piece of HTML, such as pandas writes for a frame."""
    soup = BeautifulSoup(html, "html.parser")
    return [table for found in soup.find_all("table") if (table := _table(found))]


def _table(found: Any) -> Table | None:
    caption = found.find("caption")
    head_rows = found.find("thead").find_all("tr") if found.find("thead") else []
    body_rows = [row for row in found.find_all("tr") if row not in head_rows]
    body = _grid(body_rows)
    if not body:
        return None
    head = _grid(head_rows)
    width = max(len(row) for row in [*head, *body])
    # Heads of several rows (pandas: names of the index, levels of columns) join into one.
    names = [
        " ".join(dict.fromkeys(filter(None, (row[x] for row in head if x < len(row)))))
        for x in range(width)
    ]
    rows = [row + [""] * (width - len(row)) for row in body]
    numeric = [all(_is_number(row[x]) for row in rows) for x in range(width)]
    return Table(
        caption=caption.get_text(" ", strip=True) if caption else "",
        head=tuple(names),
        rows=tuple(tuple(_span(text) for text in row) for row in rows),
        align=tuple("right" if number else "left" for number in numeric),
        row_heads=bool(body_rows[0].find("th")),
    )


def _grid(rows: list[Any]) -> list[list[str]]:
    """Texts of the cells, those that span rows or columns repeated."""
    grid: list[list[str]] = [[] for _ in rows]
    waiting: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        cells = row.find_all(["th", "td"])
        while cells or (y, len(grid[y])) in waiting:
            x = len(grid[y])
            if (y, x) in waiting:
                grid[y].append(waiting.pop((y, x)))
                continue
            cell = cells.pop(0)
            text = cell.get_text(" ", strip=True)
            wide, high = _count(cell.get("colspan")), _count(cell.get("rowspan"))
            grid[y].extend([text] * wide)
            for down in range(1, high):
                waiting.update({(y + down, x + right): text for right in range(wide)})
    return grid


def _count(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdigit() and int(text) else 1


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "").rstrip("%") or "x")
    except ValueError:
        return False
    return True


def _span(text: str) -> Spans:
    return (Span(text),)


def _joined(data: Any) -> str:
    """Data of a mime bundle as one text; older files hold it as lines."""
    return "".join(data) if isinstance(data, list) else str(data)


def _preformatted(text: str) -> Iterator[Data]:
    text = str(_plain(text)).rstrip()
    if text:
        yield asdict(Preformatted(text))


def _draw_html(data: str, mime: str, alt: str) -> list[Block]:
    return [*html_tables(data)]


def _draw_svg(data: str, mime: str, alt: str) -> list[Block]:
    return [Picture(mime, base64.b64encode(data.encode()).decode(), alt)]


def _draw_image(data: str, mime: str, alt: str) -> list[Block]:
    return [Picture(mime, "".join(data.split()), alt)]


def _draw_markdown(data: str, mime: str, alt: str) -> list[Block]:
    return markdown_blocks(data, {})


def _draw_plain(data: str, mime: str, alt: str) -> list[Block]:
    text = str(_plain(data)).rstrip()
    return [Preformatted(text)] if text else []


_DRAWERS: dict[str, Callable[[str, str, str], list[Block]]] = {
    "text/html": _draw_html,
    "text/markdown": _draw_markdown,
    "image/svg+xml": _draw_svg,
    "image/png": _draw_image,
    "image/jpeg": _draw_image,
    "text/plain": _draw_plain,
}
