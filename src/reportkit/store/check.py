"""Checks a store: bytes of the tables, references between them, rows of each list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportkit.errors import StoreError
from reportkit.store.decode import list_files
from reportkit.store.store import Store
from reportkit.store.tables import COLUMNS


def check(store: Store) -> Iterator[str]:
    """One line for each thing that does not hold; nothing where all does."""
    damaged = False
    for name in COLUMNS:
        try:
            store.table(name)
        except StoreError as error:
            damaged = True
            yield str(error)
    if not damaged:
        try:
            yield from _references(store)
        except (StoreError, KeyError, ValueError) as error:
            yield f"tables cannot be read: {error}"


def _references(store: Store) -> Iterator[str]:
    agreements = [row["id"] for row in store.table("agreements")]
    known = set(agreements)
    for name, times in Counter(agreements).items():
        if times > 1:
            yield f"agreements.csv: {name} stands {times} times"
    for row in store.table("agreements"):
        if row["agency"] not in store.agencies:
            yield f"agreements.csv: {row['id']} names the unknown agency {row['agency']}"
        if row["continues_as"] and row["continues_as"] not in known:
            yield f"agreements.csv: {row['id']} continues as the unknown {row['continues_as']}"
    for row in store.table("listings"):
        if row["agreement"] not in known:
            yield f"listings.csv: unknown agreement {row['agreement']}"
    sizes = {item.sha256: item.rows for item in (*store.lists, *store.pending_lists)}
    for file in list_files(store):
        if len(file.rows) != sizes[file.sha256]:
            yield f"{file.name}: {len(file.rows)} rows in the tables, {sizes[file.sha256]} in the list"
