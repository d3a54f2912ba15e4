"""The package's data files in YAML, read with the fast loader where it is there."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def entries(name: str) -> Any:
    """The content of a file of the folder `data`."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)
