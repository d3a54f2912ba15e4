"""Results written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from functools import cache, partial
from pathlib import Path

from reportkit.errors import OutputError

PART = ".part"
"""How the names of files end that are being written."""


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder: first all beside their places, then each into its place.

    Args:
        folder: Where to write; made if it does not exist.
        files: Content by file name.

    Raises:
        OutputError: One could not be written; what stood in the folder before still stands.
    """
    try:
        with ExitStack() as stack:
            folder.mkdir(parents=True, exist_ok=True)
            beside = partial(_beside, stack, folder)
            new = {folder / name: beside(name, content) for name, content in files.items()}
            earlier = {
                target: beside(target.name, target.read_bytes())
                for target in new
                if target.exists()
            }
            _move(new, earlier)
            _sync(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{folder}: nothing new was written: {reason}. Make room or allow writing there, "
            "then run the same command again."
        ) from error


def _beside(stack: ExitStack, folder: Path, name: str, content: bytes) -> Path:
    """Content in a temporary file of the same folder, so that moving it is one step."""
    handle, path = tempfile.mkstemp(prefix=f".{name}.", suffix=PART, dir=folder)
    temporary = Path(path)
    stack.callback(temporary.unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(_mode())
    return temporary


def _move(new: Mapping[Path, Path], earlier: Mapping[Path, Path]) -> None:
    """Move every new file to its place, or put back what was there."""
    moved: list[Path] = []
    try:
        for target, temporary in new.items():
            temporary.replace(target)
            moved.append(target)
    except BaseException:
        for target in moved:
            if target in earlier:
                earlier[target].replace(target)
            else:
                target.unlink(missing_ok=True)
        raise


@cache
def _mode() -> int:
    """What a new file may be read by; temporary files are made for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync(folder: Path) -> None:
    """Make the new names last, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
