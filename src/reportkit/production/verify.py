"""Checks briefs that were produced: facts against the store, files against the facts, rows against
the source's bytes where these are on hand."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reportkit.brief import make_brief
from reportkit.brief.facts import brief_facts
from reportkit.errors import ListError, ReportkitError
from reportkit.messages import CELLS
from reportkit.production.sources import SourceFiles
from reportkit.store import Store

# Points of a PDF page above and below the text.
_HEAD, _FOOT = 70, 64


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
        self._facts(data, report)
        self._locators(data, report)
        for name, claims in (("brief.html", _in_html), ("brief.pdf", _in_pdf)):
            file = path.with_name(name)
            if file.is_file():
                report.problems += [f"{name}: {line}" for line in claims(file, data)]
        return report

    def _facts(self, data: dict[str, Any], report: Report) -> None:
        """Compute the brief again and compare everything that it says."""
        made_from = data["roster"]["store_sha256"]
        if made_from != self._store.sha256:
            report.problems.append(
                f"made from store {made_from[:16]}, where this one is {self._store.sha256[:16]}; "
                "name that store with --store, or make the brief again"
            )
            return
        try:
            brief = make_brief(
                data["jurisdiction"]["geoid"], data["as_of"], self._store, data["lang"]
            )
        except ReportkitError as error:
            report.problems.append(f"cannot be computed again: {error}")
            return
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
        report.problems += [
            f"{key}: differs from the store"
            for key in fresh
            if key != "claims" and fresh[key] != data.get(key)
        ]

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


def _folded(text: str) -> str:
    """Text without white space: line breaks differ between drawings, words may not."""
    return re.sub(r"\s+", "", text)


def _in_html(path: Path, data: dict[str, Any]) -> Iterator[str]:
    page = path.read_text("utf-8")
    held = {html.unescape(name) for name in re.findall(r'data-claim="([^"]*)"', page)}
    bare = re.sub(r"<sup\b.*?</sup>", "", page, flags=re.DOTALL)
    yield from _claims(held, _folded(html.unescape(re.sub(r"<[^>]*>", "", bare))), data)
    for number in (item["id"] for item in data["evidence"]):
        if f'id="evidence-{number}"' not in page:
            yield f"evidence {number} is missing"


def _in_pdf(path: Path, data: dict[str, Any]) -> Iterator[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        # A sentence may run over a page: head and foot of the pages must not come between.
        text = "".join(
            page.get_textpage().get_text_bounded(bottom=_FOOT, top=page.get_height() - _HEAD)
            for page in document
        )
    # The reader marks a hyphen at a line's end with this character.
    yield from _claims(None, _folded(text.replace("￾", "-")).replace("-", ""), data, without="-")


def _claims(
    held: set[str] | None, text: str, data: dict[str, Any], without: str = ""
) -> Iterator[str]:
    """Claims that a drawing lacks, or that it has and the facts have not."""
    for claim in data["claims"]:
        if held is not None and claim["id"] not in held:
            yield f"claim {claim['id']} is missing"
        # Row claims stand in table cells, which are drawn apart.
        for part in claim["text"].split(CELLS):
            wanted = _folded(part)
            if without:
                wanted = wanted.replace(without, "")
            if wanted not in text:
                yield f"claim {claim['id']}: its words are not there: {part}"
    if held is not None:
        for name in sorted(held - {claim["id"] for claim in data["claims"]}):
            yield f"claim {name} is not among the facts"
