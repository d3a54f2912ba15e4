"""Builds a store from lists and records: tables plus a manifest, written whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from reportkit.errors import ListError, StoreError
from reportkit.library import load_records
from reportkit.roster import FileNote, ListFile, arrange, make_roster, read_list
from reportkit.store.encode import encode
from reportkit.store.history import corrections, history
from reportkit.store.sources import package_sources
from reportkit.store.tables import COLUMNS, SCHEMA_VERSION, dump

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from, and the day it was taken (ISO), as the collection's manifest says."""

    origin: str
    captured: str


def build(
    inputs: Iterable[Path],
    out: Path,
    progress: Progress = lambda stage, done, total: None,
    *,
    files: Sequence[ListFile] = (),
    notes: Sequence[FileNote] = (),
    origins: Mapping[str, Origin] | None = None,
) -> dict[str, object]:
    """Build a store from workbooks (files, or folders searched for .xlsx) and return its manifest.

    A MANIFEST.csv beside or above the files (columns path, sha256, origin, captured) gives their
    origins. An unreadable file is noted with the reason and stops nothing. `files`, `notes` and
    `origins` are those of an earlier store that the workbooks are added to.

    Raises:
        StoreError: no list at all, or the folder exists and is not a store.
    """
    paths = sorted({path for item in inputs for path in _workbooks(item)})
    fresh, bad = _read(paths, progress)
    again = {file.sha256 for file in fresh} | {note.sha256 for note in bad}
    earlier = [note for note in notes if note.sha256 not in again]
    known = {**(origins or {}), **_origins(paths)}
    return write([*files, *fresh], [*earlier, *bad], known, out)


def write(
    files: Sequence[ListFile],
    notes: Sequence[FileNote],
    origins: Mapping[str, Origin],
    out: Path,
) -> dict[str, object]:
    """Write the store of these lists; `notes` tell of files that are no lists."""
    archive = arrange(files, notes)
    if not archive.participating:
        raise StoreError(
            f"{out}: no participating list among {len(files) + len(notes)} file(s); "
            "give the workbooks that ICE publishes"
        )
    records = load_records()
    roster = make_roster(archive, records.corrections, records.aliases, records.jurisdictions)
    tables = encode(roster)
    tables["history"] = history(roster)
    tables["corrections"] = corrections(roster)
    tables["files"] = [_file(note, origins) for note in archive.notes]
    tables["sources"] = package_sources()
    content = {f"{name}.csv": dump(name, tables[name]) for name in COLUMNS}
    manifest: dict[str, object] = {
        "schema_version": SCHEMA_VERSION,
        "newest_list": archive.participating[-1].date.isoformat(),
        "newest_pending_list": archive.pending[-1].date.isoformat() if archive.pending else None,
        "records_sha256": records.sha256,
        "tables": {
            name: {
                "sha256": hashlib.sha256(data).hexdigest(),
                "rows": len(tables[name.removesuffix(".csv")]),
            }
            for name, data in sorted(content.items())
        },
    }
    content["manifest.json"] = (json.dumps(manifest, indent=1) + "\n").encode()
    _replace(out, content)
    return manifest


def _workbooks(item: Path) -> Iterable[Path]:
    if not item.exists():
        raise StoreError(f"{item}: no such file or folder; name workbooks or a folder of them")
    return item.rglob("*.xlsx") if item.is_dir() else [item]


def _read(paths: Sequence[Path], progress: Progress) -> tuple[list[ListFile], list[FileNote]]:
    files: list[ListFile] = []
    notes: list[FileNote] = []
    with ProcessPoolExecutor() as pool:
        for done, result in enumerate(pool.map(_try_read, paths, chunksize=4), start=1):
            (files if isinstance(result, ListFile) else notes).append(result)  # type: ignore[arg-type]
            progress("reading lists", done, len(paths))
    return files, notes


def _try_read(path: Path) -> ListFile | FileNote:
    try:
        return read_list(path)
    except ListError as error:
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            digest = ""
        return FileNote(path.name, digest, "", "unreadable", "", str(error))


def _origins(paths: Sequence[Path]) -> dict[str, Origin]:
    """Origins by hash, from the manifests of the collections that the files lie in."""
    found: dict[str, Origin] = {}
    folders = {parent for path in paths for parent in path.resolve().parents}
    for manifest in sorted(folder / "MANIFEST.csv" for folder in folders):
        if manifest.is_file():
            with manifest.open(encoding="utf-8", newline="") as file:
                # Other collections keep manifests of other columns.
                rows = csv.DictReader(file)
                if not {"sha256", "origin", "captured"} <= set(rows.fieldnames or ()):
                    continue
                for row in rows:
                    found[row["sha256"]] = Origin(row["origin"], row["captured"])
    return found


def _file(note: FileNote, origins: Mapping[str, Origin]) -> dict[str, object]:
    origin = origins.get(note.sha256, Origin("", ""))
    row = asdict(note)
    return {
        "file": row["name"],
        "sha256": row["sha256"],
        "kind": row["kind"],
        "verdict": row["verdict"],
        "list": row["list_id"],
        "rows": row["rows"],
        "reason": row["reason"],
        "origin": origin.origin,
        "captured": origin.captured,
    }


def _replace(out: Path, content: Mapping[str, bytes]) -> None:
    """Put a folder in place of another: written beside it first, so that no half store is seen."""
    if out.exists() and not (
        out.is_dir() and ((out / "manifest.json").is_file() or not any(out.iterdir()))
    ):
        raise StoreError(f"{out}: exists and is not a store; choose another folder")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise StoreError(
            f"{out}: cannot be written ({error.strerror}); earlier store untouched"
        ) from error
    old = fresh.with_name(f"{fresh.name}-old")
    try:
        for name, data in content.items():
            (fresh / name).write_bytes(data)
        fresh.chmod(0o755)
        if out.exists():
            out.rename(old)
        fresh.rename(out)
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        shutil.rmtree(fresh, ignore_errors=True)
        raise StoreError(
            f"{out}: cannot be written ({error.strerror}); earlier store untouched"
        ) from error
    shutil.rmtree(old, ignore_errors=True)
