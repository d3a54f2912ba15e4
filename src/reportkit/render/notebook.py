"""Runs a brief's notebook through papermill, in memory, and makes the result the same each time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellControlSignal, CellTimeoutError, DeadKernelError
from nbconvert.preprocessors.coalescestreams import CoalesceStreamsPreprocessor
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.execute import (
    prepare_notebook_metadata,
    raise_for_execution_errors,
    remove_error_markers,
)
from papermill.inspection import _infer_parameters
from papermill.iorw import load_notebook_node, local_file_io_cwd, papermill_io
from papermill.log import logger
from papermill.parameterize import (
    add_builtin_parameters,
    parameterize_notebook,
    parameterize_path,
)
from papermill.translators import translate_parameters

from reportkit.errors import BriefError
from reportkit.render.collect import displays

# Seconds without a message from a busy kernel; papermill's four are too few on a loaded machine.
_IOPUB_TIMEOUT = 60
KERNEL: Mapping[str, str] = {"name": "python3", "display_name": "Python 3", "language": "python"}
"""The kernel that every notebook of ours names, whatever ran it."""
_JOIN_STREAMS: Any = CoalesceStreamsPreprocessor()
# Warnings and tracebacks name a cell as a file in a folder of its kernel's process.
_CELL_FILE = re.compile(r"(?:[A-Za-z]:)?[\\/][^\s\"'\x1b]*[\\/]ipykernel_\d+[\\/](\d+\.py)")
_VOLATILE = ("papermill", "execution", "ExecuteTime", "collapsed")


def execute(
    notebook: Path,
    parameters: Mapping[str, Any],
    *,
    engine: str | None = None,
    kernel: str | None = None,
    cell_timeout: int | None = None,
    **engine_options: Any,
) -> NotebookNode:
    """Run a notebook with parameters and return it with its outputs, normalised.

    Args:
        notebook: The notebook to run; it is read and never written.
        parameters: JSON-safe values by name.
        engine: A papermill engine; papermill's own where None.
        kernel: A kernel name; the notebook's own where None.
        cell_timeout: Seconds that one cell may take; no limit where None.
        **engine_options: What else the engine takes.

    Raises:
        BriefError: The notebook did not come to its end, whatever papermill says about it.
    """
    _require_json(notebook, parameters)
    try:
        run = _run(
            notebook,
            dict(parameters),
            engine,
            kernel,
            progress_bar=False,
            log_output=False,
            execution_timeout=cell_timeout,
            record_timing=False,
            iopub_timeout=_IOPUB_TIMEOUT,
            # The kernel otherwise warns on stderr that loopback is not encrypted.
            extra_arguments=["--IPKernelApp.log_level=40"],
            **engine_options,
        )
    except PapermillExecutionError as error:
        raise BriefError(_cell_failure(notebook, error)) from error
    except CellTimeoutError as error:
        raise BriefError(
            f"{notebook.name}: a cell ran longer than {cell_timeout} s and was stopped. "
            "Allow more time, or run the notebook in JupyterLab to see which."
        ) from error
    except NoSuchKernel as error:
        raise BriefError(
            f"{notebook.name}: no Jupyter kernel is named {error.name!r}. Install one with "
            f"`python -m ipykernel install --sys-prefix --name {error.name}`, or name another."
        ) from error
    except DeadKernelError as error:
        raise BriefError(
            f"{notebook.name}: the kernel died while a cell ran, most often for want of memory. "
            "Run fewer briefs at once and try again."
        ) from error
    except (PapermillException, CellControlSignal, RuntimeError, OSError) as error:
        raise BriefError(f"{notebook.name}: {type(error).__name__}: {error}") from error
    _require_end(notebook, run)
    return _normalised(run)


def _run(
    notebook: Path,
    parameters: dict[str, Any],
    engine: str | None,
    kernel: str | None,
    **options: Any,
) -> NotebookNode:
    """What `papermill.execute_notebook` does, from its parts, to stay in memory.

    It would read the notebook anew each time, and write it as JSON even where no file is asked for.
    """
    path = parameterize_path(str(notebook), add_builtin_parameters(parameters))
    with local_file_io_cwd():
        nb = deepcopy(_loaded(path, papermill_io.read(path)))
        if parameters:
            known = {parameter.name for parameter in _infer_parameters(nb, name=kernel)}
            for name in (name for name in parameters if name not in known):
                logger.warning(f"Passed unknown parameter: {name}")
            nb = parameterize_notebook(nb, parameters, kernel_name=kernel, engine_name=engine)
        nb = remove_error_markers(prepare_notebook_metadata(nb, path, None))
        nb = papermill_engines.execute_notebook_with_engine(
            engine,
            nb,
            papermill_engines.nb_kernel_name(engine, nb, kernel),
            input_path=path,
            output_path=None,
            **options,
        )
        raise_for_execution_errors(nb, None)
    ran: NotebookNode = nb
    return ran


@lru_cache(maxsize=4)
def _loaded(path: str, content: str) -> NotebookNode:
    """The notebook of a path, to copy and not to change; loaded again when the content changes."""
    nb: NotebookNode = load_notebook_node(path)
    return nb


def parameters_cell(parameters: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Source and tags of the cell that papermill adds for parameters."""
    source = translate_parameters(KERNEL["name"], KERNEL["language"], parameters, "Parameters")
    return source, ["injected-parameters"]


