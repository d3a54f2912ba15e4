"""Sixty places of every kind, and their briefs' notebooks as a stock kernel runs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode

# By the day of the brief: states, territories, the District of Columbia as a state and as a county,
# planning regions and counties with and without agreements, pending and ended ones, with agencies
# of campuses and of the whole state, cities and municipalities, one whose answer is unclear.
_PLACES = {
    "2021-06-30": "12 48 06 24 72 11001 09110 02110 24027 05143 48225 48481 12023 12027 40111 22033 "
    "37019 gn4164138 gn4627983",
    "2025-03-31": "13 51 66 11 09120 37015 56023 48447 20199 12075 24015 45045 27061 13033 13213 "
    "48407 12067 gn4627983 gn4408353 gn7257572",
    "2026-05-18": "48 17 10 60 78 11001 09190 55031 26165 51760 01067 22011 12001 12073 25005 55135 "
    "10001 gn4518307 gn5541061 gn5445820 gn4883230",
}
SIXTY = tuple(
    {"jurisdiction": place, "as_of": day}
    for day, places in _PLACES.items()
    for place in places.split()
)
"""The parameters of each brief."""


def in_one_kernel(path: Path, each: Sequence[Mapping[str, Any]]) -> list[NotebookNode]:
    """What a notebook comes to with each of these parameters, run by one kernel in turn."""
    parts = [
        papermill.execute_notebook(str(path), None, parameters, prepare_only=True)
        for parameters in each
    ]
    chain = nbformat.from_dict({**parts[0], "cells": [cell for nb in parts for cell in nb.cells]})
    # Cells of a notebook have ids of their own.
    for number, cell in enumerate(chain.cells):
        cell.id = f"cell-{number}"
    run = papermill.execute_notebook(
        chain,
        None,
        progress_bar=False,
        request_save_on_cell_execute=False,
        iopub_timeout=60,
        extra_arguments=["--IPKernelApp.log_level=40"],
    )
    cells = iter(run.cells)
    return [
        nbformat.from_dict({**run, "cells": [next(cells) for _ in part.cells]}) for part in parts
    ]
