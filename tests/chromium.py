"""Chromium for tests, for as long as a module runs: its event loop would be in the way of others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@contextmanager
def chromium(*more: str) -> Iterator[object]:
    """An opened browser, with more arguments for it."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=[*_ARGUMENTS, *more])
        yield opened
        opened.close()
