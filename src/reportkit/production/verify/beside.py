"""Files that lie beside a brief: those that it makes, sign-offs, and what belongs to nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from reportkit.brief.digest import Digest
from reportkit.brief.edition import Edition
from reportkit.errors import InputError
from reportkit.production.editions import Kind
from reportkit.production.record import NAME as RECORD
from reportkit.production.signoff import NAME as SIGNED
from reportkit.production.signoff import counts, read_signoffs
from reportkit.production.verify.report import Report
from reportkit.render.write import PART


def compare(brief: Edition, kind: Kind, folder: Path, report: Report) -> None:
    """Note each file beside a brief that is not, byte for byte, what the brief makes."""
    brief = _published(brief, folder)
    for beside in kind.beside.values():
        if beside.names and not any((folder / name).is_file() for name in beside.names):
            report.files.update(dict.fromkeys(beside.names, "not there"))
            continue
        if beside.last and report.problems:
            # It tells of the other files, so it can be judged only where these hold.
            continue
        made = beside.again(brief, folder)
        report.notes += (
            f"{name}: tells of files that are gone, and was not checked"
            for name in beside.names
            if name not in made and (folder / name).is_file()
        )
        for name, data in made.items():
            file = folder / name
            report.files[name] = "bytes" if file.is_file() else "not there"
            if file.is_file() and file.read_bytes() != data:
                report.problems.append(f"{name}: is not what this brief makes; make it again")


# The brief of a place, as e-mails link it where the briefs are published.
_BRIEF = re.compile(rb"(https://[^\s\"<>]+?)/[a-z]{2}/[a-z0-9-]+/[\d-]+/(?:[a-z]{2}/)?brief\.html")


def _published(brief: Edition, folder: Path) -> Edition:
    """The same, with the address that a digest's files link to, which its facts do not hold."""
    if not isinstance(brief, Digest):
        return brief
    files = [folder / f"digest.{ending}" for ending in ("html", "txt", "md")]
    found = {
        match[1] for file in files if file.is_file() for match in _BRIEF.finditer(file.read_bytes())
    }
    return replace(brief, address=found.pop().decode()) if len(found) == 1 else brief


def sign_offs(brief: Edition, folder: Path, report: Report) -> None:
    """Note the sign-offs beside a brief: those that count, and those of another report."""
    try:
        found = read_signoffs(folder)
    except InputError as error:
        report.problems += (line.removeprefix(f"{folder}/") for line in str(error).splitlines())
        return
    for item in found:
        state = "counts" if counts(item, brief.report_id) else "lapsed"
        report.signed.append(
            {"by": item.by, "when": item.when, "report_id": item.report_id, "state": state}
        )
        if state == "lapsed":
            report.notes.append(
                f"{SIGNED}: {item.by} signed report {item.report_id} on {item.when}; this is "
                f"another, {brief.report_id}, so it no longer counts"
            )


def strangers(kind: Kind, folder: Path, report: Report) -> None:
    """Note files that are none of the edition's; nothing is said of what they hold."""
    ours = {f"{kind.stem}.{name}" for name in (*kind.drawn, "json")} | {RECORD, SIGNED}
    ours.update(report.files)
    ours.update(name for beside in kind.beside.values() for name in beside.names)
    for entry in sorted(folder.iterdir()):
        if not entry.is_file() or entry.name in ours:
            continue
        if entry.name.endswith(PART):
            report.notes.append(f"{entry.name}: an interrupted run left it; it may be deleted")
        else:
            report.notes.append(f"{entry.name}: is no file of a brief, and was not checked")
