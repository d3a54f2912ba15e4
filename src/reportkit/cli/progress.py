"""Progress on stderr, on a terminal only."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


@cache
def console() -> Console:
    """The console of stderr; NO_COLOR is honoured."""
    from rich.console import Console

    return Console(stderr=True)
