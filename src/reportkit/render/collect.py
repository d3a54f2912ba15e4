"""What a notebook's display objects hold: the document's facts and their blocks, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from reportkit.brief.display import MIME

_NO_DOCUMENT = {"title": "", "place": "", "as_of": "", "lang": "en", "report_id": ""}


def displays(nb: NotebookNode) -> Iterator[dict[str, Any]]:
    """The data of each display object in the outputs, in order."""
    for cell in nb.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {}).get(MIME)
            if data is not None:
                yield data


def document_facts(nb: NotebookNode) -> dict[str, str]:
    """Title, place, as-of date, language and report id, as the first display that has them says.

    A notebook without any takes its metadata title, so that other notebooks can be drawn too.
    """
    for data in displays(nb):
        if data["document"]:
            return {**_NO_DOCUMENT, **data["document"]}
    return {**_NO_DOCUMENT, "title": nb.metadata.get("title", "Notebook")}
