"""Many memoranda at once: each read once, several at a time, results kept in the user's cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reportkit.errors import MemorandumError, NoMemorandumError
from reportkit.moa.consensus import Standard, standards
from reportkit.moa.memorandum import Memorandum, standard_text, study
from reportkit.moa.ocr import Recogniser, available
from reportkit.moa.pool import each
from reportkit.moa.read import read
from reportkit.moa.shelf import cache_folder, put

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, its hash (empty where not even that is known), and why.

    `other` says that it was read, and is another document than a memorandum.
    """

    path: Path
    sha256: str
    reason: str
    other: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """What became of the files, in their order; `reader` names the code that read them."""

    memoranda: tuple[Memorandum, ...]
    failures: tuple[Failure, ...]
    reader: str


def collect(
    paths: Sequence[Path], progress: Progress = lambda stage, done, total: None
) -> Collection:
    """Read memoranda; what the same code has read before is not read again.

    A file that cannot be read, or whose reading takes too long or too much memory, costs itself
    alone. Files of the same bytes count once.

    Args:
        paths: the files.
        progress: told the stage, how much is done and how much there is.
    """
    failures = []
    hashes: dict[Path, str] = {}
    for path in paths:
        try:
            hashes[path] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            failures.append(Failure(path, "", f"{path}: cannot be read ({error.strerror})"))
    first = {digest: path for path, digest in reversed(hashes.items())}
    kept = {digest: item for digest in first if (item := _kept(digest)) is not None}
    missing = [path for digest, path in first.items() if digest not in kept]
    for path, result in _studied(missing, progress):
        if isinstance(result, Memorandum):
            kept[hashes[path]] = result
            put(_shelf(hashes[path]), _adapter().dump_json(result))
        else:
            other = isinstance(result, NoMemorandumError)
            failures.append(Failure(path, hashes[path], str(result), other))
    memoranda = tuple(
        # The same bytes may have been read under another name.
        replace(item, document=replace(item.document, name=path.name))
        for path, digest in hashes.items()
        if first[digest] == path and (item := kept.get(digest))
    )
    return Collection(memoranda, tuple(failures), fingerprint())


def _studied(
    paths: Sequence[Path], progress: Progress
) -> list[tuple[Path, Memorandum | MemorandumError]]:
    """Read files in processes of their own, pages that need it recognised before."""
    recogniser = Recogniser() if available() else None
    if recogniser is not None:
        wanted = [
            (path, document.sha256, page.number)
            for path, document in each(read, paths)
            if not isinstance(document, MemorandumError)
            for page in document.pages
            if not page.readable
        ]
        recogniser.prepare(wanted, progress=partial(progress, "recognising pages"))
    job = partial(study, recogniser=recogniser)
    return list(each(job, paths, progress=partial(progress, "reading memoranda")))


def standards_of(memoranda: Sequence[Memorandum]) -> dict[str, Standard]:
    """The standard texts that these memoranda show, by name."""
    return standards([(item.document, standard_text(item)) for item in memoranda])


def dump_standards(held: Mapping[str, Standard]) -> bytes:
    """Standard texts as JSON, one a line."""
    return "".join(f"{held[name].to_json()}\n" for name in sorted(held)).encode()


def load_standards(data: bytes) -> dict[str, Standard]:
    """The reverse of `dump_standards`.

    Raises:
        ValueError: the bytes are not such JSON.
    """
    found = map(Standard.from_json, data.decode().splitlines())
    return {item.generation: item for item in found}


def merged(earlier: Mapping[str, Standard], fresh: Mapping[str, Standard]) -> dict[str, Standard]:
    """Both; of two texts of one form that which rests on more files."""
    found = dict(earlier)
    for name, item in fresh.items():
        if name not in found or len(item.files) >= len(found[name].files):
            found[name] = item
    return found


@cache
def fingerprint() -> str:
    """A name for the code and data that read memoranda, and for whether pages are recognised."""
    digest = hashlib.sha256(b"ocr" if available() else b"")
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Memorandum)


def _shelf(digest: str) -> Path:
    return cache_folder() / "memoranda" / fingerprint() / f"{digest}.json"


def _kept(digest: str) -> Memorandum | None:
    try:
        memorandum: Memorandum = _adapter().validate_json(_shelf(digest).read_bytes())
    except (OSError, ValidationError):
        return None
    return memorandum
