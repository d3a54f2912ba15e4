"""Options of libraries that notebooks use, put back as they were."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

Put = Callable[[], object]


def _library(
    name: str, read: Callable[[Any], Any], put: Callable[[Any, Any], object]
) -> Callable[[], Put]:
    """Keeps what a library holds; `put` is given None where the run was the first to import it."""

    def keep() -> Put:
        library = sys.modules.get(name)
        earlier = None if library is None else read(library)

        def restore() -> None:
            if now := sys.modules.get(name):
                # Options on their way out warn when they are named.
                with warnings.catch_warnings(action="ignore"):
                    put(now, earlier)

        return restore

    return keep


def _pandas_options(pandas: Any) -> dict[str, Any]:
    """Every option by its full name."""
    return dict(_flat(pandas.options.d))


def _flat(options: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in options.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _put_pandas(pandas: Any, earlier: dict[str, Any] | None) -> None:
    if earlier is None:
        pandas.reset_option("all")
        return
    for name, value in _pandas_options(pandas).items():
        if value != earlier[name]:
            pandas.set_option(name, earlier[name])


def _put_matplotlib(matplotlib: Any, earlier: dict[str, Any] | None) -> None:
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
    if earlier is None:
        matplotlib.rc_file_defaults()
        return
    changed = {
        name: earlier[name]
        for name, value in dict.items(matplotlib.rcParams)
        if value is not earlier[name] and value != earlier[name]
    }
    matplotlib.rcParams.update(changed)


def _altair_choices(altair: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """The active plugin of each kind and its options."""
    return {
        kind: (getattr(altair, kind).active, dict(getattr(altair, kind).options))
        for kind in ("renderers", "data_transformers")
    } | {"theme": (altair.theme.active, dict(altair.theme.options))}


def _put_altair(altair: Any, earlier: dict[str, Any] | None) -> None:
    default: dict[str, Any] = dict.fromkeys(("renderers", "data_transformers", "theme"))
    now = _altair_choices(altair)
    for kind, choice in (earlier or default).items():
        name, options = choice or ("default", {})
        if now[kind] != (name, options):
            getattr(altair, kind).enable(name, **options)


LIBRARIES: tuple[Callable[[], Put], ...] = (
    _library("numpy.random", lambda it: it.get_state(), lambda it, was: was and it.set_state(was)),
    _library("pandas", _pandas_options, _put_pandas),
    _library("matplotlib", lambda it: dict(dict.items(it.rcParams)), _put_matplotlib),
    _library("altair", _altair_choices, _put_altair),
)
"""Each keeps what a library holds, and gives what puts it back."""
