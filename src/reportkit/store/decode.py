"""The lists of a store as they were read, so that new ones can be added to them."""

from __future__ import annotations

from collections import defaultdict

from reportkit.roster import FileNote, ListFile, Printed
from reportkit.store.build import Content, Origin
from reportkit.store.store import Store
from reportkit.store.tables import unpack_rows

_FIELDS = tuple(Printed.__dataclass_fields__)


def list_files(store: Store) -> list[ListFile]:
    """Every good list of a store with all its rows."""
    rows: dict[tuple[str, int], dict[int, Printed]] = defaultdict(dict)
    for kind, table in (("participating", "listings"), ("pending", "pending")):
        for line in store.table(table):
            printed = Printed(**{name: line.get(name, "") for name in _FIELDS})
            for number, row in unpack_rows(line["rows"]).items():
                rows[kind, number][row] = printed
    return [
        ListFile(
            line["file"],
            line["sha256"],
            line["kind"],  # type: ignore[arg-type]
            line["generation"],
            tuple(sorted(rows[line["kind"], int(line["number"])].items())),
        )
        for line in store.table("lists")
    ]


def earlier(store: Store) -> Content:
    """All that a store holds, as what new files can be added to."""
    notes, origins = _set_apart(store)
    return Content(list_files(store), notes, origins, store.memoranda, store.standard_text)


def _set_apart(store: Store) -> tuple[list[FileNote], dict[str, Origin]]:
    """Notes on the files that a store does not use, and the origins of all its files."""
    notes, origins = [], {}
    for line in store.table("files"):
        origins[line["sha256"]] = Origin(line["origin"], line["captured"])
        if line["verdict"] != "used":
            notes.append(
                FileNote(
                    line["file"],
                    line["sha256"],
                    line["kind"],
                    line["verdict"],  # type: ignore[arg-type]
                    line["list"],
                    line["reason"],
                    int(line["rows"]),
                )
            )
    return notes, origins
