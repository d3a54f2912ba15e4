"""Briefs at any address that fsspec knows: object stores, FTP, shares.

Credentials come from the environment or from fsspec's own configuration, never from an address, as
that is written into manifests.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import fsspec
from fsspec.core import url_to_fs

from reportkit.errors import OutputError, one_line
from reportkit.production.outputs import Held

# A secret may hold slashes; digits before a slash are a port.
_PASSWORD = re.compile(r"://[^/@]+:(?!\d+/).*@")
_OWN_PROCESS = {"memory"}
_TIMES = ("LastModified", "last_modified", "mtime", "updated", "modified", "modify", "created")
"""What backends call the time at which a file was written; the first that one tells is taken."""


def remote_outputs(address: str) -> RemoteOutputs:
    """The outputs at an address that every process of a run can write to.

    Raises:
        OutputError: it cannot be used.
    """
    protocol = address.partition("://")[0]
    if protocol in _OWN_PROCESS:
        raise OutputError(
            f"{address}: lasts only as long as one process, and briefs are made by several; name a "
            "folder or another address with --out"
        )
    return RemoteOutputs(address)


class RemoteOutputs:
    """An address of fsspec with all that is below it.

    What is there is listed once, when first asked for. Files are written as they are: an object
    store shows each whole or not at all, and a folder's last file, its record, follows the others.

    Raises:
        OutputError: it cannot be used, as what reads such addresses is not installed.
    """

    def __init__(self, address: str) -> None:
        if _PASSWORD.search(address):
            raise OutputError(
                f"{_PASSWORD.sub('://', address)}: the address holds a password, which would be "
                "written into the manifest; put it into the environment or into fsspec's "
                "configuration, and leave it out here"
            )
        self._address = address.rstrip("/")
        with self._told("cannot be used"):
            try:
                found: tuple[fsspec.AbstractFileSystem, str] = url_to_fs(address)
            except ImportError as error:
                raise OutputError(
                    f"{self._address}: what writes to such addresses is not installed: {error}"
                ) from error
        self._files, self._root = found[0], found[1].rstrip("/")

    def days(self, place: str) -> list[str]:
        """As `Outputs.days`."""
        return sorted(self._days.get(place, ()))

    def held(self, folder: str) -> Mapping[str, Held]:
        """As `Outputs.held`; what an interrupted writer left are files without a record."""
        return self._listed.get(folder, {})

    def read(self, folder: str, name: str) -> bytes:
        """As `Outputs.read`.

        Raises:
            OutputError: it cannot be read.
        """
        with self._told("cannot be read", folder, name):
            data: bytes = self._files.cat_file(self._path(folder, name))
        return data

    def write(self, folder: str, files: Mapping[str, bytes]) -> None:
        """As `Outputs.write`."""
        *first, last = ((self._path(folder, name), data) for name, data in files.items())
        with self._told("nothing can be written there", folder):
            # Object stores have no folders, and s3fs would make a bucket where there is none.
            if not self._files.async_impl:
                self._files.makedirs(self._path(folder), exist_ok=True)
            # Those that can, send several at once.
            self._files.pipe(dict(first))
            self._files.pipe_file(*last)

    @cached_property
    def _listed(self) -> Mapping[str, Mapping[str, Held]]:
        """All files by folder and name."""
        found: dict[str, dict[str, Held]] = defaultdict(dict)
        with self._told("cannot be listed"):
            self._files.invalidate_cache()
            try:
                files: Mapping[str, Mapping[str, Any]] = self._files.find(self._root, detail=True)
            except FileNotFoundError:
                files = {}
        for path, told in files.items():
            folder, _, name = path[len(self._root) + 1 :].rpartition("/")
            found[folder][name] = Held(int(told["size"]), _written(told))
        return found

    @cached_property
    def _days(self) -> Mapping[str, set[str]]:
        """The names of the folders in each folder."""
        found: dict[str, set[str]] = defaultdict(set)
        for folder in self._listed:
            place, _, day = folder.rpartition("/")
            found[place].add(day)
        return found

    def _path(self, *parts: str) -> str:
        return "/".join((self._root, *parts))

    @contextmanager
    def _told(self, what: str, *parts: str) -> Iterator[None]:
        try:
            yield
        except OutputError:
            raise
        except Exception as error:  # each backend has errors of its own
            raise OutputError(
                f"{'/'.join((self._address, *parts))}: {what}: {one_line(error)}. Check the address, the "
                "credentials in the environment and the right to write there, then run the same "
                "command again."
            ) from error


def _written(told: Mapping[str, Any]) -> float:
    """When a file was written, in seconds, from what a backend tells of it; 0 where it does not."""
    time = next((told[name] for name in _TIMES if told.get(name)), 0.0)
    if isinstance(time, str):
        # FTP has digits alone, others ISO 8601.
        time = dt.datetime.fromisoformat(f"{time[:8]}T{time[8:14]}" if time.isdigit() else time)
    return time.timestamp() if isinstance(time, dt.datetime) else float(time)
