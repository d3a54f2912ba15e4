"""The user's cache: files that can be made again, each written whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile


def cache_folder() -> Path:
    """Where results are kept: REPORTKIT_CACHE, or the user's cache folder of the platform."""
    if named := os.environ.get("REPORTKIT_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "~/AppData/Local")
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    return Path(base).expanduser() / "reportkit"


def put(file: Path, data: bytes) -> None:
    """Write a file of the cache, and the folders above it where they are missing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("wb", dir=file.parent, prefix=".", delete=False) as draft:
        draft.write(data)
    Path(draft.name).replace(file)
