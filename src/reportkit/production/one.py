"""Makes one brief: runs the notebook, draws HTML and PDF, writes all files or none."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reportkit.brief import drawing
from reportkit.errors import BriefError
from reportkit.production.editions import Kind, kind_of
from reportkit.production.files import notebook_path
from reportkit.production.folders import edition_folder, place_folder
from reportkit.production.formats import BRIEF, DRAWN, ENGINES
from reportkit.render.write import write_all
from reportkit.store import default_folder

if TYPE_CHECKING:
    from reportkit.brief.edition import Edition
    from reportkit.render import HtmlBriefExporter, PdfBriefExporter

_Edition = TypeVar("_Edition", bound="Edition")


def produce(
    jurisdiction: str,
    as_of: str | None = None,
    formats: Sequence[str] = BRIEF,
    out: Path = Path("outputs"),
    store: Path | None = None,
    lang: str = "en",
    engine: str = "reportkit",
    notebook: Path | None = None,
) -> list[Path]:
    """Make the brief of one place, by a notebook of one's own or ours, and return the paths written.

    Raises:
        ReportkitError: the input cannot be used, the notebook failed or nothing can be written;
            what was there before is untouched.
    """
    from reportkit.brief import make_brief

    return write_edition(
        "place",
        lambda folder: make_brief(jurisdiction, as_of, folder, lang),
        lambda brief: place_folder(brief.place),
        out,
        formats,
        store,
        engine,
        notebook,
    )


def write_edition(
    subject: str,
    make: Callable[[Path], _Edition],
    home: Callable[[_Edition], str],
    out: Path,
    formats: Sequence[str],
    store: Path | None,
    engine: str,
    notebook: Path | None = None,
) -> list[Path]:
    """Make a brief of any kind, write all its files or none, and return their paths.

    Args:
        subject: what `kind_of` takes.
        make: makes the brief from the folder of a store.
        home: where its editions go, below `out`.
        out: the folder of all briefs.
        formats: some of those of the kind, see `production.formats`.
        store: folder of the store; None for the default one.
        engine: one of `formats.ENGINES`.
        notebook: as `edition_files`.

    Raises:
        ReportkitError: as `produce`.
    """
    source = Path(store or default_folder()).resolve()
    if runs_notebook(formats):
        drawing.start()
    brief = make(source)
    files = edition_files(subject, brief, formats, source, engine, notebook)
    target = out / edition_folder(home(brief), brief.edition, brief.words.lang)
    write_all(target, files)
    return [target / name for name in files]


def runs_notebook(formats: Iterable[str]) -> bool:
    """True where one of the formats is drawn by the notebook."""
    return bool(set(formats).intersection(DRAWN))


def edition_files(
    subject: str,
    brief: Edition,
    formats: Sequence[str],
    store: Path,
    engine: str,
    notebook: Path | None = None,
) -> dict[str, bytes]:
    """The files of a brief of any kind, by name.

    The notebook runs only where a format needs it. It runs in this process, which serves one brief
    at a time, or with the engine "kernel" in a process of its own.

    Args:
        subject: what `kind_of` takes.
        brief: what it says.
        formats: some of those of the kind, see `production.formats`.
        store: the folder that it was made from, without symbolic links.
        engine: one of `formats.ENGINES`.
        notebook: what lays the brief out; None for the packed notebook of its kind.

    Raises:
        BriefError: the notebook failed, or its outputs cannot be drawn.
    """
    kind = kind_of(subject)
    files = {f"{kind.stem}.json": to_bytes(kind.facts(brief))} if "json" in formats else {}
    asked = [beside for name, beside in kind.beside.items() if name in formats]
    for beside in asked:
        if not beside.last:
            files.update(beside.make(brief))
    if drawn := [name for name in kind.drawn if name in formats]:
        run = _run(brief, kind, notebook or notebook_path(kind.notebook), store, engine)
        files.update(_drawn(run, drawn, kind.stem))
    for beside in asked:
        if beside.last:
            files.update(beside.make(brief, files))
    return files


def to_bytes(facts: dict[str, Any]) -> bytes:
    """The JSON of a brief as bytes, the same for the same facts."""
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def _run(brief: Edition, kind: Kind, notebook: Path, store: Path, engine: str) -> Any:
    """The notebook of a brief with its outputs."""
    from reportkit.render import execute

    parameters = {**kind.parameters(brief), "lang": brief.words.lang}
    # As a parameter, the folder would show in the notebook.
    with _variable("REPORTKIT_STORE", str(store)):
        nb = execute(notebook, parameters, engine=ENGINES[engine])
    _require_same_facts(nb, brief, notebook.name)
    return nb


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    """Set a variable of the environment for as long as this lasts."""
    earlier = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if earlier is None:
            del os.environ[name]
        else:
            os.environ[name] = earlier


def _drawn(nb: Any, formats: Sequence[str], stem: str) -> dict[str, bytes]:
    import nbformat

    html, pdf = _exporters()
    makers: dict[str, Callable[[], bytes]] = {
        "html": lambda: html.from_notebook_node(nb)[0].encode(),
        "pdf": lambda: pdf.from_notebook_node(nb)[0],
        "ipynb": lambda: (nbformat.writes(nb) + "\n").encode(),
    }
    # Typst sets the PDF while Python draws the page.
    with ThreadPoolExecutor() as threads:
        made = {
            f"{stem}.{name}": threads.submit(make)
            for name, make in makers.items()
            if name in formats
        }
    return {name: future.result() for name, future in made.items()}


@cache
def _exporters() -> tuple[HtmlBriefExporter, PdfBriefExporter]:
    """One of each for the process: what compiles the templates is worth keeping."""
    from reportkit.render import HtmlBriefExporter, PdfBriefExporter

    return HtmlBriefExporter(), PdfBriefExporter()


def _require_same_facts(nb: Any, brief: Edition, notebook: str) -> None:
    """The notebook must have drawn this brief: another store or code in its kernel would show."""
    from reportkit.render.collect import document_facts

    drawn = document_facts(nb).get("report_id")
    if drawn != brief.report_id:
        raise BriefError(
            f"{notebook}: the notebook drew report {drawn}, where {brief.report_id} was asked for; "
            "check that the kernel runs the same reportkit"
        )
