"""Runs the cells of a notebook in this process.

The shell is the one that the kernel has. Its messages go straight to the client that papermill
reads a kernel with, so outputs come out the same, without starting a process and without sockets.
Modules stay imported from one run to the next; names do not, nor does anything that
`render.isolate` puts back. One run at a time; another thread's waits.

What differs from a kernel:

- `exit()` and `quit()` end the cell like `sys.exit()`, and the run with it. A kernel stops a moment
  later, and whether the cells after it still run is chance.
- An interrupt, also one that a cell raises, ends the run and goes on to the caller; to a kernel it is
  an error like any other.
- Programs that cells start have their output in the notebook, always in the same place; a kernel
  often has it, when it comes in time. What compiled code in this process writes to the process's own
  files 1 and 2 is not in the notebook: other threads write there too, logs or a protocol.
- Tasks that a cell leaves to the event loop go on only while a later cell runs, and are cancelled at
  the end.
- There is no kernel object (`get_ipython().kernel` is None), no widgets, no history file, no
  configuration of the user's.
- In another thread than the main one, cells cannot set signal handlers and have no time limit.
- What a process has imported, and options of libraries that it has set itself, the cells find there.

A notebook that needs any of these, or leaves more behind than can be put back, should run with a
kernel of its own.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any

from ipykernel.compiler import XCachingCompiler, get_file_name
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode, from_dict
from papermill.clientwrap import PapermillNotebookClient
from traitlets.config import Config

from reportkit.render.isolate import as_in_a_kernel, isolated
from reportkit.render.streams import STREAMS, streams

Deliver = Callable[[dict[str, Any]], object]

# Parameters may not end up in a history file.
_CONFIG = Config({"HistoryManager": {"enabled": False}})
_ONE_AT_A_TIME = threading.RLock()
_AGAIN = 0.5


class ShellClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client of a kernel, with a shell in the kernel's place."""

    def execute(self) -> NotebookNode:
        """Run the cells in order until one fails."""
        self.reset_execution_trackers()
        with _ONE_AT_A_TIME, isolated(), _shell(self._receive) as self._kernel:
            self.papermill_execute_cells()
        nb: NotebookNode = self.nb
        return nb

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> None:
        """Run one cell, as `async_execute_cell` does with a kernel.

        Raises:
            CellExecutionError: It failed and its tags do not allow that.
            CellTimeoutError: It took longer than the client's timeout.
            KeyboardInterrupt: It was interrupted.
        """
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return
        cell.outputs = []
        self._running = cell, cell_index
        self.clear_before_next_output = False
        cell.execution_count = self._kernel.execution_count
        seconds = self._get_timeout(cell)
        try:
            with _limit(seconds):
                error = self._kernel.run(cell.source)
        except _OutOfTime as out:
            error = out
        if isinstance(error, _OutOfTime):
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out", seconds, cell
            )
        if isinstance(error, KeyboardInterrupt):
            raise error
        if error and "raises-exception" not in tags:
            reply = {"ename": type(error).__name__, "evalue": _text(error), "traceback": []}
            raise CellExecutionError.from_cell_and_msg(cell, reply)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, index: int
    ) -> NotebookNode | None:
        """Add what a cell shows; nbformat would check each output against its schema, at length."""
        kind, content = msg["msg_type"], msg["content"]
        if kind not in ("execute_result", "display_data") or display_id:
            other: NotebookNode | None = super().output(outs, msg, display_id, index)
            return other
        if self.clear_before_next_output:
            self.clear_output(outs, {**msg, "content": {}}, index)
            self.clear_before_next_output = False
        shown = {name: content[name] for name in ("data", "metadata")}
        if kind == "execute_result":
            shown["execution_count"] = content["execution_count"]
        outs.append(from_dict({"output_type": kind, **shown}))
        return outs[-1]

    def _receive(self, message: dict[str, Any]) -> None:
        self.process_message(message, *self._running)


def own_log(logger: logging.Logger) -> logging.Logger:
    """A logger that writes where this one does, whatever cells do to logging meanwhile."""
    own = logging.Logger(logger.name, logger.getEffectiveLevel())
    own.addHandler(logging.NullHandler())
    each: logging.Logger | None = logger
    while each:
        for handler in each.handlers:
            own.addHandler(handler)
        each = each.parent if each.propagate else None
    return own


class _OutOfTime(KeyboardInterrupt):
    """Raised in a cell that has run for too long; libraries clean up as for an interrupt."""


class _Compiler(XCachingCompiler):
    """The kernel's, which names a cell after its source, but works a name out once."""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        return _file_name(raw_code)


@lru_cache(maxsize=256)
def _file_name(source: str) -> str:
    return str(get_file_name(source))


