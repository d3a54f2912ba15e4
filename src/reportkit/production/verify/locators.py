"""Reopens the sources that an edition cites: rows of lists, pages of memoranda and their words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from reportkit.errors import ListError, MemorandumError
from reportkit.production.sources import SourceFiles
from reportkit.production.verify.memoranda import Reread, reread
from reportkit.production.verify.report import EvidenceState, Held, Report
from reportkit.store import MemorandumRecord, Store

Item = Mapping[str, Any]
State = Literal["reopened", "not on hand", "scan"]
# Kinds of sources that are files of their own; a cited fact has none.
_LISTS, _MEMORANDA = ("list", "pending-list"), ("memorandum",)


class Locators:
    """Checks the evidence of editions; what one file says is read once for all of them."""

    def __init__(self, store: Store, sources: SourceFiles) -> None:
        self._store = store
        self._sources = sources
        self._reread: dict[str, Reread | str] = {}
        self._whole: dict[str, str | None] = {}

    def check(self, data: Mapping[str, Any], report: Report) -> None:
        """Note each row and page that the store's copy of a source has not, or the file prints
        otherwise, and for each claim whether all that it cites was reopened.

        Facts that the store bears out cite nothing that it has not, so only files are looked at.
        """
        here = self._sources.hashes
        report.lists = _held(data, _LISTS, here)
        report.memoranda = _held(data, _MEMORANDA, here)
        doubted = bool(report.problems)
        states: dict[int, State | None] = {}
        for item in data["evidence"]:
            if item["kind"] not in (*_LISTS, *_MEMORANDA):
                continue
            check = self._list if item["kind"] in _LISTS else self._memorandum
            states[item["id"]] = "not on hand"
            if not doubted and item["sha256"] not in here:
                continue
            state, problem = check(item)
            if problem:
                report.problems.append(f"evidence {item['id']}: {item['title']}: {problem}")
                states[item["id"]] = None
            elif state:
                states[item["id"]] = state
        told: dict[State | None, EvidenceState] = {
            "reopened": "reopened",
            "scan": "not_on_hand",
            "not on hand": "not_on_hand",
            None: "differs",
        }
        report.evidence = {number: told[state] for number, state in states.items()}
        report.unread = sum(state == "scan" for state in states.values())
        for claim in data["claims"]:
            found = {states[number] for number in claim["evidence"] if number in states}
            if not found or report.claims.get(claim["id"]) == "differs":
                continue
            if None in found:
                report.claims[claim["id"]] = "differs"
            else:
                report.claims[claim["id"]] = "reopened" if found == {"reopened"} else "not on hand"

    def _list(self, item: Item) -> tuple[State | None, str | None]:
        """A row of a list, or the whole of it: what it is now, and what is wrong with it."""
        sha256, kind = item["sha256"], item["locator"]["kind"]
        held = self._rows.get(sha256)
        if held is None:
            return None, "the store has no list of this hash"
        row = _number(item) if kind == "row" else None
        if kind == "row" and row not in held:
            return None, f"the store has no row {item['locator']['value']}"
        if sha256 not in self._sources.hashes:
            return "not on hand", None
        try:
            printed = self._sources.rows(sha256)
        except ListError as error:
            return None, str(error)
        if row is None:
            return "reopened", self._all_rows(sha256, printed)
        if printed.get(row) != held[row]:
            return None, f"row {row} of the file says {printed.get(row)}"
        return "reopened", None

    def _all_rows(self, sha256: str, printed: Mapping[int, Any]) -> str | None:
        if sha256 not in self._whole:
            held = self._rows[sha256]
            others = [row for row in {**held, **printed} if held.get(row) != printed.get(row)]
            self._whole[sha256] = (
                f"{len(others)} rows of the file are not the store's, the first is row {others[0]}"
                if others
                else None
            )
        return self._whole[sha256]

    def _memorandum(self, item: Item) -> tuple[State | None, str | None]:
        """A page of a memorandum, or the whole of it, as a row of a list."""
        sha256 = item["sha256"]
        record = self._records.get(sha256)
        if record is None:
            return None, "the store has no memorandum of this hash"
        page = _number(item) if item["locator"]["kind"] == "page" else None
        if page is not None and not 1 <= page <= record.pages:
            return None, f"the memorandum has no page {page}, only {record.pages}"
        if sha256 not in self._sources.hashes:
            return "not on hand", None
        found = self._read_again(record)
        if isinstance(found, str):
            return None, found
        if found.pages != record.pages:
            return None, f"the file has {found.pages} pages, the store says {record.pages}"
        if page is None:
            return ("scan" if found.scans else "reopened"), found.elsewhere
        if page in found.differing:
            return None, f"page {page} of the file says otherwise: {found.differing[page]}"
        return ("scan" if page in found.scans else "reopened"), None

    def _read_again(self, record: MemorandumRecord) -> Reread | str:
        """What the file of a memorandum says now, or why it cannot be read."""
        if record.sha256 not in self._reread:
            try:
                self._reread[record.sha256] = reread(self._sources.path(record.sha256), record)
            except MemorandumError as error:
                self._reread[record.sha256] = str(error)
        return self._reread[record.sha256]

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[int, Any]]:
        from reportkit.store.decode import list_files

        return {file.sha256: dict(file.rows) for file in list_files(self._store)}

    @cached_property
    def _records(self) -> Mapping[str, MemorandumRecord]:
        return {item.sha256: item for item in self._store.memoranda}


def _held(data: Mapping[str, Any], kinds: tuple[str, ...], here: set[str]) -> Held:
    cited = {item["sha256"] for item in data["evidence"] if item["kind"] in kinds} - {None}
    return Held(len(cited), len(cited & here))


def _number(item: Item) -> int:
    """The number in a locator; 0, which nothing has, where it is none."""
    value = str(item["locator"]["value"])
    return int(value) if value.isdecimal() else 0
