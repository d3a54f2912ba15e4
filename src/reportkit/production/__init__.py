"""Production: one brief, and checking of what was produced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportkit.production.one import produce

__all__ = ["produce"]


def __getattr__(name: str) -> Any:
    # The command line asks for the formats alone, and must answer at once.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from reportkit.production import one

    return getattr(one, name)
