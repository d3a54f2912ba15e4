"""The notebook of an edition: whether it is the packed one as run, and what it shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from reportkit.brief.display import MIME, Display
from reportkit.brief.edition import Edition
from reportkit.production.editions import Kind
from reportkit.production.files import notebook_path
from reportkit.render.notebook import KERNEL, parameters_cell

Shown = Mapping[str, Any]
"""What a display is in a notebook's output: its blocks, a page and a text, by MIME type."""


def shown(display: Display) -> Shown:
    """What a cell that shows this display puts out, as JSON gives it back."""
    bundle: Shown = json.loads(json.dumps(display._repr_mimebundle_()))
    return bundle


def is_ours(file: Path, displays: Sequence[Shown], kind: Kind, brief: Edition) -> bool:
    """True where a notebook is the packed one as run for this brief, whatever its bytes are.

    False is no verdict: an analyst's own notebook differs, and so does a damaged one.
    """
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return bool(data == _as_run(displays, kind, brief))


def _as_run(displays: Sequence[Shown], kind: Kind, brief: Edition) -> dict[str, Any]:
    """What a run of the packed notebook leaves, as JSON: its last cells show the displays."""
    first, *others = _cells(kind.notebook)
    source, tags = parameters_cell({**kind.parameters(brief), "lang": brief.words.lang})
    cells = [first, (source, tags), *others]
    silent: list[Shown | None] = [None] * (len(cells) - len(displays))
    return {
        "cells": [
            _cell(number, *cell, output)
            for number, (cell, output) in enumerate(
                zip(cells, [*silent, *displays], strict=True), 1
            )
        ],
        "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@cache
def _cells(notebook: str) -> tuple[tuple[str, list[str]], ...]:
    """Source and tags of each cell of a packed notebook."""
    nb = nbformat.read(notebook_path(notebook), as_version=4)
    return tuple((cell.source, list(cell.metadata.get("tags", ()))) for cell in nb.cells)


def _cell(number: int, source: str, tags: list[str], output: Shown | None) -> dict[str, Any]:
    outputs = []
    if output is not None:
        data = {
            name: value if name == MIME else value.splitlines(True)
            for name, value in output.items()
        }
        outputs.append(
            {
                "output_type": "execute_result",
                "execution_count": number,
                "metadata": {},
                "data": data,
            }
        )
    return {
        "cell_type": "code",
        "id": hashlib.sha256(f"{number - 1}\n{source}".encode()).hexdigest()[:12],
        "execution_count": number,
        "metadata": {"tags": tags},
        "source": source.splitlines(True),
        "outputs": outputs,
    }


def problems(nb: NotebookNode, displays: Sequence[Shown]) -> Iterator[str]:
    """Displays in a notebook that the brief does not make, and a brief's end that is missing."""
    found = [
        json.loads(json.dumps(output.data))
        for cell in nb.cells
        for output in cell.get("outputs", ())
        if MIME in output.get("data", {})
    ]
    blocks = [display[MIME] for display in displays]
    for number, data in enumerate(found, 1):
        if data[MIME] not in blocks:
            yield f"display {number} is none of this brief's; run the notebook again"
        elif data not in displays:
            yield f"display {number} shows other words than its blocks hold; run the notebook again"
    if not any(data[MIME].get("last") for data in found):
        yield "the end of the brief is missing; run the notebook again"
