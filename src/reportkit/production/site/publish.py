"""Puts the files of an index into a folder: all or none, and only over files of an earlier index."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from filelock import FileLock, Timeout
from pydantic import StringConstraints, TypeAdapter, ValidationError

from reportkit.errors import OutputError
from reportkit.moa.shelf import cache_folder
from reportkit.render.write import PART

MANIFEST = "site/manifest.json"
"""Names each file of the index with the hashes that it may have; more than one while a build that
broke off has not been followed by another."""
_NAMED = 5
_Known = Mapping[str, tuple[str, ...]]
# A folder of briefs may come from others: its manifest names nothing outside, and nothing hidden.
_STEP = "[a-z0-9_-][a-z0-9._-]*"
_Path = Annotated[str, StringConstraints(pattern=f"^{_STEP}(/{_STEP})*$")]
_HASHES = TypeAdapter(dict[_Path, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, were the same already, and were taken away."""

    written: int
    same: int
    removed: int


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keeps another build of the same folder out.

    Raises:
        OutputError: one is at work.
    """
    locks = cache_folder() / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
    try:
        with FileLock(locks / f"site-{name}", timeout=0):
            yield
    except Timeout as error:
        raise OutputError(
            f"{root}: another index is being built there; wait for its end"
        ) from error


def publish(root: Path, files: Mapping[str, bytes]) -> Published:
    """Write the files of an index and take those away that it no longer has.

    Args:
        root: the folder.
        files: content by path below it, with slashes.

    Raises:
        OutputError: a file is in the way that no index wrote, or nothing can be written; then
            nothing was.
    """
    known = _known(root)
    new = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    held = {path: _hash(root / path) for path in {**known, **new}}
    _none_in_the_way(root, known, new, held)
    changed = [path for path in new if held[path] != new[path]]
    gone = [path for path in known if path not in new and held[path] in known[path]]
    if changed or gone or {path: (sha256,) for path, sha256 in new.items()} != known:
        try:
            _write(root, {path: files[path] for path in changed}, gone, known, new)
        except OSError as error:
            raise OutputError(
                f"{root}: the index was not written: {error.strerror or error}. Make room or allow "
                "writing there, then run the same command again."
            ) from error
    return Published(len(changed), len(new) - len(changed), len(gone))


def _known(root: Path) -> _Known:
    """The hashes that files of the last index may have, by path."""
    path = root / MANIFEST
    if not path.exists():
        return {}
    try:
        return _HASHES.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise OutputError(
            f"{path}: damaged, so files of the index cannot be told from others; move away the "
            f"folders {path.parent} and {root / 'es'}, the files index.html and whatever else is "
            "in the way, then build again"
        ) from error


def _hash(path: Path) -> str:
    """The hash of a file, empty where there is nothing, "?" for what is no plain file."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return "?"
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def _none_in_the_way(
    root: Path, known: _Known, new: Mapping[str, str], held: Mapping[str, str]
) -> None:
    foreign = [
        path for path, sha256 in new.items() if held[path] not in {"", sha256, *known.get(path, ())}
    ]
    folders = {parent for path in new for parent in Path(path).parents if parent.name}
    foreign += [
        str(folder)
        for folder in sorted(folders)
        if (root / folder).is_symlink()
        or ((root / folder).exists() and not (root / folder).is_dir())
    ]
    if foreign:
        more = f" and {len(foreign) - _NAMED} more" if len(foreign) > _NAMED else ""
        raise OutputError(
            f"{root}: in the way, and not written by 'reportkit site', or changed since: "
            f"{', '.join(foreign[:_NAMED])}{more}; move them away, then run the same command again. "
            "Nothing was written."
        )


def _write(
    root: Path, files: Mapping[str, bytes], gone: list[str], known: _Known, new: Mapping[str, str]
) -> None:
    """Write beside all places first; then move, and put everything back where one move fails."""
    with tempfile.TemporaryDirectory(prefix=".site.", suffix=PART, dir=root) as folder:
        fresh, earlier = Path(folder, "new"), Path(folder, "old")
        for path, data in files.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_bytes(data)
        # A build that is killed between two moves leaves files of either kind, all of them ours.
        either = {
            path: tuple(dict.fromkeys((*known.get(path, ()), *filter(None, [new.get(path)]))))
            for path in {**known, **new}
        }
        _save(root, either, fresh)
        moved: list[str] = []
        try:
            for path in (*files, *gone):
                moved.append(path)
                _away(root / path, earlier / path)
                if path in files:
                    (root / path).parent.mkdir(parents=True, exist_ok=True)
                    (fresh / path).replace(root / path)
            _save(root, {path: (sha256,) for path, sha256 in new.items()}, fresh)
        except BaseException:
            for path in reversed(moved):
                _back(root / path, earlier / path)
            _save(root, known, fresh)
            raise
    for path in gone:
        _prune(root, (root / path).parent)


def _save(root: Path, known: _Known, folder: Path) -> None:
    path, temporary = root / MANIFEST, folder / "manifest.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dict(sorted(known.items())), ensure_ascii=False, indent=0)
    temporary.write_text(f"{text}\n", encoding="utf-8")
    temporary.replace(path)


def _away(path: Path, to: Path) -> None:
    if path.exists():
        to.parent.mkdir(parents=True, exist_ok=True)
        path.replace(to)


def _back(path: Path, held: Path) -> None:
    if held.exists():
        held.replace(path)
    else:
        path.unlink(missing_ok=True)


def _prune(root: Path, folder: Path) -> None:
    """Take away folders that nothing is in any more."""
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent
