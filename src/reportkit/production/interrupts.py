"""Ctrl-C, and SIGTERM as what asks the same."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def interrupts(act: Callable[[], object]) -> Iterator[None]:
    """Do this when one comes, for as long as this lasts, in place of what was done before.

    Only the main thread is told of them, so nothing changes in another. One that is ignored, as in
    a process that a shell put in the background, goes on being ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    told = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
    earlier = {number: signal.signal(number, lambda *_: act()) for number in told}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
