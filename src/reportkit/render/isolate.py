"""What a notebook changes in the process that runs it, put back when it ends."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def isolated() -> Iterator[None]:
    """Restore working directory, arguments, import path, environment, warning filters and options.

    pandas and matplotlib get back the options they had; their defaults where the notebook was the
    first to import them.
    """
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        stack.callback(os.chdir, Path.cwd())
        stack.callback(_replace, os.environ, dict(os.environ))
        for values in (sys.argv, sys.path):
            stack.callback(values.__setitem__, slice(None), values[:])
        stack.callback(_reset_pandas, _pandas_options())
        stack.callback(_reset_matplotlib, _matplotlib_options())
        if "" not in sys.path:
            sys.path.insert(0, "")
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        yield


def _replace(values: Any, earlier: dict[str, str]) -> None:
    values.clear()
    values.update(earlier)


def _pandas_options() -> dict[str, Any] | None:
    """Every option by its full name, None where pandas is not imported."""
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return None
    with _no_warnings():
        return dict(_flat(pandas.options))


def _no_warnings() -> warnings.catch_warnings[None]:
    """Options on their way out warn when they are named."""
    return warnings.catch_warnings(action="ignore")


def _flat(options: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name in dir(options):
        value = getattr(options, name)
        if type(value) is type(options):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _reset_pandas(earlier: dict[str, Any] | None) -> None:
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return
    with _no_warnings():
        if earlier is None:
            pandas.reset_option("all")
            return
        for name, value in _flat(pandas.options):
            if value != earlier[name]:
                pandas.set_option(name, earlier[name])


def _matplotlib_options() -> dict[str, Any] | None:
    matplotlib = sys.modules.get("matplotlib")
    return dict(matplotlib.rcParams.copy()) if matplotlib else None


def _reset_matplotlib(earlier: dict[str, Any] | None) -> None:
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    pyplot.close("all")
    if earlier is None:
        pyplot.rcdefaults()
    else:
        pyplot.rcParams.update(earlier)
