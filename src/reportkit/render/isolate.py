"""What a notebook changes in the process that runs it, put back when it ends.

Put back: working directory, arguments, import path and import hooks, environment, time zone, file
mode mask, warning filters and how warnings are shown, logging (the root logger's handlers, every
logger's level), locale, the state of `random` and `numpy.random`, signal handlers and timers, garbage
collection, recursion limit, the names of `builtins`, options of pandas, matplotlib and altair; which
modules there are, what those of reportkit hold (names, and the mappings, lists and sets under them),
and the functions and classes of the standard library. Where anything of reportkit's had changed, what
its functions have kept is forgotten. Modules from outside the Python installation are dropped, so
that the next notebook imports its own. What cells ask for at the exit of the process is done when
they end.

Not put back: what is changed inside an object (a class's method, an attribute of another library's
module, a fact by its private name: mappings of facts that briefs share are read-only), a module of
reportkit that the notebook was the first to import, files, and threads and programs that were left
running.
"""

from __future__ import annotations

import atexit
import builtins
import gc
import locale
import logging
import os
import random
import signal
import sys
import threading
import time
import types
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from reportkit.render.libraries import LIBRARIES, Put
from reportkit.render.modules import modules, root

# Python's own, which a kernel starts with: action, category, module.
_FILTERS: tuple[tuple[Any, type[Warning], str], ...] = (
    ("default", DeprecationWarning, "__main__"),
    ("ignore", DeprecationWarning, ""),
    ("ignore", PendingDeprecationWarning, ""),
    ("ignore", ImportWarning, ""),
    ("ignore", ResourceWarning, ""),
)


@contextmanager
def isolated() -> Iterator[None]:
    """Restore what the module's docstring names, in a notebook's process or around one's run.

    Options of a library go back to what they were, to its defaults where the run was the first to
    import it.
    """
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        for keep in _KEPT:
            stack.callback(keep())
        if "" not in sys.path:
            sys.path.insert(0, "")
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        yield


@contextmanager
def as_in_a_kernel() -> Iterator[None]:
    """Warn and log as in a process of its own, whatever this one has been told to."""
    root = logging.getLogger()
    root.handlers, root.level, root.filters, root.manager.disable = [], logging.WARNING, [], 0
    for logger in _loggers():
        logger._cache.clear()  # type: ignore[attr-defined]
    # Libraries name the messages or modules that their filters are for; who runs them does not.
    kept = [item for item in warnings.filters if item[1] or item[3]]
    warnings.resetwarnings()
    for action, category, module in _FILTERS:
        warnings.filterwarnings(action, category=category, module=module, append=True)
    warnings.filters[:0] = kept  # type: ignore[index]
    warnings.showwarning = _show_warning
    with _exits():
        yield


def _show_warning(
    message: Any, category: Any, filename: str, lineno: int, file: Any = None, line: Any = None
) -> None:
    stream = file or sys.stderr
    if stream is not None:
        stream.write(warnings.formatwarning(message, category, filename, lineno, line))


@contextmanager
def _exits() -> Iterator[None]:
    """Call what cells register for the end of the process when they end; libraries may wait."""
    asked: list[tuple[Callable[..., object], Any, Any]] = []
    plain = atexit.register

    def register(function: Callable[..., object], *args: Any, **kwargs: Any) -> Any:
        if getattr(function, "__module__", None) != "__main__" and not (
            isinstance(function, types.BuiltinFunctionType)
        ):
            return plain(function, *args, **kwargs)
        asked.append((function, args, kwargs))
        return function

    atexit.register = register  # type: ignore[assignment]
    try:
        yield
    finally:
        atexit.register = plain
        for function, args, kwargs in reversed(asked):
            try:
                function(*args, **kwargs)
            except Exception:
                logging.getLogger(__name__).debug("a function for the exit failed", exc_info=True)


