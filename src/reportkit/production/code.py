"""One hash for all that makes the bytes of a brief besides its facts: our code and the libraries'."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import reportkit

# Those that draw: another version of one of these may give other bytes.
_DRAWERS = (
    *("altair", "vl-convert-python", "typst", "nbconvert", "nbformat", "papermill", "ipython"),
    *("ipykernel", "jinja2", "mistune", "babel", "python-docx", "pandas", "bleach"),
)
_APART = {"__pycache__", "embedded", "cli"}


@cache
def code_sha256() -> str:
    """The hash of every file of the package (the command line and the store apart) and of versions."""
    home = Path(reportkit.__file__).parent
    hashed = hashlib.sha256()
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        if path.is_file() and not _APART & set(inside.parts):
            hashed.update(f"{inside.as_posix()}\n{path.stat().st_size}\n".encode())
            hashed.update(path.read_bytes())
    for name in _DRAWERS:
        hashed.update(f"{name} {version(name)}\n".encode())
    return hashed.hexdigest()


@cache
def file_sha256(path: Path) -> str:
    """The hash of a file, read once."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
