"""A papermill engine without a kernel: a notebook's cells run in this process.

papermill loads this module while it is itself being imported, so the module holds little and is not
to be imported before papermill.
"""

from __future__ import annotations

import signal
import threading
from typing import Any

from papermill.engines import Engine
from papermill.exceptions import PapermillException
from papermill.log import logger


class InProcessEngine(Engine):  # type: ignore[misc]
    """Runs Python notebooks in this process; select it as `reportkit`."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        execution_timeout: int | None = None,
        **options: Any,
    ) -> None:
        """Run the cells in order until one fails; options that only a kernel knows do nothing.

        Raises:
            PapermillException: The notebook is in another language, or cells have a time limit
                where no signal can end them.
        """
        if cls.nb_language(nb_man.nb) != "python":
            raise PapermillException("only a kernel runs notebooks that are not in Python")
        main = threading.current_thread() is threading.main_thread()
        if execution_timeout and not (main and hasattr(signal, "setitimer")):
            raise PapermillException(
                "only a kernel, or the main thread of a process, can be stopped while a cell runs"
            )
        from reportkit.render.shell import ShellClient, own_log

        ShellClient(
            nb_man,
            timeout=execution_timeout,
            log=own_log(logger),
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
        ).execute()
