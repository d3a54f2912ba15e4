"""Displays as a notebook that shows them and nothing else, for the exporters."""

from __future__ import annotations

import json
from collections.abc import Sequence

from nbformat import NotebookNode, v4

from reportkit.brief.display import Display


def shown(displays: Sequence[Display]) -> NotebookNode:
    """A notebook whose cells have shown these displays, without having been run."""
    cells = []
    for count, display in enumerate(displays, 1):
        bundle = json.loads(json.dumps(display._repr_mimebundle_()))
        output = v4.new_output("execute_result", bundle, execution_count=count)
        cells.append(v4.new_code_cell("", outputs=[output], execution_count=count))
    nb: NotebookNode = v4.new_notebook(cells=cells)
    # Ids of cells are random otherwise, and the page is to be the same each time.
    for count, cell in enumerate(nb.cells, 1):
        cell["id"] = f"shown-{count}"
    return nb
