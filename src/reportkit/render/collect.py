"""What a notebook's display objects hold: the document's facts and their blocks, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nbformat import NotebookNode

from reportkit.brief.display import MIME

_NO_DOCUMENT = {
    **{"title": "", "place": "", "as_of": "", "lang": "en", "report_id": ""},
    **{"description": "", "metadata": None},
}


def displays(nb: NotebookNode) -> Iterator[dict[str, Any]]:
    """The data of each display object in the outputs, in order."""
    for cell in nb.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {}).get(MIME)
            if data is not None:
                yield data


def replaced(nb: NotebookNode, values: Iterable[Any]) -> NotebookNode:
    """The notebook with a value in the place of each display's data, one for each, in order.

    Nothing else is copied. nbconvert copies a notebook several times before it draws it, which is
    cheap where numbers or texts stand for the data.
    """
    rest = iter(values)

    def output_of(output: NotebookNode) -> NotebookNode:
        if MIME not in output.get("data", {}):
            return output
        data = NotebookNode({**output["data"], MIME: next(rest)})
        return NotebookNode({**output, "data": data})

    def cell_of(cell: NotebookNode) -> NotebookNode:
        if "outputs" not in cell:
            return cell
        return NotebookNode({**cell, "outputs": [output_of(output) for output in cell.outputs]})

    return NotebookNode({**nb, "cells": [cell_of(cell) for cell in nb.cells]})


def document_facts(nb: NotebookNode) -> dict[str, Any]:
    """Title, place, day, language, report id and metadata, as the first display that has them says.

    A notebook without any takes its metadata title, so that other notebooks can be drawn too.
    """
    for data in displays(nb):
        if data["document"]:
            return {**_NO_DOCUMENT, **data["document"]}
    return {**_NO_DOCUMENT, "title": nb.metadata.get("title", "Notebook")}
