"""Modules and what they define, put back after a notebook has imported, dropped or patched them."""

from __future__ import annotations

import sys
import sysconfig
import types
from collections.abc import Callable, Iterator
from functools import cache
from operator import is_
from typing import Any


def modules() -> Callable[[], object]:
    """Keep which modules there are, what ours hold, and what the standard library defines.

    Returns:
        What puts them back.
    """
    earlier = sys.modules.copy()
    ours = [module for name, module in earlier.items() if _is(module) and name.startswith(_OURS)]
    library = [
        module
        for name, module in earlier.items()
        if _is(module) and name in sys.stdlib_module_names
    ]
    defined = [(vars(module), _definitions(module)) for module in library]
    held = [(names, names.copy()) for names in map(vars, ours)]
    parts = list(_parts(held))

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
        for names, those in defined:
            if not those.items() <= names.items():
                names.update(those)
        changed = [_put_names(*both) for both in held] + [_put_parts(*both) for both in parts]
        if any(changed):
            # What was made meanwhile may show it.
            for names, _ in held:
                for value in list(names.values()):
                    if isinstance(value, _CACHED):
                        value.cache_clear()

    return put


def _put_names(names: dict[str, Any], earlier: dict[str, Any]) -> bool:
    """Put back what a module holds; modules imported below it stay. Whether anything changed."""
    if _same(names, earlier):
        return False
    added = [name for name in names if name not in earlier and not _is(names[name])]
    changed = [name for name, value in earlier.items() if names.get(name, names) is not value]
    for name in added:
        del names[name]
    names.update((name, earlier[name]) for name in changed)
    return bool(added or changed)


def _put_parts(part: Any, earlier: Any) -> bool:
    """Put back what a mapping, list or set holds, which others may hold too."""
    if _same(part, earlier):
        return False
    part.clear()
    (part.extend if isinstance(part, list) else part.update)(earlier)
    return True


def _same(part: Any, earlier: Any) -> bool:
    """Whether two mappings, lists or sets hold the same objects in the same order."""
    if len(part) != len(earlier):
        return False
    if isinstance(part, set):
        return bool(part == earlier)
    if isinstance(part, dict) and not all(map(is_, part.values(), earlier.values())):
        return False
    return all(map(is_, part, earlier))


def _parts(held: list[tuple[dict[str, Any], dict[str, Any]]]) -> Iterator[tuple[Any, Any]]:
    """The mappings, lists and sets that modules hold, however deep, each with a copy of it."""
    seen = set()
    waiting = [
        value
        for _, names in held
        for name, value in names.items()
        if type(value) in _CHANGEABLE and not name.startswith("__")
    ]
    while waiting:
        part = waiting.pop()
        if id(part) not in seen:
            seen.add(id(part))
            yield part, part.copy()
            values = part.values() if isinstance(part, dict) else part
            waiting.extend(value for value in values if type(value) in _CHANGEABLE)


def root(name: str) -> str:
    """The package that a module belongs to."""
    return name.partition(".")[0]


def _forget_children(name: str, package: Any) -> None:
    """A package would go on naming a module that is to be imported again."""
    for child, value in list(vars(package).items()):
        known = sys.modules.get(f"{name}.{child}")
        if getattr(value, "__name__", None) == f"{name}.{child}" and value is not known:
            delattr(package, child)


def _is(module: Any) -> bool:
    return type(module) is types.ModuleType


_OURS = "reportkit."
_CACHED = type(cache(int))
_CHANGEABLE = frozenset((dict, list, set))
_DEFINITIONS = (types.FunctionType, types.BuiltinFunctionType, type, _CACHED)


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
