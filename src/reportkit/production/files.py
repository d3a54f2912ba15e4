"""Finds the notebooks, in a checkout or in the installed package."""

from __future__ import annotations

from pathlib import Path

import reportkit
from reportkit.errors import BriefError

_PACKAGE = Path(reportkit.__file__).parent


def notebook_path(name: str) -> Path:
    """The notebook of this name: packed with the package, else in the checkout it runs from.

    Raises:
        BriefError: it is in neither.
    """
    for folder in (_PACKAGE / "notebooks", _PACKAGE.parents[1] / "notebooks"):
        if (folder / name).is_file():
            return folder / name
    raise BriefError(f"{name}: not in the package and not in a checkout; install reportkit again")


def place_notebook(given: str | None = None) -> Path:
    """The notebook that lays out briefs on places: the file given, else ours.

    Raises:
        BriefError: none is given, and ours is not there.
    """
    return Path(given) if given else notebook_path("brief.ipynb")
