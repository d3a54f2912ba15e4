"""Hands the briefs of a run to the workers of a Dask cluster.

Each thread of a worker there makes one brief at a time, in a process of its own as on one machine,
so time limits, bounds of memory and kills act alike. A worker is given briefs once it has said that
it would make the same bytes. Few more are handed out than the threads can make: so an interrupt
waits for little, and a worker that dies takes little with it, which the others then make.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import distributed
from distributed import Client, KilledWorker

from reportkit.errors import ClusterError, one_line
from reportkit.moa.shelf import put
from reportkit.production.cluster_worker import BriefPlugin, make, refusal
from reportkit.production.code import versions
from reportkit.production.job import RUN, Job, Outcome, Task
from reportkit.production.outputs import is_address, open_outputs
from reportkit.store import EMBEDDED, Store
from reportkit.store.travel import packed

CONNECT_SECONDS = 10.0
WORKER_SECONDS = 60.0
"""So long a run waits for a worker, at its start and whenever it has lost all."""
_LOOK_SECONDS = 1.0
_ANSWER_SECONDS = 30.0
"""So long a worker has to say whether it can make the briefs; then it is asked again."""

_LOG = logging.getLogger(__name__)
# What it logs with tracebacks, a run tells in a line.
_NOISE = logging.getLogger("distributed.client")


@contextmanager
def cluster(job: Job, store: Store, address: str) -> Iterator[Callable[[Task], Future[Outcome]]]:
    """Make ready the workers of a scheduler, and end with what they were given for the job.

    Yields:
        What takes a task and promises its outcome. A promise that was not handed on yet can be
        cancelled.

    Raises:
        ClusterError: there is no scheduler, or no worker that can make the briefs.
    """
    with _quiet(), _connected(address) as client, _probe(job) as probe:
        plugin = BriefPlugin(
            job,
            packed(store) if store.folder.resolve() != EMBEDDED.resolve() else None,
            Path(job.notebook).read_bytes() if job.notebook else None,
            versions(),
            probe,
        )
        dispatcher = _Dispatcher(client, plugin, address)
        try:
            try:
                _require_package(client, address)
                dispatcher.await_worker()
            except OSError as error:
                raise ClusterError(
                    f"{address}: the scheduler is gone ({one_line(error)})"
                ) from error
            dispatcher.start()
            try:
                yield dispatcher.hand
            finally:
                dispatcher.stop()
        finally:
            # A worker that is frozen never lets go of it.
            with suppress(Exception):
                _in_loop(client, _unregister(client, plugin.name)).result(CONNECT_SECONDS)
    if not is_address(job.out):
        outputs = open_outputs(job.out)
        for folder in dispatcher.folders:
            outputs.held(folder)  # removes what a killed worker was writing


@contextmanager
def _quiet() -> Iterator[None]:
    level = _NOISE.level
    _NOISE.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        _NOISE.setLevel(level)


def _connected(address: str) -> Client:
    try:
        asyncio.run(_require_scheduler(address))
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="reportkit")
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"{address}: no Dask scheduler answers there ({one_line(error)}); start one with "
            "'dask scheduler', or check the address given with --scheduler"
        ) from error


async def _require_scheduler(address: str) -> None:
    """Ask who is there: distributed's client waits for ever where another kind of server listens."""
    security = distributed.Security().get_connection_args("client")
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            async with distributed.rpc(address, connection_args=security) as server:
                kind = (await server.identity())["type"]
    except TimeoutError as error:
        raise OSError(f"nothing came within {CONNECT_SECONDS:.0f} s") from error
    if kind != "Scheduler":
        raise ValueError(f"what answers is a {kind}")


def _require_package(client: Client, address: str) -> None:
    """See that the scheduler can read the tasks that it is to hand on."""
    try:
        with suppress(ValueError):  # some schedulers allow no such question
            client.run_on_scheduler(callable, make, callback_timeout=CONNECT_SECONDS)
    except (ImportError, AttributeError) as error:
        raise ClusterError(
            f"{address}: the scheduler lacks this reportkit ({one_line(error)}); install there what "
            "the machine has that started the run, and start the scheduler again"
        ) from error


def _in_loop(client: Client, call: Coroutine[Any, Any, Any]) -> Future[Any]:
    """Begin a call in the loop of a client, where its methods do not block."""
    loop: Any = client.loop  # typed as any loop of tornado
    return asyncio.run_coroutine_threadsafe(call, loop.asyncio_loop)


async def _register(client: Client, plugin: BriefPlugin) -> None:
    await client.register_plugin(plugin, name=plugin.name)


async def _unregister(client: Client, name: str) -> None:
    await client.unregister_worker_plugin(name)


@contextmanager
def _probe(job: Job) -> Iterator[str | None]:
    """A file in the folder of the outputs, by which a worker sees that it is the same folder."""
    if is_address(job.out):
        yield None
        return
    file = Path(job.out) / RUN / f".seen-by-workers-{uuid.uuid4().hex}"
    put(file, b"")
    try:
        yield str(file)
    finally:
        file.unlink(missing_ok=True)


@dataclass(slots=True)
class _Promise:
    """A task, the promise of its outcome and, once handed out, to which workers and as what."""

    task: Task
    outcome: Future[Outcome]
    workers: Collection[str] = ()
    handed: distributed.Future[Outcome | None] | None = None


