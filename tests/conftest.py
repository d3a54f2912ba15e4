"""Fixtures that all tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chromium import chromium
from reportkit.store import EMBEDDED, Store
from reportkit.store.build import Content, build
from roster.make import book

# A shell that starts tests in the background has them ignore interrupts, which some tests send.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The corpus of public records."""
    named = os.environ.get("REPORTKIT_CORPUS")
    if not named:
        pytest.skip("REPORTKIT_CORPUS is not set; set it to the folder of public records")
    folder = Path(named)
    if not (folder / "lists").is_dir():
        pytest.skip(f"REPORTKIT_CORPUS={named} has no folder 'lists'")
    return folder


@pytest.fixture(scope="session")
def corpus_store(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that was built from the lists of the corpus just now.

    Its memoranda are those of the embedded store, matched anew: reading them takes an hour.
    """
    folder = tmp_path_factory.mktemp("stores") / "corpus"
    build([corpus / "lists"], folder, earlier=Content(memoranda=Store(EMBEDDED).memoranda))
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium, started once for a module."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small workbook and gives its path; for the arguments see `roster.make.book`."""

    def write(name: str, *args: object, **options: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(book(*args, **options))  # type: ignore[arg-type]
        return path

    return write