def normalise(nb: NotebookNode) -> NotebookNode:
    """A copy in which nothing tells when, where or by which versions the notebook ran.

    Cell ids follow from position and source, streams that the kernel happened to send in pieces are
    joined, execution counts run from one, and cells that warnings name as files have no folder. A
    second pass changes nothing.
    """
    return _normalised(deepcopy(nb))


def _normalised(nb: NotebookNode) -> NotebookNode:
    nb.nbformat, nb.nbformat_minor = 4, 5
    kept = {key: value for key, value in nb.metadata.items() if key not in _VOLATILE}
    kept.pop("widgets", None)
    nb.metadata = {**kept, "kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    count = 0
    for index, cell in enumerate(nb.cells):
        for key in _VOLATILE:
            cell.metadata.pop(key, None)
        cell.id = hashlib.sha256(f"{index}\n{cell.source}".encode()).hexdigest()[:12]
        if cell.cell_type != "code":
            continue
        _JOIN_STREAMS.preprocess_cell(cell, {}, index)
        if cell.execution_count is not None:
            count += 1
            cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = cell.execution_count
            if output.output_type == "stream":
                output.text = _CELL_FILE.sub(r"\1", output.text)
            elif output.output_type == "error":
                output.traceback = [_CELL_FILE.sub(r"\1", line) for line in output.traceback]
    return nb


def _require_json(notebook: Path, parameters: Mapping[str, Any]) -> None:
    """papermill turns what it does not know into text without a word, so it may not get there."""
    for name, value in parameters.items():
        try:
            same = json.loads(json.dumps(value)) == value
        except (TypeError, ValueError):
            same = False
        if not same:
            raise BriefError(
                f"{notebook.name}: parameter {name!r} is of type {type(value).__name__}, which "
                "no notebook takes. Pass text, a number, true, false, null, a list or a mapping."
            )


def _require_end(notebook: Path, run: NotebookNode) -> None:
    """papermill reports success for a run that a cell ended early, so the outputs have to tell."""
    shown = list(displays(run))
    if run.metadata.get("papermill", {}).get("exception") is True:
        stopped = next(
            (
                index
                for index, cell in enumerate(run.cells, 1)
                if cell.metadata.get("papermill", {}).get("exception")
            ),
            len(run.cells),
        )
        raise BriefError(
            f"{notebook.name}: cell {stopped} ended the kernel, as sys.exit() does, so the cells "
            "after it did not run. Take that call out; a brief has to run to its last cell."
        )
    if not shown or not shown[-1]["last"]:
        raise BriefError(
            f"{notebook.name}: no cell showed the end of the brief. Its last display has to be the "
            "final section; put back the cell that was there, or run all cells."
        )


def _cell_failure(notebook: Path, error: PapermillExecutionError) -> str:
    """Where and why a cell failed, and the line of it, without the traceback's paths."""
    first = next((line for line in error.source.splitlines() if line.strip()), "")
    return (
        f"{notebook.name}: cell {error.cell_index + 1} failed with {error.ename}: {error.evalue} "
        f"(the cell begins {first.strip()!r}). Open the notebook in JupyterLab with the same "
        "parameters and run it up to that cell."
    )
