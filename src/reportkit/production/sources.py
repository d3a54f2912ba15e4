"""Source files on hand, by hash, so that rows and pages can be read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from reportkit.roster import Printed, read_list


class SourceFiles:
    """Workbooks and memoranda below some folders, hashed when first asked for, read when needed."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[str, dict[int, Printed]] = {}

    @cached_property
    def _paths(self) -> dict[str, Path]:
        return {
            hashlib.sha256(path.read_bytes()).hexdigest(): path
            for folder in self._folders
            for path in sorted(folder.rglob("*"))
            if path.suffix.lower() in {".xlsx", ".pdf"} and path.is_file()
        }

    @property
    def hashes(self) -> set[str]:
        """The hashes of the files on hand."""
        return set(self._paths)

    def rows(self, sha256: str) -> dict[int, Printed]:
        """The rows of a list by sheet row.

        Raises:
            ListError: the file is no list.
        """
        if sha256 not in self._read:
            self._read[sha256] = dict(read_list(self._paths[sha256]).rows)
        return self._read[sha256]

    def path(self, sha256: str) -> Path:
        """Where the file of this hash lies."""
        return self._paths[sha256]
