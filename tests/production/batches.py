"""Batches for tests: which places, notebooks with faults, the command in a process, what it left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reportkit.places import Gazetteer
from reportkit.production.files import notebook_path

REPORTKIT = Path(sys.executable).with_name("reportkit")


def counties(state: str, count: int) -> list[str]:
    """The first counties of a state, by id."""
    return [place.geoid for place in Gazetteer.load().counties(state)][:count]


def tree(out: Path) -> dict[str, bytes]:
    """All files below a folder by path, hidden ones too, those of the run apart."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.relative_to(out).parts[0] != "run"
    }


def manifest(out: Path) -> dict[str, Any]:
    """What a run said of itself."""
    found: dict[str, Any] = json.loads((out / "run" / "manifest.json").read_bytes())
    return found


def notebook_with(path: Path, source: str) -> Path:
    """The packed notebook with a cell more, which runs once the place is known."""
    notebook = json.loads(notebook_path("brief.ipynb").read_bytes())
    cell = {"cell_type": "code", "execution_count": None, "id": "more", "metadata": {}}
    notebook["cells"].insert(1, {**cell, "outputs": [], "source": source})
    path.write_text(json.dumps(notebook))
    return path


def faulty(path: Path, faults: Mapping[str, str]) -> Path:
    """A notebook that does something else on some places, by id."""
    return notebook_with(path, f"exec({dict(faults)!r}.get(jurisdiction, ''))")


def words(places: Sequence[str], out: Path, *more: str) -> list[str]:
    """A batch as a command."""
    named = [f"--place={place}" for place in places]
    return [str(REPORTKIT), "batch", *named, f"--out={out}", *more]


def start(
    command: Sequence[str],
    environ: Mapping[str, str],
) -> subprocess.Popen[str]:
    """A batch in a process group of its own, as a terminal starts it."""
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environ},
        start_new_session=True,
    )
