"""The record beside each brief of a run: what it was made from and what was written.

It is written after the files that it tells of, so a brief without a record was never finished.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reportkit.findings.standing import Standing
from reportkit.production.editions import kind_of
from reportkit.production.formats import BRIEF
from reportkit.production.job import Job

NAME = "made.json"


@dataclass(frozen=True, slots=True)
class Record:
    """One edition: its inputs by name, what was on record about its place, its files.

    `inputs` holds the hashes of code, notebook and store, `files` the size in bytes and the
    SHA-256 of each file by name.
    """

    geoid: str
    as_of: str
    lang: str
    report_id: str
    formats: tuple[str, ...]
    inputs: Mapping[str, str]
    standing: Standing
    files: Mapping[str, tuple[int, str]]

    def to_bytes(self) -> bytes:
        """The record as JSON."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Record | None:
        """The reverse; None where the bytes are no record."""
        try:
            return _RECORD.validate_json(data)
        except ValidationError:
            return None

    def checked(self, store_sha256: str) -> Record:
        """The same edition, which another store bears out too."""
        return replace(self, inputs={**self.inputs, "store": store_sha256})


_RECORD = TypeAdapter(Record)


def inputs(job: Job) -> Mapping[str, str]:
    """The hashes that a job's briefs are made from."""
    return {"code": job.code, "notebook": job.notebook_sha256, "store": job.store_sha256}


def written(files: Mapping[str, bytes]) -> Mapping[str, tuple[int, str]]:
    """Size and hash of each file."""
    return {
        name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in sorted(files.items())
    }


_CHANGED = {
    "code": "reportkit or a library that draws is another version",
    "notebook": "the notebook changed",
}


def outdated(record: Record, job: Job) -> Iterator[str]:
    """Why an edition has to be made again, whatever the store says: a line for each reason."""
    now = inputs(job)
    for name, why in _CHANGED.items():
        if record.inputs.get(name) != now[name]:
            yield why
    if record.lang != job.lang:
        yield f"it is in another language than {job.lang}"
    for name in lacking(record, job.formats):
        yield f"it has no {name} yet"


def lacking(record: Record, formats: Sequence[str]) -> Iterator[str]:
    """The formats that an edition was not made in."""
    return (name for name in formats if name not in record.formats)


def formats_of(names: Collection[str]) -> tuple[str, ...]:
    """The formats that files of an edition are in, by their names."""
    if not names:
        return ()
    beside = {name: kind for kind, files in kind_of("place").beside.items() for name in files.names}
    found = {beside.get(name, name.removeprefix("brief.")) for name in names}
    return tuple(item for item in BRIEF if item in found)


def damaged(record: Record, held: Mapping[str, Any]) -> list[str]:
    """A line for each file that is gone or has another size; `held` has `.size` by name."""
    gone = [f"{name} is gone" for name in record.files if name not in held]
    return gone + [
        f"{name} was changed since"
        for name, (size, _) in record.files.items()
        if name in held and held[name].size != size
    ]
