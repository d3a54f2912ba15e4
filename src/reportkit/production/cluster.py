"""Hands the briefs of a run to the workers of a Dask cluster.

Each thread of a worker there makes one brief at a time, in a process of its own as on one machine,
so time limits, bounds of memory and kills act alike. A worker is given briefs once it has said that
it would make the same bytes. Few more are handed out than the threads can make: so an interrupt
waits for little, and a worker that dies takes little with it, which the others then make.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue

import distributed
from distributed import Client, KilledWorker, Worker, WorkerPlugin

from reportkit.errors import ClusterError, ReportkitError
from reportkit.moa.shelf import cache_folder, put
from reportkit.production.code import code_sha256, differences, file_sha256, versions
from reportkit.production.files import notebook_path
from reportkit.production.job import Job, Outcome, Task
from reportkit.production.outputs import is_address, open_outputs
from reportkit.production.workers import Workers
from reportkit.store import EMBEDDED, Store
from reportkit.store.travel import packed, unpacked

CONNECT_SECONDS = 10.0
WORKER_SECONDS = 60.0
"""So long a run waits for a worker, at its start and whenever it has lost all."""
_LOOK_SECONDS = 1.0
_READY_SECONDS = 120.0

_LOG = logging.getLogger(__name__)


@contextmanager
def cluster(job: Job, store: Store, address: str) -> Iterator[Callable[[Task], Future[Outcome]]]:
    """Make ready the workers of a scheduler, and end with what they were given for the job.

    Yields:
        What takes a task and promises its outcome. A promise that was not handed on yet can be
        cancelled.

    Raises:
        ClusterError: there is no scheduler, or no worker that can make the briefs.
    """
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="reportkit")
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"{address}: no Dask scheduler answers there ({_line(error)}); start one with "
            "'dask scheduler', or check the address given with --scheduler"
        ) from error
    with client, _probe(job) as probe:
        bench = _Bench(
            job,
            packed(store) if store.folder.resolve() != EMBEDDED.resolve() else None,
            Path(job.notebook).read_bytes() if job.notebook else None,
            versions(),
            probe,
        )
        name = bench.name
        try:
            # A worker that fails here says so when it is asked.
            with suppress(Exception):
                client.register_plugin(bench, name=name)
            foreman = _Foreman(client, name, address)
            foreman.await_worker()
            foreman.start()
            try:
                yield foreman.hand
            finally:
                foreman.stop()
        except OSError as error:
            raise ClusterError(f"{address}: the scheduler is gone ({_line(error)})") from error
        finally:
            with suppress(Exception):
                client.unregister_worker_plugin(name)
    if not is_address(job.out):
        outputs = open_outputs(job.out)
        for folder in foreman.folders:
            outputs.held(folder)  # removes what a killed worker was writing


@contextmanager
def _probe(job: Job) -> Iterator[str | None]:
    """A file in the folder of the outputs, by which a worker sees that it is the same folder."""
    if is_address(job.out):
        yield None
        return
    file = Path(job.out) / "run" / f".seen-by-workers-{uuid.uuid4().hex}"
    put(file, b"")
    try:
        yield str(file)
    finally:
        file.unlink(missing_ok=True)


@dataclass
class _Bench(WorkerPlugin):
    """What a worker makes the briefs of a job with; sent to each, those that join later too.

    `parcel` is the store, None where it comes with the package; `notebook` the bytes of a notebook
    in place of the packed one; `versions` those of the sender; `probe` a file to be seen.
    """

    job: Job
    parcel: bytes | None
    notebook: bytes | None
    versions: Mapping[str, str]
    probe: str | None
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
            if file_sha256(notebook_path("brief.ipynb")) != job.notebook_sha256:
                raise ClusterError("another brief.ipynb came with its reportkit; install the same")
            return None
        # Only the name is kept, as messages tell it.
        name = job.notebook.replace("\\", "/").rpartition("/")[2]
        file = cache_folder() / "notebooks" / hashlib.sha256(self.notebook).hexdigest() / name
        put(file, self.notebook)
        return str(file)


def _make(name: str, task: Task) -> Outcome | None:
    """Make a brief on a worker; None where it cannot, as when it has just been started again."""
    worker = distributed.get_worker()
    until = time.monotonic() + _READY_SECONDS
    while _refusal(name, worker) is None and time.monotonic() < until:
        time.sleep(0.1)
    bench = _bench(name, worker)
    return bench.make(task) if bench else None


def _refusal(name: str, dask_worker: Worker) -> str | None:
    """As `_Bench.refusal`, of the worker that this is run on."""
    bench = _bench(name, dask_worker)
    return bench.refusal if bench else None


def _bench(name: str, worker: Worker) -> _Bench | None:
    bench = worker.plugins.get(name)
    return bench if isinstance(bench, _Bench) else None


@dataclass(slots=True)
class _Promise:
    """A task, the promise of its outcome and, once handed out, to which workers and as what."""

    task: Task
    outcome: Future[Outcome]
    workers: Collection[str] = ()
    handed: distributed.Future[Outcome | None] | None = None


class _Foreman:
    """Hands out tasks as workers can take them, in a thread that alone speaks with the cluster."""

    def __init__(self, client: Client, name: str, address: str) -> None:
        self._client, self._name, self._address = client, name, address
        self._waiting: deque[_Promise] = deque()
        self._handed: dict[str, _Promise] = {}
        self._done: SimpleQueue[distributed.Future[Outcome | None] | None] = SimpleQueue()
        # Threads of the workers that can make briefs, and what the others say.
        self._fit: dict[str, int] = {}
        self._refused: dict[str, str] = {}
        self._looked = self._seen = time.monotonic()
        self._stopped = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.folders: list[str] = []

    def await_worker(self) -> None:
        """Wait for the first worker that can make the briefs.

        Raises:
            ClusterError: none joined in time, or all that did cannot.
        """
        told = False
        while not self._fit:
            self._look()
            if self._refused and not self._fit and not self._unasked():
                raise ClusterError(self._nobody())
            if not self._fit and time.monotonic() - self._seen > WORKER_SECONDS:
                raise ClusterError(self._nobody())
            if not self._fit:
                if not told and not self._client.nthreads():
                    told = True
                    _LOG.warning(
                        "%s: no workers yet; waiting %.0f s for one", self._address, WORKER_SECONDS
                    )
                time.sleep(_LOOK_SECONDS / 4)

    def hand(self, task: Task) -> Future[Outcome]:
        """The promise of the outcome of a task."""
        promise = _Promise(task, Future())
        self._waiting.append(promise)
        self._done.put(None)
        return promise.outcome

    def start(self) -> None:
        """Begin to hand out."""
        self._thread.start()

    def stop(self) -> None:
        """Hand out no more."""
        self._stopped = True
        self._done.put(None)
        self._thread.join(CONNECT_SECONDS)

    def _serve(self) -> None:
        while not self._stopped:
            try:
                if time.monotonic() - self._looked > _LOOK_SECONDS:
                    self._look()
                self._give()
            except Exception as error:  # whatever distributed raises when the scheduler is gone
                if not self._stopped:
                    self._give_up(f"{self._address}: the scheduler is gone ({_line(error)})")
            self._take()
            if not self._fit and time.monotonic() - self._seen > WORKER_SECONDS:
                self._give_up(self._nobody())

    def _look(self) -> None:
        """See which workers there are; take back what was handed to those that are gone."""
        threads = self._client.nthreads()
        self._looked = time.monotonic()
        for known in (self._fit, self._refused):
            for address in known.keys() - threads.keys():
                del known[address]
        unasked = [item for item in threads if item not in self._fit | self._refused]
        self._ask(unasked, threads)
        if self._fit:
            self._seen = self._looked
        for key, promise in list(self._handed.items()):
            if promise.handed and not self._fit.keys() & promise.workers:
                del self._handed[key]
                promise.handed.cancel()
                self._waiting.appendleft(promise)

    def _ask(self, addresses: list[str], threads: Mapping[str, int]) -> None:
        if not addresses:
            return
        answers = self._client.run(_refusal, self._name, workers=addresses, on_error="return")
        for address, answer in answers.items():
            if answer == "":
                self._fit[address] = threads[address]
            elif answer is not None and not isinstance(answer, OSError):
                self._refused[address] = _line(answer)
                _LOG.warning("worker %s is left out: %s", address, _line(answer))

    def _unasked(self) -> bool:
        return bool(self._client.nthreads().keys() - self._fit.keys() - self._refused.keys())

    def _give(self) -> None:
        """Hand out as many tasks as there are threads, and one more for each worker."""
        room = sum(self._fit.values()) + len(self._fit)
        while self._waiting and self._fit and len(self._handed) < room:
            promise = self._waiting.popleft()
            if not promise.outcome.running() and not promise.outcome.set_running_or_notify_cancel():
                continue
            key = f"brief-{uuid.uuid4().hex}"
            promise.workers = list(self._fit)
            promise.handed = self._client.submit(
                _make, self._name, promise.task, key=key, workers=promise.workers
            )
            self._handed[key] = promise
            promise.handed.add_done_callback(self._done.put)

    def _take(self) -> None:
        """Wait for news, and settle all that is done."""
        with suppress(Empty):
            self._settle(self._done.get(timeout=_LOOK_SECONDS))
            while True:
                self._settle(self._done.get_nowait())

    def _settle(self, done: distributed.Future[Outcome | None] | None) -> None:
        if done is None or done.key not in self._handed:
            return
        promise = self._handed.pop(done.key)
        outcome = self._outcome(done, promise.task)
        if outcome is None:
            # Not on that worker; ask all of them again.
            self._fit.clear()
            self._waiting.appendleft(promise)
            self._looked = 0.0
            return
        if outcome.folder:
            self.folders.append(outcome.folder)
        promise.outcome.set_result(outcome)

    def _outcome(self, done: distributed.Future[Outcome | None], task: Task) -> Outcome | None:
        try:
            return done.result()
        except KilledWorker:
            why = (
                "every worker that it was given to died; most often memory ran out: give them more, "
                "or fewer threads"
            )
            return Outcome(task.geoid, "held", None, (why,))
        except CancelledError as error:
            why = (
                f"{self._address}: the scheduler is gone ({_line(error)}); start it, then --resume"
            )
            return Outcome(task.geoid, "held", None, (why,), fatal=True)
        except Exception as error:  # whatever a worker answers that is out of order
            return Outcome(task.geoid, "held", None, (f"its worker failed: {_line(error)}",))

    def _give_up(self, why: str) -> None:
        """End the run: no other brief can be made."""
        promises = [*self._handed.values(), *self._waiting]
        self._handed.clear()
        self._waiting.clear()
        for promise in promises:
            going = promise.outcome.running() or promise.outcome.set_running_or_notify_cancel()
            if going:
                outcome = Outcome(promise.task.geoid, "held", None, (why,), fatal=True)
                promise.outcome.set_result(outcome)

    def _nobody(self) -> str:
        if self._refused:
            address, why = sorted(self._refused.items())[0]
            others = f" (and {len(self._refused) - 1} more)" if len(self._refused) > 1 else ""
            return f"{self._address}: no worker can make these briefs: {address}{others}: {why}"
        return (
            f"{self._address}: no worker joined within {WORKER_SECONDS:.0f} s; start some with "
            f"'dask worker {self._address}', then run the same command again"
        )


def _line(error: object) -> str:
    """What an error says, in one line."""
    return " ".join(str(error).split()) or type(error).__name__
