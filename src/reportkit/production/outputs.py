"""Where briefs go: a folder of this machine, or an address that fsspec knows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from reportkit.errors import OutputError
from reportkit.render.write import PART, write_all

_FOLDERS = ("file:", "local:")


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is there: bytes, and when it was written, in seconds of any clock."""

    size: int
    written: float


class Outputs(Protocol):
    """A place to write briefs below. Folders are named like `fl/lee-county/2026-05-18`."""

    def days(self, place: str) -> list[str]:
        """The names of the folders of a place's folder, in order; none where there is none."""

    def held(self, folder: str) -> Mapping[str, Held]:
        """The files of a folder by name; what an interrupted writer left is removed."""

    def read(self, folder: str, name: str) -> bytes:
        """The bytes of a file."""

    def write(self, folder: str, files: Mapping[str, bytes]) -> None:
        """Write files whole, the last of them last.

        Raises:
            OutputError: one could not be written.
        """


class LocalOutputs:
    """A folder of this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def days(self, place: str) -> list[str]:
        """As `Outputs.days`."""
        try:
            return sorted(entry.name for entry in os.scandir(self._root / place) if entry.is_dir())
        except FileNotFoundError:
            return []

    def held(self, folder: str) -> Mapping[str, Held]:
        """As `Outputs.held`."""
        found: dict[str, Held] = {}
        try:
            with os.scandir(self._root / folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") and entry.name.endswith(PART):
                        Path(entry.path).unlink(missing_ok=True)
                    elif entry.is_file():
                        seen = entry.stat()
                        found[entry.name] = Held(seen.st_size, seen.st_mtime)
        except FileNotFoundError:
            return {}
        return found

    def read(self, folder: str, name: str) -> bytes:
        """As `Outputs.read`."""
        return (self._root / folder / name).read_bytes()

    def write(self, folder: str, files: Mapping[str, bytes]) -> None:
        """As `Outputs.write`."""
        write_all(self._root / folder, files)


def is_address(out: str) -> bool:
    """True for an address of fsspec, False for a folder."""
    return "://" in folder_of(out)


def folder_of(out: str) -> str:
    """The folder that a file: or local: address names; else `out`, an address without a last slash.

    So the same outputs have one name, by which they are locked.
    """
    if out.startswith(_FOLDERS):
        parts = urlsplit(out)
        host = parts.netloc.removeprefix("localhost")
        return url2pathname(host + parts.path)
    scheme, mark, path = out.partition("://")
    return scheme + mark + path.rstrip("/") if mark else out


def open_outputs(out: str) -> Outputs:
    """The place that a folder or an address names.

    Raises:
        OutputError: it is an address that cannot be used, or what reads such addresses is not
            installed.
    """
    out = folder_of(out)
    if not is_address(out):
        return LocalOutputs(Path(out))
    try:
        from reportkit.production.remote import remote_outputs
    except ImportError as error:
        raise OutputError(
            f"{out}: writing to addresses needs fsspec; install reportkit[remote]"
        ) from error
    return remote_outputs(out)
