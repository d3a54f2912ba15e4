"""Makes one brief: runs the notebook, draws HTML and PDF, writes all files or none."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportkit.brief import Brief, make_brief
from reportkit.errors import BriefError
from reportkit.places import Place
from reportkit.production.files import notebook_path

FORMATS = ("html", "pdf", "json", "ipynb")


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
) -> list[Path]:
    """Make the brief of one place and return the paths written.

    The notebook runs only where a format needs it; JSON alone needs none.

    Raises:
        ReportkitError: the input cannot be used, the notebook failed or nothing can be written;
            what was there before is untouched.
    """
    brief = make_brief(jurisdiction, as_of, store, lang)
    files: dict[str, bytes] = {}
    if "json" in formats:
        files["brief.json"] = to_bytes(brief)
    if set(formats) - {"json"}:
        files.update(_drawn(brief, formats))
    from reportkit.render.write import write_all

    folder = brief_folder(out, brief.place, brief.as_of)
    write_all(folder, files)
    return [folder / name for name in files]


def to_bytes(brief: Brief) -> bytes:
    """The JSON of a brief as bytes, the same for the same facts."""
    return (json.dumps(brief.to_json(), ensure_ascii=False, indent=1) + "\n").encode()


def _drawn(brief: Brief, formats: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    import nbformat

    from reportkit.render import HtmlBriefExporter, PdfBriefExporter, execute

    parameters: dict[str, Any] = {
        "jurisdiction": brief.place.geoid,
        "as_of": brief.as_of.isoformat(),
        "lang": brief.words.lang,
    }
    with _store_in_environment(brief.store.folder):
        nb = execute(notebook_path("brief.ipynb"), parameters)
    _require_same_facts(nb, brief)
    if "html" in formats:
        yield "brief.html", HtmlBriefExporter().from_notebook_node(nb)[0].encode()
    if "pdf" in formats:
        yield "brief.pdf", PdfBriefExporter().from_notebook_node(nb)[0]
    if "ipynb" in formats:
        yield "brief.ipynb", (nbformat.writes(nb) + "\n").encode()


@contextmanager
def _store_in_environment(folder: Path) -> Iterator[None]:
    """Tell the kernel which store to use without writing its path into the notebook."""
    before = os.environ.get("REPORTKIT_STORE")
    os.environ["REPORTKIT_STORE"] = str(folder.resolve())
    try:
        yield
    finally:
        if before is None:
            del os.environ["REPORTKIT_STORE"]
        else:
            os.environ["REPORTKIT_STORE"] = before


def _require_same_facts(nb: Any, brief: Brief) -> None:
    """The notebook must have drawn this brief: another store or code in its kernel would show."""
    from reportkit.render.collect import document_facts

    drawn = document_facts(nb).get("report_id")
    if drawn != brief.report_id:
        raise BriefError(
            f"brief.ipynb: the notebook drew report {drawn}, where {brief.report_id} was asked for; "
            "check that the kernel runs the same reportkit"
        )
