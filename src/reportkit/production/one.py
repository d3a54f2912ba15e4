"""Makes one brief: runs the notebook, draws HTML and PDF, writes all files or none."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.brief import drawing, make_brief
from reportkit.errors import BriefError
from reportkit.production.files import notebook_path
from reportkit.render.write import write_all
from reportkit.store import default_folder

if TYPE_CHECKING:
    from reportkit.brief import Brief
    from reportkit.places import Place

FORMATS = ("html", "pdf", "json", "ipynb")
ENGINES = {"reportkit": "reportkit", "kernel": None}
"""The names of papermill's engines by ours; None is its own, which starts a kernel."""


def brief_folder(out: Path, place: Place, as_of: dt.date) -> Path:
    """Where a brief goes: OUT/<state>/<place>/<as-of>."""
    return out / place.state.lower() / place.slug / as_of.isoformat()


def produce(
    jurisdiction: str,
    as_of: str | None = None,
    formats: Sequence[str] = FORMATS,
    out: Path = Path("outputs"),
    store: Path | None = None,
    lang: str = "en",
    engine: str = "reportkit",
) -> list[Path]:
    """Make the brief of one place and return the paths written.

    The notebook runs only where a format needs it; JSON alone needs none. It runs in this process,
    which serves one brief at a time, or with the engine "kernel" in a process of its own.

    Raises:
        ReportkitError: the input cannot be used, the notebook failed or nothing can be written;
            what was there before is untouched.
    """
    folder = Path(store or default_folder()).resolve()
    runs = bool(set(formats) - {"json"})
    if runs:
        drawing.start()
    brief = make_brief(jurisdiction, as_of, folder, lang)
    files = {"brief.json": to_bytes(brief)} if "json" in formats else {}
    if runs:
        nb = _run(brief, folder, engine)
        files.update(_drawn(nb, formats))
    target = brief_folder(out, brief.place, brief.as_of)
    write_all(target, files)
    return [target / name for name in files]


def to_bytes(brief: Brief) -> bytes:
    """The JSON of a brief as bytes, the same for the same facts."""
    from reportkit.brief.facts import brief_facts

    return (json.dumps(brief_facts(brief), ensure_ascii=False, indent=1) + "\n").encode()


def _run(brief: Brief, store: Path, engine: str) -> Any:
    """The notebook of a brief with its outputs."""
    from reportkit.render import execute
    from reportkit.render.isolate import isolated

    parameters = {
        "jurisdiction": brief.place.geoid,
        "as_of": brief.as_of.isoformat(),
        "lang": brief.words.lang,
    }
    with isolated():
        # As a parameter, the folder would show in the notebook.
        os.environ["REPORTKIT_STORE"] = str(store)
        nb = execute(notebook_path("brief.ipynb"), parameters, engine=ENGINES[engine])
    _require_same_facts(nb, brief)
    return nb


def _drawn(nb: Any, formats: Sequence[str]) -> dict[str, bytes]:
    import nbformat

    from reportkit.render import HtmlBriefExporter, PdfBriefExporter

    makers: dict[str, Callable[[], bytes]] = {
        "html": lambda: HtmlBriefExporter().from_notebook_node(nb)[0].encode(),
        "pdf": lambda: PdfBriefExporter().from_notebook_node(nb)[0],
        "ipynb": lambda: (nbformat.writes(nb) + "\n").encode(),
    }
    # Typst sets the PDF while Python draws the page.
    with ThreadPoolExecutor() as threads:
        made = {
            f"brief.{name}": threads.submit(make)
            for name, make in makers.items()
            if name in formats
        }
    return {name: future.result() for name, future in made.items()}


def _require_same_facts(nb: Any, brief: Brief) -> None:
    """The notebook must have drawn this brief: another store or code in its kernel would show."""
    from reportkit.render.collect import document_facts

    drawn = document_facts(nb).get("report_id")
    if drawn != brief.report_id:
        raise BriefError(
            f"brief.ipynb: the notebook drew report {drawn}, where {brief.report_id} was asked for; "
            "check that the kernel runs the same reportkit"
        )
