"""Where the CPU time of a brief goes: functions of the library, each timed without those in it."""

from __future__ import annotations

import functools
import importlib
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import processes
import psutil
from routes import FORMATS

Row = dict[str, object]
_WARM = 5
_STAGES = {
    "facts": ("reportkit.brief:make_brief",),
    "notebook": ("reportkit.production.one:_run",),
    "charts": ("reportkit.brief.sections:charts",),
    "HTML": ("reportkit.render.html:HtmlBriefExporter.from_notebook_node",),
    "PDF": ("reportkit.render.pdf:PdfBriefExporter.from_notebook_node",),
    "JSON": ("reportkit.brief.facts:brief_facts", "reportkit.production.one:to_bytes"),
    "ipynb": ("nbformat:writes",),
    "write": ("reportkit.production.one:write_all",),
}
"""What is timed, by stage: module and name."""


class Clock:
    """CPU seconds of each stage; a stage that runs within another counts for itself alone."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._local = threading.local()

    def time(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        @functools.wraps(function)
        def timed(*args: Any, **options: Any) -> Any:
            within = self._local.__dict__.setdefault("within", [])
            within.append(0.0)
            start = time.thread_time()
            try:
                return function(*args, **options)
            finally:
                took = time.thread_time() - start
                self.spent[stage] += took - within.pop()
                if within:
                    within[-1] += took

        return timed

    def install(self) -> None:
        """Put timed functions in the place of those of `_STAGES`."""
        for stage, names in _STAGES.items():
            for name in names:
                module, _, path = name.partition(":")
                *owners, last = path.split(".")
                owner = functools.reduce(getattr, owners, importlib.import_module(module))
                setattr(owner, last, self.time(stage, getattr(owner, last)))


def stages(names: Sequence[str]) -> list[Row]:
    """Milliseconds of CPU a brief by stage, over these places in this process, after a few others.

    "Other" is what no function of a stage has: the engine's own threads, and what lies between.
    """
    processes.adopt_orphans()
    clock = Clock()
    clock.install()
    from reportkit.production import produce

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for name in names[:_WARM]:
            produce(name, formats=FORMATS, out=out)
        clock.spent.clear()
        own, drawn = time.process_time(), _children()
        for name in names:
            produce(name, formats=FORMATS, out=out)
        own, drawn = time.process_time() - own, _children() - drawn
    spent = dict(clock.spent)
    spent["charts, drawing process"] = drawn
    spent["other"] = own - sum(clock.spent.values())
    total = own + drawn
    rows = [
        {"stage": stage, "CPU_ms_a_brief": 1000 * cpu / len(names), "share_%": 100 * cpu / total}
        for stage, cpu in spent.items()
    ]
    return [*rows, {"stage": "all", "CPU_ms_a_brief": 1000 * total / len(names), "share_%": 100.0}]


def _children() -> float:
    """CPU seconds of the processes that this one started."""
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(part.user + part.system for part in times)
