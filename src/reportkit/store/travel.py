"""A store as one piece of bytes, to hand to another machine, and kept apart from what changes it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from reportkit.errors import StoreError
from reportkit.moa.shelf import cache_folder
from reportkit.store.store import EMBEDDED, Store

_STORED = (1980, 1, 1, 0, 0, 0)


def packed(store: Store) -> bytes:
    """The files of a store as a zip archive.

    Raises:
        StoreError: a table is missing or damaged.
    """
    for name in store.tables:
        store.table(name.removesuffix(".csv"))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(store.folder.iterdir()):
            if path.is_file():
                archive.writestr(zipfile.ZipInfo(path.name, _STORED), path.read_bytes())
    return data.getvalue()


def kept(sha256: str, data: bytes) -> Path:
    """The folder of a store of this hash in the user's cache, unpacked there if it is not yet.

    Raises:
        StoreError: the bytes are of another store.
    """
    home = cache_folder() / "stores"
    folder = home / sha256
    if not folder.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=home, prefix=".") as draft:
            unpacked = Path(draft) / "store"
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                archive.extractall(unpacked)
            found = Store(unpacked).sha256
            if found != sha256:
                raise StoreError(f"store {sha256[:16]}: arrived as {found[:16]}; send it again")
            try:
                unpacked.rename(folder)
            except OSError:
                # Another process was first, with the same bytes.
                if not folder.is_dir():
                    raise
    return folder


def apart(store: Store) -> Path:
    """A folder with this store in which nothing changes, whatever is done to the store itself.

    The embedded store changes only with the package, so it is its own.
    """
    if store.folder.resolve() == EMBEDDED.resolve():
        return EMBEDDED.resolve()
    return kept(store.sha256, packed(store)).resolve()
