"""vl-convert in a process of its own.

Its JavaScript engine takes a third of a second to start and lets no other Python run meanwhile, so
`start` it early and it will be ready when the first chart is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from reportkit.errors import BriefError

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""The data sets of a chart by name, each a sequence of rows."""

_HERE = Path(__file__).parent
_ONE_AT_A_TIME = Lock()


def start() -> None:
    """Start the process, without waiting for it."""
    _process(os.getpid())


def draw(spec: Mapping[str, Any], rows: Rows | None = None) -> str:
    """A Vega-Lite chart as SVG, measured with the packed font.

    Args:
        spec: the chart. It is compiled once, so charts that differ in their rows alone cost less.
        rows: the data by the names that the chart gives it.

    Raises:
        BriefError: The chart cannot be drawn.
    """
    try:
        try:
            svg, error = _answer(spec, rows)
        except (OSError, ValueError):
            # It was killed, and can be had anew.
            svg, error = _answer(spec, rows)
    except (OSError, ValueError) as broken:
        raise BriefError(
            "a chart could not be drawn: the process that draws ended twice, most often for want "
            "of memory; run fewer briefs at once and try again"
        ) from broken
    if error:
        raise BriefError(f"a chart could not be drawn: {error}")
    return str(svg)


def _answer(spec: Mapping[str, Any], rows: Rows | None) -> tuple[str | None, str | None]:
    """What the process answers: the drawing and the error, one of them None.

    Raises:
        OSError, ValueError: it ended instead.
    """
    with _ONE_AT_A_TIME:
        process = _process(os.getpid())
        if process.asked:
            _process.cache_clear()
            process = _process(os.getpid())
        assert process.stdin and process.stdout
        # What was started has handed its pipes on and ended; see draw.py.
        process.wait()
        process.asked = True
        process.stdin.write(json.dumps([json.dumps(spec), rows or {}]) + "\n")
        process.stdin.flush()
        svg, error = json.loads(process.stdout.readline())
        process.asked = False
    return svg, error


class _Process(subprocess.Popen[str]):
    """One that was asked and not heard out is not asked again: its answer would be another's.

    An interrupt or a cell's time limit may break off at any line.
    """

    asked = False


@lru_cache(maxsize=1)
def _process(owner: int) -> _Process:
    """The process of this one; a fork has to have its own. It ends when its input does."""
    return _Process(
        [sys.executable, str(_HERE / "draw.py"), str(_HERE / "templates" / "fonts")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
