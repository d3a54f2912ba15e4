"""Decisions by hand on which names are one agency and which are not."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Alias(BaseModel):
    """Names of one state that are the same agency, or that must never be taken for the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["same", "distinct"]
    state: str
    names: tuple[str, ...]
    reason: str
    source: str