def _value(read: Callable[[], Any], put: Callable[[Any], object]) -> Callable[[], Put]:
    """Keeps what is read and put the same way; puts only what has changed."""

    def keep() -> Put:
        earlier = read()
        return lambda: None if read() == earlier else put(earlier)

    return keep


def _items(values: Callable[[], Any]) -> Callable[[], Put]:
    """Keeps the items of a list or mapping that other code holds on to."""

    def keep() -> Put:
        held = values()
        earlier = held.copy()

        def put() -> None:
            if held != earlier:
                held.clear()
                (held.update if isinstance(held, dict) else held.extend)(earlier)

        return put

    return keep


def _environment() -> Put:
    earlier = dict(os.environ)

    def put() -> None:
        if dict(os.environ) != earlier:
            os.environ.clear()
            os.environ.update(earlier)
            if hasattr(time, "tzset"):
                time.tzset()

    return put


def _mask() -> int:
    os.umask(mask := os.umask(0o77))
    return mask


def _builtins() -> Put:
    earlier = vars(builtins).copy()

    def put() -> None:
        _put_names(vars(builtins), earlier)

    return put


def _put_names(names: dict[str, Any], earlier: dict[str, Any]) -> None:
    for name in [name for name in names if name not in earlier]:
        del names[name]
    names.update(earlier)


def _signals() -> Put:
    """Only a main thread has any."""
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    earlier = {number: signal.getsignal(number) for number in signal.valid_signals()}
    timed = hasattr(signal, "setitimer")
    timer = signal.getitimer(signal.ITIMER_REAL) if timed else (0.0, 0.0)
    started = time.monotonic()

    def put() -> None:
        if timed:
            left = max(timer[0] - (time.monotonic() - started), 0.001) if timer[0] else 0
            signal.setitimer(signal.ITIMER_REAL, left, timer[1])
        for number, handler in earlier.items():
            if handler is not None and signal.getsignal(number) is not handler:
                signal.signal(number, handler)

    return put


def _loggers() -> list[logging.Logger]:
    known = logging.root.manager.loggerDict.values()
    return [logging.root, *(each for each in known if isinstance(each, logging.Logger))]


def _logging() -> Put:
    """Loggers that came with a library keep what it gave them."""
    disabled = logging.root.manager.disable
    earlier = {
        each: (each.level, each.handlers[:], each.filters[:], each.propagate, each.disabled)
        for each in _loggers()
    }

    def put() -> None:
        logging.root.manager.disable = disabled
        for each in _loggers():
            if each in earlier:
                level, handlers, filters, propagate, off = earlier[each]
                each.handlers, each.filters = handlers, filters
            elif root(each.name) in sys.modules:
                continue
            else:
                level, propagate, off = logging.NOTSET, True, False
                each.handlers, each.filters = [], []
            each.level, each.propagate, each.disabled = level, propagate, off
            each._cache.clear()  # type: ignore[attr-defined]

    return put


_KEPT: tuple[Callable[[], Put], ...] = (
    _environment,
    _builtins,
    modules,
    _logging,
    _signals,
    *(
        _items(values)
        for values in (
            lambda: sys.argv,
            lambda: sys.path,
            lambda: sys.meta_path,
            lambda: sys.path_hooks,
        )
    ),
    _value(os.getcwd, os.chdir),
    _value(_mask, os.umask),
    _value(lambda: locale.setlocale(locale.LC_ALL), lambda it: locale.setlocale(locale.LC_ALL, it)),
    _value(random.getstate, random.setstate),
    _value(sys.getrecursionlimit, sys.setrecursionlimit),
    _value(sys.getswitchinterval, sys.setswitchinterval),
    _value(gc.get_threshold, lambda counts: gc.set_threshold(*counts)),
    _value(gc.isenabled, lambda on: gc.enable() if on else gc.disable()),
    _value(sys.gettrace, sys.settrace),
    _value(sys.getprofile, sys.setprofile),
    *LIBRARIES,
)
