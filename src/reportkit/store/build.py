"""Builds a store from lists, memoranda and records: tables plus a manifest, written whole or not
at all."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from reportkit.errors import ListError, StoreError
from reportkit.library import load_records
from reportkit.moa.collection import (
    collect,
    dump_standards,
    load_standards,
    merged,
    standards_of,
)
from reportkit.moa.memorandum import compared
from reportkit.roster import FileNote, ListFile, arrange, make_roster, read_list
from reportkit.store.encode import encode
from reportkit.store.facts import MemorandumRecord
from reportkit.store.history import corrections, history
from reportkit.store.memoranda import (
    encode_memoranda,
    matched,
    newest,
    record,
    without_words,
)
from reportkit.store.sources import package_sources
from reportkit.store.tables import COLUMNS, SCHEMA_VERSION, STANDARDS, dump

Progress = Callable[[str, int, int], None]
_SUFFIXES = {".xlsx", ".pdf"}
_MEMORANDUM = "memorandum"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from, and the day it was taken (ISO), as the collection's manifest says."""

    origin: str
    captured: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a store is made of: lists, notes on files that it does not use, origins by hash,
    memoranda, and `standards`, the standard text of each form as `moa.standard` writes it."""

    files: Sequence[ListFile] = ()
    notes: Sequence[FileNote] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    memoranda: Sequence[MemorandumRecord] = ()
    standards: bytes = b""


def build(
    inputs: Iterable[Path],
    out: Path,
    progress: Progress = lambda stage, done, total: None,
    *,
    earlier: Content | None = None,
    words: bool = True,
) -> dict[str, object]:
    """Build a store from files, or folders searched for .xlsx and .pdf, and return its manifest.

    A MANIFEST.csv beside or above the files (columns path, sha256, origin, captured) gives their
    origins. An unreadable file is noted with the reason and stops nothing.

    Args:
        inputs: workbooks and memoranda, or folders of them.
        out: the folder of the store.
        progress: told the stage, how many files are done and how many there are.
        earlier: the store that the files are added to.
        words: keep quotations and the standard text; False keeps facts alone, for handing on.

    Raises:
        StoreError: no list at all, or the folder exists and is not a store.
    """
    old = earlier or Content()
    paths = input_files(inputs)
    memoranda = [path for path in paths if path.suffix.lower() == ".pdf"]
    fresh, bad = _read([path for path in paths if path not in set(memoranda)], progress)
    read = collect(memoranda, progress)
    bad += [
        FileNote(
            item.path.name,
            item.sha256,
            _MEMORANDUM,
            "quarantined" if item.other else "unreadable",
            "",
            item.reason,
        )
        for item in read.failures
    ]
    again = {file.sha256 for file in fresh} | {note.sha256 for note in bad}
    again |= {item.document.sha256 for item in read.memoranda}
    kept = [note for note in old.notes if note.sha256 not in again]
    standards = merged(load_standards(old.standards), standards_of(read.memoranda))
    studied = []
    for done, item in enumerate(read.memoranda, start=1):
        studied.append(record(compared(item, standards), read.reader))
        progress("comparing memoranda", done, len(read.memoranda))
    everything = newest(old.memoranda, studied)
    return write(
        Content(
            [*old.files, *fresh],
            [*kept, *bad],
            {**old.origins, **_origins(paths)},
            everything if words else [without_words(item) for item in everything],
            dump_standards(standards) if words else b"",
        ),
        out,
    )


def write(content: Content, out: Path) -> dict[str, object]:
    """Write the store of these files and memoranda."""
    about_lists = [note for note in content.notes if note.kind != _MEMORANDUM]
    archive = arrange(content.files, about_lists)
    if not archive.participating:
        raise StoreError(
            f"{out}: no participating list among {len(content.files) + len(about_lists)} file(s); "
            "give the workbooks that ICE publishes"
        )
    records = load_records()
    roster = make_roster(archive, records.corrections, records.aliases, records.jurisdictions)
    memoranda = matched(content.memoranda, roster)
    tables = {**encode(roster), **encode_memoranda(memoranda)}
    tables["history"] = history(roster)
    tables["corrections"] = corrections(roster)
    notes = sorted(
        (*(note for note in content.notes if note.kind == _MEMORANDUM), *map(_used, memoranda)),
        key=lambda note: (note.name, note.sha256),
    )
    tables["files"] = [_file(note, content.origins) for note in (*archive.notes, *notes)]
    tables["sources"] = package_sources()
    files = {f"{name}.csv": dump(name, tables[name]) for name in COLUMNS}
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
            for name, data in sorted(files.items())
        },
    }
    if content.standards:
        files[STANDARDS] = content.standards
    files["manifest.json"] = (json.dumps(manifest, indent=1) + "\n").encode()
    _replace(out, files)
    return manifest


def _used(item: MemorandumRecord) -> FileNote:
    return FileNote(item.file, item.sha256, _MEMORANDUM, "used", "", item.rule, item.pages)


def input_files(inputs: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named that a store can take, in order.

    Raises:
        StoreError: one of them is not there.
    """
    return sorted({path for item in inputs for path in _files(item)})


def _files(item: Path) -> Iterable[Path]:
    if not item.exists():
        raise StoreError(
            f"{item}: no such file or folder; name workbooks, memoranda or a folder of them"
        )
    if not item.is_dir():
        return [item]
    return (path for path in item.rglob("*") if path.suffix.lower() in _SUFFIXES)


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
