"""Checks one edition after another against a store and, where given, the source files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportkit.brief.edition import Edition
from reportkit.errors import ReportkitError
from reportkit.messages import catalogue
from reportkit.production.editions import Kind, kind_of_facts
from reportkit.production.folders import edition_folder
from reportkit.production.newer import newer, newer_text
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import beside, facts, ledger, links, made
from reportkit.production.verify.drawings import Drawings
from reportkit.production.verify.locators import Locators
from reportkit.production.verify.report import Report
from reportkit.store import Store

_HOME = re.compile(r"(?<=/)[a-z]{2}/[^/]+/\d{4}-\d{2}-\d{2}[^/]*(?:/[a-z]{2})?\Z")


class Verifier:
    """Checks editions against one store and, where given, folders with the source files.

    Args:
        store: what their claims are computed again from.
        sources: the files that they cite, as far as they are on hand.
        redraw: draw each PDF again and compare the bytes, in place of reading it.
        ledgers: give each report the claims ledger of its edition, with the state of each check.
    """

    def __init__(
        self, store: Store, sources: SourceFiles, redraw: bool = True, ledgers: bool = False
    ) -> None:
        self._store = store
        self._ledgers = ledgers
        self._locators = Locators(store, sources)
        self._drawings = Drawings(redraw)

    def verify(self, path: Path) -> Report:
        """Check one edition by its facts, which may be missing, and the files beside them.

        Nothing that the files hold raises.
        """
        report = Report(path)
        try:
            self._verify(path, report)
        except OSError as error:
            name = Path(error.filename).name if error.filename else path.name
            report.problems.append(f"{name}: cannot be read ({error.strerror}); check the file")
        except RecursionError:
            report.problems.append("is nested too deep to be read; make the brief again")
        return report

    def _verify(self, path: Path, report: Report) -> None:
        folder = path.parent
        record = made.read_record(folder, report)
        raw = path.read_bytes() if path.is_file() else None
        report.files[path.name] = "bytes" if raw is not None else "not there"
        if raw is not None:
            data = _parsed(raw, report)
        elif record is not None:
            data = made.identity(record)
        else:
            data = None
            if not report.problems:
                report.problems.append(
                    f"{path.name} is missing, and nothing else tells what the files beside must "
                    "say; make the brief again"
                )
        if data is None:
            return
        kind = kind_of_facts(data)
        if not facts.tells_what_it_is(data):
            report.problems += facts.against_schema(data, kind)
            return
        brief = self._again(data, kind, report)
        if brief is None:
            return
        report.subject, report.as_of = brief.subject, brief.as_of.isoformat()
        report.lang, report.report_id = brief.words.lang, brief.report_id
        computed = kind.facts(brief)
        if raw is None:
            data = json.loads(json.dumps(computed))
            report.claims = {claim["id"]: "recomputed" for claim in data["claims"]}
        elif not facts.compare(raw, data, computed, kind, report):
            return
        self._locators.check(data, report)
        if not report.problems:
            self._files(brief, kind, path, report)
        beside.sign_offs(brief, folder, report)
        beside.strangers(kind, folder, report)
        if record is not None:
            made.compare(record, brief, folder, report)
        _at_home(brief, kind, folder, report)
        self._newer(data, report)
        if self._ledgers:
            report.ledger = ledger.checked(brief, report)

    def _again(self, data: Mapping[str, Any], kind: Kind, report: Report) -> Edition | None:
        try:
            return kind.again(data, self._store)
        except ReportkitError as error:
            report.problems += facts.against_schema(data, kind) if "claims" in data else ()
            report.problems.append(f"cannot be computed again: {error}")
            return None

    def _files(self, brief: Edition, kind: Kind, path: Path, report: Report) -> None:
        self._drawings.check(brief, kind, path.parent, report)
        beside.compare(brief, kind, path.parent, report)
        page = path.with_suffix(".html")
        if page.is_file() and not report.problems:
            links.check(page, report)

    def _newer(self, data: Mapping[str, Any], report: Report) -> None:
        """Note the lists that the store holds beyond those that the edition knew."""
        try:
            found = newer(data, self._store)
        except ReportkitError:
            return
        if found is not None:
            report.newer = sorted({*found.lists, *found.pending_lists})
            report.newer_told = newer_text(found, catalogue("en"))


def _at_home(brief: Edition, kind: Kind, folder: Path, report: Report) -> None:
    """Note an edition that lies where that of another place, day or language belongs."""
    home = edition_folder(kind.home(brief), brief.edition, brief.words.lang)
    here = _HOME.search(folder.resolve().as_posix())
    if here is not None and here[0] != home:
        report.problems.append(f"lies in {here[0]}, where {home} is its place; move it there")


def _parsed(raw: bytes, report: Report) -> dict[str, Any] | None:
    try:
        data = json.loads(raw)
    except ValueError as error:
        report.problems.append(f"cannot be read ({error}); make the brief again")
        return None
    if not isinstance(data, dict):
        report.problems.append("schema: the facts: holds no object; make the brief again")
        return None
    return data
