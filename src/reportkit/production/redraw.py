"""Draws a brief again from its facts, to compare with the files that were written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, v4

from reportkit.brief.display import MIME, Display
from reportkit.brief.edition import Edition
from reportkit.render import HtmlBriefExporter, PdfBriefExporter

DRAWN = ("brief.html", "brief.pdf", "brief.ipynb")


class Redrawing:
    """Compares drawn files with what the facts give; one for many briefs, exporters are reused."""

    def __init__(self) -> None:
        self._html, self._pdf = HtmlBriefExporter(), PdfBriefExporter()

    def problems(
        self, brief: Edition, sections: Sequence[Callable[[Any], Display]], folder: Path
    ) -> Iterator[str]:
        """One line for each drawn file that says anything else than the facts.

        The notebook beside the files is what they were drawn from: each of its displays must be
        one of the brief's, and HTML and PDF must be its drawing, byte for byte. What an analyst
        added to it is drawn too and is not judged. Without it, they must be the plain brief's.
        """
        if not any((folder / name).is_file() for name in DRAWN):
            return
        displays = [section(brief) for section in sections]
        notebook = folder / "brief.ipynb"
        nb = _shown(displays)
        if notebook.is_file():
            try:
                nb = nbformat.read(notebook, as_version=4)
            except (OSError, ValueError, AttributeError, nbformat.ValidationError) as error:
                yield f"brief.ipynb: cannot be read ({type(error).__name__}); make the brief again"
                return
            yield from _displays(nb, displays)
        for name, exporter in (("brief.html", self._html), ("brief.pdf", self._pdf)):
            file = folder / name
            if file.is_file():
                drawn = exporter.from_notebook_node(nb)[0]
                if file.read_bytes() != (drawn.encode() if isinstance(drawn, str) else drawn):
                    yield f"{name}: is not the drawing of this brief; make it again"


def _shown(displays: list[Display]) -> NotebookNode:
    """A notebook that shows the displays and nothing else."""
    cells = []
    for count, display in enumerate(displays, 1):
        bundle = json.loads(json.dumps(display._repr_mimebundle_()))
        output = v4.new_output("execute_result", bundle, execution_count=count)
        cells.append(v4.new_code_cell("", outputs=[output], execution_count=count))
    nb: NotebookNode = v4.new_notebook(cells=cells)
    return nb


def _displays(nb: NotebookNode, displays: list[Display]) -> Iterator[str]:
    """Displays in the notebook that the brief does not make, and a brief's end that is missing."""
    fresh = [json.loads(json.dumps(display.data())) for display in displays]
    found: list[Any] = [
        output.data[MIME]
        for cell in nb.cells
        for output in cell.get("outputs", ())
        if MIME in output.get("data", {})
    ]
    for number, data in enumerate(found, 1):
        if json.loads(json.dumps(data)) not in fresh:
            yield f"brief.ipynb: display {number} is none of this brief's; run the notebook again"
    if not any(data.get("last") for data in found):
        yield "brief.ipynb: the end of the brief is missing; run the notebook again"
