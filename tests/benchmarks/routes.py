"""The ways of making briefs that are compared, each as commands with processes of their own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import processes
from processes import Cost

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "brief.ipynb"
FORMATS = ("html", "pdf", "json", "ipynb")
_BIN = Path(sys.executable).parent
REPORTKIT = _BIN / "reportkit"
_HERE = Path(__file__).parent
_LAUNCH = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch()
"""
# nbconvert's pages ask other hosts for scripts. These are refused at once, with or without a
# network, since the time that a download takes is not what is compared.
_WRAPPER = '#!/bin/sh\nexec "{chromium}" --host-resolver-rules="MAP * ~NOTFOUND" "$@"\n'


@dataclass(frozen=True, slots=True)
class Route:
    """A way of making briefs; `jobs` processes share the places."""

    name: str
    jobs: int = 1


STOCK = Route("stock loop")
TUNED = Route("tuned loop")
ONE = Route("reportkit batch, 1 worker")
TWO = Route("reportkit batch, 2 workers", 2)


def make(route: Route, names: Sequence[str], out: Path, env: Mapping[str, str]) -> dict[str, Cost]:
    """Make these briefs in a new folder and give what each step of the route cost."""
    out.mkdir(parents=True)
    if route == STOCK:
        return _stock(names, out, env)
    command: Sequence[str | Path]
    if route == TUNED:
        command = [sys.executable, _HERE / "tuned_loop.py", NOTEBOOK, out]
    else:
        command = batch_command(route.jobs, out)
    return {"": processes.run(command, out, env, "\n".join(names) + "\n")}


def batch_command(jobs: int, out: Path, *options: str | Path) -> list[str | Path]:
    """Our command, which reads names on stdin."""
    formats = [part for name in FORMATS for part in ("--format", name)]
    return [REPORTKIT, "batch", "-", "--jobs", str(jobs), "--out", out, *formats, *options]


def _stock(names: Sequence[str], out: Path, env: Mapping[str, str]) -> dict[str, Cost]:
    """What a shell loop does: each step of each brief starts a process, and papermill a kernel."""
    convert = [_BIN / "jupyter-nbconvert", "--to"]
    steps: dict[str, Cost] = {}
    for name in names:
        made = f"{name}.ipynb"
        commands = {
            "papermill": [_BIN / "papermill", NOTEBOOK, made, "-r", "jurisdiction", name],
            "nbconvert html": [*convert, "html", made],
            "nbconvert webpdf": [*convert, "webpdf", "--disable-chromium-sandbox", made],
        }
        for step, command in commands.items():
            steps[step] = steps.get(step, Cost(0, 0)) + processes.run(command, out, env)
    return steps


def browser(folder: Path) -> dict[str, str]:
    """The environment in which playwright, and so nbconvert, takes the system's Chromium.

    It stands where playwright looks for a browser that it downloaded, which it tells when there is
    none.

    Raises:
        SystemExit: there is no Chromium, or playwright tells no such place.
    """
    chromium = shutil.which("chromium")
    env = {
        "PLAYWRIGHT_BROWSERS_PATH": str(folder),
        "PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS": "1",
    }
    told = subprocess.run(
        [sys.executable, "-c", _LAUNCH],
        env=processes.environment(env),
        capture_output=True,
        text=True,
    )
    found = re.search(rf"{re.escape(str(folder))}\S+", told.stderr)
    if chromium is None or found is None:
        sys.exit("the stock steps need playwright and a system Chromium; see --routes")
    wrapper = Path(found.group())
    wrapper.parent.mkdir(parents=True)
    wrapper.write_text(_WRAPPER.format(chromium=chromium), encoding="utf-8")
    wrapper.chmod(0o755)
    return env


def sizes(out: Path) -> Counter[str]:
    """Bytes by format of all files of briefs below a folder."""
    found: Counter[str] = Counter()
    for path in out.rglob("*.*"):
        if path.suffix[1:] in FORMATS:
            found[path.suffix[1:]] += path.stat().st_size
    return found
