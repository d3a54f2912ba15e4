"""A kernel for one notebook, on its way while the caller still gets ready.

The process imports what a brief needs before it serves; nothing of that shows in the notebook's
namespace, which is fresh. `python -m reportkit.render.kernel` is that process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

# Without these the kernel writes parameters to a history file, and warns that loopback is clear.
_OPTIONS = ("--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=40")


@contextmanager
def running_kernel(environment: Mapping[str, str]) -> Iterator[Any]:
    """Start a kernel and give its manager; the kernel is stopped at the end, whatever happened.

    Args:
        environment: Variables that the kernel sees in addition to those of this process.
    """
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3")
    assert manager.kernel_spec is not None
    command = [sys.executable, "-m", "reportkit.render.kernel", "-f", "{connection_file}"]
    manager.kernel_spec.argv = [*command, *_OPTIONS]
    manager.start_kernel(env={**os.environ, **environment})
    try:
        yield manager
    finally:
        manager.shutdown_kernel(now=True)


def _serve() -> None:
    from ipykernel.kernelapp import launch_new_instance

    import reportkit.brief.charts as charts
    import reportkit.brief.sections  # noqa: F401 - imported for the notebook

    charts.warm()
    launch_new_instance()


if __name__ == "__main__":
    _serve()
