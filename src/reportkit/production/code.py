"""One hash for all that makes the bytes of a brief besides its facts: our code and the libraries'."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

import reportkit

# Those that draw: another version of one of these may give other bytes.
_DRAWERS = (
    *("altair", "vl-convert-python", "typst", "nbconvert", "nbformat", "papermill", "ipython"),
    *("ipykernel", "jinja2", "mistune", "babel", "python-docx", "pandas", "bleach"),
    "rocrate",
)
# Notebooks have hashes of their own, and lie in the package only where it was installed; the index
# over briefs makes none.
_APART = {"__pycache__", "embedded", "cli", "notebooks", "params", "site"}


@cache
def code_sha256() -> str:
    """The hash of every file of the package (command line, index and store apart) and of `versions`."""
    home = Path(reportkit.__file__).parent
    hashed = hashlib.sha256()
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        if path.is_file() and not _APART & set(inside.parts):
            hashed.update(f"{inside.as_posix()}\n{path.stat().st_size}\n".encode())
            hashed.update(path.read_bytes())
    for name, number in versions().items():
        hashed.update(f"{name} {number}\n".encode())
    return hashed.hexdigest()


def versions() -> Mapping[str, str]:
    """The versions of reportkit and of the libraries that draw, by name."""
    return {name: version(name) for name in ("reportkit", *_DRAWERS)}


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """Which versions differ between two machines, in words."""
    lines = [
        f"{name} {theirs.get(name, 'missing')}, not {wanted}"
        for name, wanted in ours.items()
        if theirs.get(name) != wanted
    ]
    return "; ".join(lines) or f"reportkit {theirs['reportkit']}, but with other files"


def file_sha256(path: Path) -> str:
    """The hash of a file as it is now."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
