"""Compares the notebook, the page and the PDF of an edition with what its facts give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from reportkit.brief.display import MIME
from reportkit.brief.edition import Edition
from reportkit.errors import ReportkitError
from reportkit.production.editions import Kind
from reportkit.production.verify.notebook import Shown, is_ours, problems, shown
from reportkit.production.verify.paper import says
from reportkit.production.verify.report import Report
from reportkit.render import HtmlBriefExporter, PdfBriefExporter

_AGAIN = "make it again"


class Drawings:
    """Compares drawn files with what the facts give; one for many briefs, exporters are reused.

    A PDF is drawn again only with `redraw`, or where reading it leaves a doubt: that takes as long
    as all else together.
    """

    def __init__(self, redraw: bool) -> None:
        self._redraw = redraw
        self._html, self._pdf = HtmlBriefExporter(), PdfBriefExporter()

    def check(self, brief: Edition, kind: Kind, folder: Path, report: Report) -> None:
        """Note how each drawn file was checked, and each that says anything else than the facts.

        The notebook beside the files is what they were drawn from: each of its displays must be
        one of the brief's, and HTML and PDF must be its drawing. What an analyst added to it is
        drawn too and is not judged. Without it, they must be the plain brief's.
        """
        names = {kind_of_file: f"{kind.stem}.{kind_of_file}" for kind_of_file in kind.drawn}
        here = {key: folder / name for key, name in names.items() if (folder / name).is_file()}
        report.files.update({name: "not there" for key, name in names.items() if key not in here})
        if not here:
            return
        displays = [shown(section(brief)) for section in kind.sections]
        nb, others = _plain(displays), False
        if "ipynb" in here:
            name = names["ipynb"]
            report.files[name] = "displays"
            if is_ours(here["ipynb"], displays, kind, brief):
                report.files[name] = "bytes"
            else:
                try:
                    nb = nbformat.read(here["ipynb"], as_version=4)
                except (OSError, ValueError, AttributeError, nbformat.ValidationError) as error:
                    report.problems.append(
                        f"{name}: cannot be read ({type(error).__name__}); make the brief again"
                    )
                    return
                found = list(problems(nb, displays))
                report.problems += (f"{name}: {problem}" for problem in found)
                others = True
                if not found:
                    report.notes.append(
                        f"{name}: has cells or words of its own, which are drawn and not judged"
                    )
        if "html" in here:
            report.files[names["html"]] = "bytes"
            self._same(here["html"], self._html, nb, report)
        if "pdf" in here:
            read = not (self._redraw or others) and says(here["pdf"].read_bytes(), nb)
            report.files[names["pdf"]] = "text" if read else "bytes"
            if not read:
                self._same(here["pdf"], self._pdf, nb, report)

    def _same(self, file: Path, exporter: Any, nb: NotebookNode, report: Report) -> None:
        try:
            drawn = exporter.from_notebook_node(nb)[0]
        except ReportkitError as error:
            report.problems.append(f"{file.name}: cannot be drawn again: {error}")
            return
        if file.read_bytes() != (drawn.encode() if isinstance(drawn, str) else drawn):
            report.problems.append(f"{file.name}: is not the drawing of this brief; {_AGAIN}")


def _plain(displays: list[Shown]) -> NotebookNode:
    """A notebook that shows the displays and nothing else; for drawing, so of the blocks alone."""

    def outputs() -> Iterator[NotebookNode]:
        for count, bundle in enumerate(displays, 1):
            yield NotebookNode(
                output_type="execute_result",
                execution_count=count,
                metadata=NotebookNode(),
                data=NotebookNode({MIME: bundle[MIME]}),
            )

    cells = [
        NotebookNode(
            cell_type="code",
            id=f"c{count}",
            source="",
            metadata=NotebookNode(),
            execution_count=count,
            outputs=[output],
        )
        for count, output in enumerate(outputs(), 1)
    ]
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=cells)
