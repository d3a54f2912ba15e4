"""A job, a record of a brief that it made, and a folder in memory to keep such in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reportkit.production.job import Job
from reportkit.production.outputs import Held
from reportkit.production.record import NAME, Record, inputs, written

DAY, EARLIER, LATER = "2026-05-18", "2026-05-11", "2026-05-25"
JOB = Job("/store", "5" * 64, "c" * 64, "b" * 64, "out", ("html", "json"))
STANDING = {"the answer": {"answer": "yes"}, "a1": {"about": "A Sheriff (TFM)", "status": "listed"}}
FILES = {"brief.html": b"<p>page</p>", "brief.json": b"{}"}


def record(**changed: Any) -> Record:
    """What the record of a brief says, unless said otherwise."""
    made = Record("12071", DAY, "en", "r1", ("html", "json"), inputs(JOB), STANDING, written(FILES))
    return replace(made, **changed)


class MemoryOutputs:
    """Outputs in memory: by folder and name the bytes and when they were written."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, str], tuple[bytes, float]] = {}

    def put(self, folder: str, files: Mapping[str, bytes], made: Record, when: float = 1) -> None:
        """A brief with its record."""
        for name, data in {**files, NAME: made.to_bytes()}.items():
            self.files[folder, name] = data, when

    def days(self, place: str) -> list[str]:
        return sorted(
            {home.removeprefix(f"{place}/") for home, _ in self.files if home.startswith(place)}
        )

    def held(self, folder: str) -> dict[str, Held]:
        return {
            name: Held(len(data), when)
            for (home, name), (data, when) in self.files.items()
            if home == folder
        }

    def read(self, folder: str, name: str) -> bytes:
        return self.files[folder, name][0]

    def write(self, folder: str, files: Mapping[str, bytes]) -> None:
        raise AssertionError("a plan writes nothing")
