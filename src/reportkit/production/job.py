"""What a run hands to those who make its briefs, and what they hand back: JSON-safe values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from reportkit.production.formats import LIMIT

Result = Literal["made", "current", "held"]
"""`made` now; `current`, so not made again; `held` back by an error."""
RESULTS: tuple[Result, ...] = get_args(Result)
RUN, MANIFEST, HOLDS = "run", "manifest.json", "holds.csv"
"""The folder below OUT in which a run tells what it did, and two of its files."""
INTERRUPT = "interrupted"
"""Why a run stopped that was told to; other reasons are sentences."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all briefs of a run have in common.

    `store` is the folder of the evidence store on the machine that makes the briefs and
    `store_sha256` what it must hold; `notebook` is the file of a notebook in place of the packed
    one, `notebook_sha256` the hash of whichever is run. `as_of` is None for the day of the newest
    list, `code` what `production.code` says of the code that must make the briefs, `out` a folder
    or an address of fsspec, `seconds` the time that one brief may take.
    """

    store: str
    store_sha256: str
    code: str
    notebook_sha256: str
    out: str
    formats: tuple[str, ...]
    as_of: str | None = None
    lang: str = "en"
    notebook: str | None = None
    engine: str = "reportkit"
    seconds: float = LIMIT


@dataclass(frozen=True, slots=True)
class Task:
    """One brief to make: of which place, for what reasons, in which formats beside those of the job.

    `unless` is the report id of an edition that needs no making, as the store may still say it.
    """

    geoid: str
    why: tuple[str, ...]
    also: tuple[str, ...] = ()
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one brief.

    `geoid` is what was asked for where that is no place. `folder` is below OUT, None where it is not
    known; `why` says why it was made, why not, or what holds it back; `files` maps the names of what
    was written to bytes and SHA-256. `seconds` is the time that it took, `attempts` how often it was
    begun; `fatal` says that no other brief can be made either.
    """

    geoid: str
    result: Result
    folder: str | None
    why: tuple[str, ...]
    seconds: float = 0.0
    attempts: int = 1
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    fatal: bool = False


def from_json(kind: type[Any], data: Mapping[str, Any]) -> Any:
    """A value of these kinds from its JSON, where tuples are lists."""
    return kind(**{key: tuple(x) if isinstance(x, list) else x for key, x in data.items()})
