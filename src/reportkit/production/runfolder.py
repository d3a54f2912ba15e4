"""OUT/run: one run at a time, what it did, what it held back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import platform
import shlex
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from reportkit import __version__
from reportkit.errors import OutputError
from reportkit.moa.shelf import cache_folder
from reportkit.places import Gazetteer
from reportkit.production.job import HOLDS, MANIFEST, RESULTS, RUN, Outcome, from_json
from reportkit.production.outputs import Outputs, is_address
from reportkit.production.request import Request
from reportkit.production.run import Run
from reportkit.production.tables import cell

if TYPE_CHECKING:
    from types import TracebackType


_COLUMNS = ("place", "name", "reason", "attempts", "command")


class RunFolder:
    """The folder `run` below OUT, locked for as long as this lasts.

    Raises:
        OutputError: another run writes there, or nothing can be written.
    """

    def __init__(self, out: str, outputs: Outputs) -> None:
        self._out, self._outputs = out, outputs
        self._lock = FileLock(_lock_file(out))

    def __enter__(self) -> RunFolder:
        try:
            Path(self._lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise OutputError(
                f"{self._out}: another run writes there; wait for its end, or name another folder "
                "with --out"
            ) from error
        except OSError as error:
            raise OutputError(
                f"{self._out}: nothing can be written there: {error.strerror}; allow writing, or "
                "name another folder with --out"
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()

    def begin(self, run: Run) -> None:
        """Say what was asked for, so that an interrupted run can be taken up."""
        self._outputs.held(RUN)  # without what an interrupted writer left
        self._write(run, "running")

    def end(self, run: Run) -> None:
        """Write the manifest and the holds."""
        self._write(run, "stopped" if run.stopped else "ended")

    def _write(self, run: Run, state: str) -> None:
        text = json.dumps(_manifest(run, state), ensure_ascii=False, indent=1) + "\n"
        files = {HOLDS: _holds(run, self._out), MANIFEST: text.encode()}
        self._outputs.write(RUN, files)


def last_request(out: str, outputs: Outputs) -> Request:
    """What the last run of a folder was asked for.

    Raises:
        OutputError: there was none.
    """
    if MANIFEST not in outputs.held(RUN):
        raise OutputError(
            f"{out}: no run to go on with; name a params file, places, --state or --all"
        )
    try:
        held = json.loads(outputs.read(RUN, MANIFEST))
        request: Request = from_json(Request, held["request"])
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(
            f"{out}/{RUN}/{MANIFEST}: damaged ({error}); say again what to make"
        ) from error
    return request


def _lock_file(out: str) -> str:
    """Beside the briefs on this machine; for an address in the cache, one for each address."""
    if not is_address(out):
        return str(Path(out) / RUN / "lock")
    return str(cache_folder() / "locks" / hashlib.sha256(out.encode()).hexdigest()[:16])


def _manifest(run: Run, state: str) -> Mapping[str, Any]:
    return {
        "state": state,
        "stopped": run.stopped,
        "request": asdict(run.request),
        "started": run.started.isoformat(timespec="seconds"),
        "seconds": round(run.seconds, 3),
        "jobs": run.jobs,
        "scheduler": run.scheduler,
        "reportkit": __version__,
        "python": platform.python_version(),
        "inputs": asdict(run.job),
        "counts": {
            **{name: len(run.of(name)) for name in RESULTS},
            "left": len(run.left),
        },
        "briefs": [_brief(item) for item in run.outcomes],
        "left": [asdict(item) for item in run.left],
    }


def _brief(outcome: Outcome) -> Mapping[str, Any]:
    return {**asdict(outcome), "seconds": round(outcome.seconds, 3)}


def _holds(run: Run, out: str) -> bytes:
    """The briefs that are held back, with the reason and the command that tries each again."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    gazetteer = Gazetteer.load()
    for item in sorted(run.of("held"), key=lambda item: item.geoid):
        known = item.geoid in gazetteer
        name = gazetteer.place(item.geoid).full_name if known else item.geoid
        reason, command = " ".join(item.why), _command(run, item.geoid)
        row = (item.geoid if known else "", name, reason, item.attempts, command)
        writer.writerow(map(cell, row))
    return text.getvalue().encode()


def _command(run: Run, place: str) -> str:
    """The command that makes one brief of a run.

    In a folder it is the one for single briefs, which leaves what this run tells as it is.
    """
    request = run.request
    given = {
        "out": (request.out,),
        "as-of": (request.as_of,),
        "store": (request.store,),
        "notebook": (request.notebook,),
        "lang": (request.lang,),
        "engine": (request.engine,),
        "format": request.formats,
    }
    words = [f"--{name}={value}" for name, values in given.items() for value in values if value]
    if is_address(request.out):
        return shlex.join(("reportkit", "batch", f"--place={place}", *words))
    return shlex.join(("reportkit", "brief", *words, "--", place))