class _Shell(ZMQInteractiveShell):
    """The kernel's shell, without a kernel."""

    cell_loop: asyncio.AbstractEventLoop
    cell_context: contextvars.Context

    def run(self, source: str) -> BaseException | None:
        """Run the source of a cell and give what it raised."""
        # Variables of the context pass from cell to cell, as in a kernel.
        try:
            task = self.cell_loop.create_task(self._cell(source), context=self.cell_context)
            result = self.cell_loop.run_until_complete(task)
        finally:
            for stream in STREAMS.values():
                stream.flush()
        error: BaseException | None = result.error_before_exec or result.error_in_exec
        if error is None and self._last_traceback_during_displayhook:
            return RuntimeError("the value of the cell could not be shown")
        return error

    async def _cell(self, source: str) -> Any:
        """Run a cell inside the event loop, whether it awaits anything or not."""
        if "await" in source or "async" in source:
            try:
                transformed, problem = self.transform_cell(source), None
            except Exception:
                transformed, problem = source, sys.exc_info()
            how = {"transformed_cell": transformed, "preprocessing_exc_tuple": problem}
            if self.should_run_async(source, **how):
                self._last_traceback_during_displayhook = False
                result = None
                try:
                    run = self.run_cell_async(source, store_history=True, **how)
                    # A task of its own, as in a kernel: what it sets in the context stays there.
                    result = await asyncio.ensure_future(run)
                finally:
                    self.events.trigger("post_execute")
                    self.events.trigger("post_run_cell", result)
                return result
        return self.run_cell(source, store_history=True)

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Show an error, but not the one that ends a cell from outside."""
        if not isinstance(sys.exc_info()[1], _OutOfTime):
            super().showtraceback(*args, **kwargs)

    def enable_gui(self, gui: Any = None) -> None:
        """Figures show in the notebook; there are no windows, whose events a kernel would handle."""
        if gui:
            raise UsageError(f"only a kernel shows windows, as {gui} needs")

    def ask_exit(self) -> None:
        """What `exit` does in a notebook; there is no kernel to end, so the cell ends instead."""
        raise SystemExit


class _Session(Session):
    """Hands messages over, packed and unpacked as on their way from a kernel, instead of sending."""

    deliver: Deliver | None = None

    def msg(self, msg_type: str, content: Any = None, *_: Any, **__: Any) -> dict[str, Any]:
        """A message; nobody asks when and by whom it was sent."""
        header = {"msg_type": msg_type}
        return {"header": header, "parent_header": {}, "content": content, **header}

    def send(
        self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **more: Any
    ) -> None:
        """Deliver a message to the run under way."""
        if isinstance(msg_or_type, str):
            msg_or_type = self.msg(msg_or_type, content)
        if self.deliver:
            self.deliver(self.unpack(self.pack(msg_or_type)))


@contextmanager
def _shell(deliver: Deliver) -> Iterator[_Shell]:
    """A new shell that is the process's own for as long as this lasts."""
    session = _Session()
    session.deliver = deliver
    with ExitStack() as stack:
        stack.enter_context(_no_other_shell())
        # A profile without a folder: nothing of the user's is read or written.
        shell = _Shell.instance(
            config=_CONFIG, profile_dir=ProfileDir(), compiler_class=_Compiler, user_ns={}
        )
        stack.callback(_Shell.clear_instance)
        stack.callback(_end, shell)
        stack.callback(session.__setattr__, "deliver", None)
        displays: tuple[Any, ...] = (shell.displayhook, shell.display_pub)
        for display in displays:
            display.session = session
        stack.enter_context(
            streams(lambda name, text: session.send(None, "stream", {"name": name, "text": text}))
        )
        stack.enter_context(as_in_a_kernel())
        shell.cell_context = contextvars.Context()
        shell.cell_loop = stack.enter_context(_loop())
        _draw_figures(shell)
        yield shell


@contextmanager
def _loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop for the cells, also where this process runs in one, as in JupyterLab."""
    outer = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    loop = asyncio.new_event_loop()
    try:
        yield loop
    finally:
        try:
            if tasks := asyncio.all_tasks(loop):
                for task in tasks:
                    task.cancel()
                loop.run_until_complete(asyncio.wait(tasks, timeout=1))
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()
            asyncio._set_running_loop(outer)


@contextmanager
def _limit(seconds: float | None) -> Iterator[None]:
    """Raise `_OutOfTime` in what runs longer, and again while it will not end."""
    if seconds is None:
        yield
        return

    stopped = False

    def stop(*_: Any) -> None:
        nonlocal stopped
        stopped = True
        raise _OutOfTime

    earlier = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
    if stopped:
        # What it was raised in may have taken it for the end of a program, as `!sleep` does.
        raise _OutOfTime


@contextmanager
def _no_other_shell() -> Iterator[None]:
    """Set a shell aside that this process runs in, as in JupyterLab."""
    outer = InteractiveShell._instance
    if outer is None:
        yield
        return
    classes = [kind for kind in type(outer).__mro__ if getattr(kind, "_instance", None) is outer]
    type(outer).clear_instance()
    try:
        yield
    finally:
        for kind in classes:
            kind._instance = outer


def _text(error: BaseException) -> str:
    """What an error says, where it can say it."""
    try:
        return str(error)
    except Exception:
        return ""


def _end(shell: _Shell) -> None:
    """Let go of a shell, which would otherwise live until the process ends."""
    import atexit

    atexit.unregister(shell.atexit_operations)
    # Its flush would collect the garbage of the whole process, which takes longer than a cell.
    shell.displayhook.do_full_cache = False
    shell.atexit_operations()
    shell.restore_sys_module_state()


def _draw_figures(shell: _Shell) -> None:
    """Figures show in the notebook, whatever drew in this process before.

    matplotlib's backend registers with the shell of its first import only.
    """
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is None:
        return
    matplotlib.use("module://matplotlib_inline.backend_inline")
    backend = sys.modules.get("matplotlib_inline.backend_inline")
    if backend:
        # It also remembers that it has set a shell's formats, which was an earlier one's.
        backend.configure_inline_support.current_backend = "unset"
        backend.InlineBackend.clear_instance()
        backend.configure_inline_support(shell, "inline")
        # As its import does; options put back after a run may have undone that.
        matplotlib.interactive(True)
