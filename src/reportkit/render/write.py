"""Results written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from reportkit.errors import OutputError


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder: first all beside their places, then each into its place.

    Args:
        folder: Where to write; made if it does not exist.
        files: Content by file name.

    Raises:
        OutputError: One could not be written; what stood in the folder before still stands.
    """
    waiting: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            waiting[_beside(folder, name, content)] = folder / name
        for temporary, target in waiting.items():
            temporary.replace(target)
        _sync(folder)
    except OSError as error:
        for temporary in waiting:
            temporary.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise OutputError(
            f"{folder}: nothing new was written: {reason}. Make room or allow writing there, "
            "then run the same command again."
        ) from error


def _beside(folder: Path, name: str, content: bytes) -> Path:
    """Content in a temporary file of the same folder, so that moving it is one step."""
    handle, path = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
    temporary = Path(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync(folder: Path) -> None:
    """Make the new names last, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
