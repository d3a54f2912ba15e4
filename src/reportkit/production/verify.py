"""Checks briefs that were produced: facts against the store, drawings against the facts, rows
against the source's bytes where these are on hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reportkit.brief import Brief, make_brief
from reportkit.brief.facts import brief_facts
from reportkit.errors import ListError, ReportkitError
from reportkit.production.redraw import DRAWN, Redrawing
from reportkit.production.sources import SourceFiles
from reportkit.store import Store


@dataclass(slots=True)
class Report:
    """What the check of one brief found. `problems` is empty where all holds.

    `recomputed` counts claims computed again from the store, `reopened` those of which some row of
    a list was read again in the source's bytes; `on_hand` of the `sources` were there.
    """

    path: Path
    problems: list[str] = field(default_factory=list)
    recomputed: int = 0
    reopened: int = 0
    sources: int = 0
    on_hand: int = 0
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
            report.problems += self._redrawing.problems(brief, path.parent)
        for name in DRAWN:
            if not path.with_name(name).is_file():
                report.absent.append(name)
        return report

    def _facts(self, data: dict[str, Any], report: Report) -> Brief | None:
        """Compute the brief again and compare everything that it says, in the same order."""
        made_from = data["roster"]["store_sha256"]
        if made_from != self._store.sha256:
            report.problems.append(
                f"made from store {made_from[:16]}, where this one is {self._store.sha256[:16]}; "
                "name that store with --store, or make the brief again"
            )
            return None
        try:
            brief = make_brief(
                data["jurisdiction"]["geoid"], data["as_of"], self._store, data["lang"]
            )
        except ReportkitError as error:
            report.problems.append(f"cannot be computed again: {error}")
            return None
        fresh = json.loads(json.dumps(brief_facts(brief)))
        held = {claim["id"]: claim for claim in data["claims"]}
        for claim in fresh["claims"]:
            if held.pop(claim["id"], None) == claim:
                report.recomputed += 1
            else:
                report.problems.append(
                    f"claim {claim['id']}: differs from the store: {claim['text']}"
                )
        report.problems += [f"claim {name}: the store does not bear it out" for name in held]
        if [claim["id"] for claim in fresh["claims"]] != [claim["id"] for claim in data["claims"]]:
            report.problems.append("claims: not in the order of the brief")
        report.problems += [
            f"{key}: differs from the store"
            for key in fresh
            if key != "claims" and fresh[key] != data.get(key)
        ]
        return brief

    def _locators(self, data: dict[str, Any], report: Report) -> None:
        """Every row exists in the store's copy of its list; reopen it where the file is on hand."""
        hashes = {item["sha256"] for item in data["evidence"] if item["kind"].endswith("list")}
        report.sources = len(hashes)
        report.on_hand = len(hashes & self._sources.hashes)
        reopened = set()
        for item in data["evidence"]:
            if item["locator"]["kind"] != "row":
                continue
            row, where = int(item["locator"]["value"]), f"evidence {item['id']}: {item['title']}"
            held = self._rows.get(item["sha256"], {})
            if row not in held:
                report.problems.append(f"{where}: the store has no row {row}")
            elif item["sha256"] in self._sources.hashes:
                try:
                    printed = self._sources.rows(item["sha256"]).get(row)
                except ListError as error:
                    report.problems.append(f"{where}: {error}")
                    continue
                if printed != held[row]:
                    report.problems.append(f"{where}: row {row} of the file says {printed}")
                reopened.add(item["id"])
        report.reopened = sum(bool(reopened & set(claim["evidence"])) for claim in data["claims"])

    @cached_property
    def _rows(self) -> dict[str, dict[int, Any]]:
        from reportkit.store.decode import list_files

        return {file.sha256: dict(file.rows) for file in list_files(self._store)}


@lru_cache(maxsize=1)
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    text = files("reportkit.brief").joinpath("schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


def _against_schema(data: Any) -> list[str]:
    return [
        f"schema: {'/'.join(map(str, error.absolute_path))}: {error.message[:160]}"
        for error in _validator().iter_errors(data)
    ]
