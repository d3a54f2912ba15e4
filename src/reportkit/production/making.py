"""Makes the briefs of a job, one after another, in this process."""

from __future__ import annotations

import errno
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reportkit.errors import OutputError, ReportkitError, StoreError
from reportkit.findings.standing import standing
from reportkit.production.code import code_sha256, file_sha256
from reportkit.production.files import place_notebook
from reportkit.production.folders import edition_folder, place_folder
from reportkit.production.job import Job, Outcome, Task
from reportkit.production.one import edition_files
from reportkit.production.outputs import Outputs, open_outputs
from reportkit.production.record import NAME, Record, inputs, written

if TYPE_CHECKING:
    from reportkit.brief import Brief
    from reportkit.store import Store


class _Moved(ReportkitError):
    """What all briefs of a run are made with is no longer what the run began with."""


_AGAIN = "start the run again to go on with what is there now"
_SAME = "nothing that it tells has changed"
# These hold for every brief of the run, so there is no use in trying the next.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def make(job: Job, task: Task) -> Outcome:
    """Make one brief with its record, unless its edition stands; an error of ours holds it back.

    The outcome is `fatal` where no other brief can be made either.

    Raises:
        MemoryError: memory ran out, so this process is not fit for another brief.
        Exception: whatever nobody expected.
    """
    start = time.perf_counter()
    folder: str | None = None
    try:
        outputs = open_outputs(job.out)
        _require_same(job)
        brief = _brief(job, task)
        folder = edition_folder(place_folder(brief.place), brief.as_of, job.lang)
        stands = brief.report_id == task.unless
        files = _confirmed(outputs, folder, job) if stands else _files(brief, job, task)
        outputs.write(folder, files)
    except ReportkitError as error:
        if _starved(error):
            raise MemoryError(str(error)) from error
        fatal = isinstance(error, (StoreError, _Moved)) or _full(error)
        spent = time.perf_counter() - start
        return Outcome(task.geoid, "held", folder, (str(error),), spent, fatal=fatal)
    spent = time.perf_counter() - start
    if stands:
        return Outcome(task.geoid, "current", folder, (_SAME,), spent)
    return Outcome(task.geoid, "made", folder, task.why, spent, files=written(files))


def _confirmed(outputs: Outputs, folder: str, job: Job) -> Mapping[str, bytes]:
    """The record of an edition that this store bears out too."""
    record = Record.from_bytes(outputs.read(folder, NAME))
    assert record is not None  # its report id was read from it
    return {NAME: record.checked(job.store_sha256).to_bytes()}


def warm(job: Job) -> None:
    """Load what every brief needs, so that the first takes no longer than the others."""
    from reportkit.brief import drawing
    from reportkit.brief.assemble import nation_as_of
    from reportkit.findings import as_of_date

    drawing.start()
    store = _store(job)
    nation_as_of(store, as_of_date(job.as_of, store))


def _require_same(job: Job) -> None:
    """The code and the notebook must be those that the records of this run will name.

    Raises:
        _Moved: they were changed under the run.
    """
    notebook = place_notebook(job.notebook)
    try:
        same = file_sha256(notebook) == job.notebook_sha256
    except OSError:
        same = False
    if not same:
        raise _Moved(f"{notebook.name}: the notebook changed since the run began; {_AGAIN}")
    if code_sha256() != job.code:
        raise _Moved(f"reportkit, or a library that draws, is another than the run's; {_AGAIN}")


def _brief(job: Job, task: Task) -> Brief:
    from reportkit.brief import make_brief

    return make_brief(task.geoid, job.as_of, _store(job), job.lang)


def _store(job: Job) -> Store:
    """The store of the job, opened once.

    Raises:
        StoreError: it is no store, or another than the run began with.
    """
    from reportkit.brief.assemble import open_store

    store = open_store(job.store)
    if store.sha256 != job.store_sha256:
        raise StoreError(f"{job.store}: is another store than the run began with; {_AGAIN}")
    return store


def _files(brief: Brief, job: Job, task: Task) -> Mapping[str, bytes]:
    """The files of a brief by name, its record last."""
    formats = tuple(dict.fromkeys((*job.formats, *task.also)))
    store, notebook = Path(job.store), place_notebook(job.notebook)
    files = edition_files("place", brief, formats, store, job.engine, notebook)
    record = Record(
        brief.subject,
        brief.as_of.isoformat(),
        job.lang,
        brief.report_id,
        tuple(sorted(formats)),
        inputs(job),
        standing(brief.place, brief.national),
        written(files),
    )
    return {**files, NAME: record.to_bytes()}


def _starved(error: BaseException) -> bool:
    """True where memory ran out, in our code or in a cell, of which papermill knows the name."""
    cause = error.__cause__
    return isinstance(cause, MemoryError) or getattr(cause, "ename", "").endswith("MemoryError")


def _full(error: ReportkitError) -> bool:
    """True where nothing can be written for any brief, as the disk is full or read-only."""
    return isinstance(error, OutputError) and getattr(error.__cause__, "errno", None) in _FULL
