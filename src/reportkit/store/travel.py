"""A store as one piece of bytes, to hand to another machine, and kept apart from what changes it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from reportkit.errors import StoreError
from reportkit.moa.shelf import cache_folder
from reportkit.store.store import EMBEDDED, Store
from reportkit.store.tables import STANDARDS

_STORED = (1980, 1, 1, 0, 0, 0)


def packed(store: Store) -> bytes:
    """The files of a store as a zip archive, the same bytes for the same store.

    Raises:
        StoreError: one is missing or damaged.
    """
    for name in store.tables:
        store.table(name.removesuffix(".csv"))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted({"manifest.json", STANDARDS, *store.tables}):
            path = store.folder / name
            if path.is_file():
                archive.writestr(zipfile.ZipInfo(name, _STORED), path.read_bytes())
    return data.getvalue()


def unpacked(sha256: str, data: bytes) -> Path:
    """The folder of the store of this hash in the user's cache, unpacked there if it is not yet.

    Raises:
        StoreError: the bytes are of another store or damaged, or the cache cannot be written.
    """
    folder = _folder(sha256)
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=".") as draft:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                archive.extractall(Path(draft) / "store")
            store = Store(Path(draft) / "store")
            for name in store.tables:
                store.table(name.removesuffix(".csv"))
            if store.sha256 != sha256:
                raise StoreError(f"store {sha256[:16]}: changed meanwhile; try again")
            try:
                store.folder.rename(folder)
            except OSError:
                # Another process was first, with the same bytes.
                if not folder.is_dir():
                    raise
    except (OSError, zipfile.BadZipFile) as error:
        raise StoreError(
            f"{folder}: the store cannot be kept there ({error}); make room or allow writing, or "
            "name another folder with REPORTKIT_CACHE"
        ) from error
    return folder


def apart(store: Store) -> Path:
    """A folder with this store in which nothing changes, whatever is done to the store itself.

    The embedded store changes only with the package, so it is its own.

    Raises:
        StoreError: as `packed` and `unpacked`.
    """
    if store.folder.resolve() == EMBEDDED.resolve():
        return EMBEDDED.resolve()
    folder = _folder(store.sha256)
    return (folder if folder.is_dir() else unpacked(store.sha256, packed(store))).resolve()


def _folder(sha256: str) -> Path:
    return cache_folder() / "stores" / sha256
