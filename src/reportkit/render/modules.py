"""Modules and what they define, put back after a notebook has imported, dropped or patched them."""

from __future__ import annotations

import sys
import sysconfig
import types
from collections.abc import Callable
from functools import cache
from typing import Any


def modules() -> Callable[[], object]:
    """Keep which modules there are, and functions and classes of ours and of the standard library.

    Returns:
        What puts them back.
    """
    earlier = sys.modules.copy()
    names = {module: _definitions(module) for module in _own_modules(earlier)}

    def put() -> None:
        # Of a package that cells have imported anew, its new modules belong to the copy.
        anew = {
            root(name) for name, module in earlier.items() if sys.modules.get(name) is not module
        }
        for name, module in list(sys.modules.items()):
            if name not in earlier and (root(name) in anew or not _is_installed(module, earlier)):
                del sys.modules[name]
        sys.modules.update(earlier)
        for name in [name for name in earlier if anew and root(name) in anew]:
            _forget_children(name, earlier[name])
        for module, defined in names.items():
            if not defined.items() <= vars(module).items():
                vars(module).update(defined)

    return put


def root(name: str) -> str:
    """The package that a module belongs to."""
    return name.partition(".")[0]


def _forget_children(name: str, package: Any) -> None:
    """A package would go on naming a module that is to be imported again."""
    for child, value in list(vars(package).items()):
        known = sys.modules.get(f"{name}.{child}")
        if getattr(value, "__name__", None) == f"{name}.{child}" and value is not known:
            delattr(package, child)


def _own_modules(modules: dict[str, Any]) -> list[types.ModuleType]:
    return [
        module
        for name, module in modules.items()
        if type(module) is types.ModuleType
        and (name.startswith("reportkit.") or name in sys.stdlib_module_names)
    ]


_DEFINITIONS = (types.FunctionType, types.BuiltinFunctionType, type, type(cache(int)))


@cache
def _definitions(module: types.ModuleType) -> dict[str, Any]:
    """What the module held when a run first saw it; no run leaves that changed."""
    return {name: value for name, value in vars(module).items() if isinstance(value, _DEFINITIONS)}


def _is_installed(module: Any, earlier: dict[str, Any]) -> bool:
    """Whether the next notebook would import the same module."""
    spec = getattr(module, "__spec__", None)
    if spec is None:
        return False
    if root(spec.name) in earlier or not spec.has_location:
        return True
    places = [spec.origin, *(spec.submodule_search_locations or ())]
    return any(str(place).startswith(_installation()) for place in places)


@cache
def _installation() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    return tuple({paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")})
