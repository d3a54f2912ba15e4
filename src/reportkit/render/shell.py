"""Runs the cells of a notebook in this process.

The shell is the one that the kernel has. Its messages go straight to the client that papermill
reads a kernel with, so outputs come out the same, without starting a process and without sockets.
Modules stay imported from one run to the next; names do not, nor does anything that
`render.isolate` puts back. A notebook that has to be stopped, or that leaves more behind than that,
should run with a kernel of its own.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from traitlets.config import Config

from reportkit.render.isolate import isolated

Deliver = Callable[[dict[str, Any]], object]

# Parameters may not end up in a history file.
_CONFIG = Config({"HistoryManager": {"enabled": False}})


class ShellClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client of a kernel, with a shell in the kernel's place."""

    def execute(self) -> NotebookNode:
        """Run the cells in order until one fails."""
        self.reset_execution_trackers()
        with isolated(), _shell(self._receive) as self._kernel:
            self.papermill_execute_cells()
        nb: NotebookNode = self.nb
        return nb

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> None:
        """Run one cell, as `async_execute_cell` does with a kernel.

        Raises:
            CellExecutionError: It failed and its tags do not allow that.
        """
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return
        cell.outputs = []
        self._running = cell, cell_index
        self.clear_before_next_output = False
        cell.execution_count = self._kernel.execution_count
        error = self._kernel.run(cell.source)
        if isinstance(error, KeyboardInterrupt):
            raise error
        if error and "raises-exception" not in tags:
            reply = {"ename": type(error).__name__, "evalue": str(error), "traceback": []}
            raise CellExecutionError.from_cell_and_msg(cell, reply)

    def _receive(self, message: dict[str, Any]) -> None:
        self.process_message(message, *self._running)


class _Shell(ZMQInteractiveShell):
    """The kernel's shell, without a kernel."""

    def attach(self, session: _Session) -> None:
        """Send what is shown and printed to a session; give the notebook nothing to read."""
        displays: tuple[Any, ...] = (self.displayhook, self.display_pub)
        for display in displays:
            display.session = session
        self._streams = _Stream("stdout", session), _Stream("stderr", session)
        sys.stdin = io.StringIO()
        sys.stdout, sys.stderr = self._streams

    def run(self, source: str) -> BaseException | None:
        """Run the source of a cell and give what it raised."""
        result = self.run_cell(source, store_history=True)
        for stream in self._streams:
            stream.flush()
        error: BaseException | None = result.error_before_exec or result.error_in_exec
        if error is None and self._last_traceback_during_displayhook:
            return RuntimeError("the value of the cell could not be shown")
        return error

    def ask_exit(self) -> None:
        """What `exit` does in a notebook; there is no kernel to end, so the cell ends instead."""
        raise SystemExit


class _Session(Session):
    """Hands messages over, packed and unpacked as on their way from a kernel, instead of sending."""

    deliver: Deliver

    def send(
        self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **more: Any
    ) -> None:
        if isinstance(msg_or_type, str):
            msg_or_type = self.msg(msg_or_type, content)
        self.deliver(self.unpack(self.pack(msg_or_type)))


class _Stream(io.StringIO):
    """What a notebook prints, until it is flushed: before each display and after each cell."""

    encoding = "UTF-8"

    def __init__(self, name: str, session: _Session) -> None:
        super().__init__()
        self._name, self._session = name, session

    def flush(self) -> None:
        if text := self.getvalue():
            self.seek(0)
            self.truncate()
            self._session.send(None, "stream", {"name": self._name, "text": text})


@contextmanager
def _shell(deliver: Deliver) -> Iterator[_Shell]:
    """A new shell that is the process's own for as long as this lasts."""
    session = _Session()
    session.deliver = deliver
    with ExitStack() as stack:
        stack.enter_context(_no_other_shell())
        # A profile without a folder: nothing of the user's is read or written.
        shell = _Shell.instance(config=_CONFIG, profile_dir=ProfileDir())
        stack.callback(_Shell.clear_instance)
        stack.callback(_end, shell)
        shell.attach(session)
        _draw_figures(shell)
        yield shell


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
    if matplotlib := sys.modules.get("matplotlib"):
        matplotlib.use("module://matplotlib_inline.backend_inline")
    backend = sys.modules.get("matplotlib_inline.backend_inline")
    if backend:
        # It also remembers that it has set a shell's formats, which was an earlier one's.
        backend.configure_inline_support.current_backend = "unset"
        backend.configure_inline_support(shell, "inline")