class _Dispatcher:
    """Hands out tasks as workers can take them, in a thread that alone speaks with the cluster."""

    def __init__(self, client: Client, plugin: BriefPlugin, address: str) -> None:
        self._client, self._plugin, self._address = client, plugin, address
        self._waiting: deque[_Promise] = deque()
        self._handed: dict[str, _Promise] = {}
        self._done: SimpleQueue[distributed.Future[Outcome | None] | None] = SimpleQueue()
        # Threads of the workers that can make briefs, and what the others say.
        self._fit: dict[str, int] = {}
        self._refused: dict[str, str] = {}
        self._threads: Mapping[str, int] = {}
        self._asked: dict[str, Future[object]] = {}
        self._registered: Future[None] | None = None
        self._looked = self._seen = time.monotonic()
        self._stopped = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.folders: list[str] = []

    def await_worker(self) -> None:
        """Send the plugin to all workers and wait for the first that can make the briefs.

        Raises:
            ClusterError: none joined in time, or all that did cannot.
        """
        # It ends only when all workers have it: one that is frozen must not keep the others.
        self._registered = _in_loop(self._client, _register(self._client, self._plugin))
        told = False
        while not self._fit:
            self._look()
            if self._threads and not self._threads.keys() - self._refused.keys():
                raise ClusterError(self._nobody())
            if not self._fit and time.monotonic() - self._seen > WORKER_SECONDS:
                raise ClusterError(self._nobody())
            if not self._fit:
                if not told and not self._threads:
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
                self._hear()
                self._give()
            except Exception:  # whatever distributed raises when the scheduler is gone
                if not self._stopped:
                    self._give_up(self._gone())
            self._take()
            if not self._fit and time.monotonic() - self._seen > WORKER_SECONDS:
                self._give_up(self._nobody())

    def _look(self) -> None:
        """See which workers there are; take back what was handed to those that are gone."""
        self._threads = self._client.nthreads()
        self._looked = time.monotonic()
        for known in (self._fit, self._refused, self._asked):
            for address in known.keys() - self._threads.keys():
                del known[address]
        self._hear()
        for address in self._threads:
            if not any(address in known for known in (self._fit, self._refused, self._asked)):
                self._asked[address] = asked = _in_loop(self._client, self._answer(address))
                asked.add_done_callback(lambda _: self._done.put(None))
        if self._fit:
            self._seen = self._looked
        able = self._threads.keys() - self._refused.keys()
        for key, promise in list(self._handed.items()):
            if promise.handed and not able & set(promise.workers):
                del self._handed[key]
                promise.handed.cancel()
                self._waiting.appendleft(promise)

    async def _answer(self, address: str) -> object:
        """What a worker says of itself: as `refusal`, an error, or None where it does not answer."""
        with suppress(OSError):
            async with asyncio.timeout(_ANSWER_SECONDS):
                answers = await self._client.run(
                    refusal,
                    self._plugin.name,
                    self._plugin.run,
                    workers=[address],
                    on_error="return",
                )
            answer: object = answers[address]
            return None if isinstance(answer, OSError) else answer
        return None

    def _hear(self) -> None:
        """Note what workers have answered; those that cannot tell yet are asked again."""
        for address, asked in list(self._asked.items()):
            if not asked.done():
                continue
            del self._asked[address]
            answer = asked.result()
            if answer == "":
                self._fit[address] = self._threads[address]
            elif answer is not None:
                self._refused[address] = one_line(answer)
                _LOG.warning("worker %s is left out: %s", address, one_line(answer))

    def _give(self) -> None:
        """Hand out as many tasks as there are threads, and one more for each worker."""
        room = sum(self._fit.values()) + len(self._fit)
        while self._waiting and self._fit and len(self._handed) < room:
            promise = self._waiting.popleft()
            if not promise.outcome.running() and not promise.outcome.set_running_or_notify_cancel():
                continue
            key = f"brief-{uuid.uuid4().hex}"
            promise.workers = list(self._fit)
            # Before it is sent, so that it is not lost where that fails.
            self._handed[key] = promise
            promise.handed = self._client.submit(
                make,
                self._plugin.name,
                self._plugin.run,
                promise.task,
                key=key,
                workers=promise.workers,
            )
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
        except CancelledError:
            return Outcome(task.geoid, "held", None, (self._gone(),), fatal=True)
        except Exception as error:  # whatever a worker answers that is out of order
            return Outcome(task.geoid, "held", None, (f"its worker failed: {one_line(error)}",))

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

    def _gone(self) -> str:
        return (
            f"{self._address}: the scheduler is gone; start it and its workers, then run the same "
            "command again"
        )

    def _nobody(self) -> str:
        if self._refused:
            address, why = sorted(self._refused.items())[0]
            others = f" (and {len(self._refused) - 1} more)" if len(self._refused) > 1 else ""
            return f"{self._address}: no worker can make these briefs: {address}{others}: {why}"
        registered = self._registered
        if registered and registered.done() and (error := registered.exception()):
            return f"{self._address}: no worker can make these briefs: {one_line(error)}"
        if self._threads:
            return (
                f"{self._address}: {', '.join(sorted(self._threads))}: no answer within "
                f"{WORKER_SECONDS:.0f} s; start the worker again, then run the same command again"
            )
        return (
            f"{self._address}: no worker joined within {WORKER_SECONDS:.0f} s; start some with "
            f"'dask worker {self._address}', then run the same command again"
        )
