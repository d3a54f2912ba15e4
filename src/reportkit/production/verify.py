"""Checks briefs that were produced: facts against the store, drawings against the facts, rows
and pages against the source's bytes where these are on hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reportkit.brief.edition import Edition
from reportkit.errors import ListError, MemorandumError, ReportkitError
from reportkit.production.editions import kind_of
from reportkit.production.redraw import DRAWN, Redrawing
from reportkit.production.sources import SourceFiles
from reportkit.store import Store

# Kinds of sources that are files of their own; a cited fact has no file.
_FILES = {"list": {"list", "pending-list"}, "memorandum": {"memorandum"}}


@dataclass(slots=True)
class Report:
    """What the check of one brief found. `problems` is empty where all holds.

    `recomputed` counts claims computed again from the store, `reopened` those of which some row of
    a list was read again in the source's bytes, or the pages of some memorandum were counted again;
    `on_hand` of the `sources`, which are lists, were there, and so many of the `memoranda`.
    """

    path: Path
    problems: list[str] = field(default_factory=list)
    recomputed: int = 0
    reopened: int = 0
    sources: int = 0
    on_hand: int = 0
    memoranda: int = 0
    memoranda_on_hand: int = 0
    absent: list[str] = field(default_factory=list)


def briefs_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The brief.json of each path: the file itself, or all below a folder."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("brief.json"))
        else:
            yield path


class Verifier:
    """Checks briefs against one store and, where given, folders with the source files."""

    def __init__(self, store: Store, sources: SourceFiles) -> None:
        self._store = store
        self._sources = sources
        self._redrawing = Redrawing()

    def verify(self, path: Path) -> Report:
        """Check one brief by its brief.json and the files beside it."""
        report = Report(path)
        try:
            data = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            report.problems.append(f"cannot be read ({error}); make the brief again")
            return report
        report.problems += _against_schema(data)
        if report.problems:
            return report
        brief = self._facts(data, report)
        self._locators(data, report)
        if brief is not None and not report.problems:
            kind = kind_of(data["jurisdiction"]["kind"])
            report.problems += self._redrawing.problems(brief, kind.sections, path.parent)
            for beside in kind.beside.values():
                absent = [name for name in beside.names if not path.with_name(name).is_file()]
                # What tells of the other files can be judged only where these hold.
                judged = not (beside.last and report.problems)
                if judged and len(absent) < len(beside.names):
                    report.problems += _beside(beside.again(brief, path.parent), path.parent)
                report.absent += absent
        report.absent += [name for name in DRAWN if not path.with_name(name).is_file()]
        return report

    def _facts(self, data: dict[str, Any], report: Report) -> Edition | None:
        """Compute the brief again and compare everything that it says, in the same order."""
        kind = kind_of(data["jurisdiction"]["kind"])
        try:
            brief = kind.again(data, self._store)
        except ReportkitError as error:
            report.problems.append(f"cannot be computed again: {error}")
            return None
        fresh = json.loads(json.dumps(kind.facts(brief)))
        made_from, known = (facts["roster"]["snapshot_sha256"] for facts in (data, fresh))
        if made_from != known:
            report.problems.append(
                f"made from a store that on {data['as_of']} knew {made_from[:16]}, where this one "
                f"knew {known[:16]}; name that store with --store, or make the brief again; what "
                "differs follows"
            )
            # Which tells already what follows from another store alone.
            fresh["report_id"] = data["report_id"]
            fresh["roster"]["snapshot_sha256"] = made_from
        held = {claim["id"]: claim for claim in data["claims"]}
        for claim in fresh["claims"]:
            old = held.pop(claim["id"], None)
            if old == claim:
                report.recomputed += 1
            elif old and {**old, "text": claim["text"]} == claim:
                report.problems.append(
                    f"claim {claim['id']}: its values hold, its words are others now; make the "
                    f"brief again: {claim['text']}"
                )
            else:
                report.problems.append(
                    f"claim {claim['id']}: differs from the store: {claim['text']}"
                )
        report.problems += [f"claim {name}: the store does not bear it out" for name in held]
        if [claim["id"] for claim in fresh["claims"]] != [claim["id"] for claim in data["claims"]]:
            report.problems.append("claims: not in the order of the brief")
        for key in fresh:
            if key != "claims":
                report.problems += _differing(key, fresh[key], data[key])
        return brief

    def _locators(self, data: dict[str, Any], report: Report) -> None:
        """Every row and page exists in the store's copy of its source; where the file is on hand,
        the row is read again and the pages are counted again."""
        hashes = {
            kind: {item["sha256"] for item in data["evidence"] if item["kind"] in kinds} - {None}
            for kind, kinds in _FILES.items()
        }
        here = self._sources.hashes
        report.sources, report.on_hand = len(hashes["list"]), len(hashes["list"] & here)
        report.memoranda = len(hashes["memorandum"])
        report.memoranda_on_hand = len(hashes["memorandum"] & here)
        checks = {"row": self._row, "page": self._page}
        reopened = set()
        for item in data["evidence"]:
            check = checks.get(item["locator"]["kind"])
            if check is None:
                continue
            problem = check(item["sha256"], int(item["locator"]["value"]))
            if problem:
                report.problems.append(f"evidence {item['id']}: {item['title']}: {problem}")
            elif item["sha256"] in here:
                reopened.add(item["id"])
        report.reopened = sum(bool(reopened & set(claim["evidence"])) for claim in data["claims"])

    def _row(self, sha256: str, row: int) -> str | None:
        """What is wrong with a row of a list, None where nothing is."""
        held = self._rows.get(sha256, {})
        if row not in held:
            return f"the store has no row {row}"
        if sha256 not in self._sources.hashes:
            return None
        try:
            printed = self._sources.rows(sha256).get(row)
        except ListError as error:
            return str(error)
        return None if printed == held[row] else f"row {row} of the file says {printed}"

    def _page(self, sha256: str, page: int) -> str | None:
        """What is wrong with a page of a memorandum, None where nothing is."""
        held = self._pages.get(sha256)
        if held is None:
            return "the store has no memorandum of this hash"
        if page > held:
            return f"the memorandum has no page {page}, only {held}"
        if sha256 not in self._sources.hashes:
            return None
        try:
            counted = self._sources.pages(sha256)
        except MemorandumError as error:
            return str(error)
        return None if counted == held else f"the file has {counted} pages, the store says {held}"

    @cached_property
    def _rows(self) -> dict[str, dict[int, Any]]:
        from reportkit.store.decode import list_files

        return {file.sha256: dict(file.rows) for file in list_files(self._store)}

    @cached_property
    def _pages(self) -> dict[str, int]:
        return {item.sha256: item.pages for item in self._store.memoranda}


def _beside(fresh: Mapping[str, bytes], folder: Path) -> Iterator[str]:
    """A line for each file beside a brief that is there and is not the brief's."""
    for name, data in fresh.items():
        file = folder / name
        if file.is_file() and file.read_bytes() != data:
            yield f"{name}: is not what this brief makes; make it again"


