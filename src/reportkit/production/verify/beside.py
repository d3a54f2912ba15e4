"""Files that lie beside a brief: those that it makes, sign-offs, and what belongs to nobody."""

from __future__ import annotations

from pathlib import Path

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
    for beside in kind.beside.values():
        here = {name for name in beside.names if (folder / name).is_file()}
        report.files.update({name: "not there" for name in beside.names if name not in here})
        if not here:
            continue
        for name, data in beside.make(brief).items():
            if name in here:
                report.files[name] = "bytes"
                if (folder / name).read_bytes() != data:
                    report.problems.append(f"{name}: is not what this brief makes; make it again")


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
    ours.update(name for beside in kind.beside.values() for name in beside.names)
    for entry in sorted(folder.iterdir()):
        if not entry.is_file() or entry.name in ours:
            continue
        if entry.name.endswith(PART):
            report.notes.append(f"{entry.name}: an interrupted run left it; it may be deleted")
        else:
            report.notes.append(f"{entry.name}: is no file of a brief, and was not checked")
