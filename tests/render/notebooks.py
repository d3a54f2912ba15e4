"""Executed notebooks made in memory, as papermill would leave them."""

from __future__ import annotations

import json

from nbformat import NotebookNode, v4

from render.lee import BODY, DOCUMENT, HEAD
from reportkit.brief.blocks import Block, Document
from reportkit.brief.display import Display


def output(display: Display, count: int = 1) -> NotebookNode:
    bundle = json.loads(json.dumps(display._repr_mimebundle_()))
    return v4.new_output("execute_result", bundle, execution_count=count)


def shown(*displays: Display) -> NotebookNode:
    """A notebook with one code cell for each display."""
    cells = []
    for count, display in enumerate(displays, 1):
        cell = v4.new_code_cell("section()", execution_count=count)
        cell.outputs = [output(display, count)]
        cells.append(cell)
    return v4.new_notebook(cells=cells)


def lee() -> NotebookNode:
    return shown(Display(HEAD, DOCUMENT), Display(BODY, last=True))


def of(*blocks: Block, document: Document | None = DOCUMENT) -> NotebookNode:
    return shown(Display(blocks, document, last=True))
