"""Opens a store: reads the manifest at once, tables when first asked for."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reportkit.errors import DateError, StoreError
from reportkit.store.facts import (
    Agency,
    Agreement,
    CorrectionRecord,
    ListRecord,
    MemorandumRecord,
    Row,
    Waiting,
)
from reportkit.store.memoranda import decode_memoranda
from reportkit.store.snapshot import Snapshot, Stretch, agreement_as_of, shown_rows
from reportkit.store.tables import SCHEMA_VERSION, STANDARDS, load, unpack_rows

# What these say hangs on no list, so a later list leaves them as they are.
_UNDATED = ("memoranda.csv", "terms.csv", "deviations.csv", "sources.csv")
EMBEDDED = Path(__file__).parent / "embedded"


def default_folder() -> Path:
    """The store that REPORTKIT_STORE names, else the embedded one."""
    return Path(os.environ.get("REPORTKIT_STORE") or EMBEDDED)


class Store:
    """An evidence store, read-only: many briefs share one, so none may change what it hands out.

    Args:
        folder: the store; None for the one that REPORTKIT_STORE names, else the embedded one.

    Raises:
        StoreError: there is no store, or it is damaged or of another version.
    """

    def __init__(self, folder: Path | str | None = None) -> None:
        self.folder = Path(folder or default_folder())
        path = self.folder / "manifest.json"
        try:
            self._manifest: dict[str, Any] = json.loads(path.read_bytes())
            version = self._manifest["schema_version"]
            self._tables: dict[str, dict[str, Any]] = self._manifest["tables"]
        except FileNotFoundError:
            raise StoreError(
                f"{self.folder}: no evidence store (manifest.json is missing); "
                "name one with --store, or build one with 'reportkit store build'"
            ) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path}: damaged ({error}); build the store again") from error
        if version != SCHEMA_VERSION:
            raise StoreError(
                f"{path}: version {version}, where this reportkit reads {SCHEMA_VERSION}; "
                "build the store again"
            )

    @property
    def manifest(self) -> dict[str, Any]:
        """What the manifest says, as a copy."""
        return deepcopy(self._manifest)

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """What the manifest says of each table by its name, as a copy."""
        return {name: item.copy() for name, item in self._tables.items()}

    @property
    def sha256(self) -> str:
        """One hash for the whole store: that of its manifest's table hashes."""
        import hashlib

        digests = "".join(self._tables[name]["sha256"] for name in sorted(self._tables))
        return hashlib.sha256(digests.encode()).hexdigest()

    def table(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a table.

        Raises:
            StoreError: it is missing or damaged.
        """
        return load(self.folder, name, self._tables.get(f"{name}.csv", {}).get("sha256", ""))

    @cached_property
    def _lists(self) -> Mapping[str, tuple[ListRecord, ...]]:
        found: dict[str, list[ListRecord]] = defaultdict(list)
        for row in self.table("lists"):
            found[row["kind"]].append(
                ListRecord(
                    row["kind"],
                    int(row["number"]),
                    dt.date.fromisoformat(row["date"]),
                    row["file"],
                    row["sha256"],
                    int(row["rows"]),
                    row["dated"],
                )
            )
        return MappingProxyType({kind: tuple(lists) for kind, lists in found.items()})

    @property
    def lists(self) -> tuple[ListRecord, ...]:
        """The good participating lists in order of time."""
        return self._lists["participating"]

    @property
    def pending_lists(self) -> tuple[ListRecord, ...]:
        """The pending lists in order of time."""
        return self._lists.get("pending", ())

    @cached_property
    def agencies(self) -> Mapping[str, Agency]:
        """Agencies by id."""
        agencies = {
            row["id"]: Agency(
                row["id"],
                row["state"],
                row["name"],
                row["kind"],
                row["type_printed"],
                row["scope"],
                row["county"] or None,
                tuple(row["covers"].split()),
                row["place"] or None,
                row["rule"],
                row["note"],
            )
            for row in self.table("agencies")
        }
        return MappingProxyType(agencies)

    @cached_property
    def spellings(self) -> tuple[tuple[str, str], ...]:
        """Every name that an agency was listed under, with the agency's id."""
        return tuple(
            (name, row["id"])
            for row in self.table("agencies")
            for name in json.loads(row["spellings"])
        )

    @cached_property
    def _stretches(self) -> Mapping[str, list[Stretch]]:
        found: dict[str, list[Stretch]] = defaultdict(list)
        for row in self.table("listings"):
            found[row["agreement"]].append(Stretch(row, unpack_rows(row["rows"])))
        return found

    def shown_on(self, agreement: str) -> frozenset[int]:
        """Numbers of the lists that show an agreement."""
        return frozenset(number for part in self._stretches[agreement] for number in part.rows)

    @cached_property
    def _agreements(self) -> Mapping[str, dict[str, str]]:
        return {row["id"]: row for row in self.table("agreements")}

    @cached_property
    def _first(self) -> Mapping[str, int]:
        """The number of the first list that shows each agreement."""
        return {
            key: min(min(stretch.rows) for stretch in stretches)
            for key, stretches in self._stretches.items()
        }

    def rows(self, agreement: str) -> Mapping[int, tuple[int, Mapping[str, str]]]:
        """Sheet row and printed values of an agreement on each list that shows it, by its number."""
        return shown_rows(self._stretches[agreement], len(self.lists))

    def agreement_on(self, identity: str, item: ListRecord) -> Agreement | None:
        """One agreement as the lists up to this one show it, None where none does yet."""
        return self._agreement(identity, self.lists[: item.number + 1])

    def _agreement(self, identity: str, lists: Sequence[ListRecord]) -> Agreement | None:
        key = self._agreements[identity]
        agency = self.agencies[key["agency"]]
        return agreement_as_of(key, agency, self._stretches[identity], lists, self._first)

    @cached_property
    def corrections(self) -> tuple[CorrectionRecord, ...]:
        """Every value that the store holds otherwise than ICE printed it."""
        return tuple(
            CorrectionRecord(
                row["agency"],
                row["agreement"] or None,
                row["field"],
                row["printed"],
                row["value"],
                row["reason"],
                row["source"],
                tuple(row["rows"].split()),
            )
            for row in self.table("corrections")
        )

    @cached_property
    def history(self) -> tuple[Mapping[str, str], ...]:
        """Departures, returns, successions, renames and moves, as the table has them."""
        return tuple(map(MappingProxyType, self.table("history")))

    @property
    def standard_text(self) -> bytes:
        """The standard text of each form (see `moa.standard`), empty where the store has none."""
        path = self.folder / STANDARDS
        return path.read_bytes() if path.is_file() else b""

    @cached_property
    def memoranda(self) -> tuple[MemorandumRecord, ...]:
        """Every memorandum that was read, in the order of their hashes."""
        read = decode_memoranda(
            self.table("memoranda"), self.table("terms"), self.table("deviations")
        )
        return tuple(replace(item, found=MappingProxyType(item.found)) for item in read)

    @cached_property
    def memoranda_of(self) -> Mapping[str, tuple[MemorandumRecord, ...]]:
        """The memoranda of each agreement, by its id."""
        found: dict[str, list[MemorandumRecord]] = defaultdict(list)
        for item in self.memoranda:
            if item.agreement:
                found[item.agreement].append(item)
        return MappingProxyType({key: tuple(items) for key, items in found.items()})

    @cached_property
    def misplaced(self) -> Mapping[str, tuple[MemorandumRecord, ...]]:
        """Memoranda that an agreement's link leads to although they are another's, by its id."""
        found: dict[str, list[MemorandumRecord]] = defaultdict(list)
        for item in self.memoranda:
            for agreement in item.misplaced:
                found[agreement].append(item)
        return MappingProxyType({key: tuple(items) for key, items in found.items()})

    @property
    def sources(self) -> dict[str, dict[str, str]]:
        """Inputs that come with the package, by id, as a copy."""
        return {row["id"]: row.copy() for row in self._sources}

    @cached_property
    def _sources(self) -> tuple[dict[str, str], ...]:
        return tuple(self.table("sources"))

    @cached_property
    def origins(self) -> Mapping[str, Mapping[str, str]]:
        """What is known of each file that was read, by hash."""
        return MappingProxyType(
            {row["sha256"]: MappingProxyType(row) for row in self.table("files")}
        )

    @lru_cache(maxsize=8)  # noqa: B019 - stores live as long as the process
    def snapshot(self, as_of: dt.date | None = None) -> Snapshot:
        """The roster as of a day, by default that of the newest list.

        Raises:
            DateError: no participating list is as old as that.
        """
        day = as_of or self.lists[-1].date
        lists = [item for item in self.lists if item.date <= day]
        if not lists:
            raise DateError(
                f"as-of date {day}: the first list on hand is of {self.lists[0].date}; "
                "choose that day or a later one"
            )
        agreements = (self._agreement(identity, lists) for identity in self._agreements)
        pending = [item for item in self.pending_lists if item.date <= day]
        return Snapshot(
            day,
            lists[-1],
            pending[-1] if pending else None,
            tuple(lists),
            tuple(item for item in agreements if item),
            tuple(self._waiting(pending)),
            MappingProxyType(
                {name: self._tables[name]["sha256"] for name in _UNDATED if name in self._tables}
            ),
        )

    @cached_property
    def waits(self) -> Mapping[tuple[str, str | None], Mapping[int, tuple[Row, str]]]:
        """By agency and model (None where none is printed): row and printed name on each pending list."""
        shown: dict[tuple[str, str], dict[int, tuple[Row, str]]] = defaultdict(dict)
        for line in self.table("pending"):
            seen = shown[line["agency_id"], line["model_code"]]
            for number, row in unpack_rows(line["rows"]).items():
                seen.setdefault(number, (Row(self.pending_lists[number], row), line["agency"]))
        return MappingProxyType(
            {
                (agency, model or None): MappingProxyType(dict(sorted(seen.items())))
                for (agency, model), seen in sorted(shown.items())
            }
        )

    def _waiting(self, lists: list[ListRecord]) -> Iterator[Waiting]:
        """Agencies and models on the pending lists up to a day, with their first and last row."""
        for (agency, model), shown in self.waits.items():
            if seen := [item for number, item in shown.items() if number < len(lists)]:
                (first, _), (last, name) = seen[0], seen[-1]
                yield Waiting(
                    self.agencies[agency], name, model, first, last, last.list == lists[-1]
                )
