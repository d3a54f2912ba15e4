"""Evidence stores: built from lists and records, opened in milliseconds, checked."""

from reportkit.store.facts import (
    Agency,
    Agreement,
    CorrectionRecord,
    ListRecord,
    MemorandumRecord,
    Row,
    Waiting,
)
from reportkit.store.snapshot import Snapshot
from reportkit.store.store import EMBEDDED, Store, default_folder

__all__ = [
    "EMBEDDED",
    "Agency",
    "Agreement",
    "CorrectionRecord",
    "ListRecord",
    "MemorandumRecord",
    "Row",
    "Snapshot",
    "Store",
    "Waiting",
    "default_folder",
]
