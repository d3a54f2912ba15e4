"""What a notebook's cells print, and what the programs print that they start.

Both streams live as long as the process and pass on to the run under way, so that a logging handler
which a library made when it was imported goes on working in the next run.
"""

from __future__ import annotations

import builtins
import codecs
import getpass
import io
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import IO, Any

from IPython.core.error import StdinNotImplementedError

Deliver = Callable[[str, str], object]
"""Takes the name of a stream and what was printed to it."""


class Stream(io.TextIOBase):
    """One of the two streams of the cells, flushed before each display and after each cell."""

    encoding = "UTF-8"
    run: _Run | None = None

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.RLock()
        self._parts: list[str] = []

    def change(self, run: _Run | None) -> _Run | None:
        """Pass on to this run from now on, and give the one before."""
        self.run, self._parts, earlier = run, [], self.run
        return earlier

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Keep the text for the run under way; what no run asked for goes nowhere.

        Raises:
            TypeError: It is no text.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        run = self.run
        if run is None:
            return len(text)
        if run.is_other():
            return int(run.outer[self.name].write(text))
        if run.process != os.getpid():
            run.programs.file(self.name).write(text.encode(errors="replace"))
            return len(text)
        with self._lock:
            # What programs have printed by now comes first.
            self._parts += (run.programs.read(self.name), text)
        return len(text)

    def flush(self) -> None:
        """Deliver what was printed."""
        run = self.run
        if run is None or run.process != os.getpid():
            return
        if run.is_other():
            run.outer[self.name].flush()
            return
        with self._lock:
            text = "".join((*self._parts, run.programs.read(self.name)))
            self._parts = []
        if text:
            run.deliver(self.name, text)


class Programs:
    """What programs print that the cells start, one file a stream, made when it is first needed."""

    def __init__(self) -> None:
        self._files: dict[str, IO[bytes]] = {}
        self._decoders = {name: codecs.getincrementaldecoder("utf-8")("replace") for name in _NAMES}
        self._read = dict.fromkeys(_NAMES, 0)

    def file(self, name: str) -> IO[bytes]:
        """The file that a program prints to; all append, so they do not write over one another."""
        if name not in self._files:
            self._files[name] = tempfile.TemporaryFile("a+b", buffering=0)  # noqa: SIM115
        return self._files[name]

    def read(self, name: str) -> str:
        """What was printed since the last time."""
        if name not in self._files:
            return ""
        file = self._files[name]
        file.seek(self._read[name])
        data = file.read()
        self._read[name] += len(data)
        return self._decoders[name].decode(data)

    def close(self) -> None:
        """Let go of the files; a program that still runs keeps its own."""
        for file in self._files.values():
            file.close()


@dataclass(frozen=True, slots=True)
class _Run:
    """Where the output of one run goes, and which threads are not part of it."""

    deliver: Deliver
    others: frozenset[threading.Thread]
    outer: dict[str, Any]
    process: int
    programs: Programs = field(default_factory=Programs)

    def is_other(self) -> bool:
        """Whether the calling thread was there before the run and does not make it."""
        return threading.current_thread() in self.others


_NAMES = ("stdout", "stderr")
STREAMS: Mapping[str, Stream] = {name: Stream(name) for name in _NAMES}
"""The streams of the cells by name."""


@contextmanager
def streams(deliver: Deliver) -> Iterator[None]:
    """Take what the cells print, and the programs that they start; give both nothing to read.

    Threads that were there before keep the streams they had. What compiled code writes to the
    process's own files is left alone: those belong to whoever started the process.
    """
    others = frozenset(threading.enumerate()) - {threading.current_thread()}
    run = _Run(deliver, others, {name: getattr(sys, name) for name in _NAMES}, os.getpid())
    with ExitStack() as stack:
        stack.callback(run.programs.close)
        for stream in STREAMS.values():
            stack.callback(stream.change, stream.change(run))
        for owner, name, value in (
            (sys, "stdin", io.StringIO()),
            *((sys, name, stream) for name, stream in STREAMS.items()),
            (builtins, "input", _refuse("raw_input")),
            (getpass, "getpass", _refuse("getpass")),
            (subprocess.Popen, "__init__", _start(run)),
            (os, "system", _system(run)),
        ):
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, value)
        yield


def _refuse(name: str) -> Callable[..., str]:
    """Fails as in a kernel whose client cannot ask."""

    def ask(*_: Any, **__: Any) -> str:
        raise StdinNotImplementedError(
            f"{name} was called, but this frontend does not support input requests."
        )

    return ask


def _start(run: _Run) -> Callable[..., None]:
    """`Popen.__init__` with the files of the run where none are named."""
    plain = subprocess.Popen.__init__

    @wraps(plain)
    def init(*args: Any, **kwargs: Any) -> None:
        if not run.is_other():
            for position, name in enumerate(("stdin", *_NAMES), 4):
                if len(args) <= position and kwargs.get(name) is None:
                    kwargs[name] = run.programs.file(name) if name in _NAMES else subprocess.DEVNULL
        plain(*args, **kwargs)

    return init


def _system(run: _Run) -> Callable[[str], int]:
    plain = os.system

    @wraps(plain)
    def system(command: str) -> int:
        if run.is_other():
            return plain(command)
        code = subprocess.call(command, shell=True)
        return code << 8 if code >= 0 else -code

    return system


def _before_fork() -> None:
    """A fork prints to the files too; they have to be there before it is."""
    for name, stream in STREAMS.items():
        if stream.run:
            stream.run.programs.file(name)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork)