def _differing(path: str, fresh: Any, held: Any) -> Iterator[str]:
    """A line for each value that is not the store's, with the way to it."""
    if isinstance(fresh, dict) and isinstance(held, dict):
        for key in {**fresh, **held}:
            yield from _differing(f"{path} {key}", fresh.get(key), held.get(key))
    elif isinstance(fresh, list) and isinstance(held, list) and len(fresh) == len(held):
        for number, (new, old) in enumerate(zip(fresh, held, strict=True), start=1):
            yield from _differing(f"{path} {_name(old) or number}", new, old)
    elif fresh != held:
        yield f"{path}: {_short(held)} is not what the store says, {_short(fresh)}"


_NAMES = ("id", "agency", "model", "indicator", "agreements", "title")


def _name(entry: Any) -> str:
    """What tells an entry of a list from the others."""
    if not isinstance(entry, dict):
        return ""
    return " ".join(str(entry[name]) for name in _NAMES if entry.get(name))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."


@lru_cache(maxsize=2)
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    text = files("reportkit.brief").joinpath(schema).read_text("utf-8")
    return Draft202012Validator(json.loads(text))


def _against_schema(data: Any) -> list[str]:
    subject = data.get("jurisdiction") if isinstance(data, dict) else None
    kind = kind_of(subject.get("kind", "") if isinstance(subject, dict) else "")
    return [
        f"schema: {'/'.join(map(str, error.absolute_path)) or 'brief.json'}: {error.message[:160]}"
        for error in _validator(kind.schema).iter_errors(data)
    ]
