"""The words of signature pages, declared in data/signing.yaml."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from reportkit.moa.datafile import entries


class SigningData(BaseModel):
    """What data/signing.yaml declares; its comments say what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: tuple[str, ...]
    months: tuple[str, ...]
    titles: tuple[str, ...]
    ranks: frozenset[str]
    suffixes: frozenset[str]
    agencies: frozenset[str]
    never: frozenset[str]
    federal: tuple[str, ...]
    federal_signatories: tuple[str, ...]


@cache
def signing_data() -> SigningData:
    """The declared words, read once."""
    return SigningData.model_validate(entries("signing.yaml"))
