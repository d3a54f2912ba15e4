"""The plugin with which a worker of a Dask cluster makes the briefs of a run."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from reportkit.errors import ClusterError, ReportkitError
from reportkit.moa.shelf import cache_folder, put
from reportkit.production.code import code_sha256, differences, file_sha256, versions
from reportkit.production.files import place_notebook
from reportkit.production.job import Job, Outcome, Task
from reportkit.production.outputs import open_outputs
from reportkit.production.workers import Workers
from reportkit.store import EMBEDDED, Store
from reportkit.store.travel import unpacked

_READY_SECONDS = 120.0


@dataclass(eq=False)
class BriefPlugin(WorkerPlugin):
    """What a worker makes the briefs of a job with; sent to each, those that join later too.

    `parcel` is the store, None where it comes with the package; `notebook` the bytes of a notebook
    in place of the packed one; `versions` those of the sender; `probe` a file to be seen.
    """

    job: Job
    parcel: bytes | None = field(repr=False)
    notebook: bytes | None = field(repr=False)
    versions: Mapping[str, str]
    probe: str | None
    run: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Tells it from what a run of the same job left when it was killed."""
    refusal: str | None = field(default=None, init=False)
    """Why this worker cannot make the briefs; empty where it can, None as long as that is open."""

    @property
    def name(self) -> str:
        """Names the job, so that a run which is taken up replaces what it left when it was killed."""
        digest = hashlib.sha256(json.dumps(asdict(self.job)).encode()).hexdigest()
        return f"reportkit-{digest[:16]}"

    async def setup(self, worker: Worker) -> None:
        """Unpack what came along, aside of the worker's own loop."""
        self.refusal = await asyncio.to_thread(self._prepare)
        # The processes need neither, and the worker may hold many jobs.
        self.parcel = self.notebook = None

    async def teardown(self, worker: Worker) -> None:
        """End the processes."""
        if self.refusal == "":
            await asyncio.to_thread(self._workers.close)

    def make(self, task: Task) -> Outcome | None:
        """The outcome of a task; None where this worker cannot make it."""
        return self._workers.make(task) if self.refusal == "" else None

    def _prepare(self) -> str:
        try:
            job = self._here()
        except (ReportkitError, OSError) as error:
            return str(error)
        self._workers = Workers(job)
        return ""

    def _here(self) -> Job:
        """The job with the paths of this machine.

        Raises:
            ReportkitError: this machine would make other briefs, or none.
        """
        job = self.job
        if code_sha256() != job.code:
            what = differences(self.versions, versions())
            raise ClusterError(
                f"its reportkit would make other bytes ({what}); install there what the machine has "
                "that started the run, and start the worker again"
            )
        if self.probe and not Path(self.probe).is_file():
            raise ClusterError(
                f"it does not see {job.out} of the machine that started the run; name a folder that "
                "all machines share at the same path, or an address such as s3://bucket/briefs, "
                "with --out"
            )
        open_outputs(job.out)
        if self.parcel is None:
            folder = EMBEDDED.resolve()
            if Store(folder).sha256 != job.store_sha256:
                raise ClusterError(
                    "another evidence store came with its reportkit; install there the same one"
                )
        else:
            folder = unpacked(job.store_sha256, self.parcel)
        return replace(job, store=str(folder), notebook=self._notebook(job))

    def _notebook(self, job: Job) -> str | None:
        if self.notebook is None or job.notebook is None:
            if file_sha256(place_notebook()) != job.notebook_sha256:
                raise ClusterError("another brief.ipynb came with its reportkit; install the same")
            return None
        # Only the name is kept, as messages tell it.
        name = job.notebook.replace("\\", "/").rpartition("/")[2]
        file = cache_folder() / "notebooks" / hashlib.sha256(self.notebook).hexdigest() / name
        put(file, self.notebook)
        return str(file)


def make(name: str, run: str, task: Task) -> Outcome | None:
    """Make a brief on a worker; None where it cannot, as when it has just been started again."""
    worker = get_worker()
    until = time.monotonic() + _READY_SECONDS
    while refusal(name, run, worker) is None and time.monotonic() < until:
        time.sleep(0.1)
    plugin = _plugin(name, run, worker)
    return plugin.make(task) if plugin else None


def refusal(name: str, run: str, dask_worker: Worker) -> str | None:
    """As `BriefPlugin.refusal`, of the worker that this is run on."""
    plugin = _plugin(name, run, dask_worker)
    return plugin.refusal if plugin else None


def _plugin(name: str, run: str, worker: Worker) -> BriefPlugin | None:
    plugin = worker.plugins.get(name)
    return plugin if isinstance(plugin, BriefPlugin) and plugin.run == run else None
