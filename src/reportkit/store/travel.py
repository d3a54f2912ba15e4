"""A store as one piece of bytes, to hand to another machine, and kept apart from what changes it."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock

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
    _checked(store.folder)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted({"manifest.json", STANDARDS, *store.tables}):
            path = store.folder / name
            if path.is_file():
                archive.writestr(zipfile.ZipInfo(name, _STORED), path.read_bytes())
    return data.getvalue()


def unpacked(sha256: str, data: bytes) -> Path:
    """The folder of the store of this hash in the user's cache, unpacked there if it is not whole.

    Raises:
        StoreError: the bytes are of another store or damaged, or the cache cannot be written.
    """
    folder = _folder(sha256)
    if _whole(folder, sha256):
        return folder
    lock = cache_folder() / "locks" / sha256[:16]
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        folder.parent.mkdir(exist_ok=True)
        with FileLock(lock):
            # Another process may have been first.
            if not _whole(folder, sha256):
                _unpack(folder, sha256, data)
    except (OSError, zipfile.BadZipFile) as error:
        raise StoreError(
            f"{folder}: the store cannot be kept there ({error}); make room or allow writing, or "
            "name another folder with REPORTKIT_CACHE"
        ) from error
    return folder


def _unpack(folder: Path, sha256: str, data: bytes) -> None:
    with TemporaryDirectory(dir=folder.parent, prefix=".") as draft:
        new = Path(draft) / "store"
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(new)
        if _checked(new).sha256 != sha256:
            raise StoreError(f"store {sha256[:16]}: changed meanwhile; try again")
        for path in new.iterdir():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            folder.rename(Path(draft) / "damaged")
        new.rename(folder)


def _checked(folder: Path) -> Store:
    """The store of a folder, all of whose tables have the bytes that its manifest names.

    Raises:
        StoreError: one is missing or damaged.
    """
    store = Store(folder)
    for name in store.tables:
        store.table(name.removesuffix(".csv"))
    return store


def _whole(folder: Path, sha256: str) -> bool:
    try:
        return _checked(folder).sha256 == sha256
    except StoreError:
        return False


def apart(store: Store) -> Path:
    """A folder with this store in which nothing changes, whatever is done to the store itself.

    The embedded store changes only with the package, so it is its own.

    Raises:
        StoreError: as `packed` and `unpacked`.
    """
    if store.folder.resolve() == EMBEDDED.resolve():
        return EMBEDDED.resolve()
    folder = _folder(store.sha256)
    if not _whole(folder, store.sha256):
        unpacked(store.sha256, packed(store))
    return folder.resolve()


def _folder(sha256: str) -> Path:
    return cache_folder() / "stores" / sha256
